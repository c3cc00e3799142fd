"""HCPCS Level II (ANWEB): the 320-character text file and the 48-column comma-separated file, both latin-1.

Text: 1-5 code (modifier in 4-5), 11 record id (3 code, 4 its continuation, 7 modifier, 8 its continuation), 12-91 long,
92-119 short, 120-127 pricing, 128 multiple pricing, 230 coverage, 257-259 BETOS, 261-265 types of service, 269-276
added, 277-284 effective, 285-292 terminated, 293 action.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import counted, day_number, lines_of, month_in, quarter, records_of
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Volume

_CODE = Sheet(
    "code",
    (
        "code TEXT", "long TEXT", "short TEXT", "coverage TEXT", "pricing TEXT", "multiple_pricing TEXT", "betos TEXT",
        "types_of_service TEXT", "added INTEGER", "effective INTEGER", "terminated INTEGER", "action TEXT",
    ),
    ("code",),
)  # fmt: skip
_MODIFIER = Sheet(
    "modifier",
    (
        "modifier TEXT", "long TEXT", "short TEXT", "coverage TEXT", "added INTEGER", "effective INTEGER",
        "terminated INTEGER",
    ),
    ("modifier",),
)  # fmt: skip
_WIDTH = 320
_CODE_SHAPE = re.compile(r"[A-Z][0-9]{4}", re.ASCII)
_MODIFIER_SHAPE = re.compile(r"[A-Z0-9]{2}", re.ASCII)
_FIRST = re.compile(rb"[A-Z0-9 ]{5}[0-9]{5}[3478]")
_COLUMNS = (
    ("HCPC", "code"), ("RECID", "kind"), ("LONG DESCRIPTION", "long"), ("SHORT DESCRIPTION", "short"),
    ("COV", "coverage"), ("MULT_PI", "multiple_pricing"), ("BETOS", "betos"), ("ADD DT", "added"),
    ("ACT EFF DT", "effective"), ("TERM DT", "terminated"), ("ACTION CD", "action"),
)  # fmt: skip
Fields = Mapping[str, str]


def _recognise(head: Head) -> Recognised | None:
    is_table = head.data.lstrip(b"\xef\xbb\xbf").startswith(b"HCPC,SEQNUM,RECID")
    if not is_table and not (_FIRST.match(head.data) and len(head.data.split(b"\n", 1)[0].rstrip(b"\r")) == _WIDTH):
        return None
    year, month = re.search(r"(20[1-9][0-9])", head.name), month_in(head.name)
    if not year or not month:
        return Recognised(Table.HCPCS, "HCPCS Level II", None, None)
    starts, ends = quarter(int(year[1]), month)
    return Recognised(Table.HCPCS, f"{starts:%B %Y}", starts, ends)


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    is_table = sources[0].head().lstrip(b"\xef\xbb\xbf").startswith(b"HCPC,")
    records = _from_table(sources[0], faults) if is_table else _from_lines(sources[0], faults)
    for line, fields in records:
        code = fields["code"].strip()
        days = tuple(day_number(fields[name], faults, line, name) for name in ("added", "effective", "terminated"))
        if fields["kind"] == "7":
            if not _MODIFIER_SHAPE.fullmatch(code):
                faults.add("modifier", "Not a modifier.", line=line, column="code", value=code)
            yield "modifier", (code, fields["long"], fields["short"], fields["coverage"], *days)
        else:
            _check(code, line, faults)
            texts = [
                fields[name] for name in ("long", "short", "coverage", "pricing", "multiple_pricing", "betos", "tos")
            ]
            yield "code", (code, *texts, *days, fields["action"])


def _check(code: str, line: int, faults: Faults) -> None:
    if code[:1].isdigit():
        message = "A code that starts with a digit is CPT, which this file never holds."
        faults.add(
            "digit-first", message, line=line, column="code", value=code, mend="Load CPT from the AMA's own files."
        )
    elif code[:1] == "D":
        faults.add("dental", "D codes belong to the American Dental Association.", line=line, column="code", value=code)
    elif not _CODE_SHAPE.fullmatch(code):
        faults.add("code", "Not a HCPCS Level II code.", line=line, column="code", value=code)


def _from_lines(source: Source, faults: Faults) -> Iterator[tuple[int, Fields]]:
    """One record a code or modifier, its continuation lines joined."""
    waiting: tuple[int, dict[str, str]] | None = None
    for number, line in lines_of(source, faults):
        if not line.strip("\x1a "):
            continue
        kind = line[10:11]
        if len(line) != _WIDTH or kind not in "3478" or not kind:
            message = f"The line has {len(line)} characters or no record id; {_WIDTH} are needed."
            faults.add("line", message, line=number, column=11, value=kind)
        elif kind in "37":
            if waiting:
                yield waiting
            waiting = number, _fields(line, kind)
        elif waiting is None or waiting[1]["raw"] != line[:5]:
            faults.add("continuation", "A continuation without the line it continues.", line=number, value=line[:5])
        else:
            waiting[1]["long"] = f"{waiting[1]['long']} {line[11:91].strip()}".strip()
    if waiting:
        yield waiting


def _fields(line: str, kind: str) -> dict[str, str]:
    return {
        "raw": line[:5], "code": line[:5], "kind": kind, "long": line[11:91].strip(), "short": line[91:119].strip(),
        "pricing": line[119:127].strip(), "multiple_pricing": line[127:128].strip(), "coverage": line[229:230].strip(),
        "betos": line[256:259].strip(), "tos": line[260:265].strip(), "added": line[268:276],
        "effective": line[276:284], "terminated": line[284:292], "action": line[292:293].strip(),
    }  # fmt: skip


def _from_table(source: Source, faults: Faults) -> Iterator[tuple[int, Fields]]:
    header: dict[str, int] = {}
    for line, record in records_of(source, faults):
        if not header:
            header = {name.strip(): place for place, name in enumerate(record)}
            missing = [name for name, _ in _COLUMNS if name not in header]
            if missing:
                faults.add("header", f"The column {missing[0]} is missing.", line=line, column=missing[0])
                faults.settle()
        elif len(record) != len(header):
            faults.add("columns", f"{len(record)} columns; the header has {len(header)}.", line=line)
        else:
            fields = {name: record[header[column]].strip() for column, name in _COLUMNS}
            fields["pricing"] = "".join(
                record[header[f"PRICE{one}"]].strip() for one in range(1, 5) if f"PRICE{one}" in header
            )
            fields["tos"] = "".join(record[header[f"TOS{one}"]].strip() for one in range(1, 6) if f"TOS{one}" in header)
            yield line, fields


def _canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    found = [counted(volume, "codes that start with a digit", "SELECT count(*) FROM code WHERE code < 'A'", 0)]
    if what.label == "October 2025":
        found += [
            counted(volume, "codes", "SELECT count(*) FROM code", 8_463),
            counted(volume, "modifiers", "SELECT count(*) FROM modifier", 383),
            counted(volume, "coverage of G0463", "SELECT coverage FROM code WHERE code = 'G0463'", "C"),
        ]
    return found


READER = Reader("hcpcs anweb", (_CODE, _MODIFIER), _recognise, _read, _canaries)
