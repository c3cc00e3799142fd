"""The inverted index over the leaves of the tabular list: titles, inclusion terms and what stands above them."""

from __future__ import annotations

import math
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from charthouse.engines.codesets import CodeBook, NodeKind, NoteKind
from charthouse.engines.encoder.vocabulary import Vocabulary
from charthouse.engines.encoder.words import content_words, stem

_SIDES = frozenset(map(stem, ["right", "left", "bilateral", "unspecified"]))
_SIDED = frozenset(map(stem, ["eye", "ear", "side"]))
_VAGUE = frozenset(map(stem, ["unspecified"]))
_OWN, _TERM, _ABOVE = 12, 10, 3
_COMMON = 1000
_SLIGHT = 0.05
_OPTIONAL = re.compile(r"\([^()]*\)|(?:, | of )unspecified \w+")
_DEFAULT_WORDS = ("unspecified", "without complication")


@dataclass(slots=True)
class Leaf:
    """One searchable code.

    `surfaces` are the ways the tabular list says it, as stems, the title first; `lengths` the rarity they add up to.
    Leaves of one `group` differ by side alone.
    """

    node: int
    surfaces: tuple[tuple[str, ...], ...]
    lengths: tuple[float, ...]
    group: tuple[int, tuple[str, ...]]


class Index:
    """Leaves, their words, and how rare each word is."""

    def __init__(self, book: CodeBook, without_terms: frozenset[tuple[str, str]] = frozenset()) -> None:
        self._edition = book.edition()
        self._without = without_terms
        self._forms: dict[str, int] = defaultdict(int)
        self._stems: dict[str, tuple[str, ...]] = {}
        self._optional: dict[tuple[str, ...], frozenset[str]] = {}
        self.leaves: list[Leaf] = []
        self._impacts: dict[str, dict[int, int]] = defaultdict(dict)
        self._above: dict[int, dict[str, int]] = {}
        borrowed = self._borrowed_surfaces()
        for index, node in enumerate(self._edition.nodes):
            if node.kind is NodeKind.CODE and self._edition.is_leaf(index):
                self._add_leaf(index, borrowed.get(index, []))
        self.postings = {word: (array("I", found), bytes(found.values())) for word, found in self._impacts.items()}
        count = len(self.leaves)
        self.dense = {word: self._as_row(found) for word, found in self._impacts.items() if len(found) > _COMMON}
        self.rarity = {word: math.log(1 + count / len(docs)) for word, (docs, _) in self.postings.items()}
        for word in _VAGUE:
            self.rarity[word] = 0.3
        for leaf in self.leaves:
            leaf.lengths = tuple(map(self._length, leaf.surfaces))
        del self._impacts, self._above, self._stems, self._optional
        self._groups: dict[tuple[int, tuple[str, ...]], list[str]] = defaultdict(list)
        for leaf in self.leaves:
            self._groups[leaf.group].append(self.code_of(leaf))
        self.vocabulary = Vocabulary(dict(self._forms))

    def _add_leaf(self, index: int, borrowed: Iterable[str]) -> None:
        node = self._edition.nodes[index]
        place = len(self.leaves)
        title = self._stemmed(node.title)
        terms = [self._stemmed(term) for term in self._own_terms(index)] + [self._stemmed(text) for text in borrowed]
        self._post(place, title, _OWN)
        for term in terms:
            self._post(place, term, _TERM)
        for word, impact in self._impacts_above(node.parent, index).items():
            self._impacts[word].setdefault(place, impact)
        is_sided = not _SIDES.isdisjoint(title)
        plain = tuple(word for word in title if not (is_sided and (word in _SIDES or word in _SIDED)))
        self.leaves.append(Leaf(index, (title, *terms), (), (node.parent, plain)))

    def _length(self, surface: tuple[str, ...]) -> float:
        """How much a surface says; words in parentheses and what is called unspecified (site, eye) hardly count."""
        optional = self._optional.get(surface, frozenset()) | _VAGUE
        return sum(self.rarity[word] * (_SLIGHT if word in optional else 1.0) for word in surface) or 1.0

    def _impacts_above(self, parent: int, index: int) -> dict[str, int]:
        """What a leaf's siblings share: words of the levels above and of the 7th characters."""
        if parent not in self._above:
            texts = [meaning for _, meaning in self._edition.seventh_characters(index)]
            for above in self._edition.ancestors(index):
                # Chapter titles name half the book and tell nothing apart.
                if self._edition.nodes[above].kind is not NodeKind.CHAPTER:
                    texts += [self._edition.nodes[above].title, *self._own_terms(above)]
            shared: dict[str, int] = {}
            for text in texts:
                words = self._stemmed(text)
                for word in words:
                    shared[word] = max(shared.get(word, 0), _impact(_ABOVE, words))
            self._above[parent] = shared
        return self._above[parent]

    def _as_row(self, found: dict[int, int]) -> bytes:
        """Impacts of one word with a byte for every leaf."""
        row = bytearray(len(self.leaves))
        for place, impact in found.items():
            row[place] = impact
        return bytes(row)

    def _post(self, place: int, words: tuple[str, ...], field: int) -> None:
        impact = _impact(field, words)
        for word in words:
            found = self._impacts[word]
            if found.get(place, 0) < impact:
                found[place] = impact

    def _stemmed(self, text: str) -> tuple[str, ...]:
        known = self._stems.get(text)
        if known is None:
            words = content_words(text)
            for word in words:
                self._forms[word] += 1
            known = self._stems[text] = tuple(dict.fromkeys(map(stem, words)))
            bare = _OPTIONAL.sub(" ", text)
            if bare != text:
                self._optional[known] = frozenset(known).difference(map(stem, content_words(bare)))
        return known

    def _own_terms(self, index: int) -> list[str]:
        """Inclusion terms and 'includes' notes that stand at a node itself."""
        node = self._edition.nodes[index]
        terms = [term for term in node.inclusion_terms if (node.name, term) not in self._without]
        if node.kind is NodeKind.CODE:
            terms += [line for kind, lines in node.notes if kind is NoteKind.INCLUDES for line in lines]
        return terms

    def _borrowed_surfaces(self) -> dict[int, list[str]]:
        """Titles and terms of header codes, lent to the leaf that stands for the header in general."""
        lent: dict[int, list[str]] = defaultdict(list)
        for index, node in enumerate(self._edition.nodes):
            if node.kind is NodeKind.CODE and not self._edition.is_leaf(index):
                default = self._default_leaf(index)
                if default is not None:
                    lent[default] += [node.title, *self._own_terms(index)]
        return lent

    def _default_leaf(self, index: int) -> int | None:
        """The leaf to offer for a header: through children named unspecified or without complication, else in 9."""
        while not self._edition.is_leaf(index):
            children = self._children(index)
            by_title = [c for c in children if any(w in self._edition.nodes[c].title.lower() for w in _DEFAULT_WORDS)]
            by_digit = [c for c in children if self._edition.nodes[c].name[-1] in "90"]
            choices = by_title or by_digit[-1:] or (children if len(children) == 1 else [])
            if not choices:
                return None
            index = min(choices, key=lambda child: len(self._edition.nodes[child].title))
        return index

    def _children(self, index: int) -> list[int]:
        found, place = [], index + 1
        while place < self._edition.nodes[index].end:
            found.append(place)
            place = self._edition.nodes[place].end
        return found

    def code_of(self, leaf: Leaf) -> str:
        """The dotless code of a leaf."""
        return self._edition.nodes[leaf.node].name

    def group_of(self, leaf: Leaf) -> list[str]:
        """Codes that differ from a leaf by side alone, itself among them."""
        return self._groups[leaf.group]

    def has_text(self, code: str) -> bool:
        """Whether the tabular list describes a code."""
        return self._edition.has_text(code)


def _impact(field: int, words: Sequence[str]) -> int:
    """How strongly a text speaks for each of its words: the field's worth, less for longer texts; 1 to 255."""
    return max(1, round(20 * field / (8 + len(words))))
