"""The header block: who the patient is, who pays, and which encounter the notes are of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from charthouse.kit import (
    ChartCoverage,
    ChartEncounter,
    ChartPatient,
    EncounterKind,
    Refusal,
    Refused,
    ServiceDates,
    Sex,
    Skipped,
)

_REQUIRED = {
    "patient": "Patient: Family, Given Middle",
    "mrn": "MRN: 104477",
    "born": "Born: 1961-04-09",
    "encounter": "Encounter: V-20061",
    "kind": "Kind: visit",
    "date": "Date: 2026-11-18",
}
_OPTIONAL = {
    *("sex", "address", "city", "state", "zip", "payer", "member", "facility", "provider", "npi", "disposition"),
    "charset",
}
_LINE = re.compile(r"([A-Za-z][A-Za-z ]{0,30}):(.*)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Header:
    """The header block, read and checked."""

    patient: ChartPatient
    coverages: tuple[ChartCoverage, ...]
    encounter: ChartEncounter
    skipped: tuple[Skipped, ...]


def read_header(lines: list[str], first_number: int, source_name: str) -> Header:
    """Read the lines before a blank one; Refused with the line, and how to write what is missing or wrong."""
    return _HeaderReader(source_name).read(lines, first_number)


class _HeaderReader:
    """One reading of one header block; knows the line of each key so that a refusal can name it."""

    def __init__(self, source_name: str) -> None:
        self._source_name = source_name
        self._values: dict[str, str] = {}
        self._lines: dict[str, int] = {}
        self._skipped: list[Skipped] = []

    def read(self, lines: list[str], first_number: int) -> Header:
        for number, line in enumerate(lines, start=first_number):
            self._take(number, line)
        for key, example in _REQUIRED.items():
            if not self._values.get(key):
                name = example.partition(":")[0]
                self._refuse(key, "plaintext.missing-header", f"The header '{name}' is missing.", example)
        return Header(self._patient(), self._coverages(), self._encounter(), tuple(self._skipped))

    def _take(self, number: int, line: str) -> None:
        found = _LINE.fullmatch(line)
        if not found:
            message = "This line of the header block is not 'Key: value'."
            self._refuse_at(f"line {number}", "plaintext.header-line", message, _EXAMPLE)
        key = found.group(1).strip().lower()
        if key in self._values:
            self._refuse_at(
                f"line {number}", "plaintext.repeated-header", f"'{found.group(1)}' stands twice.", "Keep one."
            )
        if key not in _REQUIRED and key not in _OPTIONAL:
            self._skipped.append(Skipped(f"line {number}", f"header {found.group(1).strip()}", "the key is not known"))
        self._values[key] = " ".join(found.group(2).split())
        self._lines[key] = number

    def _patient(self) -> ChartPatient:
        family, comma, rest = self._values["patient"].partition(",")
        given = rest.split()
        if not comma or not family.strip() or not given:
            self._refuse(
                "patient", "plaintext.patient-name", "The name needs family and given name.", _REQUIRED["patient"]
            )
        return ChartPatient(
            mrn=self._values["mrn"],
            mrn_authority=self._get("facility"),
            family_name=family.strip(),
            given_name=given[0],
            middle_name=" ".join(given[1:]),
            birth_date=self._day("born", self._values["born"]),
            sex=self._sex(),
            address_line=self._get("address"),
            city=self._get("city"),
            state=self._get("state"),
            postal_code=self._get("zip"),
        )

    def _sex(self) -> Sex:
        written = self._get("sex").upper() or "U"
        if written not in list(Sex):
            self._refuse("sex", "plaintext.sex", "Sex is one letter: F, M or U.", "Sex: F")
        return Sex(written)

    def _coverages(self) -> tuple[ChartCoverage, ...]:
        payer, member = self._get("payer"), self._get("member")
        if member and not payer:
            self._refuse(
                "member", "plaintext.missing-header", "A member number needs a payer.", "Payer: Name of the payer"
            )
        return (ChartCoverage(payer_name=payer, member_id=member),) if payer else ()

    def _encounter(self) -> ChartEncounter:
        kind = self._values["kind"].lower()
        if kind not in list(EncounterKind):
            every = ", ".join(EncounterKind)
            self._refuse("kind", "plaintext.kind", f"Kind is one of: {every}.", _REQUIRED["kind"])
        npi = self._get("npi")
        if npi and not re.fullmatch(r"[0-9]{10}", npi):
            self._refuse("npi", "plaintext.npi", "An NPI has ten digits.", "NPI: 1234567893")
        return ChartEncounter(
            key=self._values["encounter"],
            kind=EncounterKind(kind),
            dates=self._dates(),
            facility_name=self._get("facility"),
            provider_name=self._get("provider"),
            provider_npi=npi,
            disposition=self._get("disposition"),
        )

    def _dates(self) -> ServiceDates:
        start, _, end = self._values["date"].partition(" to ")
        first = self._day("date", start.strip())
        last = self._day("date", end.strip()) if end else first
        if last < first:
            self._refuse(
                "date", "plaintext.date", "The last day is before the first.", "Date: 2026-11-14 to 2026-11-18"
            )
        return ServiceDates(first, last)

    def _day(self, key: str, written: str) -> date:
        try:
            return date.fromisoformat(written if _DAY.fullmatch(written) else "")
        except ValueError:
            self._refuse(key, "plaintext.date", "This is not a day as YYYY-MM-DD.", _REQUIRED[key])

    def _get(self, key: str) -> str:
        return self._values.get(key, "")

    def _refuse(self, key: str, rule: str, message: str, example: str) -> NoReturn:
        number = self._lines.get(key)
        self._refuse_at(f"line {number}" if number else "header block", rule, message, f"Write it as '{example}'.")

    def _refuse_at(self, place: str, rule: str, message: str, mend: str) -> NoReturn:
        raise Refused(Refusal(self._source_name, place, rule, message, mend))


_EXAMPLE = "Begin the file with lines such as 'Patient: Family, Given' and 'MRN: 104477', then a blank line."
