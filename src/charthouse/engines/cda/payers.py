"""Coverages from the payers section: one for each policy activity that names a payer."""

from __future__ import annotations

from dataclasses import replace

from charthouse.engines.cda.codes import label_of
from charthouse.engines.cda.narrative import Narrative
from charthouse.engines.cda.skips import Skips
from charthouse.engines.cda.values import attribute, find, find_all, flat_text, identifiers
from charthouse.engines.cda.xml import Element
from charthouse.kit import ChartCoverage

PAYERS_SECTION = "48768-6"


def read_coverages(sections: list[Element], narrative: Narrative, skips: Skips) -> tuple[ChartCoverage, ...]:
    """Coverages of the payers sections in the order the document ranks them, numbered from 1."""
    ranked: list[tuple[int, ChartCoverage]] = []
    for section in sections:
        if attribute(find(section, "code"), "code") != PAYERS_SECTION:
            continue
        for relation in find_all(section, "entry/act/entryRelationship"):
            policy = find(relation, "act")
            coverage = _coverage(policy, narrative) if policy is not None else None
            if coverage is None:
                skips.add("payers section", "a policy", "it names no payer in coded form; its narrative is kept")
            else:
                ranked.append((_rank(relation), coverage))
    ranked.sort(key=lambda pair: pair[0])
    unique = dict.fromkeys(coverage for _, coverage in ranked)
    return tuple(replace(coverage, rank=number) for number, coverage in enumerate(unique, start=1))


def _rank(relation: Element) -> int:
    written = attribute(find(relation, "sequenceNumber"), "value")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 999


def _coverage(policy: Element, narrative: Narrative) -> ChartCoverage | None:
    payer = _payer(policy)
    name = flat_text(find(payer, "representedOrganization/name"))
    if not name:
        return None
    member = _covered_party(policy)
    payer_ids = [one.extension for one in identifiers(payer) if one.extension]
    member_ids = [one.extension for one in identifiers(member) if one.extension]
    groups = [one.extension for one in identifiers(policy) if one.extension]
    return ChartCoverage(
        payer_name=name,
        member_id=member_ids[0] if member_ids else "",
        payer_id=payer_ids[0] if payer_ids else "",
        group_number=groups[0] if groups else "",
        plan_name=label_of(find(policy, "code"), narrative),
    )


def _payer(policy: Element) -> Element | None:
    entities = find_all(policy, "performer/assignedEntity")
    payers = [one for one in entities if attribute(find(one, "code"), "code") == "PAYOR"]
    organizations = [one for one in entities if find(one, "representedOrganization/name") is not None]
    return next(iter(payers or organizations), None)


def _covered_party(policy: Element) -> Element | None:
    parties = (one for one in find_all(policy, "participant") if attribute(one, "typeCode") == "COV")
    return next((find(one, "participantRole") for one in parties), None)
