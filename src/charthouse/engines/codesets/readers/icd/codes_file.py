"""ICD-10-CM and ICD-10-PCS codes files (`icd10cm_codes_2027.txt`): 1-7 code without dot, 9- long title, all billable.

The year stands in the name alone. Source: the layout notes inside CMS's zip (`icd10cmCodesFile.pdf`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.icd.codes import CM, PCS, SHEET, canaries, is_code, system_of
from charthouse.engines.codesets.readers.icd.lines import Once, Text, lines_in
from charthouse.engines.codesets.readers.icd.years import CodesOfDay, release_of

_LINE = re.compile(rb"(?=.{7} [^ ])([0-9A-Z]{3,7}) +[^ ]*[A-Za-z]{2}")
_SPLIT = re.compile(rb"([^ \t]+)[ \t]+(.*\S)")
_NAME = re.compile(r"icd-?10-?(?:cm|pcs)[-_ ]?codes(?!.*addend).*\.txt$")
_ENOUGH = 20  # lines that make a file known by its content alone


def _recognise(head: Head) -> Recognised | None:
    lines = head.data.removeprefix(b"\xef\xbb\xbf").splitlines()[:400]
    codes = [match[1].decode("ascii") for match in map(_LINE.match, lines) if match]
    is_named = bool(_NAME.search(head.name.lower()))
    if not is_named and not (len(codes) >= _ENOUGH and len(codes) >= len(lines) - 1 and _are_icd(codes)):
        return None
    return release_of(system_of([(code, True) for code in codes], head.name), head.name)


def _are_icd(codes: Sequence[str]) -> bool:
    """Whether codes can be of no other code set: seven characters, or several lengths with letters first."""
    if all(map(PCS.fullmatch, codes)):
        return True
    return len({len(code) for code in codes}) > 1 and all(map(CM.fullmatch, codes))


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    valid, once, text = CodesOfDay(what), Once(faults), Text(faults)
    for number, line in lines_in(sources[0], faults):
        parts = _SPLIT.fullmatch(line)
        if not parts:
            shown = line.decode("latin-1")
            faults.add("line", "A code without a title.", line=number, column=len(line), value=shown)
            continue
        code = parts[1].decode("latin-1")
        if not is_code(what.table, code, is_billable=True):
            faults.add("code", "Not a code of this system.", line=number, column="code", value=code)
        elif once.is_first(code, code, number, "code"):
            valid.check(code, number, faults)
            yield "code", (code, 1, "", text.of(parts[2], number, "title"))


READER = Reader("icd-10 codes file", (SHEET,), _recognise, _read, canaries)
