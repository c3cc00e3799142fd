"""The inverted index over the leaves of an edition: arrays that are built once, kept in a file and mapped from it."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from charthouse.engines.codesets import Node, NodeKind
from charthouse.engines.codesets.edition import Edition
from charthouse.engines.encoder.store import Arrays, NotUsable, lines_of, packed, read_arrays, text_array, write_arrays
from charthouse.engines.encoder.surfaces import NAMES, Surfaces
from charthouse.engines.encoder.tables import DATA
from charthouse.engines.encoder.vocabulary import Vocabulary, deletion_table
from charthouse.engines.encoder.words import meant_words, stem, stem_of

_FORMAT = "3"
_SIDES = frozenset(map(stem, ["right", "left", "bilateral", "unspecified"]))
_SIDED = frozenset(map(stem, ["eye", "ear", "side"]))
_VAGUE = frozenset(map(stem, ["unspecified"]))
_SLIGHT = 0.05
_VAGUE_RARITY = 0.3
_OPTIONAL = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|(?:, | of )unspecified \w+")


class Index:
    """What ranking reads. Leaves, surfaces (ways to say a leaf) and stems are numbered; arrays are read-only."""

    def __init__(self, edition: Edition, arrays: Arrays) -> None:
        self._edition = edition
        self.stems = lines_of(arrays["stems"])
        self.stem_at = {one: place for place, one in enumerate(self.stems)}
        self.rarity: NDArray[np.float32] = arrays["rarity"]
        self.leaf_nodes: NDArray[np.int32] = arrays["leaf_nodes"]
        self.leaf_groups: NDArray[np.int32] = arrays["leaf_groups"]
        self.leaf_prior: NDArray[np.float32] = arrays["leaf_prior"]
        self.surface_leaves: NDArray[np.int32] = arrays["surface_leaves"]
        self.surface_kinds: NDArray[np.uint8] = arrays["surface_kinds"]
        self.surface_lengths: NDArray[np.float32] = arrays["surface_lengths"]
        self._tokens, self._token_starts = arrays["tokens"], arrays["token_starts"]
        self._postings, self._posting_starts = arrays["postings"], arrays["posting_starts"]
        self._near, self._near_starts = arrays["near"], arrays["near_starts"]
        self.vocabulary = Vocabulary(lines_of(arrays["forms"]), arrays["frequency"], arrays["hashes"], arrays["words"])
        self._by_group: dict[int, list[int]] = {}

    def said_by(self, stem_place: int) -> NDArray[np.intp]:
        """The surfaces that say a stem."""
        found: NDArray[np.intp] = self._postings[
            self._posting_starts[stem_place] : self._posting_starts[stem_place + 1]
        ]
        return found

    def near(self, stem_place: int) -> NDArray[np.intp]:
        """The leaves that say a stem, and those below one: in a section, a category, or a 7th character."""
        found: NDArray[np.intp] = self._near[self._near_starts[stem_place] : self._near_starts[stem_place + 1]]
        return found

    def words_of_surface(self, surface: int) -> list[int]:
        """The stems of a surface."""
        found: list[int] = self._tokens[self._token_starts[surface] : self._token_starts[surface + 1]].tolist()
        return found

    def code_of(self, leaf: int) -> str:
        """The dotless code of a leaf."""
        return self._edition.nodes[int(self.leaf_nodes[leaf])].name

    def title_of(self, leaf: int) -> str:
        """The title of a leaf."""
        return self._edition.nodes[int(self.leaf_nodes[leaf])].title

    def group_of(self, leaf: int) -> list[str]:
        """Codes that differ from a leaf by side alone, itself among them."""
        group = int(self.leaf_groups[leaf])
        if group not in self._by_group:
            self._by_group[group] = np.flatnonzero(self.leaf_groups == group).tolist()
        return [self.code_of(one) for one in self._by_group[group]]


def open_index(
    edition: Edition,
    cache: Path | None = None,
    without: frozenset[tuple[str, str]] = frozenset(),
    phrases: Iterable[tuple[str, str]] = (),
) -> Index:
    """The index of an edition: mapped from `cache` (a folder) where a fitting file lies there, else built and kept."""
    given = list(phrases)
    if cache is None or without:
        return Index(edition, build(edition, without, given))
    fingerprint = _fingerprint(edition, given)
    path = cache / f"icd-10-cm-{fingerprint[:16]}.index"
    try:
        return Index(edition, read_arrays(path, fingerprint))
    except NotUsable:
        write_arrays(path, fingerprint, build(edition, without, given))
        return Index(edition, read_arrays(path, fingerprint))


def build(edition: Edition, without: frozenset[tuple[str, str]], phrases: Iterable[tuple[str, str]]) -> Arrays:
    """Make the arrays; a second or three."""
    return _Builder(edition, Surfaces(edition, without, phrases)).arrays()


class _Builder:
    def __init__(self, edition: Edition, surfaces: Surfaces) -> None:
        self._edition, self._surfaces = edition, surfaces
        self._forms: dict[str, int] = defaultdict(int)
        self._stems: dict[str, int] = {}
        self._known: dict[str, tuple[tuple[int, ...], frozenset[int]]] = {}
        self._above: dict[int, frozenset[int]] = {}
        self.leaves: list[int] = []
        self.groups: list[int] = []
        self.surface_leaves: list[int] = []
        self.kinds: list[int] = []
        self.tokens: list[list[int]] = []
        self.optional: list[frozenset[int]] = []
        self.around: dict[int, list[int]] = defaultdict(list)
        numbers: dict[tuple[int, frozenset[int]], int] = {}
        for index, node in enumerate(edition.nodes):
            if node.kind is NodeKind.CODE and edition.is_leaf(index):
                self._add_leaf(index, numbers)

    def arrays(self) -> Arrays:
        """Everything the index needs."""
        stems, forms = list(self._stems), sorted(self._forms)
        postings: list[list[int]] = [[] for _ in stems]
        for surface, words in enumerate(self.tokens):
            for word in words:
                postings[word].append(surface)
        near = self._leaves_near(postings)
        rarity = self._rarity(near)
        lengths = [
            sum(float(rarity[word]) * (_SLIGHT if word in optional else 1.0) for word in words) or 1.0
            for words, optional in zip(self.tokens, self.optional, strict=True)
        ]
        said, said_at = packed(postings)
        near_by, near_at = packed(near)
        tokens, token_at = packed(self.tokens)
        hashes, words_at = deletion_table(forms)
        return {
            "stems": text_array(stems),
            "rarity": rarity,
            "leaf_nodes": np.array(self.leaves, np.int32),
            "leaf_groups": np.array(self.groups, np.int32),
            "leaf_prior": np.array([prior(self._edition.nodes[leaf]) for leaf in self.leaves], np.float32),
            "surface_leaves": np.array(self.surface_leaves, np.int32),
            "surface_kinds": np.array(self.kinds, np.uint8),
            "surface_lengths": np.array(lengths, np.float32),
            "tokens": tokens,
            "token_starts": token_at,
            "postings": said.astype(np.intp),
            "posting_starts": said_at,
            "near": near_by.astype(np.intp),  # what arrays are indexed with is kept as numpy wants it: twice as quick
            "near_starts": near_at,
            "forms": text_array(forms),
            "frequency": np.array([self._forms[form] for form in forms], np.int32),
            "hashes": hashes,
            "words": words_at,
        }

    def _leaves_near(self, postings: list[list[int]]) -> list[list[int]]:
        """For each stem the leaves that say it or stand under it."""
        leaves = np.array(self.surface_leaves, np.int32)
        return [sorted({*leaves[said].tolist(), *self.around.get(place, ())}) for place, said in enumerate(postings)]

    def _rarity(self, near: list[list[int]]) -> NDArray[np.float32]:
        """How telling each stem is: by how few leaves say it or stand under it."""
        counts = [max(1, len(leaves)) for leaves in near]
        rarity = np.log(1 + len(self.leaves) / np.array(counts, np.float64)).astype(np.float32)
        for word in _VAGUE:
            if word in self._stems:
                rarity[self._stems[word]] = _VAGUE_RARITY
        return rarity

    def _add_leaf(self, index: int, numbers: dict[tuple[int, frozenset[int]], int]) -> None:
        node, leaf = self._edition.nodes[index], len(self.leaves)
        self.leaves.append(index)
        own: set[int] = set()
        for kind, text in self._surfaces.of_leaf(index):
            words, optional = self._stemmed(text)
            if words and (kind == 0 or not own.issuperset(words) or len(words) < 4):
                self.surface_leaves.append(leaf)
                self.kinds.append(int(kind))
                self.tokens.append(list(words))
                self.optional.append(optional)
                own.update(words)
        title = frozenset(self._stemmed(node.title)[0])
        sides = {self._stems[word] for word in _SIDES if word in self._stems}
        sided = {self._stems[word] for word in _SIDED if word in self._stems}
        plain = title - sides - sided if title & sides else title
        self.groups.append(numbers.setdefault((node.parent, plain), len(numbers)))
        for word in self._shared(node.parent, index):
            self.around[word].append(leaf)

    def _shared(self, parent: int, index: int) -> frozenset[int]:
        """What a leaf's siblings share: words of the levels above and of the 7th characters."""
        if parent not in self._above:
            texts = [meaning for _, meaning in self._edition.seventh_characters(index)]
            for above in self._edition.ancestors(index):
                # Chapter titles name half the book and tell nothing apart.
                if self._edition.nodes[above].kind is not NodeKind.CHAPTER:
                    texts += [self._edition.nodes[above].title, *self._surfaces.own_terms(above)]
            self._above[parent] = frozenset(word for text in texts for word in self._stemmed(text)[0])
        return self._above[parent]

    def _stemmed(self, text: str) -> tuple[tuple[int, ...], frozenset[int]]:
        """The stems of a text in order, once each, and those that stand in it only optionally."""
        known = self._known.get(text)
        if known is None:
            words = meant_words(text)
            for word in words:
                self._forms[word.lstrip("~")] += 1
            found = tuple(dict.fromkeys(self._number(stem_of(word)) for word in words))
            bare = _OPTIONAL.sub(" ", text)
            kept = {self._number(stem_of(word)) for word in meant_words(bare)} if bare != text else set(found)
            hardly = {self._stems[word] for word in _VAGUE if word in self._stems}
            hardly |= {self._stems[stem_of(word)] for word in words if word[0] == "~"}
            known = self._known[text] = (found, frozenset(found).difference(kept) | (hardly & set(found)))
        return known

    def _number(self, word: str) -> int:
        return self._stems.setdefault(word, len(self._stems))


_CHAPTER_PRIOR = {"O": 0.05, "P": 0.05, "Q": 0.02, "Z": 0.03, "V": 0.06, "W": 0.06, "X": 0.06, "Y": 0.06, "T": 0.02}


_REST = 0.004


def prior(node: Node) -> float:
    """A little against chapters asked for by their own words (births, causes, status), long codes, and the rest."""
    rest = _REST if node.title.startswith("Other ") else 0.0
    return _CHAPTER_PRIOR.get(node.name[0], 0.0) + 0.002 * len(node.name) + rest


def _fingerprint(edition: Edition, phrases: Iterable[tuple[str, str]]) -> str:
    """What the arrays depend on: the list, the phrases, this code's own format and its word rules."""
    digest = hashlib.sha256(f"{_FORMAT} {np.__version__}".encode())
    here = Path(__file__).parent
    sources = (here / name for name in ("index.py", "surfaces.py", "words.py", "vocabulary.py"))
    for source in (*sources, DATA / NAMES):
        digest.update(source.read_bytes())
    for node in edition.nodes:
        digest.update(f"{node.name}\x1f{node.title}\x1f{node.inclusion_terms}\x1f{node.seventh}\x1e".encode())
    for phrase, code in phrases:
        digest.update(f"{phrase}\x1f{code}\x1e".encode())
    return digest.hexdigest()
