"""How each simulated payer behaves, read from the demo practice's own file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PRACTICE = Path(__file__).parent.parent / "practice" / "practice.json"


@dataclass(frozen=True, slots=True)
class DenialRule:
    """Lines to deny: the code starts with one of `codes`, and every diagnosis pointed to with one of `pointers`."""

    codes: tuple[str, ...]
    pointers: tuple[str, ...]
    group: str
    reason: str

    def denies(self, code: str, diagnoses: tuple[str, ...]) -> bool:
        """Whether a line with this code and these diagnoses is denied."""
        return code.startswith(self.codes) and bool(diagnoses) and all(d.startswith(self.pointers) for d in diagnoses)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a payer pays of a charge in percent, the adjustment for the rest, and what it denies."""

    pays_percent: int = 100
    group: str = "CO"
    reason: str = "45"
    denials: tuple[DenialRule, ...] = ()


def behaviours(practice: Path = PRACTICE) -> dict[str, Behaviour]:
    """Behaviour by payer id; a payer that is not in the file pays in full."""
    data = json.loads(practice.read_text(encoding="utf-8"))
    return {payer["payer_id"]: _behaviour(payer["sandbox"]) for payer in data["payers"]}


def _behaviour(told: Mapping[str, Any]) -> Behaviour:
    reduction = told.get("reduction", {})
    return Behaviour(
        pays_percent=told["pays_percent"],
        group=reduction.get("group", "CO"),
        reason=reduction.get("carc", "45"),
        denials=tuple(_denial(rule) for rule in told.get("denials", ())),
    )


def _denial(rule: Mapping[str, Any]) -> DenialRule:
    when = rule["when"]
    return DenialRule(
        codes=tuple(when.get("code_starts_with", [""])),
        pointers=tuple(when.get("every_pointer_starts_with", [""])),
        group=rule["group"],
        reason=rule["carc"],
    )
