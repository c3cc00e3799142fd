"""The word tables: enough of them, every code in them good, nothing in them that takes over common words."""

from __future__ import annotations

from collections import Counter

from charthouse.engines.encoder.tables import DATA
from charthouse.engines.encoder.tables import rows as rows_of
from charthouse.engines.encoder.words import content_words, is_stop, words_of
from tests.engines.codesets.books import TODAY, code_book


def rows(name: str) -> list[dict[str, str]]:
    return list(rows_of(name))


PHRASES = [*rows("abbreviations.csv"), *rows("synonyms.csv")]


def test_there_are_at_least_1500_entries() -> None:
    assert len(PHRASES) >= 1_500


def test_each_names_where_its_knowledge_is_from() -> None:
    text = (DATA / "SOURCE.md").read_text(encoding="utf-8")
    assert all(path.name in text for path in DATA.glob("*.csv"))


def test_every_code_is_good_today_or_leads_to_one_that_is() -> None:
    wrong = [
        (row["phrase"], row["code"])
        for row in PHRASES
        if row["code"] and not any(True for _ in code_book().billable(row["code"].replace(".", ""), TODAY))
    ]
    assert wrong == []


def test_no_line_stands_twice() -> None:
    lines = Counter((row["phrase"], row["meaning"], row["code"]) for row in PHRASES)
    assert [line for line, count in lines.items() if count > 1] == []


def test_every_phrase_and_meaning_says_something() -> None:
    assert [row for row in PHRASES if not content_words(row["phrase"]) or not content_words(row["meaning"])] == []


def test_no_phrase_is_left_with_a_common_word_when_its_stop_words_go() -> None:
    """`nec newborn` would be read as `newborn` alone and take that word over."""
    short = [
        row["phrase"] for row in PHRASES if len(words_of(row["phrase"])) > 1 and len(content_words(row["phrase"])) == 1
    ]
    common = {"newborn", "patient", "care", "pain", "old", "type", "acute", "chronic", "right", "left"}
    assert not common & {word for phrase in short for word in content_words(phrase)}


def test_a_stop_word_means_something_only_when_nothing_else_is_typed() -> None:
    assert {row["phrase"] for row in PHRASES if is_stop(row["phrase"])} <= {"as", "an", "nec"}


def test_words_that_may_stand_for_each_other_come_at_least_in_pairs() -> None:
    assert [row for row in rows("equivalents.csv") if len(words_of(row["words"])) < 2] == []
    assert len(rows("equivalents.csv")) >= 250


def test_wider_words_have_something_to_be_wider_than() -> None:
    assert [row for row in rows("broader.csv") if not row["words"].strip() or not row["broader"].strip()] == []
