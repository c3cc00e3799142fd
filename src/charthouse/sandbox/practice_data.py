"""Reads the data files of the demo practice."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

_FOLDER = files("charthouse.sandbox") / "practice"


@cache
def load_practice() -> dict[str, Any]:
    """Organization, facilities, providers, payers, charge master and people."""
    data: dict[str, Any] = json.loads((_FOLDER / "practice.json").read_text("utf-8"))
    return data


def load_coded() -> dict[str, Any]:
    """Charts of the demo that have already been coded, and by whom."""
    data: dict[str, Any] = json.loads((_FOLDER / "coded.json").read_text("utf-8"))
    return data


def charts() -> list[tuple[str, bytes]]:
    """Every chart of the demo as name and content, in order of name."""
    found = [entry for entry in (_FOLDER / "charts").iterdir() if entry.name.endswith(".txt")]
    return sorted((entry.name, entry.read_bytes()) for entry in found)
