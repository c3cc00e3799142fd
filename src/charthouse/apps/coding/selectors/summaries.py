"""Reading coding summaries, and whether they are as they were written."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from charthouse.apps.accounts.models import Person
from charthouse.apps.coding import content, policies
from charthouse.apps.coding.changing import pass_gate
from charthouse.apps.coding.content import FinalCoding
from charthouse.apps.coding.models import CodingSummary
from charthouse.apps.core.errors import Denied


@dataclass(frozen=True, slots=True)
class SummaryView:
    """A summary with its content as typed data; `is_intact` is whether the content still has its SHA-256."""

    summary: CodingSummary
    coding: FinalCoding
    is_intact: bool


def summary(person: Person, uid: UUID) -> SummaryView:
    """A summary this person may see; Denied otherwise, GateClosed while their gate is."""
    return _shown(person, CodingSummary.objects.select_related("encounter", "coder").filter(uid=uid).first())


def latest_summary(person: Person, encounter_uid: UUID) -> SummaryView:
    """The summary in force for an encounter; Denied when there is none this person may see."""
    found = CodingSummary.objects.select_related("encounter", "coder").filter(encounter__uid=encounter_uid)
    return _shown(person, found.order_by("-version").first())


def _shown(person: Person, found: CodingSummary | None) -> SummaryView:
    if found is None or not policies.may_see_summary(person, found):
        raise Denied("There is no such coding summary.")
    pass_gate(person, found.encounter)
    is_intact = content.digest(found.content) == found.sha256
    return SummaryView(found, content.read(found.content), is_intact)
