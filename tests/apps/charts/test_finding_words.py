"""Search in an opened chart."""

from __future__ import annotations

import pytest

from charthouse.apps.accounts.models import Role
from charthouse.apps.charts.selectors import OpenChart, find_in_chart, open_chart
from charthouse.apps.charts.selectors.find import MOST
from tests.apps import builders

pytestmark = pytest.mark.django_db


def opened(*texts: str) -> OpenChart:
    at = builders.organization()
    visit = builders.encounter(at)
    for text in texts:
        builders.document(visit, text)
    return open_chart(builders.person(Role.MANAGER, at=at, remote=False), visit.uid)


def test_words_are_found_in_any_case_and_over_line_ends() -> None:
    chart = opened("No fever. Type 2\ndiabetes, stable.")
    (match,) = find_in_chart(chart, "type  2 DIABETES")
    section = chart.documents[0].sections[match.section]
    assert section.text[match.start : match.end] == match.found == "Type 2\ndiabetes"
    assert (match.before, match.after) == ("No fever. ", ", stable.")


def test_every_document_is_searched() -> None:
    assert len(find_in_chart(opened("fever", "No Fever; feverish"), "fever")) == 3


@pytest.mark.parametrize("text", ["", "   ", "absent", "(", "a+b", "\\"])
def test_nothing_and_signs_find_nothing_and_do_not_fail(text: str) -> None:
    assert find_in_chart(opened("plain words"), text) == []


def test_signs_are_taken_as_they_are() -> None:
    assert [match.found for match in find_in_chart(opened("A1c 7.2% (high)"), "7.2% (high)")] == ["7.2% (high)"]


def test_there_is_a_most() -> None:
    assert len(find_in_chart(opened("ab " * 500), "ab")) == MOST
