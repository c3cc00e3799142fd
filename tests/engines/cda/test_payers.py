"""Policies of the payers section become coverages in their order."""

from __future__ import annotations

from charthouse.kit import ChartCoverage
from tests.engines.cda.building import chart, section


def policy(name: str, member: str = "", rank: str = "", plan: str = "") -> str:
    payer = f"<representedOrganization><name>{name}</name></representedOrganization>" if name else ""
    return (
        f"<entryRelationship>{f'<sequenceNumber value={rank!r}/>' if rank else ''}<act><id root='1.2' extension='G7'/>"
        f"<code displayName='{plan}'/>"
        f"<performer><assignedEntity><id root='1.3' extension='P9'/><code code='PAYOR'/>{payer}"
        "</assignedEntity></performer>"
        f"<participant typeCode='COV'><participantRole><id root='1.4' extension='{member}'/>"
        "</participantRole></participant></act></entryRelationship>"
    )


def coverages(*policies: str) -> tuple[ChartCoverage, ...]:
    return chart(section(f"<entry><act>{''.join(policies)}</act></entry>", code="48768-6")).coverages


def test_coverage_with_all_its_numbers() -> None:
    (one,) = coverages(policy("Northwind Health", "NW552", plan="PPO"))
    assert one == ChartCoverage("Northwind Health", "NW552", "P9", "G7", "PPO", 1)


def test_order_is_by_sequence_number() -> None:
    read = coverages(policy("Second", rank="2"), policy("First", rank="1"), policy("Unranked"))
    assert [(one.payer_name, one.rank) for one in read] == [("First", 1), ("Second", 2), ("Unranked", 3)]


def test_the_same_policy_twice_is_one_coverage() -> None:
    assert len(coverages(policy("Northwind", "1"), policy("Northwind", "1"))) == 1


def test_policy_without_a_payer_is_told() -> None:
    read = chart(section(f"<entry><act>{policy('')}</act></entry>", code="48768-6"))
    assert read.coverages == ()
    assert any(one.place == "payers section" for one in read.skipped)
