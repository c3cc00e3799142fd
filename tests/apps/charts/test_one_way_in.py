"""Architecture: chart text is touched inside the charts app and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import charthouse

SOURCE = Path(charthouse.__file__).parent
CHARTS = SOURCE / "apps" / "charts"
FORBIDDEN = {
    # Finding the row evidence points at, by its uid, reads no text.
    "documents are queried": re.compile(r"\bDocument\.objects\b(?!\.only\(\"uid\"\))"),
    "facts are queried": re.compile(r"\bClinicalFact\b"),
    "a document's text is read": re.compile(r"\bdocument\.body\b|\bdocuments?\.[a-z_().]*body\b"),
    "documents are reached through their patient or encounter": re.compile(
        r"\b(patient|encounter)\.(documents|facts)\b(?!\.count\(\))|\bdocument_set\b"
    ),
    "an attachment is read": re.compile(r"\bdocument\.attachment\b"),
    "a chart is read without opening it": re.compile(r"\bread_chart\b|selectors\.reading import .*documents_of"),
}


def outside() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if CHARTS not in path.parents and "migrations" not in path.parts]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_outside_of_charts_never(what: str) -> None:
    found = [
        f"{path.relative_to(SOURCE)}: {match[0]}"
        for path in outside()
        for match in FORBIDDEN[what].finditer(path.read_text())
    ]
    assert not found, f"{what}; use charts.selectors"


def test_inside_of_charts_only_actions_and_selectors_do() -> None:
    pattern = re.compile(r"\b(Document|ClinicalFact)\.objects\b|\.body\b")
    found = [path for path in CHARTS.rglob("*.py") if pattern.search(path.read_text())]
    assert found
    assert all(path.parent.name in {"actions", "selectors"} for path in found)


def test_the_gate_is_asked_wherever_chart_text_is_given_out() -> None:
    access = (CHARTS / "selectors" / "access.py").read_text()
    assert "check(person, encounter.organization_id, encounter)" in access
    for name in ("opening", "text"):
        assert "ensure_readable(" in (CHARTS / "selectors" / f"{name}.py").read_text()
