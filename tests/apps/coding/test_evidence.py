"""Evidence is words that the chart really says, and stays encrypted."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charthouse.apps.coding import actions
from charthouse.apps.coding.actions import Passage
from charthouse.apps.coding.models import Evidence
from charthouse.apps.core.errors import Denied, Invalid
from tests.apps import builders
from tests.apps.coding.desk import Desk


@pytest.fixture
def coded(desk: Desk) -> Desk:
    """One diagnosis and one procedure."""
    desk.add("E11.22", "G0463")
    return desk


def attach(desk: Desk, passage: Passage) -> Evidence:
    return actions.attach_evidence(desk.coder, desk.view().diagnoses[0].uid, passage)


def test_both_kinds_of_lines_take_evidence(coded: Desk) -> None:
    attach(coded, coded.passage("Type 2 diabetes"))
    actions.attach_evidence(coded.coder, coded.view().procedures[0].uid, coded.passage("Clinic visit"))
    view = coded.view()
    assert [piece.quote for piece in view.diagnoses[0].evidence] == ["Type 2 diabetes"]
    assert [piece.quote for piece in view.procedures[0].evidence] == ["Clinic visit"]
    assert view.procedures[0].evidence[0].document_title == "Progress note"


def test_a_command_can_bring_its_evidence(desk: Desk) -> None:
    actions.enter(desk.coder, desk.session.uid, "E11.22", evidence=desk.passage("diabetes"))
    actions.enter(desk.coder, desk.session.uid, "G0463", evidence=desk.passage("Clinic visit"))
    view = desk.view()
    assert [piece.quote for piece in view.diagnoses[0].evidence] == ["diabetes"]
    assert [piece.quote for piece in view.procedures[0].evidence] == ["Clinic visit"]


def test_reading_a_session_does_not_read_whole_documents(coded: Desk) -> None:
    attach(coded, coded.passage("Type 2 diabetes"))
    with CaptureQueriesContext(connection) as queries:
        coded.view()
    assert not any('"attachment"' in query["sql"] or '"body"' in query["sql"] for query in queries)


def test_the_words_are_encrypted_at_rest(coded: Desk) -> None:
    attach(coded, coded.passage("Type 2 diabetes"))
    actions.remove_diagnosis(coded.coder, coded.view().diagnoses[0].uid)
    actions.undo(coded.coder, coded.session.uid)
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote FROM coding_evidence UNION ALL SELECT before FROM coding_codingchange")
        stored = [bytes(row[0]) for row in cursor.fetchall()]
    assert len(stored) == 4
    assert not any(b"diabetes" in value for value in stored)


@pytest.mark.parametrize("change", [{"quote": "Type 1 diabetes"}, {"start": 1, "end": 16}, {"quote": ""}])
def test_words_that_do_not_stand_there_are_refused(coded: Desk, change: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        attach(coded, replace(coded.passage("Type 2 diabetes"), **change))
    assert refused.value.code == "coding.evidence-differs"
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (-4, 3), (0, 10_000)])
def test_ranges_outside_the_text_are_refused(coded: Desk, start: int, end: int) -> None:
    with pytest.raises(Invalid) as refused:
        attach(coded, replace(coded.passage("diabetes"), start=start, end=end))
    assert refused.value.code == "coding.evidence-range"


def test_a_whole_document_is_not_evidence(coded: Desk) -> None:
    long = builders.document(coded.encounter, "word " * 1000)
    with pytest.raises(Invalid) as refused:
        attach(coded, Passage(long.uid, 0, 0, 5000, "word " * 1000))
    assert refused.value.code == "coding.evidence-length"


def test_only_documents_of_this_chart_count(coded: Desk) -> None:
    elsewhere = builders.document(builders.encounter(coded.organization), "diabetes")
    for uid, section in ((elsewhere.uid, 0), (uuid4(), 0), (coded.note.uid, 7)):
        with pytest.raises(Denied):
            attach(coded, Passage(uid, section, 0, 8, "diabetes"))


def test_the_same_words_twice_are_kept_once(coded: Desk) -> None:
    first = attach(coded, coded.passage("diabetes"))
    assert attach(coded, coded.passage("diabetes")) == first
    assert coded.view().revision == 3


def test_evidence_can_be_taken_off_and_put_back(coded: Desk) -> None:
    piece = attach(coded, coded.passage("diabetes"))
    actions.remove_evidence(coded.coder, piece.uid)
    assert coded.view().diagnoses[0].evidence == ()
    actions.undo(coded.coder, coded.session.uid)
    assert coded.view().diagnoses[0].evidence[0].uid == piece.uid
