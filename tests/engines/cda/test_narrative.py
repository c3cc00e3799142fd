"""Narrative reads as plain text in reading order: rows with tabs, bullets, paragraphs a line each."""

from __future__ import annotations

import pytest

from tests.engines.cda.building import chart, narrative_text, section


@pytest.mark.parametrize(
    ("narrative", "text"),
    [
        ("plain  words\n  wrapped", "plain words wrapped"),
        ("one<br/>two<br/><br/>three", "one\ntwo\nthree"),
        ("<paragraph>one</paragraph><paragraph>two</paragraph>", "one\ntwo"),
        ("<list><item>a</item><item>b</item></list>", "• a\n• b"),
        ("<list listType='ordered'><item>a</item><item>b</item></list>", "1. a\n2. b"),
        ("<list><item>a<list><item>b</item></list></item></list>", "• a\n  • b"),
        ("<list><caption>Drugs</caption><item>a</item></list>", "Drugs\n• a"),
        (
            "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
            "A\tB\n1\t2",
        ),
        ("<table><tbody><tr><td colspan='2'>wide</td><td>c</td></tr></tbody></table>", "wide\t\tc"),
        ("<table><tbody><tr><td><paragraph>x</paragraph><paragraph>y</paragraph></td></tr></tbody></table>", "x; y"),
        ("<table><caption>Labs</caption><tr><td>1</td></tr></table>", "Labs\n1"),
        ("a <content styleCode='Bold'>bold</content> word", "a bold word"),
        ("kept <content revised='delete'>gone</content>words", "kept words"),
        ("10<sup>3</sup> and H<sub>2</sub>O", "10^3 and H2O"),
        ("text<footnote>see below</footnote><footnoteRef IDREF='f'/>.", "text [see below]."),
        (
            "<renderMultiMedia referencedObject='m'><caption>Left knee</caption></renderMultiMedia>",
            "[picture: Left knee]",
        ),
        ("<renderMultiMedia referencedObject='m'/>", "[picture]"),
        ("<linkHtml href='javascript:alert(1)'>guideline</linkHtml>", "guideline"),
        ("before<paragraph>in</paragraph>after", "before\nin\nafter"),
        ("", ""),
        ("<paragraph> </paragraph>", ""),
    ],
)
def test_narrative_as_plain_text(narrative: str, text: str) -> None:
    assert narrative_text(narrative) == text


def test_absurd_colspan_adds_few_cells() -> None:
    assert narrative_text("<table><tr><td colspan='999'>a</td><td>b</td></tr></table>").count("\t") <= 40
    assert narrative_text("<table><tr><td colspan='99999999'>a</td><td>b</td></tr></table>") == "a\tb"


def test_section_without_title_takes_its_code_name() -> None:
    code = '<code code="8648-8" displayName="Hospital course"/>'
    body = f"<component><section>{code}<text>Well.</text></section></component>"
    assert chart(body).documents[0].sections[0].title == "Hospital course"


def test_sections_nested_keep_their_order_and_titles() -> None:
    inner = section("<text>inner</text>", title="Inner")
    body = section(f"<text>outer</text>{inner}", title="Outer") + section("<text>last</text>", title="Last")
    sections = chart(body).documents[0].sections
    assert [(one.title, one.text) for one in sections] == [
        ("Outer", "outer"),
        ("Outer / Inner", "inner"),
        ("Last", "last"),
    ]


def test_section_without_narrative_is_told_as_skipped() -> None:
    read = chart(section("", title="Plan"))
    assert not read.documents[0].sections
    assert ("section Plan", "an empty section") in [(one.place, one.what) for one in read.skipped]
