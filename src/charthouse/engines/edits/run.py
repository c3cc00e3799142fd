"""Runs rule packs over a case and orders what they find."""

from __future__ import annotations

from collections.abc import Sequence

from charthouse.engines.codesets import CodeBook
from charthouse.engines.edits.case import CodingCase, Pack, RulePack
from charthouse.engines.edits.claim_shape import check_shape
from charthouse.engines.edits.code_validity import check_codes
from charthouse.engines.edits.excludes import check_excludes1
from charthouse.engines.edits.hypertension import check_hypertension
from charthouse.engines.edits.patient import check_patient
from charthouse.engines.edits.sequencing import check_sequence
from charthouse.kit import Finding

ALL: tuple[RulePack, ...] = (
    Pack("claim-shape", check_shape),
    Pack("code-validity", check_codes),
    Pack("excludes1", check_excludes1),
    Pack("hypertension", check_hypertension),
    Pack("sequencing", check_sequence),
    Pack("patient", check_patient),
)


def run(case: CodingCase, book: CodeBook, packs: Sequence[RulePack] = ALL) -> list[Finding]:
    """Findings of all packs, worst first, then by place and rule."""
    found = [finding for pack in packs for finding in pack.check(case, book)]
    return sorted(found, key=lambda finding: (finding.severity.order, _place(finding.where), finding.rule))


def _place(where: str) -> tuple[str, int]:
    kind, _, number = where.partition(":")
    return kind, int(number) if number.isdigit() else 0
