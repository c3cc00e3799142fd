"""Small official-looking files for tests, and loading them on a shelf of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from charthouse.engines.codesets.loading import FileReport, Given, load_files
from charthouse.engines.codesets.shelf import Volume
from charthouse.engines.codesets.shelf.shelf import Shelf

Rows = Sequence[tuple[str, int, str]]
CHOLERA: Rows = (
    ("A00", 0, "Cholera"),
    ("A000", 1, "Cholera due to Vibrio cholerae 01, biovar cholerae"),
    ("A009", 1, "Cholera, unspecified"),
)


def order_file(folder: Path, rows: Rows = CHOLERA, name: str = "icd10cm_order_2026.txt") -> Path:
    """An order file: number, code, flag, short and long title in fixed columns."""
    lines = (f"{at:05d} {code:<7} {flag} {title[:60]:<60} {title}" for at, (code, flag, title) in enumerate(rows, 1))
    path = folder / name
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")
    return path


def pairs_file(folder: Path, count: int = 3, name: str = "ccipra-v323r0-f1.txt") -> Path:
    """Edits between made-up codes in the layout of the NCCI files."""
    head = [
        "Made up.",
        "Column1/Column2 Edits",
        "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP",
    ]
    head += ["", "", ""]
    rows = [f"Z{at:04d}\tZ9999\t\t20200101\t*\t1\tMade up" for at in range(count)]
    path = folder / name
    path.write_text("\r\n".join([*head, *rows]) + "\r\n", encoding="latin-1", newline="")
    return path


def load(path: Path, folder: Path, **given: object) -> FileReport:
    """Load one file."""
    (report,) = load_files([path], folder, Given(**given))  # type: ignore[arg-type]
    return report


def rules(report: FileReport) -> list[str]:
    """The rules that refused a file, each once."""
    return list(dict.fromkeys(refusal.rule for refusal in report.refusals))


def only_volume(folder: Path) -> Volume:
    """The volume of the only release on a shelf."""
    shelf = Shelf(folder)
    (release,) = shelf.releases()
    return shelf.volume(release)
