"""How well a leaf answers a query: which of the query's words it says, and how little else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from charthouse.engines.encoder.index import Index, Leaf

_CONTEXT_CREDIT = 0.45
_FEW = 60
_ENOUGH = 12
_MANY = 1500
_CHAPTER_PRIOR = {"O": 0.05, "P": 0.05, "Q": 0.02, "Z": 0.03, "Y": 0.05, "T": 0.02}


@dataclass(frozen=True, slots=True)
class Concept:
    """One word of a query with every stem that may stand for it and how far each is trusted (0 to 1)."""

    word: str
    stems: Mapping[str, float]
    weight: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A leaf with its score and the stems that matched."""

    place: int
    score: float
    matched: frozenset[str]
    coverage: float


def rank(index: Index, concepts: Sequence[Concept]) -> list[Ranked]:
    """Leaves for the concepts, best first."""
    if not concepts:
        return []
    places, hits = _candidates(index, concepts)
    asked = sum(concept.weight for concept in concepts)
    spoken = _by_stem(concepts)
    found = []
    for place in places:
        reached = frozenset(i for i, hit in enumerate(hits) if place in hit)
        found.append(_score(index, place, concepts, spoken, reached, asked))
    found.sort(key=lambda ranked: (-ranked.score, ranked.place))
    return found


def _candidates(index: Index, concepts: Sequence[Concept]) -> tuple[list[int], list[dict[int, float]]]:
    """The leaves worth a closer look, and for each concept how strongly which leaf matches it."""
    total: dict[int, float] = {}
    hits: list[dict[int, float]] = [{} for _ in concepts]
    for i in sorted(range(len(concepts)), key=lambda i: -concepts[i].weight):
        is_narrow = len(total) >= _ENOUGH and any(word in index.dense for word in concepts[i].stems)
        if is_narrow and len(total) > _MANY:
            least = max(total.values()) / 2
            total = {doc: value for doc, value in total.items() if value >= least}
        hit = hits[i] = _among(index, concepts[i], total) if is_narrow else _hit(index, concepts[i])
        both = [(doc, total[doc] + hit[doc]) for doc in total.keys() & hit.keys()]
        total |= hit
        total.update(both)
    return _best(total), hits


def _best(total: Mapping[int, float]) -> list[int]:
    """The leaves with the highest totals."""
    if len(total) <= _FEW:
        return list(total)
    least = sorted(total.values())[-_FEW]
    return nlargest(_FEW, [doc for doc, value in total.items() if value >= least], key=total.__getitem__)


def _among(index: Index, concept: Concept, total: Mapping[int, float]) -> dict[int, float]:
    """The same for a common word, but only among leaves that rarer words have found."""
    found: dict[int, float] = {}
    for word, trust in concept.stems.items():
        factor = trust * concept.weight
        row = index.dense.get(word)
        if row is not None:
            hit = {doc: row[doc] * factor for doc in total if row[doc]}
        else:
            docs, impacts = index.postings[word]
            hit = {doc: impact * factor for doc, impact in zip(docs, impacts, strict=True) if doc in total}
        for doc, value in hit.items():
            if value > found.get(doc, 0.0):
                found[doc] = value
    return found


def _hit(index: Index, concept: Concept) -> dict[int, float]:
    """How strongly each leaf says one concept; the strongest of its stems counts."""
    best: dict[int, float] = {}
    for word, trust in sorted(concept.stems.items(), key=lambda item: item[1]):
        docs, impacts = index.postings[word]
        found = dict(zip(docs, map((trust * concept.weight).__mul__, impacts), strict=True))
        if best:
            for doc in best.keys() & found.keys():
                found[doc] = max(found[doc], best[doc])
            best.update(found)
        else:
            best = found
    return best


def _by_stem(concepts: Sequence[Concept]) -> dict[str, list[tuple[int, float]]]:
    """Which concepts a stem speaks for, and how far it is trusted to."""
    found: dict[str, list[tuple[int, float]]] = {}
    for i, concept in enumerate(concepts):
        for word, trust in concept.stems.items():
            found.setdefault(word, []).append((i, trust))
    return found


def _score(
    index: Index,
    place: int,
    concepts: Sequence[Concept],
    spoken: Mapping[str, list[tuple[int, float]]],
    reached: frozenset[int],
    asked: float,
) -> Ranked:
    """The best of a leaf's surfaces: how much of the query it says, and how much of it the query says."""
    leaf = index.leaves[place]
    around = sum(concepts[i].weight for i in reached)
    best, best_words, best_cover = -1.0, frozenset[str](), 0.0
    for number, surface in enumerate(leaf.surfaces):
        if number and spoken.keys().isdisjoint(surface):
            continue  # it says no more than the title, which counts more
        trusts: dict[int, float] = {}
        used = 0.0
        words = [word for word in surface if word in spoken]
        for word in words:
            used += index.rarity[word]
            for i, trust in spoken[word]:
                if trust > trusts.get(i, 0.0):
                    trusts[i] = trust
        said = covered = 0.0
        for i, trust in trusts.items():
            weight = concepts[i].weight
            said += weight * trust
            covered += weight
        cover = (said + _CONTEXT_CREDIT * (around - covered)) / asked
        score = cover * (0.72 + 0.28 * min(1.0, used / leaf.lengths[number])) - (0.02 if number else 0.0)
        if score > best:
            best, best_words, best_cover = score, frozenset(words), cover
    return Ranked(place, best - _prior(index, leaf), best_words, best_cover)


def _prior(index: Index, leaf: Leaf) -> float:
    """A little against the chapters that are asked for by their own words (births, causes, status) and long codes."""
    code = index.code_of(leaf)
    return _CHAPTER_PRIOR.get(code[0], 0.0) + 0.002 * len(code)
