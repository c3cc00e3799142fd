"""Coverages: Coverage resources, also those contained in an ExplanationOfBenefit or a Claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from charthouse.engines.fhir.access import Resource, items, label, obj, string
from charthouse.engines.fhir.bundle import Bundle
from charthouse.engines.fhir.skips import Skips
from charthouse.kit import ChartCoverage


def read_coverages(bundle: Bundle, skips: Skips) -> tuple[ChartCoverage, ...]:
    """Every different coverage, primary first."""
    found: dict[ChartCoverage, None] = {}
    for place, coverage, holder in _coverages(bundle):
        if string(coverage, "status") in ("cancelled", "entered-in-error"):
            skips.add(place, "Coverage", "it is cancelled or entered in error")
            continue
        if _is_of_another(coverage, holder, bundle):
            skips.add(place, "Coverage", "its patient is not in the file")
            continue
        read = _coverage(coverage, holder, bundle)
        if not read.payer_name:
            skips.add(place, "Coverage", "it names no payer")
        else:
            found[read] = None
    ranked = sorted(found, key=lambda one: one.rank)
    return tuple(replace(one, rank=rank) for rank, one in enumerate(ranked, start=1))


def _coverages(bundle: Bundle) -> Iterator[tuple[str, Resource, Resource]]:
    for entry in bundle.entries:
        if entry.type == "Coverage":
            yield entry.place, entry.resource, entry.resource
        for inside in items(entry.resource, "contained"):
            if string(inside, "resourceType") == "Coverage":
                yield f"{entry.place}.contained", inside, entry.resource


def _is_of_another(coverage: Resource, holder: Resource, bundle: Bundle) -> bool:
    beneficiary = obj(coverage, "beneficiary")
    if not string(beneficiary, "reference"):
        return False
    found = bundle.follow(beneficiary, holder)
    return found is None or found.type != "Patient"


def _coverage(coverage: Resource, holder: Resource, bundle: Bundle) -> ChartCoverage:
    payer = obj(coverage, "payor")
    organization = bundle.follow(payer, holder)
    classes = {string(one, "type", "coding", "code"): one for one in items(coverage, "class")}
    order = string(coverage, "order")
    return ChartCoverage(
        payer_name=bundle.name(payer, holder),
        member_id=string(coverage, "subscriberId") or string(coverage, "identifier", "value"),
        payer_id=string(organization.resource, "identifier", "value") if organization else "",
        group_number=string(classes.get("group"), "value"),
        plan_name=string(classes.get("plan"), "name") or label(obj(coverage, "type")),
        rank=int(order) if order.isascii() and order.isdigit() and len(order) < 4 else 999,
    )
