"""NPPES provider file (npidata_pfile, 330 columns, 11 GB): streamed; a few columns of the providers that are wanted.

`nppes_reader` builds a reader for some states (of practice), taxonomy prefixes or single NPIs. Deactivated providers
are left out, but for those named by NPI. `taxonomies` holds codes with blanks between, the primary one first; `name`
is the organization's or the last name; `deactivated` is a day yyyymmdd, 0 for none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import no_canaries
from charthouse.engines.codesets.readers.payment.headings import places, plain
from charthouse.engines.codesets.readers.payment.npi import is_npi
from charthouse.engines.codesets.readers.payment.records import cells_of, first_records, lines_in
from charthouse.engines.codesets.shelf import Sheet, Table, Value

_PROVIDER = Sheet(
    "provider",
    (
        "npi TEXT", "entity INTEGER", "name TEXT", "first_name TEXT", "taxonomies TEXT", "state TEXT", "zip TEXT",
        "deactivated INTEGER",
    ),
    ("npi",),
)  # fmt: skip
_SLOTS = range(1, 16)
_COLUMNS = {
    "NPI": "npi", "Entity Type Code": "entity type code",
    "Organization Name": r"provider organization name \(legal business name\)",
    "Last Name": r"provider last name \(legal name\)", "First Name": "provider first name",
    "State": "provider business practice location address state name",
    "Postal Code": "provider business practice location address postal code",
    "NPI Deactivation Date": "npi deactivation date", "NPI Reactivation Date": "npi reactivation date",
    **{f"Taxonomy Code_{slot}": f"healthcare provider taxonomy code_{slot}" for slot in _SLOTS},
    **{f"Primary Taxonomy Switch_{slot}": f"healthcare provider primary taxonomy switch_{slot}" for slot in _SLOTS},
}  # fmt: skip
_SPAN = re.compile(r"npidata_pfile_(20[0-9]{6})-(20[0-9]{6})", re.ASCII)
_SINCE = date(2005, 5, 23)  # the first day of every full file
_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([12][0-9]{3})", re.ASCII)
_FIRST_NPI, _NPIS = 10**9, 2 * 10**9
_SWITCHES = tuple((f"Taxonomy Code_{slot}", f"Primary Taxonomy Switch_{slot}") for slot in _SLOTS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which providers to keep. States and taxonomy prefixes must both hold; NPIs are kept beside them."""

    states: frozenset[str] = frozenset()
    taxonomies: tuple[str, ...] = ()
    npis: frozenset[str] = frozenset()

    def may_keep(self, npi: str, state: str, deactivated: int) -> bool:
        """Whether a provider may be wanted, before the taxonomies are looked at."""
        if npi in self.npis:
            return True
        is_only_named = self.npis and not self.states and not self.taxonomies
        return not deactivated and not is_only_named and (not self.states or state in self.states)

    def keeps(self, npi: str, taxonomies: Sequence[str]) -> bool:
        """Whether a provider who may be wanted is."""
        return not self.taxonomies or npi in self.npis or any(one.startswith(self.taxonomies) for one in taxonomies)

    def __str__(self) -> str:
        told = [*sorted(self.states), *(f"{one}*" for one in self.taxonomies)]
        return ", ".join([*told, *([f"{len(self.npis)} NPIs"] if self.npis else [])])


def nppes_reader(states: Iterable[str] = (), taxonomies: Iterable[str] = (), npis: Iterable[str] = ()) -> Reader:
    """A reader that keeps these providers only; without any choice, everyone who is active."""
    wanted = Wanted(
        frozenset(state.strip().upper() for state in states),
        tuple(sorted({one.strip().upper() for one in taxonomies})),
        frozenset(one.strip() for one in npis),
    )

    def recognise(head: Head) -> Recognised | None:
        return _recognise(head, wanted)

    def read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
        return _read(sources[0], wanted, faults)

    return Reader("nppes provider file", (_PROVIDER,), recognise, read, no_canaries)


def _recognise(head: Head, wanted: Wanted) -> Recognised | None:
    names = {plain(cell) for record in first_records(head)[:1] for cell in record}
    if "fileheader" in head.name.lower() or not {"npi", "entity type code", "npi deactivation date"} <= names:
        return None
    span = _span(head.name)
    label = f"{span[1] if span else 'NPPES'} {f'({wanted})' if str(wanted) else ''}".strip()
    return Recognised(Table.NPPES, label, span[1] if span else None, None)


def _span(name: str) -> tuple[date, date] | None:
    found = _SPAN.search(name.lower())
    try:
        days = [date(int(one[:4]), int(one[4:6]), int(one[6:])) for one in found.groups()] if found else []
    except ValueError:
        return None
    return (days[0], days[1]) if days else None


def _read(source: Source, wanted: Wanted, faults: Faults) -> Iterator[Row]:
    span = _span(source.name)
    if span and span[0] != _SINCE:
        mend = "Load the full monthly file (npidata_pfile_20050523-...)."
        faults.add("weekly", "This holds the changes of one week, not all providers.", column="name", mend=mend)
        faults.settle()
    where: dict[str, int] = {}
    width, seen = 0, bytearray(_NPIS // 80)
    for line, text in lines_in(source, faults):
        cells = _split(text, width)
        if cells is None or (where and len(cells) != width) or not text.endswith("\n"):
            count = f"{len(cells)} columns" if cells else "quotes where none may be"
            message = f"{count}, or no line end; {width} columns are needed."
            faults.add("columns", message, line=line, value=text[:12])
        elif not where:
            width, where = len(cells), places(cells, _COLUMNS, line, faults)
        else:
            row = _provider(cells, where, wanted, line, faults)
            if row and _is_new(int(str(row[0])), seen, line, faults):
                yield "provider", row


def _split(text: str, width: int) -> list[str] | None:
    """The cells of one line. All are quoted in the official file, which makes it quick."""
    text = text.rstrip("\r\n")
    if width and text.count('","') == width - 1 and text[:1] == text[-1:] == '"' and '"""' not in text:
        return [cell.replace('""', '"') if '"' in cell else cell for cell in text[1:-1].split('","')]
    return cells_of(text)


def _provider(
    cells: Sequence[str], where: Mapping[str, int], wanted: Wanted, line: int, faults: Faults
) -> tuple[Value, ...] | None:
    npi, state = cells[where["NPI"]], cells[where["State"]].strip().upper()
    if not is_npi(npi):
        faults.add("npi", "Not an NPI: the check digit is wrong.", line=line, column="NPI", value=npi)
        return None
    ended = _day(cells[where["NPI Deactivation Date"]], line, faults)
    deactivated = ended if ended > _day(cells[where["NPI Reactivation Date"]], line, faults) else 0
    if not wanted.may_keep(npi, state, deactivated):
        return None
    taxonomies = _taxonomies(cells, where)
    if not wanted.keeps(npi, taxonomies):
        return None
    entity = cells[where["Entity Type Code"]]
    if entity not in ({"1", "2", ""} if deactivated else {"1", "2"}):
        faults.add("entity", "Neither 1 nor 2.", line=line, column="Entity Type Code", value=entity)
        return None
    names = (
        (cells[where["Organization Name"]] or cells[where["Last Name"]]).strip(),
        cells[where["First Name"]].strip(),
    )
    return npi, int(entity or 0), *names, " ".join(taxonomies), state, cells[where["Postal Code"]], deactivated


def _taxonomies(cells: Sequence[str], where: Mapping[str, int]) -> list[str]:
    """The taxonomy codes, the primary one first."""
    told = [(code, cells[where[switch]]) for slot, switch in _SWITCHES if (code := cells[where[slot]])]
    return [code for code, switch in told if switch == "Y"] + [code for code, switch in told if switch != "Y"]


def _day(text: str, line: int, faults: Faults) -> int:
    """A day written mm/dd/yyyy as yyyymmdd; 0 for blank."""
    if not text:
        return 0
    found = _DAY.fullmatch(text)
    try:
        day = date(int(found[3]), int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        faults.add("day", "Not a day written mm/dd/yyyy.", line=line, column="NPI Deactivation Date", value=text)
        return 0
    return day.year * 10_000 + day.month * 100 + day.day


def _is_new(npi: int, seen: bytearray, line: int, faults: Faults) -> bool:
    """Whether an NPI was not kept before. One bit for each, for millions of them take little room."""
    at, bit = divmod((npi - _FIRST_NPI) // 10, 8)
    if seen[at] & (1 << bit):
        faults.add("duplicate", "The NPI stands on two lines.", line=line, column="NPI", value=str(npi))
        return False
    seen[at] |= 1 << bit
    return True


READER = nppes_reader()
