"""How well a leaf answers a query: which of the query's words it says, and how little else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from charthouse.engines.encoder.index import Index
from charthouse.engines.encoder.surfaces import Kind

_CONTEXT_CREDIT = 0.45
_LEAST, _BRIEF = 0.72, 0.28  # a surface that says nothing else but what was asked gets the whole
_MOST_SURFACES = 400
_LEAST_SHARE = 0.3
_KIND_COST = np.zeros(len(Kind), np.float32)
_KIND_COST[[Kind.TERM, Kind.HEADER, Kind.REFERENCE, Kind.OLDER]] = (0.02, 0.02, 0.025, 0.04)
_KIND_COST[[Kind.PHRASE, Kind.NAME]] = (0.01, 0.015)


@dataclass(frozen=True, slots=True)
class Concept:
    """One word of a query with every stem (by number) that may stand for it and how far each is trusted (0 to 1)."""

    word: str
    stems: Mapping[int, float]
    weight: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A leaf with its score, the surface that answers best, and how much of the query it says (0 to 1)."""

    leaf: int
    score: float
    surface: int
    coverage: float


def rank(index: Index, concepts: Sequence[Concept], limit: int = 60) -> list[Ranked]:
    """Leaves for the concepts, best first."""
    if not concepts:
        return []
    surfaces, scores, cover = _scores(index, concepts)
    if len(surfaces) > _MOST_SURFACES:
        best = np.argpartition(scores, -_MOST_SURFACES)[-_MOST_SURFACES:]
        surfaces, scores, cover = surfaces[best], scores[best], cover[best]
    leaves = index.surface_leaves[surfaces]
    found: dict[int, int] = {}
    for place in np.lexsort((leaves, -scores)).tolist():
        found.setdefault(int(leaves[place]), place)
        if len(found) == limit:
            break
    return [
        Ranked(leaf, float(scores[place]), int(surfaces[place]), float(cover[place])) for leaf, place in found.items()
    ]


def matched(index: Index, surface: int, concepts: Sequence[Concept]) -> frozenset[str]:
    """The stems of a surface that the concepts ask for."""
    asked = {stem for concept in concepts for stem in concept.stems}
    return frozenset(index.stems[stem] for stem in index.words_of_surface(surface) if stem in asked)


def _scores(
    index: Index, concepts: Sequence[Concept]
) -> tuple[NDArray[np.intp], NDArray[np.float32], NDArray[np.float32]]:
    """Every surface that says a word of the query, its score, and how much of the query it covers (0 to 1)."""
    size = len(index.surface_leaves)
    said, covered, used = np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, np.float32)
    trust, around = np.zeros(size, np.float32), np.zeros(len(index.leaf_nodes), np.float32)
    counted: set[int] = set()
    for concept in concepts:
        # A surface that says two stems of a concept stands in `saying` twice and is still added to once: numpy adds
        # to the values that were there before.
        saying = _saying(index, concept, trust)
        said[saying] += concept.weight * trust[saying]
        covered[saying] += concept.weight
        around[_joined([index.near(stem) for stem in concept.stems])] += concept.weight
        for stem in concept.stems.keys() - counted:
            np.add.at(used, index.said_by(stem), index.rarity[stem])
            counted.add(stem)
    # What covers much less than the best does cannot make up for it.
    surfaces = np.flatnonzero(covered > _LEAST_SHARE * covered.max())
    leaves = index.surface_leaves[surfaces]
    asked = sum(concept.weight for concept in concepts)
    cover = (said[surfaces] + _CONTEXT_CREDIT * (around[leaves] - covered[surfaces])) / asked
    brief = np.minimum(1.0, used[surfaces] / index.surface_lengths[surfaces])
    cost = _KIND_COST[index.surface_kinds[surfaces]] + index.leaf_prior[leaves]
    return surfaces, (cover * (_LEAST + _BRIEF * brief) - cost).astype(np.float32), cover.astype(np.float32)


def _saying(index: Index, concept: Concept, trust: NDArray[np.float32]) -> NDArray[np.intp]:
    """The surfaces that say a concept, each as often as it does; how far each is to be trusted goes into `trust`."""
    stems = sorted(concept.stems.items(), key=lambda item: item[1])  # the most trusted stem of a surface counts
    places = [index.said_by(stem) for stem, _ in stems]
    for surfaces, (_, worth) in zip(places, stems, strict=True):
        trust[surfaces] = worth
    return _joined(places)


def _joined(parts: list[NDArray[np.intp]]) -> NDArray[np.intp]:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
