"""The one hardened door for JSON: bounded depth, keys and numbers, no repeated keys, no NaN, no broken characters."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import NoReturn

from charthouse.engines.fhir.decoding import decode
from charthouse.engines.fhir.limits import (
    MAX_BRACKETS,
    MAX_COMMAS,
    MAX_DEPTH,
    MAX_KEYS,
    MAX_NUMBER_LENGTH,
    MAX_QUOTES,
)
from charthouse.kit import Refusal, Refused

Json = dict[str, "Json"] | list["Json"] | str | int | Decimal | bool | None

# Possessive throughout: each pattern passes over the text once, whatever stands in it.
_STRING = r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)'
_NEXT_BRACKET = re.compile(rf'(?:[^"\[\]{{}}]++|{_STRING})*+([\[\]{{}}]|\Z)', re.DOTALL)
_KEY_OR_BRACKET = re.compile(rf"({_STRING})(\s*+:)?|([{{\[])|([}}\]])", re.DOTALL)
_WHOLE_CHARACTERS = re.compile(
    r"(?:[^\\]++|\\(?!u[dD][89a-fA-F]).|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})*+", re.DOTALL
)
_SEARCHED_FOR_PLACE = 2_000_000  # characters; in larger files a repeated key is told by name only


def safe_load(data: bytes, source_name: str) -> dict[str, Json]:
    """The JSON object in a file, decimals as Decimal; Refused with line:column for anything unsafe or malformed."""
    return _Door(decode(data, source_name), source_name).load()


class _Door:
    """One reading of one file; keeps the text so that every refusal can name a place in it."""

    def __init__(self, text: str, source_name: str) -> None:
        self._text = text
        self._source_name = source_name
        self._keys = 0

    def load(self) -> dict[str, Json]:
        self._check_counts()
        self._check_depth()
        self._check_surrogates()
        found = self._parse()
        if not isinstance(found, dict):
            self._refuse(0, "fhir.not-a-resource", "The file is not a JSON object.", "Send one resource or Bundle.")
        return found

    def _check_counts(self) -> None:
        """Coarse bounds that cost next to nothing, so that the exact checks after them cannot cost much."""
        count = self._text.count
        if count('":') + count('" :') > MAX_KEYS:
            self._too_many_keys()
        if count(",") > MAX_COMMAS or count("[") + count("{") > MAX_BRACKETS or count('"') > MAX_QUOTES:
            message = "The file holds more values than any chart."
            self._refuse_at("", "fhir.too-many-values", message, "Send fewer charts at once.")

    def _check_depth(self) -> None:
        """Without recursion, before any parser builds anything."""
        depth = 0
        for bracket in _NEXT_BRACKET.finditer(self._text):
            if bracket.group(1) in ("[", "{"):
                depth += 1
                if depth > MAX_DEPTH:
                    message = f"Values are nested deeper than {MAX_DEPTH}."
                    mend = "Export it again; no FHIR resource is that deep."
                    self._refuse(bracket.start(1), "fhir.too-deep", message, mend)
            elif bracket.group(1):
                depth -= 1

    def _check_surrogates(self) -> None:
        whole = _WHOLE_CHARACTERS.match(self._text)
        end = whole.end() if whole else 0
        if self._text.startswith("\\u", end):
            message = "Half of a character pair (a lone surrogate) stands here."
            self._refuse(end, "fhir.lone-surrogate", message, "Export it again as UTF-8.")

    def _parse(self) -> Json:
        try:
            found: Json = json.loads(
                self._text,
                object_pairs_hook=self._object,
                parse_int=self._integer,
                parse_float=self._decimal,
                parse_constant=self._constant,
            )
        except json.JSONDecodeError as error:
            message = f"The JSON is not well formed: {error.msg}."
            self._refuse(error.pos, "fhir.malformed", message, "Export it again; it may have been cut short.")
        return found

    def _object(self, pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        self._keys += len(pairs)
        if self._keys > MAX_KEYS:
            self._too_many_keys()
        found = dict(pairs)
        if len(found) != len(pairs):
            self._repeated_key([key for key, _ in pairs])
        return found

    def _integer(self, literal: str) -> int:
        self._check_length(literal)
        return int(literal)

    def _decimal(self, literal: str) -> Decimal:
        self._check_length(literal)
        return Decimal(literal)

    def _check_length(self, literal: str) -> None:
        if len(literal) > MAX_NUMBER_LENGTH:
            message = f"A number has more than {MAX_NUMBER_LENGTH} characters."
            self._refuse(
                self._outside_strings(literal[:MAX_NUMBER_LENGTH]),
                "fhir.number-too-long",
                message,
                "Write numbers as FHIR does.",
            )

    def _constant(self, name: str) -> NoReturn:
        message = f"{name} is not a JSON value."
        self._refuse(self._outside_strings(name), "fhir.not-a-number", message, "Leave out values that are not known.")

    def _outside_strings(self, literal: str) -> int:
        pattern = re.compile(rf"{_STRING}|({re.escape(literal)})", re.DOTALL)
        return next((found.start() for found in pattern.finditer(self._text) if found.group(1)), 0)

    def _repeated_key(self, keys: list[str]) -> NoReturn:
        seen: set[str] = set()
        for key in keys:
            if key in seen:
                break
            seen.add(key)
        message = "A key stands twice in one object, so its value is not certain."
        mend = "Keep one of them."
        if len(self._text) > _SEARCHED_FOR_PLACE:
            self._refuse_at(f"key {key[:40]!r}", "fhir.duplicate-key", message, mend)
        self._refuse(self._second_place(key), "fhir.duplicate-key", message, mend)

    def _second_place(self, key: str) -> int:
        """Where a key is given for the second time in one object."""
        given: list[bool] = []
        for mark in _KEY_OR_BRACKET.finditer(self._text):
            if mark.lastindex == 3:
                given.append(False)
            elif mark.lastindex == 4:
                given.pop()
            elif mark.lastindex == 2 and json.loads(mark.group(1)) == key:
                if given[-1]:
                    return mark.start()
                given[-1] = True
        return 0

    def _too_many_keys(self) -> NoReturn:
        message, mend = f"The file holds more than {MAX_KEYS:,} keys.", "Send fewer charts at once."
        self._refuse_at(f"key {MAX_KEYS + 1}", "fhir.too-many-keys", message, mend)

    def _refuse(self, index: int, rule: str, message: str, mend: str) -> NoReturn:
        line_start = self._text.rfind("\n", 0, index) + 1
        place = f"{self._text.count(chr(10), 0, index) + 1}:{index - line_start + 1}"
        self._refuse_at(place, rule, message, mend)

    def _refuse_at(self, place: str, rule: str, message: str, mend: str) -> NoReturn:
        raise Refused(Refusal(self._source_name, place, rule, message, mend))
