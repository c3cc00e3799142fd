"""Reading the files of the Medicare Coverage Database into one release."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import counted
from charthouse.engines.codesets.readers.payment.headings import places, plain
from charthouse.engines.codesets.readers.payment.mcd.plain_text import plain_text
from charthouse.engines.codesets.readers.payment.mcd.tables import FILES, SHEETS, File
from charthouse.engines.codesets.readers.payment.records import Spelling, first_records, records_in
from charthouse.engines.codesets.readers.payment.values import CODE
from charthouse.engines.codesets.shelf import Canary, Table, Value, Volume

_SPELLING = Spelling(longest=1_000_000)  # whole articles in one cell
_NOT_APPLICABLE = "XX000"  # what an editor enters where there is no code
_DIAGNOSIS = re.compile(r"[A-Z][0-9][0-9A-Z](?:\.?[0-9A-Z]{1,4})?", re.ASCII)
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T][0-9:.]*)?", re.ASCII)
_US = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?: [0-9:. APMapm]*)?", re.ASCII)
_KEYS = {sheet.name: [sheet.names.index(name) for name in sheet.key] for sheet in SHEETS}
_Kept = dict[tuple[str, tuple[Value, ...]], int]


class _Wrong(Exception):
    """A cell that is not of its kind."""


def _stem(name: str) -> str:
    return name.lower().removesuffix(".csv")


def _recognise(head: Head) -> Recognised | None:
    file = FILES.get(_stem(head.name))
    if file is None:
        return None
    names = {plain(cell) for record in first_records(head)[:1] for cell in record}
    wanted = [name for name, kind in file.columns if kind != "="]
    if len(names.intersection(wanted)) * 2 <= len(wanted):
        return None
    return Recognised(Table.COVERAGE, "coverage articles", None, None)


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    there = {_stem(source.name) for source in sources}
    missing = [name for name, file in FILES.items() if file.is_needed and name not in there]
    if missing:
        mend = "Load the zip with all csv files of current_article or all_article."
        faults.add("incomplete", f"The file {missing[0]}.csv is missing.", value=", ".join(missing), mend=mend)
        faults.settle()
    kept: _Kept = {}
    for source in sources:
        file = FILES[_stem(source.name)]
        for line, row in _rows(source, file, faults):
            if _is_new(file, row, kept, f"{source.name}:{line}", faults):
                yield file.sheet, row


def _rows(source: Source, file: File, faults: Faults) -> Iterator[tuple[int, tuple[Value, ...]]]:
    where: Mapping[str, int] = {}
    width = 0
    columns = {name: re.escape(name) for name, kind in file.columns if kind != "="}
    for line, record in records_in(source, faults, _SPELLING):
        if not where:
            width, where = len(record), places(record, columns, line, faults)
        elif len(record) != width:
            message = f"{source.name}: {len(record)} columns; the header has {width}."
            faults.add("columns", message, line=line, value=record[0])
        elif (row := _row(record, where, source.name, file, line, faults)) and _NOT_APPLICABLE not in row:
            yield line, row
    if not where:
        faults.add("header", f"{source.name} has no header line.", line=1)


def _row(
    record: Sequence[str], where: Mapping[str, int], shown: str, file: File, line: int, faults: Faults
) -> tuple[Value, ...] | None:
    row: list[Value] = []
    for name, kind in file.columns:
        text = name if kind == "=" else record[where[name]].strip()
        try:
            row.append(_KINDS[kind](text))
        except (_Wrong, ValueError):
            faults.add(kind, f"Not a {kind}.", line=line, column=f"{name} of {shown}", value=text)
            return None
    is_unrelated = file.sheet == "related" and not (row[0] and row[2])  # a relation to something else
    return None if is_unrelated else tuple(row)


def _is_new(file: File, row: tuple[Value, ...], kept: _Kept, place: str, faults: Faults) -> bool:
    """Whether a row is to be kept: one that is said twice is kept once, two that contradict each other are a fault."""
    key = (file.sheet, tuple(row[at] for at in _KEYS[file.sheet]))
    if key not in kept:
        kept[key] = hash(row)
        return True
    if kept[key] != hash(row):
        value = " ".join(map(str, key[1]))
        faults.add("duplicate", f"{place} contradicts an earlier row with the same key.", column=place, value=value)
    return False


def _number(text: str) -> int:
    if text and not re.fullmatch("[0-9]{1,9}", text, re.ASCII):
        raise _Wrong
    return int(text or 0)


def _day(text: str) -> int:
    if not text:
        return 0
    if found := _ISO.fullmatch(text):
        day = date(int(found[1]), int(found[2]), int(found[3]))
    elif found := _US.fullmatch(text):
        day = date(int(found[3]), int(found[1]), int(found[2]))
    else:
        raise _Wrong
    return day.year * 10_000 + day.month * 100 + day.day


def _procedure(text: str) -> str:
    if text != _NOT_APPLICABLE and not CODE.fullmatch(text):
        raise _Wrong
    return text


def _diagnosis(text: str) -> str:
    if text != _NOT_APPLICABLE and not _DIAGNOSIS.fullmatch(text):
        raise _Wrong
    return text.replace(".", "")


_KINDS: Mapping[str, Callable[[str], Value]] = {
    "number": _number, "day": _day, "text": str, "=": str, "html": plain_text, "procedure": _procedure,
    "diagnosis": _diagnosis,
}  # fmt: skip


def newest_update(sources: Sequence[Source]) -> date | None:
    """The newest day an article was changed: the day from which a release without another date can answer."""
    faults = Faults("article.csv")
    articles = [source for source in sources if _stem(source.name) == "article"]
    days = [int(str(row[-1])) for source in articles for _, row in _rows(source, FILES["article"], faults)]
    newest = max(days, default=0)
    return date(newest // 10_000, newest // 100 % 100, newest % 100) if newest else None


def _canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    return [
        counted(volume, "procedures of no article", _STRAYS.format("article_code"), 0),
        counted(volume, "diagnoses of no article", _STRAYS.format("covered"), 0),
    ]


_STRAYS = """SELECT count(*) FROM {0} WHERE NOT EXISTS
    (SELECT 1 FROM article WHERE article.article = {0}.article AND article.version = {0}.version)"""
READER = Reader("mcd article tables", SHEETS, _recognise, _read, _canaries, is_bundled=True)
