"""How payers behave is read from the practice's file; one that says nothing pays in full."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from charthouse.sandbox.payer.behaviour import Behaviour, DenialRule, behaviours


def read(tmp_path: Path, **told: Any) -> Behaviour:
    file = tmp_path / "practice.json"
    file.write_text(json.dumps({"payers": [{"payer_id": "P", "sandbox": told}]}))
    return behaviours(file)["P"]


def test_paying_in_full_needs_no_more_than_a_share(tmp_path: Path) -> None:
    assert read(tmp_path, pays_percent=100) == Behaviour(100, "CO", "45", ())


def test_a_reduction_names_its_group_and_reason(tmp_path: Path) -> None:
    told = read(tmp_path, pays_percent=80, reduction={"group": "OA", "carc": "23"})
    assert (told.pays_percent, told.group, told.reason) == (80, "OA", "23")


def test_a_denial_names_codes_and_pointers(tmp_path: Path) -> None:
    rule = {"when": {"code_starts_with": ["J"], "every_pointer_starts_with": ["Z"]}, "group": "CO", "carc": "50"}
    assert read(tmp_path, pays_percent=75, denials=[rule]).denials == (DenialRule(("J",), ("Z",), "CO", "50"),)


def test_a_rule_without_a_condition_denies_every_line(tmp_path: Path) -> None:
    (rule,) = read(tmp_path, pays_percent=75, denials=[{"when": {}, "group": "CO", "carc": "96"}]).denials
    assert rule.denies("G0463", ("J441",))


@pytest.mark.parametrize(
    ("code", "diagnoses", "denied"),
    [
        ("J0696", ("Z794",), True),
        ("J0696", ("Z794", "R05"), True),
        ("J0696", ("Z794", "J441"), False),
        ("G0463", ("Z794",), False),
        ("J0696", (), False),
    ],
)
def test_one_pointer_to_a_disease_is_enough(code: str, diagnoses: tuple[str, ...], denied: bool) -> None:
    assert DenialRule(("J",), ("R", "Z"), "CO", "50").denies(code, diagnoses) is denied
