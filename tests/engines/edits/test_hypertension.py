"""Essential hypertension beside heart failure or chronic kidney disease is coded as one combination."""

from __future__ import annotations

from itertools import permutations

import pytest

from charthouse.engines.edits import CodedDiagnosis, CodingCase
from charthouse.kit import Code, CodeSystem, ServiceDates, Severity
from tests.engines.edits.cases import DAY, case, px, rules, the
from tests.engines.edits.mending import mended

RULE = "icd10cm.hypertension-related"


@pytest.mark.parametrize(
    ("beside", "combined", "paragraph"),
    [
        pytest.param(["N18.1"], "I12.9", 2, id="stage 1"),
        pytest.param(["N18.2"], "I12.9", 2, id="stage 2"),
        pytest.param(["N18.30"], "I12.9", 2, id="stage 3 without a letter"),
        pytest.param(["N18.31"], "I12.9", 2, id="stage 3a"),
        pytest.param(["N18.32"], "I12.9", 2, id="stage 3b"),
        pytest.param(["N18.4"], "I12.9", 2, id="stage 4 is the last that is early"),
        pytest.param(["N18.5"], "I12.0", 2, id="stage 5 is the first that is late"),
        pytest.param(["N18.6"], "I12.0", 2, id="end stage"),
        pytest.param(["N18.9"], "I12.9", 2, id="stage not said goes with the early ones"),
        pytest.param(["N18.5", "N18.6"], "I12.0", 2, id="two late stages"),
        pytest.param(["N18.4", "N18.6"], "I12.0", 2, id="the later stage decides"),
        pytest.param(["I50.1"], "I11.0", 1, id="left ventricular failure"),
        pytest.param(["I50.22"], "I11.0", 1, id="chronic systolic"),
        pytest.param(["I50.33"], "I11.0", 1, id="acute on chronic diastolic"),
        pytest.param(["I50.810"], "I11.0", 1, id="right heart failure, six characters"),
        pytest.param(["I50.9"], "I11.0", 1, id="heart failure not specified"),
        pytest.param(["I50.9", "N18.9"], "I13.0", 3, id="both, stage not said"),
        pytest.param(["I50.33", "N18.4"], "I13.0", 3, id="both, stage 4"),
        pytest.param(["I50.33", "N18.5"], "I13.2", 3, id="both, stage 5"),
        pytest.param(["N18.6", "I50.9"], "I13.2", 3, id="both, end stage, kidney first"),
    ],
)
def test_the_combination_is_offered_by_failure_and_stage(beside: list[str], combined: str, paragraph: int) -> None:
    finding = the(RULE, case("I10", *beside))
    assert (finding.severity, finding.where, finding.value) == (Severity.FATAL, "dx:1", "I10")
    assert f"Guideline I.C.9.a.{paragraph}: hypertension with" in finding.citation
    (way,) = finding.mends
    assert (way.action, way.arguments) == ("replace", {"where": "dx:1", "code": combined.replace(".", "")})
    assert way.label.startswith(f"Replace by {combined}: Hypertensive")


@pytest.mark.parametrize(
    ("beside", "words"),
    [
        (["N18.4"], "hypertension with CKD is presumed related"),
        (["I50.9"], "hypertension with heart failure is presumed related"),
        (["I50.9", "N18.4"], "hypertension with heart failure and CKD is presumed related"),
    ],
)
def test_the_citation_says_what_the_guideline_presumes(beside: list[str], words: str) -> None:
    assert the(RULE, case("I10", *beside)).citation.endswith(words)


def test_the_message_names_every_code_it_is_about() -> None:
    finding = the(RULE, case("I10", "E11.9", "I50.9", "N18.4"))
    assert finding.message == "I10 cannot stand beside I50.9 and N18.4: together they are coded I13.0."
    assert "unrelated" in finding.detail


@pytest.mark.parametrize(
    "codes",
    [
        pytest.param(["I10"], id="hypertension alone"),
        pytest.param(["I10", "E11.9", "E78.5"], id="with other chronic disease"),
        pytest.param(["I10", "N17.9"], id="acute kidney failure is not chronic"),
        pytest.param(["I10", "N19"], id="kidney failure without chronic"),
        pytest.param(["I10", "I25.10"], id="coronary disease is not presumed"),
        pytest.param(["I10", "I48.91"], id="atrial fibrillation is not presumed"),
        pytest.param(["I10", "Z94.0"], id="a transplanted kidney"),
        pytest.param(["I12.9", "N18.4"], id="the kidney combination"),
        pytest.param(["I12.0", "N18.6"], id="the kidney combination, end stage"),
        pytest.param(["I11.0", "I50.9"], id="the heart combination"),
        pytest.param(["I13.0", "I50.33", "N18.4"], id="the combination of both"),
        pytest.param(["I13.2", "I50.33", "N18.6"], id="the combination of both, end stage"),
        pytest.param(["I15.0", "N18.4"], id="secondary hypertension is another matter"),
        pytest.param(["I16.0", "N18.4"], id="a hypertensive crisis"),
        pytest.param(["N18.4", "I50.9"], id="no hypertension at all"),
    ],
)
def test_what_is_coded_rightly_or_is_no_such_pair_is_silent(codes: list[str]) -> None:
    assert RULE not in rules(case(*codes))


@pytest.mark.parametrize("ordered", list(permutations(["I10", "I50.9", "N18.4"])), ids=" ".join)
def test_the_order_of_the_codes_does_not_matter(ordered: tuple[str, ...]) -> None:
    finding = the(RULE, case(*ordered))
    assert finding.where == f"dx:{ordered.index('I10') + 1}"
    assert finding.mends[0].arguments["code"] == "I130"


@pytest.mark.parametrize("codes", [["I10", "N18.4"], ["N18.6", "I10"], ["I10", "I50.9"], ["I10", "I50.9", "N18.5"]])
def test_the_mend_settles_it_with_a_code_that_may_be_reported(codes: list[str]) -> None:
    spoiled = case(*codes)
    after = mended(spoiled, the(RULE, spoiled).mends[0])
    assert not {RULE, "icd10cm.unknown", "icd10cm.incomplete", "icd10cm.excludes1"}.intersection(rules(after))


@pytest.mark.parametrize(
    ("codes", "actions"),
    [
        pytest.param(["I12.9", "N18.4", "I10"], ["remove"], id="the combination stands: the other only goes"),
        pytest.param(["I11.0", "I50.9", "I10"], ["remove"], id="the same for the heart"),
        pytest.param(
            ["I12.9", "N18.4", "I50.9", "I10"], ["replace", "remove"], id="a combination of half of it stands"
        ),
    ],
)
def test_beside_a_combination_it_may_be_removed_and_is_never_doubled(codes: list[str], actions: list[str]) -> None:
    spoiled = case(*codes)
    finding = the(RULE, spoiled)
    assert [mend.action for mend in finding.mends] == actions
    for way in finding.mends:
        after = rules(mended(spoiled, way))
        assert RULE not in after
        assert "claim.duplicate-diagnosis" not in after


def test_each_of_two_is_told() -> None:
    assert rules(case("I10", "N18.4", "I10")).count(RULE) == 2


def test_a_code_of_another_system_is_not_taken_for_hypertension() -> None:
    other = CodedDiagnosis(1, Code(CodeSystem.SNOMED, "I10"))
    kidney = CodedDiagnosis(2, Code.icd10cm("N18.4"))
    assert RULE not in rules(CodingCase(ServiceDates.on(DAY), [other, kidney], [px()]))


def test_a_stem_of_the_other_code_is_enough() -> None:
    # An unfinished code still says chronic kidney disease.
    assert RULE in rules(case("I10", "N18"))
