"""Evidence is counted in characters of the stored text: emoji, combining marks, both ends of a section, line ends."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charthouse.apps.charts.models import Document
from charthouse.apps.coding import actions, snapshot
from charthouse.apps.coding.actions import Passage
from charthouse.apps.coding.actions.evidence import MOST_QUOTED
from charthouse.apps.coding.models import CodingSession, Evidence
from charthouse.apps.core.errors import Denied, Invalid
from tests.apps import builders
from tests.apps.coding.desk import Desk

# A face outside the basic plane, a family joined of several, a letter with a separate accent, tab, line ends, CJK.
TEXT = "😀 Muñoz\u0301 says: 👩‍👩‍👧 “ça va”\n\tBP 120/80\r\n糖尿病 since 2020."


@pytest.fixture
def note(desk: Desk) -> Document:
    """A note of letters that are hard to count, and an empty section after it."""
    desk.add("E11.22")
    made = builders.document(desk.encounter, TEXT)
    made.body = [*made.body, {"title": "Plan", "text": ""}, {"title": "Last", "text": "x"}]
    made.save()
    return made


def attach(desk: Desk, note: Document, start: int, end: int, quote: str, section: int = 0) -> Evidence:
    line = desk.session.diagnoses.all()[0]
    return actions.attach_evidence(desk.coder, line.uid, Passage(note.uid, section, start, end, quote))


@pytest.mark.parametrize(
    "words",
    ["😀", "Muñoz\u0301", "👩‍👩‍👧", "“ça va”", "\n\tBP", "\r\n", "糖尿病", "since 2020.", TEXT, TEXT[0], TEXT[-1]],
)
def test_any_words_of_the_text_are_kept_as_they_are(words: str, desk: Desk, note: Document) -> None:
    start = TEXT.index(words)
    piece = attach(desk, note, start, start + len(words), words)
    kept = Evidence.objects.get(pk=piece.pk)
    assert (kept.quote, kept.start, kept.end) == (words, start, start + len(words))
    assert desk.view().diagnoses[0].evidence[0].quote == words


def test_a_browser_that_counts_in_utf16_is_refused_and_nothing_is_guessed(desk: Desk, note: Document) -> None:
    start = TEXT.index("Muñoz")
    with pytest.raises(Invalid) as refused:
        attach(desk, note, start + 1, start + 6, "Muñoz")
    assert refused.value.code == "coding.evidence-differs"
    assert refused.value.mend == "Open the document again and mark them anew."
    assert refused.value.field == "evidence"


@pytest.mark.parametrize("other", ["Mun\u0303oz\u0301", "MUÑOZ\u0301", "Muñoz\u0301 "])
def test_words_that_only_look_the_same_are_other_words(other: str, desk: Desk, note: Document) -> None:
    start = TEXT.index("Muñoz")
    with pytest.raises(Invalid):
        attach(desk, note, start, start + len("Muñoz\u0301"), other)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("start", "end"), [(len(TEXT), len(TEXT)), (len(TEXT) - 1, len(TEXT) + 1), (-1, 1), (-len(TEXT), -1), (3, 2)]
)
def test_both_ends_of_a_section_are_ends(start: int, end: int, desk: Desk, note: Document) -> None:
    with pytest.raises(Invalid) as refused:
        attach(desk, note, start, end, TEXT[start:end])
    assert refused.value.code == "coding.evidence-range"


def test_an_empty_section_has_nothing_to_mark(desk: Desk, note: Document) -> None:
    with pytest.raises(Invalid) as refused:
        attach(desk, note, 0, 0, "", section=1)
    assert refused.value.code == "coding.evidence-range"


def test_the_last_section_counts_and_the_one_after_it_does_not(desk: Desk, note: Document) -> None:
    assert attach(desk, note, 0, 1, "x", section=2).section == 2
    for section in (3, -1):
        with pytest.raises(Denied):
            attach(desk, note, 0, 1, "x", section=section)


def test_words_are_not_looked_for_in_another_section(desk: Desk, note: Document) -> None:
    with pytest.raises(Invalid):
        attach(desk, note, 0, 1, TEXT[0], section=2)


@pytest.mark.parametrize(("length", "fits"), [(MOST_QUOTED, True), (MOST_QUOTED + 1, False)])
def test_the_most_that_can_be_marked(length: int, fits: bool, desk: Desk) -> None:
    desk.add("E11.22")
    long = "é" * (MOST_QUOTED + 5)
    note = builders.document(desk.encounter, long)
    if fits:
        assert attach(desk, note, 0, length, long[:length]).end == length
    else:
        with pytest.raises(Invalid) as refused:
            attach(desk, note, 0, length, long[:length])
        assert refused.value.code == "coding.evidence-length"
        assert str(MOST_QUOTED) in refused.value.message


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_range_within_the_text_is_taken_and_survives_undo(data: st.DataObject, desk: Desk, note: Document) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    piece = attach(desk, note, start, end, TEXT[start:end])
    session = CodingSession.objects.get(pk=desk.session.pk)
    before = snapshot.take(session)
    actions.remove_evidence(desk.coder, piece.uid)
    actions.undo(desk.coder, desk.session.uid)
    assert snapshot.take(session) == before
    assert Evidence.objects.get(uid=piece.uid).quote == TEXT[start:end]


def test_the_words_of_final_coding_stay_in_the_chart(desk: Desk, note: Document) -> None:
    desk.add("N18.31", "G0463")
    attach(desk, note, 0, 1, "😀")
    made = actions.finalise(desk.coder, desk.session.uid, 4)
    held = made.content["diagnoses"][0]["evidence"]
    assert held == [{"document": str(note.uid), "section": 0, "start": 0, "end": 1}]
    assert "😀" not in str(made.content)
    assert desk.view().diagnoses[0].evidence[0].quote == ""


def test_another_patients_document_is_no_evidence_and_looks_like_none(desk: Desk, note: Document) -> None:
    strange = builders.document(builders.encounter(builders.organization()), TEXT)
    of_patient = builders.document(builders.encounter(desk.organization, of=desk.encounter.patient), TEXT)
    told = []
    for document in (strange, of_patient):
        with pytest.raises(Denied) as refused:
            attach(desk, document, 0, 1, TEXT[0])
        told.append((refused.value.message, refused.value.code))
    assert len(set(told)) == 1


def test_a_document_of_the_patient_as_a_whole_is_evidence(desk: Desk, note: Document) -> None:
    note.encounter = None
    note.save()
    assert attach(desk, note, 0, 1, "😀").document_id == note.pk
