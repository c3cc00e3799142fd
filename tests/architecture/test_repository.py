"""The repository holds no path of a machine, no address of a registry and no licensed code text."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = {".py", ".md", ".toml", ".txt", ".json", ".csv", ".html", ".css", ".js", ".yaml", ".yml", ""}


def _files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and Path(name).suffix in TEXT]


@pytest.mark.parametrize(
    "pattern",
    [
        r"/(?:home|root|work|Users)/[a-z]+/",
        r"https?://[^\s\"')]*/simple/?",
        r"https?://(?:files\.)?(?:registry|pypi|pythonhosted)\.",
    ],
)
def test_no_address_of_a_machine_or_registry(pattern: str) -> None:
    found = [path for path in _files() if path != Path(__file__) and re.search(pattern, path.read_text("utf-8"))]
    assert found == []


def test_requirements_are_pinned_with_hashes() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        pinned = re.findall(r"^[a-z0-9][\w.-]*==[^\s;]+.*(?:\\\n\s+--hash=sha256:[0-9a-f]{64})+", text, re.M | re.I)
        assert len(pinned) == len(re.findall(r"^[a-z0-9][\w.-]*==", text, re.M | re.I))
        assert "://" not in text


def test_what_is_installed_for_tests_agrees_with_what_runs() -> None:
    def versions(name: str) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9][\w.-]*)==([^\s;\\]+)", (ROOT / name).read_text(), re.M | re.I))

    run, dev = versions("requirements.txt"), versions("requirements-dev.txt")
    assert {name: dev.get(name) for name in run} == run


def test_only_one_door_parses_xml() -> None:
    inside = ROOT / "src/charthouse/engines/cda/xml.py"
    users = [
        path
        for path in (ROOT / "src").rglob("*.py")
        if re.search(r"etree\.(?:fromstring|parse|XML)\(", path.read_text())
    ]
    assert set(users) <= {inside, ROOT / "src/charthouse/engines/codesets/tabular.py"}


def test_money_modules_know_no_floats() -> None:
    places = [
        *(ROOT / "src/charthouse/apps/remittance").rglob("*.py"),
        *(ROOT / "src/charthouse/apps/billing").rglob("*.py"),
    ]
    places += [ROOT / "src/charthouse/kit/money.py"]
    assert [path for path in places if re.search(r"\bfloat\(|: float\b|-> float\b|\bround\(", path.read_text())] == []
