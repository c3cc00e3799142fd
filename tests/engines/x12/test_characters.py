"""Text put into X12 is spelled in its letters, never dropped; what has no spelling is refused with its field."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.x12 import (
    Delimiters,
    Person,
    ProfessionalClaims,
    Subscriber,
    element_text,
    transliterate,
    write_interchange,
)
from charthouse.kit import Refused
from tests.engines.x12.examples import changed, claims_set, interchange_of, there_and_back

MARKS = Delimiters()
LATIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=("Cc", "Cf")), max_size=40)
# Latin-1 and Latin Extended-A hold a few signs that no alphabet spells.
SPELLABLE = st.text("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŁłŠšŽžŒœĐđıŐőŰűÐðÞþ", max_size=40)


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Muñoz", "MUNOZ"),
        ("José", "JOSE"),
        ("Großmann", "GROSSMANN"),
        ("Ærø", "AERO"),
        ("Łukasz", "LUKASZ"),
        ("Þór Đặng", "THOR DANG"),
        ("O’Brien", "O'BRIEN"),
        ("Smith–Jones", "SMITH-JONES"),
        ("Ingram…", "INGRAM..."),
        ("Jose\u0301", "JOSE"),
        ("ﬁnch", "FINCH"),
        ("No\u00a0Break", "NO BREAK"),
    ],
)
def test_a_name_keeps_every_letter(text: str, spelled: str) -> None:
    assert element_text(text, "NM103", MARKS) == spelled


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A*B", "A B"),
        ("A~B:C^D", "A B C D"),
        ("  two   blanks  ", "TWO BLANKS"),
        ("line\r\nbreak\tand tab", "LINE BREAK AND TAB"),
        ("*", ""),
        ("nul\x00byte", "NUL BYTE"),
    ],
)
def test_delimiters_and_blanks_are_tidied(text: str, written: str) -> None:
    assert element_text(text, "NM103", MARKS) == written


def test_only_the_delimiters_in_use_are_replaced() -> None:
    assert element_text("A*B|C", "NTE02", Delimiters("|", ">", "!", "\\")) == "A*B C"


def test_case_is_kept_where_it_is_asked_for() -> None:
    assert element_text("Ab-12ñ", "CLP01", MARKS, keeps_case=True) == "Ab-12n"


@pytest.mark.parametrize("text", ["李", "Иванов", "Smile 😀", "α"])
def test_a_letter_without_a_spelling_is_refused_with_its_field(text: str) -> None:
    with pytest.raises(Refused) as caught:
        transliterate(text, "NM103")
    assert caught.value.refusal.source == "NM103"
    assert caught.value.refusal.rule == "x12.characters.no-spelling"


def test_a_claim_with_such_a_name_is_refused_and_names_the_element() -> None:
    subscriber = Subscriber(Person("李", "GRETA"), "MBR1")
    with pytest.raises(Refused) as caught:
        write_interchange(interchange_of("837", claims_set(changed(subscriber=subscriber))))
    assert caught.value.refusal.source == "NM103"


def test_delimiters_in_a_note_cannot_start_a_segment() -> None:
    claim = changed(note="see chart~REF*F8*EVIL~ :ok")
    read = there_and_back(interchange_of("837", claims_set(claim)))
    body = read.groups[0].sets[0].body
    assert isinstance(body, ProfessionalClaims)
    assert body.claims[0] == replace(claim, note="SEE CHART REF F8 EVIL OK")


@given(SPELLABLE)
def test_no_letter_disappears(text: str) -> None:
    assert len(transliterate(text, "NM103")) >= len(text)


@given(LATIN)
def test_what_is_written_is_settled(text: str) -> None:
    try:
        once = element_text(text, "NM103", MARKS)
    except Refused:
        return
    assert once.isascii()
    assert not set(once) & set(MARKS.all)
    assert element_text(once, "NM103", MARKS) == once
