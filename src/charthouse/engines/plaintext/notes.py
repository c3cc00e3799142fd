"""The documents after the header block: their title line, their sections and their text."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from charthouse.kit import ChartDocument, ChartSection, Refusal, Refused

_MARK = "==="
_HEADING = re.compile(r"[A-Z][A-Z0-9 ,/&()'\-]{0,78}:")
_EXAMPLE = "=== Progress note | progress-note | Ada Moreno, MD | 2026-11-18T14:10 | signed"
_SIGNATURE = {"signed": True, "unsigned": False}


def read_documents(
    lines: list[str], first_number: int, encounter_key: str, source_name: str
) -> tuple[ChartDocument, ...]:
    """Every document; Refused with its line when a title line is wrong or text stands before the first one."""
    starts = [index for index, line in enumerate(lines) if line.startswith(_MARK)]
    before = lines[: starts[0]] if starts else lines
    stray = next((index for index, line in enumerate(before) if line.strip()), None)
    if stray is not None:
        message = "Text stands before the first document line."
        raise _refused(source_name, first_number + stray, "plaintext.no-document-line", message)
    if not starts:
        raise _refused(
            source_name, first_number, "plaintext.no-document", "There is no document after the header block."
        )
    ends = [*starts[1:], len(lines)]
    return tuple(
        _document(lines[start:end], first_number + start, number, encounter_key, source_name)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    )


def _document(lines: list[str], line: int, number: int, encounter_key: str, source_name: str) -> ChartDocument:
    fields = [" ".join(field.split()) for field in lines[0].removeprefix(_MARK).split("|")]
    if len(fields) != 5 or not fields[0] or not fields[1]:
        message = "A document line has five fields: title, kind, author, time and signature."
        raise _refused(source_name, line, "plaintext.document-line", message)
    title, kind, author, written, signature = fields
    if signature.lower() not in _SIGNATURE:
        raise _refused(source_name, line, "plaintext.signature", "The fifth field is 'signed' or 'unsigned'.")
    sections = tuple(_sections(lines[1:]))
    if not sections:
        raise _refused(source_name, line, "plaintext.empty-document", "There is no text under this document line.")
    return ChartDocument(
        key=f"{encounter_key}#{number}",
        title=title,
        kind=kind.lower(),
        sections=sections,
        encounter_key=encounter_key,
        author=author,
        written_at=_time(written, line, source_name),
        is_signed=_SIGNATURE[signature.lower()],
    )


def _time(written: str, line: int, source_name: str) -> datetime:
    try:
        time = datetime.fromisoformat(written)
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):  # an offset can lead out of the calendar
        message = "The fourth field is not a time as YYYY-MM-DDTHH:MM."
        raise _refused(source_name, line, "plaintext.document-time", message) from None


def _sections(lines: list[str]) -> list[ChartSection]:
    sections: list[ChartSection] = []
    title, body = "", list[str]()
    for line in [*lines, ""]:
        if _HEADING.fullmatch(line.rstrip()):
            _close(sections, title, body)
            title, body = line.strip().removesuffix(":"), []
        else:
            body.append(line.rstrip())
    _close(sections, title, body)
    return sections


def _close(sections: list[ChartSection], title: str, body: list[str]) -> None:
    text = "\n".join(line for line in body if line)
    if text or title:
        sections.append(ChartSection(title, text))


def _refused(source_name: str, line: int, rule: str, message: str) -> Refused:
    return Refused(Refusal(source_name, f"line {line}", rule, message, f"Write it as '{_EXAMPLE}'."))
