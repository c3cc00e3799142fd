"""The shipped agreement texts answer every topic of the field's lists, in words a person can read."""

from __future__ import annotations

import json
import re
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

_TEXTS = files("charthouse.apps.program") / "texts"
TOPICS = {
    "telecommuting": [f"A{number}" for number in range(1, 33)],
    "confidentiality": [f"B{number}" for number in range(1, 24)],
}
EVERY = pytest.mark.parametrize("kind", TOPICS)


def _text(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_TEXTS / f"{kind}.json").read_text("utf-8"))
    return found


def _clauses(kind: str) -> list[dict[str, Any]]:
    return [clause for part in _text(kind)["parts"] for clause in part["clauses"]]


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


@EVERY
def test_every_topic_is_covered_once(kind: str) -> None:
    covered = [topic for clause in _clauses(kind) for topic in clause["covers"]]
    assert sorted(covered) == sorted(TOPICS[kind])


@EVERY
def test_a_clause_is_named_after_the_first_topic_it_covers(kind: str) -> None:
    keys = [clause["key"] for clause in _clauses(kind)]
    assert len(set(keys)) == len(keys)
    assert all(clause["key"] == clause["covers"][0] for clause in _clauses(kind))


@EVERY
def test_it_is_a_first_version_with_a_date_and_a_mark_for_counsel(kind: str) -> None:
    text = _text(kind)
    assert (text["kind"], text["version"]) == (kind, 1)
    assert date.fromisoformat(text["effective"]) == date(2026, 1, 5)
    assert "have counsel review" in text["review"].lower()
    assert "have counsel review" in (_TEXTS / "README.md").read_text("utf-8")


@EVERY
def test_it_names_who_agrees_and_the_place(kind: str) -> None:
    assert _placeholders(_text(kind)["summary"]) == {"organization", "person", "home_office"}
    for clause in _clauses(kind):
        assert _placeholders(clause["text"]) <= {"organization", "person", "home_office"}
        assert not _placeholders(clause["heading"])


@EVERY
def test_its_sentences_are_short(kind: str) -> None:
    for clause in _clauses(kind):
        sentences = re.split(r"(?<=[.;:])\s+", clause["text"])
        assert max(len(sentence.split()) for sentence in sentences) <= 32, clause["key"]
        assert len(clause["text"].split()) <= 75, clause["key"]


@EVERY
def test_it_speaks_in_the_first_person(kind: str) -> None:
    first_person = re.compile(r"\b(I|me|my|mine|us)\b", re.IGNORECASE)
    assert [clause["key"] for clause in _clauses(kind) if not first_person.search(clause["text"])] == []
    assert not [clause["key"] for clause in _clauses(kind) if re.search(r"\b(shall|hereby|herein)\b", clause["text"])]


@EVERY
def test_it_says_that_the_other_document_stands_apart(kind: str) -> None:
    words = " ".join(clause["text"] for clause in _clauses(kind))
    assert ("confidentiality" if kind == "telecommuting" else "telecommuting") in words


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("B1", "room"),
        ("B2", "cannot be reached by others when I am not working"),
        ("B3", "on my computer"),
        ("B4", "Nobody in my family"),
        ("B5", "not physically at the computer"),
        ("B6", "sign it by itself"),
    ],
)
def test_the_six_points_of_the_home_office_are_said_plainly(topic: str, words: str) -> None:
    clause = next(one for one in _clauses("confidentiality") if topic in one["covers"])
    assert words in clause["text"]
