"""Measures the encoder on sample queries: p50 and p95 in milliseconds, MRR@10 and recall@10 per set.

Run `python bench/bench_search.py [folder]`; the folder holds `queries_<set>.dev.jsonl` (or set CHARTHOUSE_SAMPLES to
the folder above it). A hit with completions of one billable step counts once, as the code it shows.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from statistics import mean, median

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from charthouse.engines.codesets import CodeBook, load_code_book
from charthouse.engines.encoder import Encoder, Index

ON = date(2026, 4, 1)
DEPTH = 10
DEFAULT = Path(os.environ.get("CHARTHOUSE_SAMPLES", Path(__file__).parents[2] / "shared" / "data")) / "search"


def main() -> None:
    """Print one line per set."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    files = sorted(folder.glob("queries_*.jsonl"))
    if not files:
        print(f"skipped: no queries_*.jsonl in {folder.name}; pass the folder or set CHARTHOUSE_SAMPLES")
        return
    started = time.perf_counter()
    book = load_code_book(None)
    loaded = time.perf_counter()
    encoder = Encoder(book)
    print(f"code book {loaded - started:.2f} s, encoder {time.perf_counter() - loaded:.2f} s")
    print(f"{'set':<12}{'queries':>8}{'MRR@10':>8}{'rec@10':>8}{'p50 ms':>8}{'p95 ms':>8}{'max ms':>8}")
    for file in files:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        name = file.name.split("_")[1].split(".")[0]
        measure(name, rows, _without_answers(book, rows) if name == "inclusion" else encoder)


def measure(name: str, rows: list[dict], encoder: Encoder) -> None:
    """Score one set of queries."""
    encoder.search("warm up", ON)
    ranks, spent = [], []
    for row in rows:
        started = time.perf_counter()
        found = encoder.search(row["q"], ON, limit=DEPTH)
        spent.append(1000 * (time.perf_counter() - started))
        ranks.append(_rank([hit.code.display for hit in found if hit.is_billable], row))
        if os.environ.get("SHOW_MISSES") and ranks[-1] != 1:
            print("  miss", ranks[-1], row["q"], row["gold"][:3], [hit.code.display for hit in found[:4]])
    spent.sort()
    reached = [rank for rank in ranks if rank]
    score = mean(1 / rank if rank else 0 for rank in ranks)
    tail = spent[int(0.95 * (len(spent) - 1))]
    print(
        f"{name:<12}{len(rows):>8}{score:>8.3f}{len(reached) / len(rows):>8.3f}"
        f"{median(spent):>8.2f}{tail:>8.2f}{spent[-1]:>8.2f}"
    )


def _rank(codes: Iterable[str], row: dict) -> int | None:
    """Place of the first gold code, from 1."""
    stems = tuple(part.strip("* ") for part in row.get("gold_spec", "").split(",") if "*" in part)
    for place, code in enumerate(codes, 1):
        if code in row["gold"] or (stems and code.startswith(stems)):
            return place
    return None


def _without_answers(book: CodeBook, rows: list[dict]) -> Encoder:
    """An encoder whose index lacks the inclusion terms that are the queries (rule of the set)."""
    left_out = frozenset((code.replace(".", ""), " ".join(row["raw"].split())) for row in rows for code in row["gold"])
    return Encoder(book, Index(book, left_out))


if __name__ == "__main__":
    main()
