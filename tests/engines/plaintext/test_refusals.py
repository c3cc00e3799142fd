"""What is wrong with a note is told by line and rule, with the way to write it."""

from __future__ import annotations

import pytest

from charthouse.engines.plaintext import read
from charthouse.engines.plaintext.decoding import MAX_BYTES, MAX_LINES
from charthouse.kit import Refusal, Refused
from tests.engines.plaintext.building import NOTE, changed


def refusal_of(data: bytes) -> Refusal:
    with pytest.raises(Refused) as caught:
        read(data, "note.txt")
    return caught.value.refusal


@pytest.mark.parametrize("key", ["Patient", "MRN", "Born", "Encounter", "Kind", "Date"])
@pytest.mark.parametrize("empty", ["", "{key}:", "{key}:   "])
def test_missing_header_is_named_with_an_example(key: str, empty: str) -> None:
    refusal = refusal_of(changed(key, empty.format(key=key)))
    assert refusal.rule == "plaintext.missing-header"
    assert f"'{key}'" in refusal.message
    assert f"'{key}: " in refusal.mend


@pytest.mark.parametrize(
    ("key", "line", "rule", "place"),
    [
        ("Patient", "Patient: Ada Whitfield", "plaintext.patient-name", "line 1"),
        ("Patient", "Patient: Whitfield,", "plaintext.patient-name", "line 1"),
        ("Born", "Born: 04/09/1961", "plaintext.date", "line 3"),
        ("Born", "Born: 1961-02-30", "plaintext.date", "line 3"),
        ("Sex", "Sex: female", "plaintext.sex", "line 4"),
        ("Payer", "Payer:", "plaintext.missing-header", "line 10"),
        ("Kind", "Kind: surgery", "plaintext.kind", "line 12"),
        ("Date", "Date: 2026-11-18 to 2026-11-14", "plaintext.date", "line 13"),
        ("Date", "Date: 2026-11-18 to", "plaintext.date", "line 13"),
        ("NPI", "NPI: 12345", "plaintext.npi", "line 16"),
        ("City", "MRN: 9", "plaintext.repeated-header", "line 6"),
        ("City", "no colon here", "plaintext.header-line", "line 6"),
    ],
)
def test_wrong_header_is_told_by_line(key: str, line: str, rule: str, place: str) -> None:
    refusal = refusal_of(changed(key, line))
    assert (refusal.rule, refusal.place) == (rule, place)


@pytest.mark.parametrize(
    ("old", "new", "rule", "place"),
    [
        ("| signed", "| maybe", "plaintext.signature", "line 19"),
        ("| signed", "", "plaintext.document-line", "line 19"),
        ("2026-11-18T14:10", "yesterday", "plaintext.document-time", "line 19"),
        ("=== Discharge summary |", "=== |", "plaintext.document-line", "line 19"),
        ("=== Discharge", "Stray\n=== Discharge", "plaintext.no-document-line", "line 19"),
        ("Slept well.\n", "", "plaintext.empty-document", "line 29"),
    ],
)
def test_wrong_document_line_is_told_by_line(old: str, new: str, rule: str, place: str) -> None:
    refusal = refusal_of(NOTE.replace(old, new).encode())
    assert (refusal.rule, refusal.place) == (rule, place)


def test_header_block_without_a_document_is_refused() -> None:
    assert refusal_of(NOTE.split("===")[0].encode()).rule == "plaintext.no-document"


def test_readable_text_without_a_header_block_is_told_how_to_begin() -> None:
    refusal = refusal_of(b"The patient came in with a cough.\nShe was sent home.\n")
    assert (refusal.rule, refusal.place) == ("plaintext.header-line", "line 1")
    assert "'Patient: Family, Given'" in refusal.mend


def test_messages_do_not_repeat_the_note() -> None:
    assert "Whitfield" not in str(refusal_of(changed("Patient", "Patient: Whitfield")))


@pytest.mark.parametrize("data", [b"", b" \n\t\n"])
def test_empty_is_refused(data: bytes) -> None:
    assert refusal_of(data).rule == "intake.empty"


def test_too_large_and_too_long_are_refused() -> None:
    assert refusal_of(b"A" * (MAX_BYTES + 1)).rule == "intake.too-large"
    assert refusal_of(NOTE.encode() + b"x\n" * MAX_LINES).rule == "plaintext.too-many-lines"


@pytest.mark.parametrize("junk", ["\x00", "\x1b[2J", "\x08"])
def test_binary_is_refused_by_byte(junk: str) -> None:
    refusal = refusal_of(f"é{junk}{NOTE}".encode())
    assert (refusal.rule, refusal.place) == ("plaintext.binary", "byte 2")
