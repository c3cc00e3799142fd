"""The chart pane: whose chart, the strip, the list of documents in groups, and the document being read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from charthouse.apps.charts.models import Encounter
from charthouse.apps.charts.selectors import Match, OpenChart, OpenDocument, OpenFact
from charthouse.kit import FactKind
from charthouse.web.presenters import when
from charthouse.web.presenters.marking import Mark, Paragraph, paragraphs

COMPILED = {
    FactKind.PROBLEM: "Problem list",
    FactKind.MEDICATION: "Medications",
    FactKind.ALLERGY: "Allergies",
    FactKind.RESULT: "Results",
    FactKind.VITAL_SIGN: "Vital signs",
    FactKind.PROCEDURE: "Procedures done",
    FactKind.IMMUNIZATION: "Immunizations",
}
_STRIP_PROBLEMS = 5
_STRIP_COUNTS = {FactKind.MEDICATION: "Meds", FactKind.RESULT: "Results"}
Marks = dict[int, Sequence[Mark]]
_ENDED = ("resolved", "inactive", "remission", "completed")


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem in the strip: its name and since which year."""

    label: str
    since: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many facts of a kind there are, and where they are listed."""

    label: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Strip:
    """What to know before reading: live problems, allergies, how much there is besides."""

    problems: tuple[Problem, ...]
    more_problems: Count | None
    allergies: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the document list: a document, or facts compiled into one. `key` is its uid or its kind."""

    key: str
    title: str
    about: tuple[str, ...]
    url: str
    is_new: bool = False
    is_unsigned: bool = False
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the document list."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the document being read."""

    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is being read: a document by sections, or compiled facts by rows. Its neighbours are `j` and `k`."""

    key: str
    title: str
    about: str
    url: str
    place: str
    sections: tuple[Section, ...] = ()
    facts: tuple[OpenFact, ...] = ()
    next_url: str = ""
    previous_url: str = ""
    attachment_url: str = ""
    is_unsigned: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A place found in the chart."""

    document: str
    before: str
    words: str
    after: str
    url: str
    document_uid: str
    section: int
    start: int
    end: int


def strip(chart: OpenChart) -> Strip:
    """The strip above the chart."""
    live = [fact for fact in _facts(chart, FactKind.PROBLEM) if fact.status.lower() not in _ENDED]
    allergies = [fact.label for fact in _facts(chart, FactKind.ALLERGY)]
    more = len(live) - _STRIP_PROBLEMS
    return Strip(
        problems=tuple(Problem(fact.label, str(fact.on.year) if fact.on else "") for fact in live[:_STRIP_PROBLEMS]),
        more_problems=Count("more", more, _facts_url(chart, FactKind.PROBLEM)) if more > 0 else None,
        allergies=", ".join(allergies[:3]) + (f" and {len(allergies) - 3} more" if len(allergies) > 3 else ""),
        counts=tuple(
            Count(label, len(_facts(chart, kind)), _facts_url(chart, kind))
            for kind, label in _STRIP_COUNTS.items()
            if _facts(chart, kind)
        ),
    )


def groups(chart: OpenChart) -> tuple[Group, ...]:
    """The list of documents: what waits for a signature first, then what is signed, then compiled facts."""
    unsigned = tuple(_document_item(chart, one) for one in chart.documents if not one.is_signed)
    signed = tuple(_document_item(chart, one) for one in chart.documents if one.is_signed)
    compiled = tuple(_facts_item(chart, kind) for kind in COMPILED if _facts(chart, kind))
    named = (("Waits for a signature", unsigned), ("Signed", signed), ("Compiled", compiled))
    return tuple(Group(title, items) for title, items in named if items)


def first_key(chart: OpenChart) -> str:
    """What to read first: the newest signed document, else any document, else any facts."""
    documents = sorted(chart.documents, key=lambda document: not document.is_signed)
    if documents:
        return str(documents[0].uid)
    return next((kind.value for kind in COMPILED if _facts(chart, kind)), "")


def reading(
    chart: OpenChart, key: str, marks: dict[int, Sequence[Mark]], found: tuple[int, Mark] | None = None
) -> Reading | None:
    """What is read under a key: a document's uid or a kind of facts; None when the chart holds no such thing."""
    items = [item for group in groups(chart) for item in group.items]
    place = next((place for place, item in enumerate(items) if item.key == key), None)
    if place is None:
        return None
    item, document = items[place], chart.document(key)
    return Reading(
        key=key,
        title=item.title,
        about=_about(document) if document else " · ".join(item.about),
        url=item.url,
        place=f"{place + 1} of {len(items)}",
        sections=_sections(document, marks, found) if document else (),
        facts=() if document else _facts(chart, key),
        next_url=items[place + 1].url if place + 1 < len(items) else "",
        previous_url=items[place - 1].url if place else "",
        attachment_url=_attachment_url(chart, document) if document else "",
        is_unsigned=item.is_unsigned,
    )


def places(chart: OpenChart, matches: Iterable[Match]) -> tuple[Found, ...]:
    """Where words were found, with the way to each place."""
    titles = {document.uid: document.title for document in chart.documents}
    return tuple(
        Found(
            document=titles[match.document_uid],
            before=_from_a_word(match.before),
            words=match.found,
            after=_to_a_word(match.after),
            url=f"{_document_url(chart, str(match.document_uid))}?at={match.section}-{match.start}-{match.end}",
            document_uid=str(match.document_uid),
            section=match.section,
            start=match.start,
            end=match.end,
        )
        for match in matches
    )


def _from_a_word(text: str) -> str:
    return f"…{text.partition(' ')[2]}" if " " in text else text


def _to_a_word(text: str) -> str:
    return f"{text.rpartition(' ')[0]}…" if " " in text else text


def place_asked(text: str) -> tuple[int, Mark] | None:
    """Read `section-start-end`; None for anything else."""
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 9 for part in parts):
        return None
    section, start, end = map(int, parts)
    return section, Mark(start, end)


def document_count(encounter: Encounter) -> int:
    """How many documents the encounter has now, to notice one that came while it was being coded."""
    return encounter.documents.count()


def _sections(
    document: OpenDocument, marks: dict[int, Sequence[Mark]], found: tuple[int, Mark] | None
) -> tuple[Section, ...]:
    return tuple(
        Section(
            part.title,
            paragraphs(
                part.index, part.text, marks.get(part.index, ()), found[1] if found and found[0] == part.index else None
            ),
        )
        for part in document.sections
    )


def _document_item(chart: OpenChart, document: OpenDocument) -> Item:
    about = tuple(part for part in (_short_moment(chart, document), document.author) if part)
    is_file_only = bool(document.attachment_type) and not document.sections
    return Item(
        key=str(document.uid),
        title=document.title,
        about=about or ("no date",),
        url=_document_url(chart, str(document.uid)),
        is_new=document.is_new,
        is_unsigned=not document.is_signed,
        tag=document.attachment_type.rpartition("/")[2].upper()[:5] if is_file_only else "",
    )


def _facts_item(chart: OpenChart, kind: FactKind) -> Item:
    facts = _facts(chart, kind)
    days = [fact.on for fact in facts if fact.on]
    last = (f"last {when.span(max(days), None)}",) if days else ()
    return Item(kind.value, COMPILED[kind], (str(len(facts)), *last), _facts_url(chart, kind))


def _about(document: OpenDocument) -> str:
    signed = "Signed" if document.is_signed else "Waits for a signature"
    return " · ".join(part for part in (_moment(document.written_at), document.author, signed) if part)


def _facts(chart: OpenChart, kind: str) -> tuple[OpenFact, ...]:
    facts = chart.facts.get(str(kind), ())
    return tuple(sorted(facts, key=lambda fact: fact.on or date.min, reverse=True))


def _moment(value: datetime | None) -> str:
    return f"{timezone.localtime(value):%-d %b %Y %H:%M}" if value else ""


def _short_moment(chart: OpenChart, document: OpenDocument) -> str:
    """The day; with the time when it takes the time to tell documents apart."""
    if not document.written_at:
        return ""
    at = timezone.localtime(document.written_at)
    days = [timezone.localtime(one.written_at).date() for one in chart.documents if one.written_at]
    return f"{at:%-d %b %H:%M}" if days.count(at.date()) > 1 else f"{at:%-d %b}"


def _document_url(chart: OpenChart, uid: str) -> str:
    return reverse("workspace:document", args=[chart.encounter.uid, uid])


def _attachment_url(chart: OpenChart, document: OpenDocument) -> str:
    if not document.attachment_type:
        return ""
    return reverse("workspace:attachment", args=[chart.encounter.uid, document.uid])


def _facts_url(chart: OpenChart, kind: str) -> str:
    return reverse("workspace:facts", args=[chart.encounter.uid, str(kind)])
