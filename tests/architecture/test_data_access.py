"""Chart text has one way in, and only an app's own actions write its models."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src/charthouse"
APPS = sorted(path.name for path in (SOURCE / "apps").iterdir() if (path / "models.py").exists())
WRITES = r"\.objects\.(?:create|update|bulk_create|bulk_update|update_or_create|get_or_create)\("


def _sources(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.py") if "migrations" not in path.parts]


def _models(app: str) -> list[str]:
    return re.findall(r"^class (\w+)\(", (SOURCE / "apps" / app / "models.py").read_text(), re.M)


@pytest.mark.parametrize("app", APPS)
def test_only_the_app_itself_writes_its_models(app: str) -> None:
    names = "|".join(_models(app))
    if not names:
        return
    writing = re.compile(rf"\b(?:{names}){WRITES}")
    inside = SOURCE / "apps" / app
    found = [path for path in _sources(SOURCE) if inside not in path.parents and writing.search(path.read_text())]
    assert found == []


def test_views_hold_no_queries() -> None:
    found = [path for path in _sources(SOURCE / "web") if re.search(r"\.objects\b", path.read_text())]
    assert found == []


def test_nothing_is_trusted_as_markup() -> None:
    trusting = re.compile(r"mark_safe\(|\|\s*safe\b|autoescape off")
    places = [*_sources(SOURCE), *SOURCE.rglob("*.html")]
    assert [path for path in places if trusting.search(path.read_text())] == []
