"""Loading a whole quarter of NCCI edits: time and memory, beside a plain import row by row into text columns."""

from __future__ import annotations

import csv
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure, NotMeasured
from bench.queries import FOLDER

ROWS = 2_600_000
SECONDS, MEGABYTES = 60, 500
_TOOL = FOLDER.parents[1] / "tools" / "make_ncci.py"


def figures() -> Iterator[Figure]:
    """Both files of the quarter in one process of ours, then the peer's way with the same files."""
    if not _TOOL.is_file():
        raise NotMeasured("the generator of NCCI files is not there")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make = [sys.executable, str(_TOOL), "--out", name, "--only", "ptp", "--ptp-rows", str(ROWS)]
        subprocess.run(make, check=True, capture_output=True)
        files = sorted(str(path) for path in folder.glob("cci*.txt"))
        spent, memory, rows = _measured("ours", name, files)
        theirs, their_memory, _ = _measured("plain", name, files)
    rate = f"{spent:.1f} s ({rows / spent:,.0f} rows a second)"
    yield Figure(f"load {int(rows):,} PTP edits", rate, f"<= {SECONDS} s", spent <= SECONDS and rows == ROWS)
    yield Figure("  memory at most", f"{memory:.0f} MB", f"<= {MEGABYTES} MB", memory <= MEGABYTES)
    yield Figure(
        "    csv module, row by row", f"{theirs:.1f} s, {their_memory:.0f} MB  ours: time x{spent / theirs:.2f}"
    )


def _measured(way: str, folder: str, files: list[str]) -> tuple[float, float, float]:
    told = subprocess.check_output([sys.executable, "-m", "bench.codesets", way, folder, *files], text=True)
    seconds, memory, rows = (float(part) for part in told.split())
    return seconds, memory, rows


def _ours(folder: Path, files: list[Path]) -> int:
    from charthouse.engines.codesets.loading import load_files

    reports = list(load_files(files, folder / "shelf"))
    return sum(release.rows["pair"] for report in reports for release in report.releases)


def _plain(folder: Path, files: list[Path]) -> int:
    """What an import without a plan does: every cell a text, an index at the end, nothing checked."""
    database = sqlite3.connect(folder / "plain.sqlite")
    database.execute("CREATE TABLE pair (a TEXT, b TEXT, c TEXT, d TEXT, e TEXT, f TEXT, g TEXT)")
    count = 0
    for path in files:
        with path.open(encoding="latin-1", newline="") as file:
            for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
                if number >= 6 and len(row) == 7:
                    database.execute("INSERT INTO pair VALUES (?, ?, ?, ?, ?, ?, ?)", row)
                    count += 1
    database.execute("CREATE INDEX both ON pair (a, b)")
    database.commit()
    return count


if __name__ == "__main__":
    ways = {"ours": _ours, "plain": _plain}
    started = time.perf_counter()
    loaded = ways[sys.argv[1]](Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.perf_counter() - started, peak, loaded)
