"""What the release in force on a day changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from charthouse.apps.reference.selectors import code_book
from charthouse.kit import Code, CodeSystem
from charthouse.web.presenters.codebook.links import CodeLink, code_url

SYSTEMS = {CodeSystem.ICD10CM: "ICD-10-CM", CodeSystem.ICD10PCS: "ICD-10-PCS"}


@dataclass(frozen=True, slots=True)
class Group:
    """Codes that were added, deleted or reworded."""

    kind: str
    codes: tuple[CodeLink, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What changed, and since when. `since` is None where no release before is known."""

    system: str
    label: str
    since: date | None
    are_texts_known: bool
    groups: tuple[Group, ...]

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """The same as lines: what happened, code, title."""
        for group in self.groups:
            for one in group.codes:
                yield group.kind, one.display, one.title


def changes_page(system: CodeSystem, on: date) -> ChangesPage:
    """The changes of a system's release in force on a day."""
    found = code_book().changes(on, system)
    if found is None:
        return ChangesPage(system.value, SYSTEMS[system], None, are_texts_known=False, groups=())
    eve = found.since - timedelta(days=1)
    groups = (
        Group("Added", _links(system, found.added, on, on)),
        Group("Deleted", _links(system, found.deleted, on, eve)),
        Group("Reworded", _links(system, found.revised, on, on)),
    )
    kept = tuple(group for group in groups if group.codes)
    return ChangesPage(system.value, SYSTEMS[system], found.since, found.are_texts_known, kept)


def _links(system: CodeSystem, codes: Iterable[str], on: date, told: date) -> tuple[CodeLink, ...]:
    return tuple(
        CodeLink(Code(system, one).display, _title(system, one, told), code_url(system, one, on)) for one in codes
    )


def _title(system: CodeSystem, code: str, on: date) -> str:
    book = code_book()
    entry = book.icd10cm(code, on) if system is CodeSystem.ICD10CM else book.pcs(code, on)
    return entry.title if entry else ""
