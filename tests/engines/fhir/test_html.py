"""HTML becomes readable text, and nothing in it stays alive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.fhir.html import html_text
from tests.engines.fhir.building import chart, resource


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("one<br/>two<BR>three", "one\ntwo\nthree"),
        ("a\n  b <b>bold</b> c", "a b bold c"),
        ("<ul><li>a</li><li>b</li></ul>", "• a\n• b"),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", "A\tB\n1\t2"),
        ("5 &lt; 6 &amp; caf&eacute;&#160;x", "5 < 6 & café x"),
        ("a<!-- hidden --> b<!-- never closed", "a b"),
        ("if a < b then c > d", "if a < b then c > d"),
        ("", ""),
    ],
)
def test_html_as_text(markup: str, text: str) -> None:
    assert html_text(markup) == text


@pytest.mark.parametrize(
    "active",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//x>alert(1)</SCRIPT >",
        "<style>p{background:url(javascript:alert(1))}</style>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<img src=x onerror=alert(1)>",
        "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
        "<a href='javascript:alert(1)'></a>",
        "<object data='data:text/html,alert(1)'>alert(1)</object>",
        "<template><img onerror=alert(1)></template>",
    ],
)
def test_active_content_leaves_nothing_behind(active: str) -> None:
    assert html_text(f"<div>before {active} after</div>").split() == ["before", "after"]


def test_narrative_of_a_resource_is_inert() -> None:
    composition = resource(
        "Composition", section=[{"title": "Plan", "text": {"div": "<div onclick='x()'>Rest<script>x()</script></div>"}}]
    )
    assert chart(composition).documents[0].sections[0].text == "Rest"


@given(st.text("<>/!-ab&;# \n", max_size=60))
def test_any_text_is_read(markup: str) -> None:
    assert "<p>" not in html_text(markup)


@pytest.mark.parametrize("piece", ["<!--", "<a ", "<script>", "&#", "</", "<td>"])
def test_long_broken_markup_costs_one_pass(piece: str) -> None:
    html_text(piece * 200_000)
