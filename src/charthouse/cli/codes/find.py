"""`charthouse codes find`: codes for words, shorthand or the start of a code; or for a whole file of queries."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from charthouse.cli.codes.batch import answer
from charthouse.cli.codes.common import (
    SYSTEMS,
    Unknown,
    add_day,
    add_person,
    code_of,
    count,
    day_of,
    open_for,
    print_json,
    sees_words,
)
from charthouse.cli.setup import say
from charthouse.kit import Code, CodeSystem

if TYPE_CHECKING:
    from charthouse.apps.accounts.models import Person

ALL = "all"
_CODE_LIKE = re.compile(r"(?=.*[0-9])[0-9A-Za-z]{2,7}", re.ASCII)
_SOURCES = {CodeSystem.HCPCS: "HCPCS Level II", CodeSystem.CPT: "CPT"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Words or a file of queries."""
    parser.add_argument("words", nargs="*", help="a code, its first characters, words or shorthand")
    parser.add_argument(
        "--system", choices=(*SYSTEMS, ALL), default="", help="where to look (diagnoses; other systems by code)"
    )
    parser.add_argument("--limit", type=count, default=12)
    parser.add_argument("--batch", type=Path, metavar="FILE", help='lines {"id","q"} in, lines {"id","codes"} out')
    parser.add_argument(
        "--without",
        type=Path,
        metavar="FILE",
        help='lines {"gold" or "code", "raw" or "term"}: inclusion terms that the index must not know',
    )
    add_person(parser)
    add_day(parser)


def run(options: argparse.Namespace) -> int:
    """Print what is found; 1 when nothing is or a line of the batch is no query, 2 when it cannot begin."""
    try:
        person = open_for(options.email)
    except Unknown as error:
        say(str(error))
        return 2
    on = day_of(options)
    if options.batch:
        return answer(options.batch, on, options.without)
    is_any = False
    for one in islice(rows(" ".join(options.words), on, options.system, options.limit, person), options.limit):
        is_any = True
        print_json(one) if options.json else print(_line(one))
    if not is_any and not options.json:
        say("Nothing matches. Try fewer words, a plainer word, or the first characters of a code.")
    return 0 if is_any else 1


def rows(text: str, on: date, system: str, limit: int, person: Person | None = None) -> Iterator[dict[str, Any]]:
    """What is found, as JSON. Without a system its shape tells a code's; words are looked up among diagnoses."""
    wanted = system or code_of(text).system.value
    is_any = False
    for one in _in(wanted, text, on, limit, person):
        is_any = True
        yield one
    if not is_any and not system and _CODE_LIKE.fullmatch(text.strip()):
        yield from _in(ALL, text, on, limit, person)


def _in(wanted: str, text: str, on: date, limit: int, person: Person | None) -> Iterator[dict[str, Any]]:
    """The rows of a system; of all systems in turn, so that none crowds out the others."""
    if wanted == ALL:
        systems = (
            _diagnoses(text, on, limit, person),
            _procedures(text, on, limit, person),
            _inpatient(text, on, limit),
        )
        yield from (one for turn in zip_longest(*systems) for one in turn if one)
    elif wanted == CodeSystem.ICD10CM:
        yield from _diagnoses(text, on, limit, person)
    elif wanted == CodeSystem.ICD10PCS:
        yield from _inpatient(text, on, limit)
    else:
        yield from (one for one in _procedures(text, on, limit, person) if one["system"] in {wanted, "local"})


def _diagnoses(text: str, on: date, limit: int, person: Person | None) -> Iterator[dict[str, Any]]:
    from charthouse.apps.reference.opened import encoder

    for hit in encoder().search(text, on, limit, _usage(person)):
        row = _row(hit.code, hit.title, hit.score, hit.reason)
        yield {**row, "is_billable": hit.is_billable, "marks": list(hit.marks)}


def _procedures(text: str, on: date, limit: int, person: Person | None) -> Iterator[dict[str, Any]]:
    from charthouse.apps.reference.finding import find_procedures

    for hit in find_procedures(text, on, _own(person, on), limit, shows_words=sees_words(person, on)):
        yield _row(hit.code, hit.label, hit.score, "charge master" if hit.is_local else _SOURCES[hit.code.system])


def _inpatient(text: str, on: date, limit: int) -> Iterator[dict[str, Any]]:
    from charthouse.apps.reference.finding import find_inpatient

    for entry in find_inpatient(text, on, limit):
        yield _row(entry.code, entry.title, 1.0, "code")


def _usage(person: Person | None) -> Mapping[str, int]:
    if person is None:
        return {}
    from charthouse.apps.reference.selectors import usage

    return usage(person)


def _own(person: Person | None, on: date) -> Mapping[str, str]:
    """The charge master where the person works, by code."""
    if person is None:
        return {}
    from charthouse.apps.accounts.selectors import home_organization
    from charthouse.apps.practice.selectors import charge_labels

    home = home_organization(person)
    return charge_labels(home.pk, on) if home else {}


def _row(code: Code, title: str, score: float, reason: str) -> dict[str, Any]:
    return {
        "code": code.display,
        "system": code.system.value,
        "title": title,
        "is_billable": True,
        "score": round(score, 4),
        "reason": reason,
    }


def _line(one: dict[str, Any]) -> str:
    lead = "" if one["is_billable"] else "  (leads on)"
    return f"{one['code']:<9} {one['title']}{lead}  [{one['reason']}]"
