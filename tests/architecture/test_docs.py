"""The documentation holds: links lead somewhere, examples run, every route, command and public name is right."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from charthouse.cli.main import COMMANDS
from charthouse.engines import plaintext, x12

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
REFERENCE = ROOT / "docs/reference"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"(?:`|^|bin/)charthouse ([a-z][a-z-]*)", re.M)


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _fenced(page: str, language: str) -> list[str]:
    return [text for kind, text in FENCE.findall((REFERENCE / page).read_text()) if kind == language]


def _links(page: Path) -> Iterator[tuple[Path, str]]:
    """File and heading of every link that stays inside the repository."""
    for target in LINK.findall(page.read_text()):
        if not re.match(r"[a-z]+:", target):
            path, _, heading = target.partition("#")
            yield (page.parent / path if path else page), heading


def _anchors(page: Path) -> set[str]:
    """The headings of a page as links write them."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text()), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = [str(path) for path, _ in _links(page) if not path.exists()]
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_to_a_heading_finds_it(page: Path) -> None:
    told = [(path, heading) for path, heading in _links(page) if heading and path.exists()]
    assert [(_name(path.resolve()), heading) for path, heading in told if heading not in _anchors(path)] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_picture_says_what_it_shows(page: Path) -> None:
    assert re.findall(r"!\[\s*\]\([^)]*\)", page.read_text()) == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_command_exists(page: Path) -> None:
    assert set(COMMAND.findall(page.read_text())) <= set(COMMANDS)


def test_every_command_is_described() -> None:
    assert set(COMMAND.findall((REFERENCE / "commands.md").read_text())) == set(COMMANDS)


def test_every_page_can_be_reached_from_the_first() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop().resolve()
        if page.is_dir():
            waiting += page.glob("*.md")
        elif page.suffix == ".md" and page.exists() and page not in seen:
            seen.add(page)
            waiting += [path for path, _ in _links(page)]
    assert [_name(page) for page in PAGES if page.resolve() not in seen] == []


def test_every_route_is_in_the_table_and_no_other() -> None:
    from charthouse.config.access import TABLE as ROUTES

    text = (REFERENCE / "roles-and-routes.md").read_text()
    assert sorted(re.findall(r"^\| `([a-z_:-]+)` \| `(?:GET |POST )?/", text, re.M)) == sorted(ROUTES)


def test_every_state_of_a_claim_is_described() -> None:
    from charthouse.apps.billing.models import ClaimState

    text = (REFERENCE / "claims.md").read_text()
    rows = re.findall(r"^\| `([a-z-]+)` \| ([A-Z][^|]*) \|", text, re.M)
    assert rows == ClaimState.choices


def test_every_step_of_a_claim_is_described_and_no_other() -> None:
    from charthouse.apps.billing.states import EDGES

    text = (REFERENCE / "claims.md").read_text().replace("every state from `queued` on", _states_from_queued())
    told = set()
    for source, before, after in re.findall(r"^\| `(\w+)`[^|]* \| (`[^|]*) \| (`[^|]*) \|$", text, re.M):
        states = re.findall(r"`([a-z-]+)`", before), re.findall(r"`([a-z-]+)`", after)
        told |= {(source, old, new) for old in states[0] for new in states[1] if old != new}
    assert told == {(source, old, new) for source, edges in EDGES.items() for old, new in edges}


def _states_from_queued() -> str:
    from charthouse.apps.billing.models import ClaimState

    return ", ".join(f"`{state}`" for state in ClaimState.values[ClaimState.values.index("queued") :])


def test_every_rule_a_claim_is_checked_by_is_described() -> None:
    text = (REFERENCE / "claims.md").read_text()
    source = (ROOT / "src/charthouse/engines/x12/checks.py").read_text()
    rules = set(re.findall(r'_finding\(\s*"([a-z-]+)"', source)) | {"referring-npi", "rendering-npi"}
    assert [rule for rule in sorted(rules) if not re.search(rf"`(?:x12\.837p\.)?{rule}`", text)] == []


def test_every_public_name_of_x12_is_described_and_no_other() -> None:
    text = (REFERENCE / "x12.md").read_text().partition("## Public names")[2].partition("\n## ")[0]
    names = {name for row in re.findall(r"^\|.*\|$", text, re.M) for name in re.findall(r"`(\w+)`", row)}
    assert names == set(x12.__all__)


def test_the_examples_of_x12_run_in_order(tmp_path: Path) -> None:
    examples = _fenced("x12.md", "python")
    assert len(examples) == 3
    for example in examples:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", example], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_the_example_of_a_plain_text_chart_is_taken_whole() -> None:
    (example,) = _fenced("plain-text-charts.md", "text")
    chart = plaintext.read(example.encode(), "example.txt")
    assert chart.skipped == ()
    assert [document.is_signed for document in chart.documents] == [True, False]
    assert [section.title for section in chart.documents[0].sections] == ["REASON FOR VISIT", "ASSESSMENT AND PLAN"]


def test_every_rule_of_plain_text_charts_is_described() -> None:
    text = (REFERENCE / "plain-text-charts.md").read_text()
    source = "".join(path.read_text() for path in (ROOT / "src/charthouse/engines/plaintext").glob("*.py"))
    rules = set(re.findall(r'"((?:intake|plaintext)\.[a-z-]+)"', source))
    assert [rule for rule in sorted(rules) if f"`{rule}`" not in text] == []
