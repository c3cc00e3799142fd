"""`charthouse` alone says what it can do, without loading what it does not need."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from charthouse.cli.main import COMMANDS
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]


def test_help_lists_every_command(charthouse: Run) -> None:
    told = charthouse("--help")
    assert told.returncode == 0
    for name in COMMANDS:
        assert f"  {name} " in told.stdout


def test_an_unknown_command_is_refused(charthouse: Run) -> None:
    told = charthouse("fly")
    assert told.returncode == 2
    assert "fly" in told.stderr


def test_help_loads_neither_django_nor_lxml() -> None:
    script = "import sys; from charthouse.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    script += "print(sorted({'django', 'lxml', 'allauth', 'cryptography'} & set(sys.modules)), file=sys.stderr)"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stderr.strip() == "[]"


def test_every_command_is_documented() -> None:
    page = (ROOT / "docs/reference/commands.md").read_text()
    for name in COMMANDS:
        assert f"`charthouse {name}" in page


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text()
    source = "\n".join(path.read_text() for path in (ROOT / "src/charthouse").rglob("*.py"))
    used = set(re.findall(r'"(CHARTHOUSE_[A-Z_]+|DATABASE_URL|PORT)"', source))
    assert used
    assert {name for name in used if f"`{name}`" not in page} == set()
