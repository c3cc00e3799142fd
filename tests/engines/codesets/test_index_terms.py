"""The Alphabetic Index where it is loaded: letters, terms, the way to a code, and what the search learns from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from charthouse.engines.codesets import IndexTerms, load_code_book
from charthouse.engines.codesets.shelf import ReleaseState, Table, change_state
from charthouse.engines.codesets.shelf.shelf import Shelf
from charthouse.engines.encoder import Encoder
from tests.engines.codesets.books import TODAY
from tests.engines.codesets.loading.files import load

INDEX = """<?xml version="1.0"?><ICD10CM.index><version>2027</version><title>ICD-10-CM INDEX TO DISEASES</title>
<letter><title>C</title>
<mainTerm><title>Cholera <nemod>(Asiatic)</nemod></title><code>A00.9</code>
<term level="1"><title>classical</title><code>A00.0</code></term>
<term level="1"><title>due to</title><term level="2"><title>bad water</title><seeAlso>Poisoning</seeAlso>
<code>A00.-</code></term></term></mainTerm></letter>
<letter><title>Z</title>
<mainTerm><title>Zebra stripes sign</title><see>Cholera</see><code>A00.1</code></mainTerm></letter>
</ICD10CM.index>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "icd10cm_index_2027.xml"
    path.write_text(INDEX, encoding="utf-8")
    report = load(path, tmp_path / "shelf")
    assert report.refusals == ()
    return tmp_path / "shelf"


@pytest.fixture
def terms(folder: Path) -> IndexTerms:
    return IndexTerms(Shelf(folder))


def test_it_is_browsed_from_letters_down(terms: IndexTerms) -> None:
    assert terms.letters(TODAY) == ("C", "Z")
    (cholera,) = terms.main_terms("C", TODAY)
    assert (cholera.title, cholera.nonessential, cholera.code) == ("Cholera", "(Asiatic)", "A00.9")
    children = terms.children(cholera.number, TODAY)
    assert [one.title for one in children] == ["classical", "due to"]
    (water,) = terms.children(children[1].number, TODAY)
    assert (water.path, water.see_also, water.level) == ("Cholera, due to, bad water", "Poisoning", 2)


def test_cross_references_are_kept(terms: IndexTerms) -> None:
    assert terms.main_terms("Z", TODAY)[0].see == "Cholera"


def test_entries_that_lead_to_a_code(terms: IndexTerms) -> None:
    assert [one.path for one in terms.leading_to("A00.0", TODAY)] == ["Cholera, classical"]


def test_phrases_have_codes_without_dots(terms: IndexTerms) -> None:
    assert set(terms.phrases(TODAY)) == {
        ("Cholera", "A009"),
        ("Cholera, classical", "A000"),
        ("Cholera, due to, bad water", "A00"),
        ("Zebra stripes sign", "A001"),
    }


def test_without_an_index_there_is_nothing(tmp_path: Path) -> None:
    empty = IndexTerms(Shelf(tmp_path))
    assert empty.letters(TODAY) == empty.main_terms("A", TODAY) == empty.children(1, TODAY) == ()
    assert list(empty.phrases(TODAY)) == []


def test_the_last_index_serves_until_the_next_is_loaded_and_not_before_its_day(terms: IndexTerms) -> None:
    assert terms.letters(date(2029, 1, 1)) == ("C", "Z")
    assert terms.letters(date(2026, 9, 30)) == ()


def test_a_withdrawn_index_serves_nobody(folder: Path) -> None:
    (release,) = Shelf(folder).releases(Table.ICD10CM_INDEX)
    change_state(folder, release.uid, ReleaseState.WITHDRAWN)
    assert IndexTerms(Shelf(folder)).letters(TODAY) == ()


def test_the_search_learns_its_phrases(folder: Path) -> None:
    path = folder.parent / "icd10cm_tabular_2027.xml"
    path.write_text(
        "<ICD10CM.tabular><version>2027</version><chapter><name>1</name><desc>One</desc>"
        '<section id="A00-A09"><desc>Gut</desc><diag><name>A00</name><desc>Cholera</desc>'
        "<diag><name>A00.0</name><desc>Classic</desc></diag><diag><name>A00.1</name><desc>El Tor</desc></diag>"
        "<diag><name>A00.9</name><desc>Cholera, unspecified</desc></diag></diag></section></chapter></ICD10CM.tabular>"
    )
    load(path, folder)
    search = Encoder(load_code_book(Shelf(folder)))
    assert search.best_codes("zebra stripes", TODAY)[0] == "A00.1"
    assert search.best_codes("bad water", TODAY)[0] == "A00.9"
