"""ICD-10-CM search: time, and how often and how high the right code stands, beside SQLite FTS5 in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean, median

from bench.figure import Figure, milliseconds, percentile, times
from bench.peer import Peer
from bench.queries import FOLDER, Query, load_sets, tested_terms
from charthouse.engines.codesets import CodeBook, load_code_book
from charthouse.engines.encoder import Encoder, Index

ON = date(2026, 4, 1)
DEPTH = 10
_PASSES = 3
BUDGET = 10.0

Search = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """How one search did on one set."""

    reciprocal_rank: float
    recall: float
    spent: list[float]

    def __str__(self) -> str:
        times = f"p50 {median(self.spent):.1f} p95 {percentile(self.spent, 0.95):.1f} ms"
        return f"MRR@10 {self.reciprocal_rank:.3f}  recall@10 {self.recall:.3f}  {times}"


def figures() -> Iterator[Figure]:
    """Time over all sets against the budget; then each set, with the peer's result after ours."""
    sets = load_sets()
    if "own" in sets:
        print(f"skipped: no queries in {FOLDER.name}/ (set CHARTHOUSE_SAMPLES); a short list of our own is used")
    started = time.perf_counter()
    book = load_code_book()
    loaded = time.perf_counter()
    index = Index(book)
    built = time.perf_counter()
    yield Figure("code book loaded, index built", f"{loaded - started:.2f} s, {built - loaded:.2f} s")
    scores = {name: _both(book, index, queries, is_held_out=name == "inclusion") for name, queries in sets.items()}
    every = [one for ours, _ in scores.values() for one in ours.spent]
    yield times("code search, all queries", every, BUDGET)
    for name, (ours, peer) in scores.items():
        yield Figure(f"  {name} (n={len(ours.spent)})", str(ours))
        yield Figure("    SQLite FTS5", f"{peer}  ours: {_ratio(ours, peer)}")


def _both(book: CodeBook, index: Index, queries: list[Query], *, is_held_out: bool) -> tuple[Score, Score]:
    """Our score and the peer's; where the queries are inclusion terms, neither index holds them."""
    without = tested_terms(queries) if is_held_out else frozenset()
    encoder = Encoder(book, Index(book, without) if without else index)
    peer = Peer(book, ON, without)

    def ours(text: str) -> list[str]:
        # A hit that leads to completions is no answer yet; one whose siblings differ by side counts as what it shows.
        return [hit.code.display for hit in encoder.search(text, ON, limit=DEPTH) if hit.is_billable]

    return measure(ours, queries, _PASSES), measure(lambda text: peer.search(text, DEPTH), queries, 1)


def measure(search: Search, queries: Sequence[Query], passes: int) -> Score:
    """Score a search; the time of a query is the median over passes through the whole set."""
    search("warm up")
    places = [query.place(search(query.text)) for query in queries]
    runs = [[milliseconds(search, query.text) for query in queries] for _ in range(passes)]
    spent = [median(one) for one in zip(*runs, strict=True)]
    reached = [place for place in places if place]
    return Score(mean(1 / place if place else 0.0 for place in places), len(reached) / len(places), spent)


def _ratio(ours: Score, peer: Score) -> str:
    better = ours.reciprocal_rank / peer.reciprocal_rank if peer.reciprocal_rank else float("inf")
    return f"MRR x{better:.2f}, p95 x{percentile(ours.spent, 0.95) / percentile(peer.spent, 0.95):.2f}"
