"""Notes as they come: odd spacing, odd headings, odd encodings, and bodies that look like something else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.plaintext import read
from charthouse.engines.plaintext.decoding import MAX_BYTES, MAX_LINES
from charthouse.kit import Chart, EncounterKind, Refused, Sex
from tests.engines.plaintext.building import NOTE, changed

HEADER, _, BODY = NOTE.partition("\n\n")


def of(text: str) -> Chart:
    return read(text.encode(), "note.txt")


def sections(body: str) -> list[tuple[str, str]]:
    """The sections of the second document when this is its text."""
    chart = of(NOTE.replace("Slept well.\n", body))
    return [(one.title, one.text) for one in chart.documents[1].sections]


def rule_of(text: str) -> str:
    with pytest.raises(Refused) as caught:
        of(text)
    return caught.value.refusal.rule


@pytest.mark.parametrize("kind", list(EncounterKind))
def test_every_kind_of_encounter_is_read(kind: EncounterKind) -> None:
    assert read(changed("Kind", f"Kind: {kind.upper()}"), "note.txt").encounters[0].kind is kind


@pytest.mark.parametrize(
    ("written", "sex"),
    [("F", Sex.FEMALE), ("f", Sex.FEMALE), ("M", Sex.MALE), ("m", Sex.MALE), ("U", Sex.UNKNOWN), ("", Sex.UNKNOWN)],
)
def test_sex_is_one_letter_in_any_case_or_not_said(written: str, sex: Sex) -> None:
    assert read(changed("Sex", f"Sex: {written}"), "note.txt").patient.sex is sex


@pytest.mark.parametrize(
    ("written", "family", "given", "middle"),
    [
        pytest.param("Whitfield, Ada", "Whitfield", "Ada", "", id="no middle name"),
        pytest.param("Whitfield,Ada", "Whitfield", "Ada", "", id="no blank"),
        pytest.param("  van der Berg ,  Ada  Jane Mary ", "van der Berg", "Ada", "Jane Mary", id="many words"),
        pytest.param("O'Neil-Núñez, Zoë", "O'Neil-Núñez", "Zoë", "", id="marks and accents"),
        pytest.param("Whitfield, Ada, MD", "Whitfield", "Ada,", "MD", id="a second comma stays with the name"),
    ],
)
def test_a_name_is_parted_at_its_first_comma(written: str, family: str, given: str, middle: str) -> None:
    patient = read(changed("Patient", f"Patient: {written}"), "note.txt").patient
    assert (patient.family_name, patient.given_name, patient.middle_name) == (family, given, middle)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2026-11-14", date(2026, 11, 14), date(2026, 11, 14)),
        ("2026-11-14 to 2026-11-14", date(2026, 11, 14), date(2026, 11, 14)),
        ("2024-02-29 to 2024-03-01", date(2024, 2, 29), date(2024, 3, 1)),
        ("2026-12-31   to   2027-01-01", date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_a_day_or_a_span_is_read(written: str, start: date, end: date) -> None:
    dates = read(changed("Date", f"Date: {written}"), "note.txt").encounters[0].dates
    assert dates
    assert (dates.start, dates.end) == (start, end)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("2026-02-29", id="no leap year"),
        pytest.param("20261114", id="no hyphens"),
        pytest.param("2026-11-14T08:00", id="a moment"),
        pytest.param("2026-W46-6", id="a week"),
        pytest.param("14.11.2026", id="points"),
        pytest.param("2026-11-14 - 2026-11-18", id="a hyphen for to"),
        pytest.param("2026-11-14 to 2026-11-18 to 2026-11-20", id="two spans"),
        pytest.param("２０２６-11-14", id="wide digits"),
    ],
)
def test_another_way_to_write_a_day_is_refused(written: str) -> None:
    with pytest.raises(Refused) as caught:
        read(changed("Date", f"Date: {written}"), "note.txt")
    assert (caught.value.refusal.rule, caught.value.refusal.place) == ("plaintext.date", "line 13")


@pytest.mark.parametrize("npi", ["123456789", "12345678901", "123456789X", "１２３４５６７８９３"])
def test_an_npi_of_another_shape_is_refused(npi: str) -> None:
    with pytest.raises(Refused) as caught:
        read(changed("NPI", f"NPI: {npi}"), "note.txt")
    assert caught.value.refusal.rule == "plaintext.npi"


@pytest.mark.parametrize(
    "key", ["Sex", "Address", "City", "State", "ZIP", "Facility", "Provider", "NPI", "Disposition"]
)
def test_what_may_be_left_out_may_be_left_out(key: str) -> None:
    chart = read(changed(key, ""), "note.txt")
    assert len(chart.documents) == 2
    assert chart.skipped == ()


@pytest.mark.parametrize("key", ["PATIENT", "patient", "Patient "])
def test_the_case_of_a_key_does_not_matter(key: str) -> None:
    assert of(NOTE.replace("Patient:", f"{key}:")).patient.family_name == "Whitfield"


def test_the_same_key_in_another_case_is_still_twice() -> None:
    assert rule_of("patient: Other, Name\n" + NOTE) == "plaintext.repeated-header"


def test_an_unknown_key_twice_is_refused_too() -> None:
    assert rule_of("Colour: blue\nColour: red\n" + NOTE) == "plaintext.repeated-header"


def test_a_value_may_hold_a_colon() -> None:
    assert (
        read(changed("Facility", "Facility: Ward 3: North"), "note.txt").encounters[0].facility_name == "Ward 3: North"
    )


def test_blank_lines_before_the_header_are_passed_over_and_lines_still_counted() -> None:
    assert of("\n\n" + NOTE).patient.mrn == "104477"
    with pytest.raises(Refused) as caught:
        of("\n\n" + changed("Sex", "Sex: woman").decode())
    assert caught.value.refusal.rule == "plaintext.sex"


def test_a_charset_counts_after_blank_lines_too() -> None:
    data = b"\r\n \n" + ("Charset: windows-1252\n" + NOTE.replace("Whitfield", "Núñez")).encode("cp1252")
    assert read(data, "note.txt").patient.family_name == "Núñez"


def test_many_blank_lines_may_part_header_and_body() -> None:
    assert len(of(f"{HEADER}\n\n \n\t\n\n{BODY}").documents) == 2


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("A.\n\n\nB.\n", [("", "A.\nB.")], id="empty lines fall out"),
        pytest.param("  indented\n\ttabbed\n", [("", "  indented\n\ttabbed")], id="indents stay"),
        pytest.param("trailing   \n", [("", "trailing")], id="blanks at the end go"),
        pytest.param("PLAN:\nRest.\n", [("PLAN", "Rest.")], id="a heading first"),
        pytest.param("PLAN:  \nRest.\n", [("PLAN", "Rest.")], id="blanks after a heading"),
        pytest.param("PLAN:\nRHYTHM:\nRegular.\n", [("PLAN", ""), ("RHYTHM", "Regular.")], id="an empty section"),
        pytest.param("PLAN:\n", [("PLAN", "")], id="a heading alone"),
        pytest.param("PLAN:\nA.\nPLAN:\nB.\n", [("PLAN", "A."), ("PLAN", "B.")], id="the same heading twice"),
        pytest.param("S/P REPAIR (2024):\nA.\n", [("S/P REPAIR (2024)", "A.")], id="signs in a heading"),
        pytest.param("PLAN: rest\n", [("", "PLAN: rest")], id="a heading with text is text"),
        pytest.param("  PLAN:\nA.\n", [("", "  PLAN:\nA.")], id="an indented heading is text"),
        pytest.param(f"{'A' * 79}:\nB.\n", [("A" * 79, "B.")], id="the longest heading"),
        pytest.param(f"{'A' * 80}:\nB.\n", [("", f"{'A' * 80}:\nB.")], id="one letter longer is text"),
        pytest.param("RÉSUMÉ:\nA.\n", [("", "RÉSUMÉ:\nA.")], id="accents make no heading"),
        pytest.param("Dose\tTime\n5 mg\t08:00\n", [("", "Dose\tTime\n5 mg\t08:00")], id="a table"),
        pytest.param("MRN: 999\n", [("", "MRN: 999")], id="a header line in the body is text"),
        pytest.param("== not a document\n", [("", "== not a document")], id="two signs are text"),
    ],
)
def test_a_body_becomes_sections(body: str, expected: list[tuple[str, str]]) -> None:
    assert sections(body) == expected


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-18T14:10", datetime(2026, 11, 18, 14, 10, tzinfo=UTC)),
        ("2026-11-18 14:10", datetime(2026, 11, 18, 14, 10, tzinfo=UTC)),
        ("2026-11-18T14:10Z", datetime(2026, 11, 18, 14, 10, tzinfo=UTC)),
        ("2026-11-18T23:30-05:00", datetime(2026, 11, 19, 4, 30, tzinfo=UTC)),
        ("2026-11-18T00:30+05:30", datetime(2026, 11, 17, 19, 0, tzinfo=UTC)),
        ("2026-11-18", datetime(2026, 11, 18, tzinfo=UTC)),
    ],
)
def test_a_time_is_kept_in_utc(written: str, moment: datetime) -> None:
    assert of(NOTE.replace("2026-11-18T14:10", written)).documents[0].written_at == moment


@pytest.mark.parametrize(
    "written", ["", "24:00", "2026-11-18T25:00", "2026-11-31T08:00", "18 Nov 2026", "0001-01-01T00:00+05:00"]
)
def test_a_time_that_is_none_is_refused(written: str) -> None:
    assert rule_of(NOTE.replace("2026-11-18T14:10", written)) == "plaintext.document-time"


@pytest.mark.parametrize(
    ("line", "is_signed"),
    [("| signed", True), ("| SIGNED", True), ("|signed", True), ("| unsigned", False), ("| Unsigned ", False)],
)
def test_a_signature_is_said_in_one_word(line: str, is_signed: bool) -> None:
    assert of(NOTE.replace("| signed", line, 1)).documents[0].is_signed is is_signed


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        pytest.param("=== A | b | c | 2026-11-18T14:10 | signed | more", "plaintext.document-line", id="six fields"),
        pytest.param("=== A | b | c | 2026-11-18T14:10", "plaintext.document-line", id="four fields"),
        pytest.param("===", "plaintext.document-line", id="no fields"),
        pytest.param("=== A |  | c | 2026-11-18T14:10 | signed", "plaintext.document-line", id="no kind"),
        pytest.param("=== A | b | c | 2026-11-18T14:10 | yes", "plaintext.signature", id="another word"),
        pytest.param("=== A | b | c | 2026-11-18T14:10 |", "plaintext.signature", id="no word"),
    ],
)
def test_a_document_line_that_is_wrong_is_refused(line: str, rule: str) -> None:
    first = BODY.split("\n", 1)[0]
    assert rule_of(NOTE.replace(first, line)) == rule


def test_an_author_may_be_missing() -> None:
    assert of(NOTE.replace("| Ines Okafor, MD |", "| |")).documents[0].author == ""


def test_documents_are_numbered_in_their_order() -> None:
    one = "=== A | note | b | 2026-11-18T14:10 | signed\nText.\n"
    assert [doc.key for doc in of(f"{HEADER}\n\n{one * 12}").documents] == [f"V-20061#{n}" for n in range(1, 13)]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("cp1252", "Charset: windows-1252\n"), ("utf-8", ""), ("utf-8", "Charset: utf-8\n"), ("utf-8-sig", "")],
)
def test_names_with_accents_come_through_in_each_encoding(encoding: str, declared: str) -> None:
    text = declared + NOTE.replace("Whitfield", "Núñez")
    assert read(text.encode(encoding), "note.txt").patient.family_name == "Núñez"


def test_a_declared_charset_is_no_unknown_key() -> None:
    assert of("Charset: utf-8\n" + NOTE).skipped == ()


@pytest.mark.parametrize("byte", [0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_bytes_that_windows_1252_does_not_have_are_refused_by_place(byte: int) -> None:
    data = b"Charset: windows-1252\n" + NOTE.encode() + bytes([byte])
    with pytest.raises(Refused) as caught:
        read(data, "note.txt")
    assert (caught.value.refusal.rule, caught.value.refusal.place) == ("intake.wrong-encoding", f"byte {len(data) - 1}")


@pytest.mark.parametrize("data", [b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xff"])
def test_bytes_that_utf_8_forbids_are_refused(data: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read(NOTE.encode() + data, "note.txt")
    assert caught.value.refusal.place == f"byte {len(NOTE.encode())}"


def test_the_largest_and_the_longest_note_are_still_read() -> None:
    filler = "x" * (MAX_BYTES - len(NOTE.encode()))
    assert len(read((NOTE + filler).encode(), "note.txt").documents) == 2
    lines = MAX_LINES - NOTE.count("\n")
    assert len(read((NOTE + "x\n" * lines).encode(), "note.txt").documents) == 2


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_any_text_of_a_body_is_kept_or_refused_but_never_changed(body: str) -> None:
    if not body.strip() or body.startswith("===") or {"\u2028", "\u2029"} & set(body):
        return
    kept = "\n".join(text or title for title, text in sections(body + "\n"))
    assert kept in {body.rstrip(), body.rstrip().removesuffix(":")}
