"""Reading one CPT file: every line after the notice is a row or a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import counted
from charthouse.engines.codesets.readers.procedures.cpt.lines import MODIFIERS, first_row, lines_of, row_in
from charthouse.engines.codesets.readers.procedures.cpt.recognising import recognise
from charthouse.engines.codesets.shelf import Canary, Sheet, Volume

_COLUMNS = ("short", "medium", "long")
_SHEETS = (
    Sheet("code", ("code TEXT", "short TEXT", "medium TEXT", "long TEXT"), ("code",)),
    Sheet("modifier", ("modifier TEXT", "text TEXT"), ("modifier",)),
)
_MOST_SIGNS = {"short": 28, "medium": 48}
_OTHER_CODE = re.compile(r"[A-Z][0-9]{4}[ \t]", re.ASCII)
_RUN_ON = re.compile(r"[0-9]{4}[0-9A-Za-z]", re.ASCII)


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    known: dict[str, int] = {}
    between: tuple[int, str] | None = None  # a line that is no row: a footer if none follows
    for number, line in lines_of(sources[0], faults):
        found = row_in(line, what.part) if known else _first(line, what.part)
        if found is None:
            if line.strip() and _is_fault(line, number, is_notice=not known, part=what.part, faults=faults):
                between = between or (number, line)
            continue
        if between:
            faults.add("line", "Neither a code nor its descriptor.", line=between[0], column=1, value=between[1])
            between = None
        code, text = found
        if code in known:
            faults.add("duplicate", f"It stands in line {known[code]} too.", line=number, column=1, value=code)
            continue
        known[code] = number
        _check(code, text, what, number, faults)
        yield ("modifier", (code, text)) if what.part == MODIFIERS else ("code", (code, *_in_column(text, what.part)))


def _first(line: str, part: str) -> tuple[str, str] | None:
    return row_in(line, part) if first_row([line], part) == 0 else None


def _is_fault(line: str, number: int, *, is_notice: bool, part: str, faults: Faults) -> bool:
    """Note what is certainly wrong; say whether any other line may still turn out to be."""
    if part != MODIFIERS and not is_notice and _OTHER_CODE.match(line):
        faults.add("not-cpt", "Not a CPT code: those start with a digit.", line=number, column=1, value=line[:5])
        return False
    if part != MODIFIERS and _RUN_ON.match(line) and not line[:6].isdigit():
        message = "Not a code in capitals and, after one blank or tab, its descriptor."
        faults.add("separator", message, line=number, column=6, value=line[:12])
        return False
    return not is_notice


def _check(code: str, text: str, what: Recognised, line: int, faults: Faults) -> None:
    column = 4 if what.part == MODIFIERS else 7
    if not text:
        faults.add("descriptor", "The descriptor is missing.", line=line, column=column, value=code)
    elif "\t" in text:
        faults.add("columns", "More than a code and its descriptor.", line=line, column=column, value=text)
    if what.is_made_up and not (code.startswith("Z") if what.part == MODIFIERS else code.endswith("Z")):
        message = "The file says its codes are made up, and this one is not."
        faults.add("not-made-up", message, line=line, column=1, value=code, mend="Load the AMA's file as it came.")


def _in_column(text: str, part: str) -> tuple[str, ...]:
    return tuple(text if column == part else "" for column in _COLUMNS)


def _canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    """No value of CPT may stand here; but a file under the name of another part has descriptors too long for it."""
    most = _MOST_SIGNS.get(what.part)
    question = f"SELECT count(*) FROM code WHERE length({what.part}) > {most}"  # noqa: S608 (short or medium)
    return (counted(volume, f"descriptors longer than {most} signs", question, 0),) if most else ()


READER = Reader("cpt", _SHEETS, recognise, _read, _canaries, common="SELECT code FROM code")
