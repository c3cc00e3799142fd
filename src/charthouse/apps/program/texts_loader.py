"""Reads the agreement texts that ship with Charthouse."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class AgreementText:
    """A text ready to be published."""

    kind: str
    title: str
    summary: str
    effective_from: date
    parts: list[dict[str, Any]]


def load_text(kind: str) -> AgreementText:
    """Read the shipped text of a kind (`telecommuting`, `confidentiality`)."""
    data = json.loads((files("charthouse.apps.program") / "texts" / f"{kind}.json").read_text("utf-8"))
    return AgreementText(
        kind=data["kind"],
        title=data["title"],
        summary=data.get("summary", ""),
        effective_from=date.fromisoformat(data["effective"]),
        parts=data["parts"],
    )
