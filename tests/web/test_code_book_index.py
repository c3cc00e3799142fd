"""Browsing the Alphabetic Index and the neoplasm table where they are loaded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from charthouse.apps.accounts.models import Role
from charthouse.apps.reference.actions import load_now
from charthouse.engines.codesets.loading import Given
from tests.apps import builders
from tests.web.clients import signed_in

pytestmark = pytest.mark.django_db
ON = "2026-11-23"
INDEX = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index><version>2027</version><title>ICD-10-CM INDEX TO DISEASES and INJURIES</title>
<letter><title>C</title>
<mainTerm><title>Cholera<nemod>(Asiatic) (epidemic)</nemod></title><code>A00.9</code>
<term level="1"><title>due to</title><term level="2"><title>Vibrio cholerae 01</title><code>A00.0</code></term></term>
</mainTerm>
<mainTerm><title>Cough</title><code>R05.9</code><seeAlso>Croup</seeAlso></mainTerm>
</letter>
<letter><title>D</title><mainTerm><title>Diabetes, diabetic</title><code>E11.9</code></mainTerm></letter>
</ICD10CM.index>
"""
NEOPLASM = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index><version>2027</version><title>ICD-10-CM TABLE of NEOPLASMS</title>
<indexHeading><head col="1">Neoplasm</head><head col="2">Malignant Primary</head>
<head col="3">Malignant Secondary</head></indexHeading>
<letter><title>Neoplasm</title><mainTerm><title>Neoplasm, neoplastic</title>
<cell col="2">C80.1</cell><cell col="3">C79.9</cell>
<term level="1"><title>appendix</title><cell col="2">C18.1</cell><cell col="3">C78.5</cell></term></mainTerm></letter>
</ICD10CM.index>
"""


@pytest.fixture
def client(settings: Settings, tmp_path: Path) -> Client:
    settings.CODESETS_DIR = tmp_path / "codesets"
    files = {"icd10cm_index_2027.xml": INDEX, "icd10cm_neoplasm_2027.xml": NEOPLASM}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    reports = load_now([tmp_path / name for name in files], Given(starts=date(2026, 10, 1)))
    assert all(report.refusals == () for report in reports), reports
    return signed_in(builders.person(Role.CODER))


def text_of(client: Client, **asked: str) -> str:
    answer = client.get(reverse("codebook:index"), {"on": ON, **asked})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_letter_is_shown_with_its_main_terms(client: Client) -> None:
    text = text_of(client)
    assert "Cholera" in text
    assert "Diabetes" not in text
    assert "Diabetes" in text_of(client, letter="D")


def test_a_term_is_shown_with_everything_under_it(client: Client) -> None:
    text = text_of(client, under="1")
    assert text.index("Cholera") < text.index("due to") < text.index("Vibrio cholerae 01")
    assert "Cough" not in text
    assert f'href="/codes/icd-10-cm/A000/?on={ON}"' in text


def test_see_also_leads_on(client: Client) -> None:
    assert "see=Croup" in text_of(client)
    assert "Nothing there" in text_of(client, see="Croup")


def test_words_are_looked_up_by_post(client: Client) -> None:
    answer = client.post(reverse("codebook:index"), {"on": ON, "q": "vibrio cholera"}).content.decode()
    assert "A00.0" in answer
    assert "q=" not in answer.split('id="entries"')[1]


def test_the_neoplasm_table_shows_its_columns(client: Client) -> None:
    text = text_of(client, table="icd-10-cm-neoplasm", under="1")
    assert "Malignant Primary" in text
    assert f'href="/codes/icd-10-cm/C181/?on={ON}"' in text


@pytest.mark.parametrize("under", ["0", "999999999", "-1", "x", "²"])
def test_a_number_that_is_none_finds_nothing(client: Client, under: str) -> None:
    assert "Malignant" not in text_of(client, under=under)
