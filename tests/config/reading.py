"""Reads the settings in a process of its own, with an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_PRINT = """
import json
from charthouse.config import settings
shown = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
print(json.dumps(shown, default=str))
"""


def own_environment(data: Path, **given: object) -> dict[str, str]:
    """The environment without anything of Charthouse but what is given."""
    ours = ("CHARTHOUSE_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PORT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"CHARTHOUSE_DATA": str(data)} | {name: str(value) for name, value in given.items()}


def settings_with(data: Path, **given: object) -> dict[str, Any]:
    """Every setting as it is with these variables."""
    command = [sys.executable, "-c", _PRINT]
    told = subprocess.run(command, env=own_environment(data, **given), capture_output=True, text=True, check=True)
    shown: dict[str, Any] = json.loads(told.stdout)
    return shown
