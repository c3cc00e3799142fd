"""Findings sort worst first and only a fatal one stops; refusals read as a person needs them and hide patients."""

from __future__ import annotations

import copy
from dataclasses import FrozenInstanceError, replace
from itertools import permutations

import pytest

from charthouse.kit import Finding, Mend, Refusal, Refused, Severity

FINDING = Finding("icd10cm.excludes1", Severity.FATAL, "They cannot stand together.", "Excludes1 note at E11")
REFUSAL = Refusal("a.xml", "line 3", "cda.malformed", "It is not well formed.", "Export it again.", "<br>")


@pytest.mark.parametrize(
    ("severity", "order", "stops"),
    [
        (Severity.FATAL, 0, True),
        (Severity.WARNING, 1, False),
        (Severity.ADVICE, 2, False),
        (Severity.NO_DATA, 3, False),
    ],
)
def test_a_severity_has_its_place_and_its_weight(severity: Severity, order: int, stops: bool) -> None:
    assert severity.order == order
    assert replace(FINDING, severity=severity).stops is stops


@pytest.mark.parametrize("mixed", list(permutations(Severity))[::5])
def test_however_mixed_the_worst_comes_first(mixed: tuple[Severity, ...]) -> None:
    found = sorted((replace(FINDING, severity=one) for one in mixed), key=lambda one: one.severity.order)
    assert [one.severity for one in found] == [Severity.FATAL, Severity.WARNING, Severity.ADVICE, Severity.NO_DATA]


def test_no_data_is_a_state_of_its_own_and_its_name_is_kept_in_records() -> None:
    assert [one.value for one in Severity] == ["fatal", "warning", "advice", "no-data"]
    assert Severity("no-data") is Severity.NO_DATA


def test_a_finding_needs_only_what_every_rule_knows() -> None:
    assert (FINDING.where, FINDING.value, FINDING.detail, FINDING.mends) == ("", "", "", ())


def test_findings_compare_by_what_they_say() -> None:
    assert replace(FINDING) == FINDING
    assert replace(FINDING, where="dx:1") != replace(FINDING, where="dx:2")


def test_a_finding_cannot_be_softened_afterwards() -> None:
    with pytest.raises(FrozenInstanceError):
        FINDING.severity = Severity.ADVICE  # type: ignore[misc]  # that it raises is the test


def test_two_mends_do_not_share_their_arguments() -> None:
    one, other = Mend("remove", "Remove it"), Mend("remove", "Remove it")
    one.arguments["where"] = "dx:1"
    assert other.arguments == {}


def test_mends_keep_their_order() -> None:
    ways = (Mend("remove", "Remove A"), Mend("replace", "Replace by B"))
    assert [way.label for way in replace(FINDING, mends=ways).mends] == ["Remove A", "Replace by B"]


@pytest.mark.parametrize(
    ("refusal", "text"),
    [
        pytest.param(
            REFUSAL, "a.xml, line 3: It is not well formed. [cda.malformed] Export it again.", id="with everything"
        ),
        pytest.param(
            replace(REFUSAL, place=""), "a.xml: It is not well formed. [cda.malformed] Export it again.", id="no place"
        ),
        pytest.param(
            replace(REFUSAL, mend=""), "a.xml, line 3: It is not well formed. [cda.malformed]", id="nothing to do"
        ),
        pytest.param(
            Refusal("REF02", "", "x12.837p.line-control", "Every line needs it."),
            "REF02: Every line needs it. [x12.837p.line-control]",
            id="a field instead of a file",
        ),
    ],
)
def test_a_refusal_is_one_sentence_with_its_rule(refusal: Refusal, text: str) -> None:
    assert str(refusal) == text
    assert str(Refused(refusal)) == text


def test_the_value_is_kept_beside_the_text_and_never_in_it() -> None:
    refusal = replace(REFUSAL, value="Whitfield")
    assert "Whitfield" not in str(refusal)
    assert "Whitfield" not in str(Refused(refusal))
    assert refusal.value == "Whitfield"


def test_what_is_raised_carries_the_data() -> None:
    with pytest.raises(Refused) as caught:
        raise Refused(REFUSAL)
    assert caught.value.refusal is REFUSAL
    assert isinstance(caught.value, Exception)
    assert not isinstance(caught.value, ValueError), "a Refused is never swallowed as bad text of one element"


def test_refusals_compare_by_what_they_say() -> None:
    assert copy.copy(REFUSAL) == REFUSAL
    assert len({REFUSAL, replace(REFUSAL)}) == 1
    assert replace(REFUSAL, place="line 4") != REFUSAL
