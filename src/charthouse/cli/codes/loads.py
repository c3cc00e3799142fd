"""`charthouse codes loads`: what was loaded and refused, at the terminal and on the page, newest first."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from charthouse.cli.codes.common import count, print_json
from charthouse.cli.setup import ready_django

if TYPE_CHECKING:
    from charthouse.apps.reference.models import CodeLoad


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many."""
    parser.add_argument("--limit", type=count, default=20)
    parser.add_argument("--json", action="store_true", help="one JSON line a load")


def run(options: argparse.Namespace) -> int:
    """Print one line a load, and one for each of its files."""
    ready_django()
    from charthouse.apps.reference.selectors import code_loads

    for load in code_loads(options.limit):
        if options.json:
            print_json(_data(load))
            continue
        by = load.given_by.full_name if load.given_by else "terminal"
        print(f"{load.created_at:%Y-%m-%d %H:%M}  {load.get_state_display():<17} {by}{_progress(load)}")
        for name, outcome in _files(load):
            print(f"    {outcome:<9} {name}")
    return 0


def _files(load: CodeLoad) -> list[tuple[str, str]]:
    """Each file and what became of it; files not read yet wait."""
    known = [(one["file"], one["outcome"]) for one in load.report]
    return [*known, *((one["name"], "waiting") for one in load.files[len(known) :])]


def _progress(load: CodeLoad) -> str:
    at = load.progress
    if at.get("error"):
        return f"  {at['error']}"
    if not at.get("file"):
        return ""
    share = f"{100 * at['done'] // at['size']} %" if at["size"] > 0 else f"{at['done'] // 1_000_000} MB"
    return f"  {at['file']}: {share}"


def _data(load: CodeLoad) -> dict[str, Any]:
    return {
        "uid": str(load.uid),
        "at": load.created_at.isoformat(),
        "by": load.given_by.email if load.given_by else "",
        "state": load.state,
        "files": load.files,
        "given": load.given,
        "progress": load.progress,
        "report": load.report,
    }
