"""Money as integer cents: exact, comparable, never a float."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Remittance rule 6: optional minus, digits, optional point and digits; past the second decimal only zeros.
_AMOUNT = re.compile(r"(-?)(\d*)(?:\.(\d*))?", re.ASCII)


class MoneyError(ValueError):
    """An amount that cannot be read to the cent."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of US dollars held as whole cents; negative amounts are allowed."""

    cents: int

    def __post_init__(self) -> None:
        if type(self.cents) is not int:
            raise MoneyError(f"cents must be a whole number, not {self.cents!r}")

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read `100`, `100.5`, `.50`, `-12.30`, `100.000`; refuse fractions of a cent, exponents, commas, words."""
        match = _AMOUNT.fullmatch(text)
        if match is None:
            raise MoneyError(f"{text!r} is not an amount")
        sign, whole, fraction = match[1], match[2] or "", match[3] or ""
        if not whole and not fraction:
            raise MoneyError(f"{text!r} has no digits")
        if fraction[2:].strip("0"):
            raise MoneyError(f"{text!r} has a fraction of a cent")
        cents = int(whole or "0") * 100 + int(fraction[:2].ljust(2, "0"))
        return cls(-cents if sign else cents)

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        """Add any number of amounts; nothing adds up to zero."""
        return cls(sum(amount.cents for amount in amounts))

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Share the amount out by weight with the largest-remainder method; the parts add up exactly."""
        whole = sum(weights)
        if whole <= 0 or min(weights) < 0:
            raise MoneyError("weights must be non-negative and add up to more than zero")
        sign = -1 if self.cents < 0 else 1
        shares = [divmod(abs(self.cents) * weight, whole) for weight in weights]
        parts = [quotient for quotient, _ in shares]
        by_remainder = sorted(range(len(weights)), key=lambda i: (-shares[i][1], i))
        for i in by_remainder[: abs(self.cents) - sum(parts)]:
            parts[i] += 1
        return [Money(sign * part) for part in parts]

    def x12(self) -> str:
        """Write it the X12 way (data type R): no leading zeros, no trailing zeros after the point, `0` for nothing."""
        sign, cents = ("-" if self.cents < 0 else ""), abs(self.cents)
        dollars, rest = divmod(cents, 100)
        if not rest:
            return f"{sign}{dollars}"
        fraction = f"{rest:02d}".rstrip("0")
        return f"{sign}{dollars or ''}.{fraction}"

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)

    def __neg__(self) -> Money:
        return Money(-self.cents)

    def __mul__(self, times: int) -> Money:
        return Money(self.cents * times)

    def __bool__(self) -> bool:
        return self.cents != 0

    def __str__(self) -> str:
        sign, cents = ("-" if self.cents < 0 else ""), abs(self.cents)
        return f"{sign}${cents // 100:,}.{cents % 100:02d}"
