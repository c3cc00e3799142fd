"""`charthouse codes load`: load official files; each is taken as a whole or not at all."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from charthouse.cli.codes.common import day, print_json
from charthouse.cli.setup import ready_django, say

if TYPE_CHECKING:
    from charthouse.engines.codesets.loading import FileReport


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The files, and what they do not tell themselves."""
    parser.add_argument("files", nargs="*", type=Path, help="files as their publishers offer them; zips too")
    parser.add_argument(
        "--from", dest="starts", type=day, help="the day the release starts, where the file does not tell"
    )
    parser.add_argument("--to", dest="ends", type=day, help="the last day it is in force")
    parser.add_argument("--label", default="", help="what to call the release")
    parser.add_argument("--replace", action="store_true", help="let a release of the same start step aside")
    parser.add_argument("--fewer", action="store_true", help="fewer rows than the release before are right")
    parser.add_argument("--made-up-cpt", action="store_true", help="load the made-up codes in the layout of CPT")
    parser.add_argument("--json", action="store_true", help="one JSON line a file")


def run(options: argparse.Namespace) -> int:
    """0 when everything is loaded or was before, 1 when something is refused, 2 when nothing was given."""
    ready_django()
    from charthouse.apps.reference.actions import load_now
    from charthouse.engines.codesets.loading import Given
    from charthouse.engines.codesets.package_files import made_up_cpt_paths

    files = [*options.files, *(made_up_cpt_paths() if options.made_up_cpt else ())]
    if not files:
        say("Give the files to load.")
        return 2
    given = Given(options.starts, options.ends, options.label, may_replace=options.replace, may_shrink=options.fewer)
    show = _bar if sys.stderr.isatty() else None
    is_refused = False
    for report in load_now(files, given, show):
        is_refused = is_refused or report.outcome == "refused"
        if options.json:
            print_json(report.as_data())
        else:
            print("\n".join(sentences(report)), flush=True)
    return 1 if is_refused else 0


def sentences(report: FileReport) -> list[str]:
    """What became of a file, in words."""
    lines = [f"{report.file}: {report.outcome}"]
    for release in report.releases:
        rows = ", ".join(f"{count:,} {name}" for name, count in release.rows.items())
        until = f"{release.starts} to {release.ends or 'further notice'}"
        lines.append(f"  {release.table} {release.label}{' ' + release.part if release.part else ''}, {until}: {rows}")
        lines += [
            f"    not as expected: {one.what} is {one.found}, should be {one.expected}"
            for one in release.canaries
            if not one.holds
        ]
    lines += [f"  left: {name} is no table" for name in report.left]
    lines += [f"  {refusal}" for refusal in report.refusals]
    return lines


def _bar(name: str, done: int, size: int) -> None:
    share = f"{100 * done // size} %" if size > 0 else f"{done // 1_000_000} MB"
    end = "\n" if size > 0 and done >= size else "\r"
    print(f"  {name}: {share:<12}", end=end, file=sys.stderr, flush=True)
