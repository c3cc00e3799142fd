"""HCPCS Level II and CPT on a day: loaded releases, and the HCPCS demo set on days without one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from charthouse.engines.codesets import release
from charthouse.engines.codesets.entries import HcpcsEntry, TableRow
from charthouse.engines.codesets.shelf import Release, ReleaseState, Shelf, Table
from charthouse.engines.codesets.validity import Validity, ValidityState, as_date
from charthouse.kit import Code, CodeSystem

HCPCS_NOT_LOADED = "HCPCS Level II is not loaded beyond the demo set"
CPT_NOT_LOADED = "cpt is not loaded"
_HCPCS_SHAPE = re.compile(r"[A-Z][0-9]{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CptEntry:
    """A CPT code as the licensee's own files have it. Descriptors are shown to seat holders only: callers see to it."""

    code: Code
    short: str
    medium: str
    long: str


class Procedures:
    """What may be billed for, by day. `demo` answers for HCPCS where no release stands on the shelf."""

    def __init__(self, demo: Mapping[str, HcpcsEntry], shelf: Shelf | None = None) -> None:
        self._demo, self._shelf = demo, shelf
        self._read: dict[str, Mapping[str, HcpcsEntry]] = {}

    def hcpcs_entries(self, on: date) -> Mapping[str, HcpcsEntry]:
        """HCPCS Level II codes by value."""
        release = self._release(Table.HCPCS, on)
        if release is None:
            return self._demo
        if release.uid not in self._read:
            self._read[release.uid] = self._hcpcs_in(release)
        return self._read[release.uid]

    def hcpcs(self, code: str, on: date | None = None) -> HcpcsEntry | None:
        """One code; of the newest release when no day is given."""
        return self.hcpcs_entries(on or self._newest_hcpcs()).get(code.strip().upper())

    def cpt(self, code: str, on: date) -> CptEntry | None:
        """One CPT code of the release of a day; None when that is not loaded or does not have it."""
        found = self._rows("SELECT code, short, medium, long FROM code WHERE code = ?", on, code.strip().upper())
        return next(iter(found.values()), None)

    def cpt_entries(self, on: date) -> Mapping[str, CptEntry]:
        """Every CPT code of the release of a day, read afresh: keep it no longer than a search takes."""
        return self._rows("SELECT code, short, medium, long FROM code ORDER BY code", on)

    def modifier(self, value: str, on: date) -> TableRow | None:
        """A modifier as the loaded HCPCS Level II release words it; None when that does not have it."""
        question = "SELECT coalesce(nullif(long, ''), short) FROM modifier WHERE modifier = ?"
        return self._text_of(Table.HCPCS, question, value, on)

    def cpt_modifier(self, value: str, on: date) -> TableRow | None:
        """A modifier in the AMA's words, for seat holders only; None when CPT is not loaded or does not have it."""
        return self._text_of(Table.CPT, "SELECT text FROM modifier WHERE modifier = ?", value, on)

    def validity(self, code: Code, on: date) -> Validity:
        """Whether a HCPCS or CPT code may be reported on a day."""
        return self._cpt_validity(code, on) if code.system is CodeSystem.CPT else self._hcpcs_validity(code.value, on)

    def _cpt_validity(self, code: Code, on: date) -> Validity:
        parts = self._shelf.on(Table.CPT, on) if self._shelf else []
        loaded = next((one for one in parts if one.rows.get("code")), None)  # modifiers alone say nothing of codes
        if loaded is None:
            return Validity(ValidityState.NO_DATA, "cpt: no release", text=CPT_NOT_LOADED)
        label = loaded.label if loaded.label.startswith("CPT") else f"CPT {loaded.label}"
        if self.cpt(code.value, on) is None:
            return Validity(ValidityState.UNKNOWN, label, text=f"no such code in {label}")
        return Validity(ValidityState.VALID, label, loaded.starts, loaded.ends)

    def _hcpcs_validity(self, value: str, on: date) -> Validity:
        loaded = self._release(Table.HCPCS, on)
        label = f"HCPCS Level II {loaded.label}" if loaded else release.HCPCS_DEMO
        entry = self.hcpcs_entries(on).get(value)
        if entry is None:
            return self._unknown_hcpcs(value, label, is_loaded=loaded is not None)
        state, text = ValidityState.VALID, ""
        if on < entry.valid_from:
            state, text = ValidityState.NOT_YET, f"valid only from {entry.valid_from}"
        elif entry.valid_to and on > entry.valid_to:
            state, text = ValidityState.EXPIRED, f"valid only until {entry.valid_to}"
        return Validity(state, label, entry.valid_from, entry.valid_to, text)

    def _unknown_hcpcs(self, value: str, label: str, *, is_loaded: bool) -> Validity:
        """Nobody can say where only the demo set answers; a loaded release knows every code there is."""
        if is_loaded:
            return Validity(ValidityState.UNKNOWN, label, text=f"no such code in {label}")
        if _HCPCS_SHAPE.fullmatch(value):
            return Validity(ValidityState.NO_DATA, label, text=HCPCS_NOT_LOADED)
        return Validity(ValidityState.UNKNOWN, label, text="not a HCPCS Level II code")

    def _release(self, table: Table, on: date) -> Release | None:
        found = self._shelf.on(table, on) if self._shelf else []
        return found[0] if found else None

    def _newest_hcpcs(self) -> date:
        loaded = self._shelf.releases(Table.HCPCS) if self._shelf else []
        starts = [one.starts for one in loaded if one.state is ReleaseState.IN_FORCE]
        return max(starts, default=release.TEXT_FROM)

    def _text_of(self, table: Table, question: str, value: str, on: date) -> TableRow | None:
        wanted = value.strip().upper()
        for volume in self._shelf.volumes_on(table, on) if self._shelf else ():
            row = volume.first(question, (wanted,))
            if row:
                return TableRow(wanted, str(row[0]), table.value)
        return None

    def _rows(self, question: str, on: date, *given: str) -> dict[str, CptEntry]:
        """Descriptors of each length from the part that has it; any part alone says which codes there are."""
        texts: dict[str, list[str]] = {}
        for volume in self._shelf.volumes_on(Table.CPT, on) if self._shelf else ():
            for code, *words in volume.rows(question, given):
                known = texts.setdefault(str(code), ["", "", ""])
                texts[str(code)] = [str(word or kept) for word, kept in zip(words, known, strict=True)]
        return {code: CptEntry(Code(CodeSystem.CPT, code), *words) for code, words in sorted(texts.items())}

    def _hcpcs_in(self, loaded: Release) -> dict[str, HcpcsEntry]:
        question = "SELECT code, long, short, added, terminated FROM code ORDER BY code"
        rows = self._shelf.volume(loaded).rows(question) if self._shelf else iter(())
        return {
            str(code): HcpcsEntry(
                Code(CodeSystem.HCPCS, str(code)),
                str(long or short),
                "",
                _day(added) or loaded.starts,
                _day(terminated),
                str(short or ""),
            )
            for code, long, short, added, terminated in rows
        }


def _day(number: object) -> date | None:
    return as_date(int(str(number))) if number else None
