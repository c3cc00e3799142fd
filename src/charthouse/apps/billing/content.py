"""A typed claim as plain data and back: every field by its name, money as cents, dates as ISO text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from charthouse.engines.x12 import ProfessionalClaim
from charthouse.kit import Money


def dump(claim: ProfessionalClaim) -> dict[str, Any]:
    """The claim as data that JSON can hold."""
    data: dict[str, Any] = _plain(claim)
    return data


def load(data: Mapping[str, Any]) -> ProfessionalClaim:
    """The claim that `dump` was given; raises TypeError or ValueError for data it did not write."""
    claim: ProfessionalClaim = _typed(ProfessionalClaim, data)
    return claim


def digest(data: Mapping[str, Any]) -> str:
    """SHA-256 of the data as canonical JSON: keys in order, no blanks, UTF-8."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> Any:
    match value:
        case Money():
            return value.cents
        case Enum():
            return value.value
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(part) for part in value]
        case _ if is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _typed(kind: Any, value: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        return None if value is None else _typed(_without_none(kind), value)
    if get_origin(kind) is tuple:
        return tuple(_typed(get_args(kind)[0], part) for part in value)
    if kind is date:
        return date.fromisoformat(value)
    if kind in (Money, Decimal) or issubclass(kind, Enum):
        return kind(value)
    if hasattr(kind, "__dataclass_fields__"):
        hints = _hints(kind)
        return kind(**{name: _typed(hints[name], part) for name, part in value.items()})
    return value


def _without_none(kind: Any) -> Any:
    return next(part for part in get_args(kind) if part is not type(None))
