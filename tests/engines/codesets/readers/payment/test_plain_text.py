"""HTML of the coverage editor becomes the words it shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.codesets.readers.payment.mcd.plain_text import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<ul><li>A&nbsp;b</li><li>c<br/>d</li></ul>", "A b\nc\nd"),
        ("a <b>bold</b> word &amp; more", "a bold word & more"),
        ("BMI < 30 and > 20", "BMI < 30 and > 20"),
        ("<!-- note --><span class='x'>kept</span>", "kept"),
        ("&lt;p&gt; is a tag", "<p> is a tag"),
        ("open <p never closed", "open <p never closed"),
    ],
)
def test_html_becomes_text(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_a_megabyte_of_open_tags_does_not_take_for_ever() -> None:
    assert plain_text("<p " * 300_000).startswith("<p <p")


@given(st.text(st.sampled_from("<>/pb &;ltgt\n!-"), max_size=60))
def test_any_text_gives_tidy_lines(html: str) -> None:
    text = plain_text(html)
    assert text == "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
