"""The text of an agreement as one person is shown it: placeholders filled, clauses numbered through."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from charthouse.apps.accounts.models import Person
from charthouse.apps.program.models import AgreementVersion

_PLACEHOLDER = re.compile(r"\{(organization|person|home_office)\}")
_WORDS_PER_MINUTE = 200


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause with its number in the whole text."""

    number: int
    key: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A titled group of clauses."""

    title: str
    clauses: tuple[ShownClause, ...]


@dataclass(frozen=True, slots=True)
class ShownAgreement:
    """What the person reads before signing."""

    title: str
    version: int
    summary: str
    parts: tuple[ShownPart, ...]


def shown(agreement: AgreementVersion, person: Person) -> ShownAgreement:
    """Fill the placeholders for this person, clause by clause."""
    numbers = count(1)
    return ShownAgreement(
        title=agreement.title,
        version=agreement.version,
        summary=_filled(agreement.summary, agreement, person),
        parts=tuple(_part(part, numbers, agreement, person) for part in agreement.parts),
    )


def render(agreement: AgreementVersion, person: Person) -> str:
    """The exact text that is signed, as plain text; the same row and person always give the same text."""
    text = shown(agreement, person)
    blocks = [f"{text.title}\nVersion {text.version}, in force from {agreement.effective_from.isoformat()}"]
    blocks += [text.summary] if text.summary else []
    for part in text.parts:
        blocks.append(part.title)
        blocks += [f"{clause.number}. {clause.heading}. {clause.text}" for clause in part.clauses]
    return "\n\n".join(blocks) + "\n"


def fingerprint(text: str) -> str:
    """SHA-256 of a rendered text, hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def reading_minutes(agreement: AgreementVersion) -> int:
    """Minutes to read it, never less than one."""
    words = sum(len(clause["text"].split()) for part in agreement.parts for clause in part["clauses"])
    return max(1, round(words / _WORDS_PER_MINUTE))


def same_name(typed: str, on_record: str) -> bool:
    """Whether two names are one, with accents, case and blanks folded."""
    return bool(_folded(typed)) and _folded(typed) == _folded(on_record)


def _folded(name: str) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return " ".join(plain.casefold().split())


def _part(part: dict[str, Any], numbers: Iterator[int], agreement: AgreementVersion, person: Person) -> ShownPart:
    def fill(text: str) -> str:
        return _filled(text, agreement, person)

    clauses = tuple(
        ShownClause(next(numbers), clause.get("key", ""), fill(clause.get("heading", "")), fill(clause["text"]))
        for clause in part["clauses"]
    )
    return ShownPart(fill(part["title"]), clauses)


def _filled(text: str, agreement: AgreementVersion, person: Person) -> str:
    organization = agreement.organization.name
    values = {
        "organization": organization,
        "person": person.full_name,
        "home_office": person.home_office or f"the home office I have named to {organization}",
    }
    # One pass: a name that itself looks like a placeholder stays as it is.
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)
