"""Scripts and markup inside a document come out as text that does nothing, or not at all."""

from __future__ import annotations

import pytest

from tests.engines.cda.building import chart, narrative_text, section

ELEMENTS = [
    "<script>alert(1)</script>",
    "<style>body{background:url(javascript:alert(1))}</style>",
    "<img src='x' onerror='alert(1)'/>",
    "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "<iframe src='javascript:alert(1)'/>",
    "<linkHtml href='javascript:alert(1)'/>",
    "<content onclick='alert(1)' styleCode='x:expression(alert(1))'/>",
    "<table onmouseover='alert(1)' background='javascript:alert(1)'><tr><td/></tr></table>",
    "<a href='data:text/html,alert(1)'/>",
]


@pytest.mark.parametrize("element", ELEMENTS)
def test_active_elements_leave_nothing_behind(element: str) -> None:
    text = narrative_text(f"before {element} after")
    assert "alert" not in text
    assert "<" not in text
    assert text.split() == ["before", "after"]


def test_escaped_markup_is_the_text_it_stands_for() -> None:
    assert narrative_text("&lt;b&gt; 5 &lt; 6 &amp; more") == "<b> 5 < 6 & more"


def test_titles_and_names_lose_their_markup() -> None:
    read = chart(section("<text>x</text>", title="<script>alert(1)</script>Plan"))
    assert "<" not in read.documents[0].sections[0].title
