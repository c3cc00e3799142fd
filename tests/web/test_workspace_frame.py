"""What every page keeps: no inline styles or scripts, keys that can be clicked, small weight."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import charthouse.web
from tests.web.workspaces import desk

WEB = Path(charthouse.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SCRIPTS = sorted((WEB / "static" / "charthouse" / "js").glob("*.js"))
STYLES = sorted((WEB / "static" / "charthouse" / "css").glob("*.css"))
ICONS = set(re.findall(r'<symbol id="([a-z]+)"', (WEB / "static" / "charthouse" / "icons.svg").read_text()))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_inline_style_script_or_handler(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"\sstyle=|<style|javascript:|\son[a-z]+=|hx-on|\|safe\b", text)
    assert not [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_icon_that_is_named_exists(template: Path) -> None:
    assert set(re.findall(r'{% icon "([a-z]+)"', template.read_text())) <= ICONS


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_makes_no_code_from_text_and_keeps_nothing(script: Path) -> None:
    unwanted = r"\beval\(|new Function|innerHTML =|localStorage|document\.write"
    assert not re.search(unwanted, script.read_text())
    # Keys pressed while one page gives way to the next; taken out again before anything else runs.
    assert script.name == "early.js" or "sessionStorage" not in script.read_text()


def test_the_one_stylesheet_takes_in_every_file_in_a_layer() -> None:
    main = (STYLES[0].parent / "main.css").read_text()
    assert set(re.findall(r'url\("([a-z]+\.css)"\) layer', main)) == {path.name for path in STYLES} - {"main.css"}


def test_no_colour_is_written_outside_the_tokens() -> None:
    for path in STYLES:
        if path.name in {"tokens.css", "print.css"}:
            continue
        assert not re.search(r"#[0-9a-f]{3,6}\b|rgb\(|hsl\(", path.read_text()), path.name


@pytest.mark.django_db
def test_every_key_is_also_a_control_with_a_name() -> None:
    at = desk()
    at.diagnosis("E1122")
    at.diagnosis("I10")
    page = at.get().content.decode()
    for tag, attributes in re.findall(r"<([a-z]+)([^>]*\sdata-key=[^>]*)>", page):
        assert tag in {"button", "a", "input"}, attributes
        assert "data-key-label=" in attributes or "aria-label=" in attributes, attributes


@pytest.mark.django_db
def test_a_chart_with_many_codes_stays_light() -> None:
    at = desk()
    for code in ("E1122", "I10", "N1831", "Z794", "J449", "E785", "M109", "G4733", "Z87891", "E669", "K219", "F329"):
        at.diagnosis(code)
    assert len(at.get().content) < 110_000


@pytest.mark.django_db
def test_only_known_looks_come_from_cookies() -> None:
    at = desk()
    at.client.cookies["ch_theme"] = "dark"
    at.client.cookies["ch_density"] = '"><script>'
    page = at.get().content.decode()
    assert '<html lang="en" data-theme="dark">' in page


@pytest.mark.django_db
def test_pages_may_load_only_from_here() -> None:
    policy = desk().get()["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
def test_keys_are_held_before_anything_is_shown() -> None:
    head = desk().get().content.decode().partition("</head>")[0]
    # Neither async nor deferred, and before the stylesheet, which a script after it would wait for.
    assert re.search(r'<script src="[^"]*/early(\.[0-9a-f]+)?\.js"></script>', head)
    assert head.index("/early") < head.index("stylesheet") < head.index("/workspace")
