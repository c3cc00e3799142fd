"""What other tables say of a code, what goes with it, what stands beside it, and what changed about it."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Field, Router, Schema

from charthouse.api.codes.asking import SystemName, code_of
from charthouse.api.codes.schemas import ChoiceOut
from charthouse.apps.core.clock import today
from charthouse.apps.core.errors import Denied
from charthouse.apps.reference.selectors import code_book
from charthouse.engines.codesets import Completion, Marks, ValidityState
from charthouse.kit import CodeSystem

router = Router(tags=["codes"])


class HccOut(Schema):
    """A risk category of a model."""

    model: str
    category: str
    label: str


class MarksOut(Schema):
    """What payers attach to a diagnosis. An empty field is no answer where `gaps` says why."""

    cc: str = Field("", description="CC, MCC or empty")
    hccs: list[HccOut] = []
    ccsr: str = ""
    traits: list[str] = []
    sources: list[str] = []
    gaps: list[str] = []


class PairOut(Schema):
    """A line of a note that asks for another code, or (`is_named`) another code's note that names this one."""

    kind: str
    text: str
    at: str
    codes: list[str]
    goes: str = Field(description="where the other codes go: before, after or either")
    is_named: bool


class EquivalentOut(Schema):
    """A code of the other edition of ICD."""

    code: str
    title: str
    is_approximate: bool
    is_combination: bool
    scenario: int
    choice: int
    has_none: bool


class MissingOut(Schema):
    """What an incomplete code lacks."""

    needs: int
    text: str
    kinds: list[str]


class ChangeOut(Schema):
    """What the release in force changed about the code."""

    kind: str
    on: date
    before: str


class RelatedOut(Schema):
    """Everything around one code on one day."""

    code: str
    on: date
    marks: MarksOut | None = None
    pairs: list[PairOut] = []
    siblings: list[ChoiceOut] = []
    missing: MissingOut | None = None
    equivalents: list[EquivalentOut] = []
    change: ChangeOut | None = None


@router.get("/codes/{system}/{code}/related", response=RelatedOut, url_name="related_codes")
def related_codes(request: HttpRequest, system: SystemName, code: str, on: date | None = None) -> RelatedOut:
    """Marks; code first and use additional, both ways; siblings; ICD-9-CM; what changed; what is missing."""
    day, book, wanted = on or today(), code_book(), code_of(system, code)
    if book.is_valid(wanted, day).state in {ValidityState.UNKNOWN, ValidityState.NO_DATA}:
        raise Denied(f"No table knows {wanted.display}.")
    marks, missing, change = book.marks(wanted, day), book.missing(wanted, day), book.change_of(wanted, day)
    return RelatedOut(
        code=wanted.display,
        on=day,
        marks=_marks(marks) if marks else None,
        pairs=[
            PairOut(
                kind=one.kind.value, text=one.text, at=one.origin.name, codes=list(one.codes), goes=one.direction,
                is_named=one.is_named,
            )
            for one in book.pairs(wanted, day)
        ],
        siblings=[choice(one) for one in book.siblings(wanted, day)],
        missing=MissingOut(needs=missing.needs, text=missing.text, kinds=list(missing.kinds)) if missing else None,
        equivalents=[
            EquivalentOut(
                code="" if one.has_none else one.display, title=one.title, is_approximate=one.is_approximate,
                is_combination=one.is_combination, scenario=one.scenario, choice=one.choice, has_none=one.has_none,
            )
            for one in (book.gem(wanted) if wanted.system is CodeSystem.ICD10CM else ())
        ],
        change=ChangeOut(kind=change.kind, on=change.on, before=change.before) if change else None,
    )  # fmt: skip


def choice(one: Completion) -> ChoiceOut:
    """A code beside another, or one that completes it."""
    return ChoiceOut(code=one.code.display, meaning=one.meaning, is_billable=one.is_billable)


def _marks(marks: Marks) -> MarksOut:
    hccs = [HccOut(model=one.model, category=one.category, label=one.label) for one in marks.hccs]
    return MarksOut(
        cc=marks.cc,
        hccs=hccs,
        ccsr=marks.ccsr,
        traits=sorted(marks.traits),
        sources=list(marks.sources),
        gaps=list(marks.gaps),
    )
