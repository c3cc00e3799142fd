"""What the code routes take and give. Codes are written with their dot; days are ISO dates."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Field, Schema
from pydantic import BaseModel

from charthouse.api.codes.asking import SystemName


class FindIn(Schema):
    """What to look for."""

    q: str = Field(max_length=10_000, description="a code, its first characters, words, or shorthand")
    on: date | None = Field(None, description="date of service; today when left out")
    system: SystemName = "icd-10-cm"
    limit: int = Field(12, ge=1, le=100)


class FoundCode(BaseModel):
    """One result. Plain pydantic: the search is asked with every key, and ninja's own schemas read twice as slow."""

    system: str
    code: str
    title: str
    is_billable: bool
    score: float
    reason: str = Field("", description="why it is here: what the words were read as")


class FindOut(BaseModel):
    """Results, best first."""

    on: date
    release: str
    results: list[FoundCode]


class CheckIn(Schema):
    """Codes to check."""

    codes: list[str] = Field(max_length=1_000)
    system: SystemName = "icd-10-cm"
    on: date | None = None


class Standing(Schema):
    """Whether a code may be reported on the day. `no-data` is never `valid`."""

    code: str
    state: Literal["valid", "not-yet", "expired", "header", "unknown", "no-data"]
    valid_from: date | None
    valid_to: date | None
    release: str
    text: str


class CheckOut(Schema):
    """The standing of each code, in the order asked."""

    on: date
    results: list[Standing]


class NoteOut(Schema):
    """An instruction of the tabular list, where it stands, and whether it is inherited from there."""

    kind: str
    lines: list[str]
    at: str
    is_inherited: bool


class StepOut(Schema):
    """A chapter, section or category above a code."""

    kind: str
    name: str
    title: str


class ChoiceOut(Schema):
    """A way to complete a code, or a code beside it."""

    code: str
    meaning: str
    is_billable: bool


class SeventhOut(Schema):
    """A 7th character and what it says."""

    character: str
    meaning: str


class CodeOut(Schema):
    """Everything about one code on one day."""

    system: str
    code: str
    title: str
    on: date
    standing: Standing
    path: list[StepOut] = []
    notes: list[NoteOut] = []
    inclusion_terms: list[str] = []
    seventh_characters: list[SeventhOut] = []
    next: list[ChoiceOut] = Field(default=[], description="choices that complete it, where it is incomplete")


class AxisChoice(Schema):
    """A value for the next axis of an ICD-10-PCS code."""

    position: int
    axis: str
    value: str
    label: str
    codes: int = Field(description="how many codes valid on the day start so")


class AxesOut(Schema):
    """Where the building of an ICD-10-PCS code stands."""

    prefix: str
    on: date
    choices: list[AxisChoice]
    code: str | None = Field(None, description="the code, once all seven characters are chosen")
    title: str = ""


class SetOut(Schema):
    """A code set that answers, or one that is missing and would."""

    table: str
    label: str
    source: str
    starts: date | None
    ends: date | None
    rows: int
    standing: str
