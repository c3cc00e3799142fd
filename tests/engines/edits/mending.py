"""Carries a mend out on a case, the way the coding app does."""

from __future__ import annotations

from dataclasses import replace

from charthouse.engines.edits import CodedDiagnosis, CodingCase
from charthouse.kit import Code, Mend


def mended(case: CodingCase, mend: Mend) -> CodingCase:
    """The case after one mend; positions are counted anew and pointers follow their diagnoses."""
    kind, place = mend.arguments["where"].split(":")
    return _diagnosis(case, mend, int(place)) if kind == "dx" else _procedure(case, mend, int(place))


def _diagnosis(case: CodingCase, mend: Mend, place: int) -> CodingCase:
    ordered = case.ordered_diagnoses
    at = next(one for one in ordered if one.position == place)
    rest = [one for one in ordered if one is not at]
    match mend.action:
        case "replace":
            put = replace(at, code=Code.icd10cm(mend.arguments["code"]))
            return _renumbered(case, [put if one is at else one for one in ordered])
        case "remove":
            return _renumbered(case, rest)
        case "move-first":
            return _renumbered(case, [at, *rest])
        case "move-before":
            target = int(mend.arguments["before"].removeprefix("dx:"))
            where = next(index for index, one in enumerate(rest) if one.position == target)
            return _renumbered(case, [*rest[:where], at, *rest[where:]])
    raise AssertionError(mend)


def _renumbered(case: CodingCase, ordered: list[CodedDiagnosis]) -> CodingCase:
    moved = {one.position: place for place, one in enumerate(ordered, 1)}
    lines = [replace(one, pointers=tuple(moved[p] for p in one.pointers if p in moved)) for one in case.procedures]
    diagnoses = [replace(one, position=place) for place, one in enumerate(ordered, 1)]
    return replace(case, diagnoses=diagnoses, procedures=lines)


def _procedure(case: CodingCase, mend: Mend, place: int) -> CodingCase:
    at = next(one for one in case.procedures if one.position == place)
    match mend.action:
        case "remove":
            return replace(case, procedures=[one for one in case.procedures if one is not at])
        case "set-units":
            changed = replace(at, units=int(mend.arguments["units"]))
        case "set-pointers":
            changed = replace(at, pointers=tuple(int(text) for text in mend.arguments["pointers"].split(",")))
        case _:
            raise AssertionError(mend)
    return replace(case, procedures=[changed if one is at else one for one in case.procedures])
