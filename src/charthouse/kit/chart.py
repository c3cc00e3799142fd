"""What intake produces: a patient with coverages, encounters, documents and facts, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from charthouse.kit.code import Code
from charthouse.kit.dates import ServiceDates


class Sex(StrEnum):
    """Administrative sex as claims carry it (X12 DMG03)."""

    FEMALE = "F"
    MALE = "M"
    UNKNOWN = "U"


class EncounterKind(StrEnum):
    """The kinds of chart that worklists, standards and credentials tell apart."""

    VISIT = "visit"
    EMERGENCY = "emergency"
    OUTPATIENT_SURGERY = "outpatient-surgery"
    INPATIENT = "inpatient"
    OBSERVATION = "observation"
    CARDIOLOGY = "cardiology"
    INTERVENTIONAL_RADIOLOGY = "interventional-radiology"
    HOME_HEALTH = "home-health"
    OTHER = "other"


class FactKind(StrEnum):
    """What a structured fact beside the documents is about."""

    PROBLEM = "problem"
    MEDICATION = "medication"
    ALLERGY = "allergy"
    RESULT = "result"
    PROCEDURE = "procedure"
    IMMUNIZATION = "immunization"
    VITAL_SIGN = "vital-sign"


@dataclass(frozen=True, slots=True)
class ChartPatient:
    """Who the chart is about. `mrn` is the identifier in the sending system, `mrn_authority` who gave it."""

    mrn: str
    mrn_authority: str
    family_name: str
    given_name: str
    middle_name: str = ""
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN
    address_line: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class ChartCoverage:
    """One insurance coverage; rank 1 is primary."""

    payer_name: str
    member_id: str = ""
    payer_id: str = ""
    group_number: str = ""
    plan_name: str = ""
    rank: int = 1


@dataclass(frozen=True, slots=True)
class ChartEncounter:
    """One encounter; `key` is its identifier in the source and is what documents refer to."""

    key: str
    kind: EncounterKind
    dates: ServiceDates | None
    title: str = ""
    facility_name: str = ""
    provider_name: str = ""
    provider_npi: str = ""
    disposition: str = ""


@dataclass(frozen=True, slots=True)
class ChartSection:
    """A titled part of a document as plain text; paragraphs are parted by one newline, table cells by a tab."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ChartDocument:
    """A readable document. `key` is its identifier in the source, `encounter_key` its encounter or empty."""

    key: str
    title: str
    kind: str
    sections: tuple[ChartSection, ...]
    encounter_key: str = ""
    author: str = ""
    written_at: datetime | date | None = None
    is_signed: bool = False
    attachment: bytes | None = None
    attachment_type: str = ""


@dataclass(frozen=True, slots=True)
class ChartFact:
    """A structured fact: a problem, a medication, a result. `value` is text such as `7.2 %`."""

    kind: FactKind
    label: str
    codes: tuple[Code, ...] = ()
    value: str = ""
    on: date | None = None
    status: str = ""
    encounter_key: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something the source held and intake did not take: where it stood, what it was, and why."""

    place: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything taken from one source file, and everything that was not."""

    source_name: str
    source_format: str
    patient: ChartPatient
    coverages: tuple[ChartCoverage, ...] = ()
    encounters: tuple[ChartEncounter, ...] = ()
    documents: tuple[ChartDocument, ...] = ()
    facts: tuple[ChartFact, ...] = ()
    skipped: tuple[Skipped, ...] = field(default=())
