"""What coders type, word by word: shorthand, lay words, spellings, order, slips; the code they mean comes first."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from tests.engines.codesets.books import FIRST_OF_2027, LAST_OF_2026, TODAY, code_book
from tests.engines.encoder.encoders import codes, search


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("GERD", "K21.9"),
        ("MI", "I21.9"),
        ("stemi", "I21.3"),
        ("nstemi", "I21.4"),
        ("tia", "G45.9"),
        ("cva", "I63.9"),
        ("sob", "R06.02"),
        ("bph", "N40.0"),
        ("osa", "G47.33"),
        ("esrd", "N18.6"),
        ("ckd 4", "N18.4"),
        ("ckd stage 5", "N18.5"),
        ("t1dm", "E10.9"),
        ("cad", "I25.10"),
        ("pvd", "I73.9"),
        ("adhd", "F90.9"),
        ("hiv", "B20"),
        ("covid", "U07.1"),
        ("ra", "M06.9"),
        ("pe", "I26.99"),
    ],
)
def test_an_abbreviation_is_read_in_any_case(query: str, first: str) -> None:
    for written in (query, query.upper(), query.lower(), f"  {query} "):
        assert codes(written, limit=1) == [first]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("stroke", "I63.9"),
        ("mini stroke", "G45.9"),
        ("high cholesterol", "E78.00"),
        ("underactive thyroid", "E03.9"),
        ("flu", "J11.1"),
        ("strep throat", "J02.0"),
        ("ear infection", "H66.90"),
        ("nosebleed", "R04.0"),
        ("shingles", "B02.9"),
        ("gallstones", "K80.20"),
        ("annual physical", "Z00.00"),
        ("fall", "W19.XXXA"),
        ("sprained ankle", "S93.409A"),
        ("broken wrist", "S52.509A"),
    ],
)
def test_what_a_patient_says_is_read(query: str, first: str) -> None:
    assert codes(query, limit=1) == [first]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        pytest.param("right knee pain", "M25.561", id="side, site, symptom"),
        pytest.param("nausea vomiting", "R11.2", id="two symptoms that are one code"),
        pytest.param("left leg cellulitis", "L03.116", id="leg for lower limb"),
        pytest.param("iron deficiency anemia", "D50.9", id="cause and disease"),
        pytest.param("essential hypertension", "I10", id="adjective and noun"),
        pytest.param("systolic heart failure", "I50.20", id="kind, organ, failure"),
        pytest.param("vitamin d deficiency", "E55.9", id="a word of one letter"),
    ],
)
def test_the_order_of_the_words_does_not_matter(words: str, first: str) -> None:
    for order in permutations(words.split()):
        assert first in codes(" ".join(order), limit=3)
    assert codes(words, limit=1) == [first]


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("anaemia", "anemia"),
        ("leukaemia", "leukemia"),
        ("haematuria", "hematuria"),
        ("diarrhoea", "diarrhea"),
        ("oesophagitis", "esophagitis"),
        ("ischaemic cardiomyopathy", "ischemic cardiomyopathy"),
        ("tumour of brain", "tumor of brain"),
        ("colour blindness", "color blindness"),
        ("septicaemia", "septicemia"),
        ("paediatric", "pediatric"),
    ],
)
def test_british_and_american_spelling_find_the_same(british: str, american: str) -> None:
    assert codes(british, limit=5) == codes(american, limit=5) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("parkinson's disease", "parkinsons disease", id="possessive"),
        pytest.param("alzheimer’s", "alzheimers", id="curly possessive"),
        pytest.param("gallstone", "gallstones", id="plural"),
        pytest.param("essential hypertensions", "essential hypertension", id="plural of a whole"),
        pytest.param("type II diabetes", "type 2 diabetes", id="roman two"),
        pytest.param("type I diabetes", "type 1 diabetes", id="roman one after type"),
        pytest.param("ckd stage IV", "ckd stage 4", id="roman four"),
        pytest.param("ckd stage V", "ckd stage 5", id="roman five after stage"),
        pytest.param("bipolar II", "bipolar 2", id="roman two after bipolar"),
        pytest.param("third degree burn of hand", "3rd degree burn of hand", id="ordinal"),
        pytest.param("Ménière disease", "Meniere disease", id="accents"),
        pytest.param("pain in the right knee", "right knee pain", id="small words"),
        pytest.param("DIABETES", "diabetes", id="capitals"),
        pytest.param("low-back pain", "low back pain", id="hyphen"),
        pytest.param("nausea/vomiting", "nausea vomiting", id="slash"),
        pytest.param("asthma.", "asthma", id="full stop"),
    ],
)
def test_two_ways_to_write_it_find_the_same_code(one: str, other: str) -> None:
    assert codes(one, limit=1) == codes(other, limit=1) != []


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        pytest.param("athma", "J45.909", id="a letter left out"),
        pytest.param("asthmaa", "J45.909", id="a letter doubled"),
        pytest.param("asthna", "J45.909", id="a letter beside it"),
        pytest.param("ashtma", "J45.909", id="two letters turned"),
        pytest.param("pneumonai", "J18.9", id="turned at the end"),
        pytest.param("celulitis", "L03.90", id="a double letter written once"),
        pytest.param("appendicitus", "K37", id="a wrong vowel in the ending"),
        pytest.param("diabetis", "E11.9", id="as it is spoken"),
    ],
)
def test_one_slip_is_forgiven(slip: str, meant: str) -> None:
    assert meant in codes(slip, limit=5)


@pytest.mark.parametrize("word", ["pneumonia", "appendicitis", "cholecystitis", "hypothyroidism"])
@pytest.mark.parametrize("place", [1, 3, 5])
def test_a_letter_left_out_anywhere_still_finds_the_disease(word: str, place: int) -> None:
    wanted = codes(word, limit=1)[0][:3]
    assert wanted in {code[:3] for code in codes(word[:place] + word[place + 1 :], limit=10)}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pneumon", "J18.9"),
        ("hypothyr", "E03.9"),
        ("chronic obstruc", "J44.9"),
        ("appendic", "K37"),
        ("migrai", "G43.909"),
    ],
)
def test_an_unfinished_word_is_gone_on_with(typed: str, meant: str) -> None:
    assert meant in codes(typed, limit=5)


@pytest.mark.parametrize(
    ("query", "billable"),
    [("i42.0", ["I42.0"]), ("d69.1", ["D69.1"]), ("m72.2", ["M72.2"])],
)
def test_a_code_of_the_old_year_is_found_whole_before_and_as_a_header_after(query: str, billable: list[str]) -> None:
    assert [hit.code.display for hit in search(query, LAST_OF_2026) if hit.is_billable] == billable
    after = search(query, FIRST_OF_2027)
    assert not after[0].is_billable
    assert [hit.code.display for hit in after[1:]] == [c.code.display for c in after[0].completions]


def test_new_codes_are_offered_from_their_first_day() -> None:
    assert "C78.31" not in codes("C78.3", LAST_OF_2026)
    assert {"C78.31", "C78.32"} <= set(codes("C78.3", FIRST_OF_2027))


@pytest.mark.parametrize("query", ["diabetes", "fracture of femur", "burn", "poisoning", "E11", "S72.00", "T3"])
@pytest.mark.parametrize("day", [date(2015, 10, 1), date(2021, 9, 30), LAST_OF_2026, FIRST_OF_2027, date(2027, 3, 31)])
def test_every_code_offered_may_be_reported_on_its_day_or_leads_to_one(query: str, day: date) -> None:
    book = code_book()
    for hit in search(query, day, 30):
        assert hit.is_billable is book.is_valid(hit.code, day).is_valid
        assert hit.is_billable or hit.completions
        for choice in hit.completions:
            assert any(book.billable(choice.code.value, day))
            assert not choice.is_billable or book.is_valid(choice.code, day).is_valid


@pytest.mark.parametrize("query", ["diabetes", "knee pain", "copd exac", "burn of hand", "S72", "heart attack"])
def test_a_shorter_list_is_the_beginning_of_a_longer_one(query: str) -> None:
    longest = search(query, TODAY, 40)
    for limit in (1, 2, 7, 20):
        assert search(query, TODAY, limit) == longest[:limit]


@pytest.mark.parametrize("query", ["diabetes", "pneumonia", "right knee pain", "fall from ladder", "uti"])
def test_the_list_is_in_order_of_worth_and_has_no_code_twice(query: str) -> None:
    hits = search(query, TODAY, 40)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.code for hit in hits}) == len(hits)


@pytest.mark.parametrize("limit", [0, -1, -100])
def test_no_list_is_asked_for_and_none_is_given(limit: int) -> None:
    assert search("diabetes", TODAY, limit) == []
    assert search("E11.9", TODAY, limit) == []


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("", id="nothing"),
        pytest.param(" \t\n", id="blanks"),
        pytest.param("...,,,;;;", id="marks"),
        pytest.param("\x00\x01", id="control characters"),
        pytest.param("糖尿病", id="another script"),
        pytest.param("🤒", id="a picture"),
        pytest.param("\u202e\u200b", id="invisible characters"),
    ],
)
def test_a_query_without_a_word_finds_nothing(query: str) -> None:
    assert search(query) == []


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("type 2 diabetes mellitus'; DROP TABLE codes; --", id="a database attack"),
        pytest.param("<script>diabetes</script>", id="a page attack"),
        pytest.param("diabetes%00", id="an escaped nought"),
        pytest.param(".*diabetes.*(a+)+$", id="a pattern"),
        pytest.param("{{diabetes}}", id="a template"),
        pytest.param("diabetes\r\nSet-Cookie: a", id="a header"),
    ],
)
def test_hostile_text_is_searched_as_words(query: str) -> None:
    hits = search(query)
    assert len(hits) <= 20
    assert all("<" not in hit.reason and "{" not in hit.reason for hit in hits)
    assert any(hit.code.display.startswith("E") for hit in hits)


def test_only_the_first_200_characters_count() -> None:
    assert search("diabetes" + " " * 192 + "pneumonia") == search("diabetes")


def test_a_word_said_many_times_counts_once() -> None:
    assert codes("pneumonia " * 10, limit=3) == codes("pneumonia", limit=3)


@pytest.mark.parametrize("query", ["E11.9", "pneumonia", "right knee pain", "copd exac"])
def test_a_hit_tells_its_title_and_why(query: str) -> None:
    for hit in search(query):
        assert hit.title
        assert hit.reason
        assert all(word in hit.title for word in hit.matched)


@pytest.mark.parametrize(
    ("code", "mark"),
    [("D63.1", "manifestation"), ("W54.0XXA", "ecodepdx"), ("B95.1", "unacceptable"), ("O09.00", "maternity")],
)
def test_the_code_editors_marks_come_with_the_code(code: str, mark: str) -> None:
    assert mark in search(code)[0].marks


@pytest.mark.parametrize(
    ("query", "sides"),
    [("knee pain", {"M25.561", "M25.562"}), ("otitis media", {"H66.91", "H66.92", "H66.93"})],
)
def test_sides_stand_beside_a_code_without_one(query: str, sides: set[str]) -> None:
    hit = search(query)[0]
    assert sides <= {choice.code.display for choice in hit.completions}
    assert hit.code.display not in {choice.code.display for choice in hit.completions}
