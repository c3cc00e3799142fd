"""A small file cannot grow into a large chart: narrative that many entries point at is cut to a label."""

from __future__ import annotations

from tests.engines.cda.building import chart, section

MANY = 2_000
LONG = "word " * 40_000


def test_one_long_passage_does_not_stand_whole_in_every_fact() -> None:
    entry = (
        "<entry><act><entryRelationship><observation><text><reference value='#all'/></text>"
        "</observation></entryRelationship></act></entry>"
    )
    read = chart(section(f"<text><content ID='all'>{LONG}</content></text>{entry * MANY}", code="11450-4"))
    assert len(read.facts) == MANY
    assert len(read.facts[0].label) <= 500
    assert read.facts[0].label.startswith("word word")


def test_one_long_title_does_not_stand_whole_in_every_nested_section() -> None:
    inner = "".join(section("<text>x</text>", title=f"Part {number}") for number in range(MANY))
    sections = chart(section(inner, title=LONG)).documents[0].sections
    assert len(sections) == MANY
    assert max(len(one.title) for one in sections) < 1_000


def test_titles_of_deeply_nested_sections_stay_short() -> None:
    body = "<text>bottom</text>"
    for number in range(60):
        body = section(body, title=f"{number} " + "t" * 300)
    (only,) = chart(body).documents[0].sections
    assert only.text == "bottom"
    assert len(only.title) < 1_000
    assert only.title.split(" / ")[-1].startswith("0 ")
