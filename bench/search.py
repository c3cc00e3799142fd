"""ICD-10-CM search: time, and how high the right code stands, beside LIKE, FTS5 and tantivy in the same run."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean, median

from bench.figure import Figure, milliseconds, percentile, times
from bench.peers import FullText, Like, Tantivy
from bench.queries import FOLDER, Query, load_sets, tested_terms
from charthouse.engines.codesets import CodeBook, load_code_book
from charthouse.engines.encoder import Encoder

ON = date(2026, 4, 1)
DEPTH = 10
_PASSES = 3
P50, P95 = 1.0, 5.0
LOAD_BUDGET, MEMORY_BUDGET = 0.5, 250
# MRR@10 and recall@10 that were promised for each set.
PROMISED = {
    "index": (0.65, 0.85),
    "inclusion": (0.50, 0.75),
    "abbrev": (0.75, 0.92),
    "lay": (0.70, 0.90),
    "misspell": (0.80, 0.95),
}

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
    """Time and memory against their budgets; then each set, with the peers' results after ours."""
    sets = load_sets()
    if "own" in sets:
        print(f"skipped: no queries in {FOLDER.name}/ (set CHARTHOUSE_SAMPLES); a short list of our own is used")
    with tempfile.TemporaryDirectory() as folder:
        yield from _start(Path(folder))
    book = load_code_book()
    encoder = Encoder(book)
    scores = {name: _ours(book, encoder, queries, name) for name, queries in sets.items()}
    every = [spent for ours in scores.values() for spent in ours.spent]
    yield times("code search, all queries", every, P95)
    yield Figure("  half of them within", f"{median(every):.2f} ms", f"<= {P50:g} ms", median(every) <= P50)
    for name, ours in scores.items():
        rank, recall = PROMISED.get(name, (0.0, 0.0))
        is_met = ours.reciprocal_rank >= rank and ours.recall >= recall
        yield Figure(f"  {name} (n={len(ours.spent)})", str(ours), f"{rank:.2f} / {recall:.2f}", is_met)
        for peer in (Like, FullText, Tantivy):
            without = tested_terms(sets[name]) if name == "inclusion" else frozenset()
            theirs = _peer(peer(book, ON, without), sets[name])
            yield Figure(f"    {peer.name}", f"{theirs}  ours: {_ratio(ours, theirs)}")


def _start(folder: Path) -> Iterator[Figure]:
    """What a fresh process needs to search: the index built once, then mapped, and the memory it has then."""
    script = (
        "import time, pathlib; from datetime import date; from charthouse.engines.codesets import load_code_book;"
        "from charthouse.engines.encoder import Encoder; book = load_code_book(); start = time.perf_counter();"
        f"encoder = Encoder(book, pathlib.Path({str(folder)!r})); encoder.warm(date(2026, 11, 23));"
        "spent = time.perf_counter() - start; encoder.search('copd exac', date(2026, 11, 23));"
        "now = next(line for line in open('/proc/self/status') if line.startswith('VmRSS')).split()[1];"
        "print(spent, int(now) / 1024)"
    )
    built, mapped = (
        [float(part) for part in subprocess.check_output([sys.executable, "-c", script], text=True).split()]
        for _ in range(2)
    )
    yield Figure("index built", f"{built[0]:.2f} s")
    yield Figure("index loaded", f"{mapped[0]:.2f} s", f"<= {LOAD_BUDGET:g} s", mapped[0] <= LOAD_BUDGET)
    yield Figure("memory of a process", f"{mapped[1]:.0f} MB", f"<= {MEMORY_BUDGET} MB", mapped[1] <= MEMORY_BUDGET)


def _ours(book: CodeBook, encoder: Encoder, queries: list[Query], name: str) -> Score:
    """Our score; where the queries are inclusion terms, the index does not hold them."""
    if name == "inclusion":
        encoder = Encoder(book, without_terms=tested_terms(queries))
    return measure(lambda text: encoder.best_codes(text, ON, DEPTH), queries, _PASSES)


def _peer(peer: FullText | Like | Tantivy, queries: list[Query]) -> Score:
    return measure(lambda text: peer.search(text, DEPTH), queries, 1)


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
