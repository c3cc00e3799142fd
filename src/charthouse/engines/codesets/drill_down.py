"""The way down to a billable code: what an incomplete one lacks, and what stands beside a complete one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from charthouse.engines.codesets.edition import Edition
from charthouse.engines.codesets.entries import NO_TEXT, Completion
from charthouse.engines.codesets.icd10cm import Icd10cm
from charthouse.engines.codesets.icd10pcs import Icd10pcs
from charthouse.engines.codesets.pcs_titles import LENGTH
from charthouse.kit import Code, CodeSystem

LATERALITY, PLACEHOLDER, SEVENTH = "laterality", "placeholder X", "7th character"
_SIDES = re.compile(r"\b(right|left|bilateral|unspecified)\b", re.IGNORECASE)
_SIDED = frozenset({"right", "left"})
_SEVEN = 7
_CATEGORY = 3
_PCS_STEM = 4  # section, body system, operation and body part


@dataclass(frozen=True, slots=True)
class Missing:
    """What an incomplete code lacks: at least `needs` characters, of these `kinds`; `choices` are the next step."""

    needs: int
    text: str
    kinds: tuple[str, ...]
    choices: tuple[Completion, ...]


def missing_in_diagnosis(book: Icd10cm, code: str, on: date) -> Missing | None:
    """What a dotless ICD-10-CM code lacks on a day; None when it is complete, or starts no code."""
    if book.validity.is_valid(code, on):
        return None
    choices = tuple(book.completions(code, on))
    if not choices:
        return None
    whole = list(book.billable(code, on))
    needs = min(len(one) for one in whole) - len(code)
    kinds = tuple(dict.fromkeys(_kinds(book.edition(on), code, whole, needs)))
    return Missing(needs, _said(needs, kinds), kinds, choices)


def missing_in_procedure(book: Icd10pcs, code: str, on: date) -> Missing | None:
    """What the start of an ICD-10-PCS code lacks on a day: the axes that are not chosen yet."""
    choices = book.choices(code, on)
    if not code or not choices:
        return None
    kinds = tuple(book.tables.axis(code.ljust(place, "Z"), "Z", on)[0] for place in range(len(code), LENGTH))
    ways = tuple(
        Completion(Code(CodeSystem.ICD10PCS, code + one.value), one.value, one.label, len(code) == LENGTH - 1)
        for one in choices
    )
    return Missing(LENGTH - len(code), _said(LENGTH - len(code), kinds), kinds, ways)


def siblings_of_diagnosis(book: Icd10cm, code: str, on: date) -> tuple[Completion, ...]:
    """Codes and categories beside a dotless code: other sides first, then those under the same stem, in order.

    Beside a code with a 7th character stand the same injury elsewhere with that character, then its other characters.
    """
    edition = book.edition(on)
    index, _ = edition.locate(code)
    if index is None and code not in book.validity.periods:
        return ()
    base = edition.nodes[index].name if index is not None else code
    ending = code[6:] if len(code) == _SEVEN and base != code else ""
    stem = _stem(edition, base)
    found = [one for one in _under(book, stem, ending, on) if one.code.value != code] if stem else []
    if ending:
        found += [one for one in book.completions(code[:6], on) if one.code.value != code]
    own = edition.title(base)
    return tuple(sorted(found, key=lambda one: _farness(own, _title(edition, one.code.value))))


def siblings_of_procedure(book: Icd10pcs, code: str, on: date) -> tuple[Completion, ...]:
    """ICD-10-PCS codes for the same operation on the same body part."""
    if len(code) != LENGTH:
        return ()
    return tuple(
        Completion(Code(CodeSystem.ICD10PCS, one), one[_PCS_STEM:], book.text.of(one, on) or NO_TEXT, True)
        for one in book.codes(code[:_PCS_STEM], on)
        if one != code
    )


def _under(book: Icd10cm, stem: str, ending: str, on: date) -> Iterator[Completion]:
    """The choices under a stem, each with the 7th character `ending` where there is one."""
    edition = book.edition(on)
    for one in book.completions(stem, on):
        whole = f"{one.code.value:X<6}{ending}"
        if not ending or one.is_billable:
            yield one
        elif book.validity.is_valid(whole, on):
            base = edition.completion(stem, one.code.value, is_billable=True)
            yield Completion(Code(CodeSystem.ICD10CM, whole), whole[len(stem) :], base.meaning, is_billable=True)


def _stem(edition: Edition, base: str) -> str:
    """The code a code stands under, empty for a category."""
    index = edition.node_index(base)
    if index is None:
        return next(
            (base[:size] for size in range(len(base) - 1, _CATEGORY - 1, -1) if edition.has_text(base[:size])), ""
        )
    above = edition.nodes[edition.nodes[index].parent].name if edition.nodes[index].parent >= 0 else ""
    return above if edition.node_index(above) is not None else ""


def _is_other_side(own: str, other: str) -> bool:
    sides = {side.lower() for side in _SIDES.findall(own)}
    return bool(sides & _SIDED) and own != other and _SIDES.sub("", own).lower() == _SIDES.sub("", other).lower()


def _farness(own: str, other: str) -> int:
    """0 for the other side, 1 for the side that was not said, 2 for anything else."""
    if not _is_other_side(own, other):
        return 2
    return int(not {side.lower() for side in _SIDES.findall(other)} & {*_SIDED, "bilateral"})


def _title(edition: Edition, code: str) -> str:
    """The title without what a 7th character adds."""
    index, _ = edition.locate(code)
    return edition.nodes[index].title if index is not None else ""


def _kinds(edition: Edition, code: str, whole: Sequence[str], needs: int) -> Iterator[str]:
    own = edition.title(code)
    if _one_side_each(edition, own, whole):
        yield LATERALITY
    for place in range(len(code), len(code) + needs):
        signs = {one[place] for one in whole if len(one) > place}
        if place == _SEVEN - 1 and _has_seventh(edition, whole):
            yield SEVENTH
        else:
            yield PLACEHOLDER if signs == {"X"} else f"{place + 1}th character"


def _has_seventh(edition: Edition, whole: Sequence[str]) -> bool:
    """Whether the last character is one of those that the list defines once for many codes."""
    return any(len(one) == _SEVEN and bool(edition.locate(one)[1]) for one in whole)


def _one_side_each(edition: Edition, own: str, whole: Sequence[str]) -> bool:
    """Whether the codes below say right and left where the code itself does not."""
    said = {side.lower() for one in whole for side in _SIDES.findall(_title(edition, one))}
    return said >= _SIDED and not _SIDED & {side.lower() for side in _SIDES.findall(own)}


def _said(needs: int, kinds: Sequence[str]) -> str:
    return f"needs at least {needs} more character{'s' if needs > 1 else ''}: {', '.join(kinds)}"
