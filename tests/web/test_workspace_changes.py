"""Changing codes: by command line, by line, by mend; undo; and what is refused, in words."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.apps.charts.models import Encounter
from charthouse.apps.coding import actions
from charthouse.apps.coding.models import DiagnosisLine, Evidence, ProcedureLine
from tests.apps import builders
from tests.web.clients import signed_in
from tests.web.workspaces import HTMX, Desk, desk, text_of

pytestmark = pytest.mark.django_db


def codes(at: Desk) -> list[str]:
    return list(at.session.diagnoses.values_list("code", flat=True))


def test_typing_finds_codes_with_everything_about_the_first() -> None:
    page = text_of(desk().post("search/", q="copd exac"))
    assert page.index("J44.1") < page.index("billable, valid on 18 Nov 2026")


def test_searching_for_nothing_gives_nothing() -> None:
    assert text_of(desk().post("search/", q="  ")) == ""


def test_no_result_says_what_to_try() -> None:
    assert "Nothing matches “zzzzqq”" in text_of(desk().post("search/", q="zzzzqq"))


def test_a_day_without_a_release_is_said_and_not_taken_for_nothing_found() -> None:
    at = desk()
    Encounter.objects.filter(pk=at.encounter.pk).update(service_from=date(2014, 10, 1), service_to=date(2014, 10, 1))
    assert "no ICD-10-CM release loaded for 2014-10-01" in text_of(at.post("search/", q="diabetes"))


def test_without_scripts_searching_gives_the_page_with_results() -> None:
    page = desk().post("search/", htmx=False, q="copd exac").content.decode()
    assert "<html" in page
    assert 'name="code" value="dx:J441"' in page


def test_the_detail_of_any_result_can_be_asked_for() -> None:
    assert "J44.0" in text_of(desk().post("detail/", about="dx:J440"))
    assert text_of(desk().post("detail/", about="nonsense")) == ""


def test_a_chosen_result_is_added_and_chosen() -> None:
    at = desk()
    answer = at.post("add/", code="dx:E1122", q="diab kidney")
    assert codes(at) == ["E1122"]
    page = answer.content.decode()
    line = at.session.diagnoses.get()
    assert f'data-line="{line.uid}" data-kind="dx" data-name="1 E11.22" data-code="E1122" aria-selected="true"' in page
    assert "Added E11.22." in text_of(answer)
    assert "code-added" in answer["HX-Trigger-After-Settle"]


def test_a_result_can_be_added_as_principal() -> None:
    at = desk()
    at.diagnosis("E1122")
    at.post("add/", code="dx:J441", principal="1")
    assert codes(at) == ["J441", "E1122"]


def test_a_typed_command_for_the_chosen_procedure_is_taken_whole() -> None:
    at = desk()
    at.diagnosis("E1122")
    at.post("add/", code="px:G0463", q="G0463-25 x2 >1")
    line = at.session.procedures.get()
    assert (line.code, line.modifiers, line.units) == ("G0463", ["25"], 2)


def test_a_typed_code_is_added_without_a_result() -> None:
    at = desk()
    at.post("add/", q="e11.22")
    assert codes(at) == ["E1122"]


def test_what_cannot_be_added_is_said_beside_the_command_line() -> None:
    at = desk()
    answer = at.post("add/", q="99999 x1")
    assert answer.status_code == 400
    assert "99999 is neither" in text_of(answer)
    assert 'aria-label="Not done:"' in answer.content.decode()
    assert at.session.procedures.count() == 0


def test_without_scripts_a_change_leads_back_to_the_document_being_read() -> None:
    at = desk()
    answer = at.post("add/", htmx=False, q="e11.22", at=str(at.note.uid))
    assert answer.status_code == 302
    assert answer["Location"].startswith(at.url(f"document/{at.note.uid}/?line="))
    assert "Added E11.22." in text_of(at.client.get(answer["Location"]))


def test_without_scripts_a_refusal_is_said_on_the_next_page() -> None:
    at = desk()
    answer = at.post("add/", htmx=False, q="99999 x1")
    assert "99999 is neither" in text_of(at.client.get(answer["Location"]))


@pytest.mark.parametrize(
    ("step", "order"),
    [("up", ["B20", "E1122", "I10"]), ("down", ["E1122", "I10", "B20"]), ("first", ["B20", "E1122", "I10"])],
)
def test_a_diagnosis_is_moved(step: str, order: list[str]) -> None:
    at = desk()
    for code in ("E1122", "B20", "I10"):
        at.diagnosis(code)
    line = at.session.diagnoses.get(code="B20")
    assert at.post(f"line/{line.uid}/{step}/").status_code == 200
    assert codes(at) == order


def test_moving_past_the_end_is_refused() -> None:
    at = desk()
    line = at.diagnosis("E1122")
    assert at.post(f"line/{line.uid}/up/").status_code == 400


def test_present_on_admission_is_asked_for_inpatients_only() -> None:
    stay, visit = desk("inpatient"), desk()
    line = stay.diagnosis("E1122")
    visit.diagnosis("E1122")
    stay.post(f"line/{line.uid}/poa/", poa="Y")
    line.refresh_from_db()
    assert line.poa == "Y"
    assert "Present on admission" in stay.get().content.decode()
    assert "Present on admission" not in visit.get().content.decode()


def test_a_procedure_is_changed_in_place() -> None:
    at = desk()
    at.diagnosis("E1122")
    at.diagnosis("I10")
    line = at.procedure("G0463")
    at.post(f"line/{line.uid}/change/", modifiers="25, 59", units="3", pointers="2,1")
    line.refresh_from_db()
    assert (line.modifiers, line.units) == (["25", "59"], 3)
    assert [pointer.diagnosis.code for pointer in line.pointers.all()] == ["I10", "E1122"]


@pytest.mark.parametrize(
    "given",
    [
        {"units": "many"},
        {"units": "-1"},
        {"units": "1", "pointers": "x"},
        {"units": "1", "service_date": "yesterday"},
        {"units": "1", "provider": "nobody"},
        {"units": "1", "modifiers": "toolong"},
    ],
)
def test_a_wrong_value_changes_nothing_and_is_named(given: dict[str, str]) -> None:
    at = desk()
    at.diagnosis("E1122")
    line = at.procedure("G0463")
    answer = at.post(f"line/{line.uid}/change/", **given)
    assert answer.status_code == 400
    line.refresh_from_db()
    assert (line.units, line.modifiers) == (1, [])


@pytest.mark.parametrize("kind", ["dx", "px"])
def test_a_line_is_removed_and_comes_back_by_undo(kind: str) -> None:
    at = desk()
    line: DiagnosisLine | ProcedureLine = at.diagnosis("E1122")
    if kind == "px":
        line = at.procedure("G0463")
    before = text_of(at.get())
    at.post(f"line/{line.uid}/remove/")
    assert not type(line).objects.filter(uid=line.uid).exists()
    answer = at.post("undo/")
    assert "Taken back: Removed" in text_of(answer)
    assert ("G0463" if kind == "px" else "E11.22") in before
    assert type(line).objects.filter(session=at.session).count() == 1


def test_undoing_nothing_is_said() -> None:
    answer = desk().post("undo/")
    assert answer.status_code == 409
    assert "nothing to take back" in text_of(answer)


def test_a_step_a_line_does_not_have_is_refused() -> None:
    at = desk()
    line = at.diagnosis("E1122")
    assert at.post(f"line/{line.uid}/change/").status_code == 400


def test_a_line_of_another_chart_is_not_touched() -> None:
    at = desk()
    other = desk()
    line = other.diagnosis("E1122")
    assert at.post(f"line/{line.uid}/remove/").status_code == 409
    assert DiagnosisLine.objects.filter(pk=line.pk).exists()


def test_marked_words_become_evidence_of_the_chosen_line_and_are_marked_in_the_text() -> None:
    at = desk()
    line = at.diagnosis("E1122")
    answer = at.post("evidence/", line=line.uid, **at.passage("chronic kidney disease, stage 3a"))
    assert answer.status_code == 200
    assert "marks-changed" in answer["HX-Trigger-After-Settle"]
    page = at.get(f"document/{at.note.uid}/", htmx=True).content.decode()
    assert f'data-lines="{line.uid}">chronic kidney disease, stage 3a</mark>' in page
    assert "<span>1 E11.22</span>" in page


def test_words_the_document_does_not_say_are_no_evidence() -> None:
    at = desk()
    line = at.diagnosis("E1122")
    answer = at.post("evidence/", line=line.uid, **(at.passage("Insulin") | {"quote": "Invented"}))
    assert answer.status_code == 400
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize("given", [{}, {"line": "x"}, {"section": "a"}])
def test_evidence_without_words_or_line_is_refused(given: dict[str, str]) -> None:
    at = desk()
    line = at.diagnosis("E1122")
    assert at.post("evidence/", **({"line": str(line.uid)} | given)).status_code == 400


def test_evidence_is_taken_off() -> None:
    at = desk()
    line = at.diagnosis("E1122")
    at.post("evidence/", line=line.uid, **at.passage("Insulin"))
    piece = Evidence.objects.get()
    assert at.post(f"evidence/{piece.uid}/remove/").status_code == 200
    assert Evidence.objects.count() == 0
    assert at.post(f"evidence/{piece.uid}/remove/").status_code == 409


def test_a_finding_offers_a_key_and_the_key_mends_it() -> None:
    at = desk()
    at.diagnosis("E109")
    at.diagnosis("E119")
    page = at.get().content.decode()
    assert 'data-key="Alt+1"' in page
    mend = page.split('name="mend" value="')[1].split('"')[0]
    answer = at.post("mend/", mend=mend)
    assert len(codes(at)) == 1
    assert "cannot stand together" not in text_of(answer)


def test_a_finding_that_is_gone_is_a_conflict() -> None:
    assert desk().post("mend/", mend="0123456789abcdef:0").status_code == 409


def test_a_change_on_codes_changed_elsewhere_is_refused_and_shows_them_as_they_are() -> None:
    at = desk()
    stale = at.session.revision
    at.diagnosis("E1122")
    answer = at.client.post(at.url("add/"), {"q": "I10", "revision": stale}, **HTMX)
    assert answer.status_code == 409
    assert "changed elsewhere" in text_of(answer)
    assert "E11.22" in text_of(answer)
    assert codes(at) == ["E1122"]


def test_somebody_else_cannot_change_the_codes() -> None:
    at = desk()
    stranger = signed_in(builders.coder(at.practice, "Jo Stranger"))
    assert stranger.post(at.url("add/"), {"q": "I10", "revision": 0}, **HTMX).status_code == 404
    assert codes(at) == []


def test_a_change_of_what_is_final_leads_to_what_is_final() -> None:
    at = desk()
    at.diagnosis("E1122")
    at.procedure("G0463")
    at.session.refresh_from_db()
    actions.finalise(at.coder, at.session.uid, at.session.revision)
    assert at.post("add/", q="I10")["HX-Redirect"] == at.url("done/")


def test_a_chart_that_was_given_to_somebody_else_is_not_found() -> None:
    at = desk()
    at.encounter.work_item.assigned_to = builders.coder(at.practice, "Jo Stranger")
    at.encounter.work_item.save()
    assert at.post("add/", q="I10").status_code == 404


@pytest.mark.parametrize(("gone", "then"), [("E1122", "B20"), ("B20", "I10"), ("I10", "B20")])
def test_when_a_line_is_removed_the_one_beside_it_is_chosen(gone: str, then: str) -> None:
    at = desk()
    for code in ("E1122", "B20", "I10"):
        at.diagnosis(code)
    at.procedure("G0463")
    page = at.post(f"line/{at.session.diagnoses.get(code=gone).uid}/remove/").content.decode()
    assert f'data-code="{then}" aria-selected="true"' in page
    assert page.count('aria-selected="true"') == 1
