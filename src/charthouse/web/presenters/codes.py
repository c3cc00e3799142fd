"""The codes pane: the session's lines ready to print, the keys of mends, the marks evidence makes in a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from charthouse.apps.coding.selectors import (
    DiagnosisView,
    FindingView,
    ProcedureView,
    SessionView,
)
from charthouse.kit import EncounterKind, Severity
from charthouse.web.presenters.marking import Mark

Line = DiagnosisView | ProcedureView
MOST_KEYS = 9
SHOWN_MENDS = 3
POA_CHOICES = (("Y", "Yes"), ("N", "No"), ("U", "Unknown"), ("W", "Undetermined"), ("1", "Exempt"), ("", "Not given"))


@dataclass(frozen=True, slots=True)
class MendButton:
    """A mend of a finding and its key, Alt with a figure, for the first nine."""

    index: int
    label: str
    meaning: str
    key: int | None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with its mends; those past the third are folded away."""

    finding: FindingView
    mends: tuple[MendButton, ...]
    more: tuple[MendButton, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of either table: what it is called aloud, its worst finding, whether it is the chosen one."""

    line: Line
    name: str
    worst: Severity | None
    is_chosen: bool
    is_first: bool
    is_last: bool
    modifiers: str = ""
    pointers: str = ""


@dataclass(frozen=True, slots=True)
class Codes:
    """The whole pane."""

    session: SessionView
    chosen: str
    chosen_name: str
    diagnoses: tuple[Row, ...]
    procedures: tuple[Row, ...]
    findings: tuple[FindingRow, ...]
    sums: str
    shows_poa: bool
    is_many_days: bool
    first_day: date | None
    last_day: date | None
    first: DiagnosisView | None
    supported: str
    charge: str
    finish: str


def codes(session: SessionView, kind: str, days: tuple[date | None, date | None], chosen: str = "") -> Codes:
    """The pane of a session; the chosen line is the one asked for, else the first."""
    lines = [str(line.uid) for line, _ in _labelled(session)]
    picked = chosen if chosen in lines else (lines[0] if lines else "")
    diagnoses = tuple(_row(line, picked, len(session.diagnoses)) for line in session.diagnoses)
    procedures = tuple(_row(line, picked, len(session.procedures)) for line in session.procedures)
    return Codes(
        session=session,
        chosen=picked,
        chosen_name=next((row.name for row in (*diagnoses, *procedures) if row.is_chosen), ""),
        diagnoses=diagnoses,
        procedures=procedures,
        findings=_findings(session.findings),
        sums=_sums(session),
        shows_poa=kind == EncounterKind.INPATIENT.value,
        is_many_days=days[0] != days[1],
        first_day=days[0],
        last_day=days[1],
        first=session.diagnoses[0] if session.diagnoses else None,
        supported=_supported(session),
        charge=_charge(session.procedures),
        finish=_finish(session),
    )


def evidence_marks(session: SessionView | None, document: str) -> dict[int, Sequence[Mark]]:
    """Marks in one document by section, each with the line it supports."""
    found: defaultdict[int, list[Mark]] = defaultdict(list)
    for line, label in _labelled(session) if session else ():
        for piece in line.evidence:
            if str(piece.document_uid) == document:
                found[piece.section].append(Mark(piece.start, piece.end, label, str(line.uid)))
    return dict(found)


def _labelled(session: SessionView) -> list[tuple[Line, str]]:
    lines: list[Line] = [*session.diagnoses, *session.procedures]
    return [(line, _name(line)) for line in lines]


def _name(line: Line) -> str:
    if isinstance(line, ProcedureView):
        return f"P{line.position} {line.code}"
    return f"{line.position} {line.display}"


def _row(line: Line, chosen: str, count: int) -> Row:
    procedure = line if isinstance(line, ProcedureView) else None
    return Row(
        line=line,
        name=_name(line),
        worst=line.findings[0].severity if line.findings else None,
        is_chosen=str(line.uid) == chosen,
        is_first=line.position == 1,
        is_last=line.position == count,
        modifiers=" ".join(procedure.modifiers) if procedure else "",
        pointers=",".join(map(str, procedure.pointers)) if procedure else "",
    )


def _findings(found: Sequence[FindingView]) -> tuple[FindingRow, ...]:
    key, rows = 0, []
    for finding in found:
        buttons = []
        for index, label in enumerate(finding.mends):
            has_key = index < SHOWN_MENDS and key < MOST_KEYS
            key += has_key
            what, _, meaning = label.partition(": ")
            buttons.append(MendButton(index, what, meaning, key if has_key else None))
        rows.append(FindingRow(finding, tuple(buttons[:SHOWN_MENDS]), tuple(buttons[SHOWN_MENDS:])))
    return tuple(rows)


def _sums(session: SessionView) -> str:
    counts = session.counts
    named = (
        (counts.stops, "stops" if counts.stops > 1 else "stop"),
        (counts.checks, "to check"),
        (counts.advice, "advice"),
        (counts.not_checked, "not checked"),
    )
    return " · ".join(f"{number} {words}" for number, words in named if number) or "nothing found"


def _supported(session: SessionView) -> str:
    lines = [line for line, _ in _labelled(session)]
    return f"{sum(bool(line.evidence) for line in lines)} of {len(lines)} codes"


def _charge(procedures: Sequence[ProcedureView]) -> str:
    charges = [line.charge for line in procedures if line.charge is not None]
    if len(charges) < len(procedures):
        return "a price is missing"
    return str(sum(charges[1:], charges[0])) if charges else "nothing yet"


def _finish(session: SessionView) -> str:
    stops = session.counts.stops
    return f"Finalise: {stops} stop{'s' if stops > 1 else ''} left" if stops else "Check and finalise"
