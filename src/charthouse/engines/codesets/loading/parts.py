"""Parts of one release that have to hold the same codes: one that lacks some was cut off, or is of another release."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from charthouse.engines.codesets.shelf import Release, ReleaseState, Volume
from charthouse.engines.codesets.shelf.shelf import volume_path
from charthouse.kit import Refusal, Refused

Draft = tuple[str, Release, Path | None]  # the common question of its reader, the release, its file unless known


def refuse_disagreement(folder: Path, known: Iterable[Release], drafts: Sequence[Draft]) -> None:
    """Raise Refused where a new part answers the common question otherwise than another part of its release."""
    fresh = {release.uid for _, release, file in drafts if file}
    standing = [
        (one, volume_path(folder, one)) for one in known if one.state is ReleaseState.IN_FORCE and one.uid not in fresh
    ]
    for place, (question, release, file) in enumerate(drafts):
        if not question or file is None:
            continue
        own = _answer(question, file)
        given = [(one, path) for _, one, path in drafts[:place] if path]
        for other, path in (*standing, *given):
            if _is_beside(other, release):
                _compare(own, _answer(question, path), release, other)


def _is_beside(one: Release, other: Release) -> bool:
    return (one.table, one.starts) == (other.table, other.starts) and one.part != other.part


def _answer(question: str, file: Path) -> set[str]:
    try:
        return {str(row[0]) for row in Volume(file).rows(question)}
    except sqlite3.Error:  # a damaged part on the shelf must not keep a sound one out
        return set()


def _compare(own: set[str], theirs: set[str], release: Release, other: Release) -> None:
    parted = own ^ theirs
    if not own or not theirs or not parted:
        return
    shown, beside = release.sources[0].name, other.sources[0].name
    lacking, more = len(theirs - own), len(own - theirs)
    message = f"{lacking:,} codes of {beside} are not in it, and {more:,} of its codes are not in {beside}."
    mend = f"One of the two is cut off: withdraw {beside} if it is that one, or say that it is right so (--fewer)."
    raise Refused(Refusal(shown, "", "codesets.parts", message, mend, min(parted)))
