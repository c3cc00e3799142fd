"""The writer refuses what X12 has no room for; nothing is cut off or left out in silence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from charthouse.engines.x12 import Person, ProfessionalClaim, Subscriber, write_interchange
from charthouse.kit import Code, Refusal, Refused
from tests.engines.x12.examples import LINE, changed, claims_set, interchange_of


def _refusal(claim: ProfessionalClaim) -> Refusal:
    with pytest.raises(Refused) as caught:
        write_interchange(interchange_of("837", claims_set(claim)))
    return caught.value.refusal


def _codes(count: int) -> tuple[Code, ...]:
    return tuple(Code.icd10cm(f"S{n:02d}.0XXA") for n in range(count))


def test_a_thirteenth_diagnosis_is_refused_with_a_way_out() -> None:
    refusal = _refusal(changed(diagnoses=_codes(13)))
    assert refusal.rule == "x12.837p.diagnoses"
    assert "13 diagnoses" in refusal.message
    assert refusal.mend == "Make a second claim for the rest."


def test_twelve_diagnoses_are_written_in_one_segment() -> None:
    data = write_interchange(interchange_of("837", claims_set(changed(diagnoses=_codes(12))))).decode()
    (line,) = [line for line in data.splitlines() if line.startswith("HI*")]
    assert line.count("ABF:") == 11
    assert line.startswith("HI*ABK:S000XXA*")


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"lines": tuple(replace(LINE, control_number=f"L{n}") for n in range(51))}, "x12.837p.lines"),
        ({"lines": (replace(LINE, modifiers=("25", "59", "GT", "XS", "LT")),)}, "x12.837p.modifiers"),
        ({"lines": (replace(LINE, pointers=(1, 2, 3, 4, 5)),)}, "x12.837p.diagnosis-pointers"),
        ({"lines": (replace(LINE, control_number=""),)}, "x12.837p.line-control"),
        ({"accident_causes": ("AA", "EM", "OA", "AA")}, "x12.837p.accident-causes"),
    ],
)
def test_more_than_a_claim_takes_is_refused(fields: dict[str, Any], rule: str) -> None:
    assert _refusal(changed(**fields)).rule == rule


@pytest.mark.parametrize(
    ("fields", "element"),
    [
        ({"patient_control_number": "X" * 21}, "CLM01"),
        ({"note": "X" * 81}, "NTE02"),
        ({"prior_authorization": "X" * 51}, "REF02"),
        ({"subscriber": Subscriber(Person("X" * 61, "GRETA"), "MBR1")}, "NM103"),
    ],
)
def test_text_too_long_for_its_element_is_refused(fields: dict[str, Any], element: str) -> None:
    refusal = _refusal(changed(**fields))
    assert refusal.rule == "x12.element.too-long"
    assert refusal.source == element


def test_a_refusal_never_holds_the_text_itself() -> None:
    refusal = _refusal(changed(note="SECRET " * 20))
    assert "SECRET" not in str(refusal)
