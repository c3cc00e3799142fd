"""Made-up payment files in the official layouts; codes start with Z, words are invented."""

from __future__ import annotations

import contextlib
import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from charthouse.engines.codesets.loading import Faults, Reader
from charthouse.engines.codesets.loading.reader import Head
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.payment.pprrvu_lines import COLUMNS as PLACES_IN_TEXT
from charthouse.engines.codesets.readers.payment.pprrvu_lines import WIDTH
from charthouse.engines.codesets.readers.payment.values import VALUE
from charthouse.engines.codesets.shelf import Value
from charthouse.kit import Refused

_STACK_25 = """
,,,,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,
,,,,NOT USED,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,PE USED,PE USED,MP USED
,,,,FOR,,,NON-FAC,,FACILITY ,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS
,,,STATUS,MEDICARE ,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,ASST,CO-,\
TEAM,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT
HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,\
SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT
""".strip("\n")
STACK = [row.split(",") for row in _STACK_25.split("\n")]
_PRICE = ["", "", "", "PRIC", "IND"]
STACK_26 = [[*row[:23], price, *row[23:]] for row, price in zip(STACK, _PRICE, strict=True)]
VISIT = [
    "Z0001", "", "secret words", "A", "", "1.30", "1.35", "", "0.57", "", "0.10", "2.75", "1.97", "0", "XXX",
    "0.00", "0.00", "0.00", "0", "0", "0", "0", "0", "", "32.3465", "09", "0", "99", "0.00", "0.00", "0.00",
]  # fmt: skip
SURGERY = [
    "Z0002", "TC", "secret words", "A", "+", "19.60", "15.30", "NA", "15.30", "", "3.98", "38.88", "38.88", "0", "090",
    ".10", ".69", ".21", "2", "1", "2", "1", "0", "Z0001", "32.3465", "09", "0", "99", "3.26", "3.26", "0.04",
]  # fmt: skip


def csv_file(path: Path, rows: Sequence[Sequence[str]], encoding: str = "latin-1") -> Path:
    """A file of comma-separated rows with Windows line ends."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def values_file(
    folder: Path,
    rows: Sequence[Sequence[str]] = (VISIT, SURGERY),
    stack: Sequence[Sequence[str]] = STACK,
    name: str = "PPRRVU2025_Oct.csv",
    title: str = "2025 National Physician Fee Schedule Relative Value File October Release",
) -> Path:
    """PPRRVU csv: title, stacked headings, rows."""
    return csv_file(folder / name, [["", "", title], ["", "", "RELEASED"], *stack, *rows])


def later(row: Sequence[str], factor: str, price: str = "9") -> list[str]:
    """A row as of 2026: with a price indicator and that year's factor."""
    return [*row[:23], price, row[23], factor, *row[25:]]


def values_lines(rows: Sequence[Sequence[str]], title: str = "2025 NATIONAL PHYSICIAN FEE SCHEDULE") -> bytes:
    """PPRRVU text from rows of 31 columns."""
    order = [0, 1, 3, *range(5, 23), None, *range(23, 31)]
    lines = [f"HDR{title}", *["HDR"] * 6]
    for row in rows:
        line = [" "] * WIDTH
        for name, at in zip(VALUE.names, order, strict=True):
            if at is None:
                continue
            first, last = PLACES_IN_TEXT[name]
            text = row[at][1:] if name in {"pre", "intra", "post"} and row[at].startswith("0.") else row[at]
            line[first - 1 : last] = text.rjust(last - first + 1)
        line[7:57] = "secret words".ljust(50)
        lines.append("".join(line))
    return "".join(f"{line}\r\n" for line in lines).encode("latin-1")


GPCI = [
    ["ADDENDUM E. MADE UP", "", "", "", "", "", ""],
    [""] * 7,
    [
        "Medicare Administrative Contractor (MAC)", "State", "Locality Number", "Locality Name",
        "2025 PW GPCI (with 1.0 Floor)", "2025 PE GPCI", "2025 MP GPCI",
    ],
    ["00112", "QA", "00", "NOWHERE", "1", "0.869", "0.575"],
    ["00212", "QB", "01", "ELSEWHERE**", "1.5", "1.081", "0.592"],
    ["*Work has a floor.", "", "", "", "", "", ""],
]  # fmt: skip
ANES = [
    ["Contractor", "Locality", "Locality Name", "National Anes CF of 20.3178"],
    ["00112 ", "00 ", "NOWHERE", "19.31 "],
    ["00212 ", "01 ", "ELSEWHERE*", "27.8655 "],
    ["", "", "", ""],
]
LOCCO = [
    ["COUNTIES INCLUDED IN 2025 LOCALITIES.", "", "", "", ""],
    [""] * 5,
    ["Medicare Adminstrative Contractor", "Locality Number", "State ", "Fee Schedule Area ", "Counties"],
    ["9112", "0", "NOWHERE ", "STATEWIDE* ", "ALL COUNTIES "],
    [" ", "", "", "", ""],
    ["2202", "3", "ELSEWHERE", "NORTH", "ASH,\nBIRCH"],
    ["", "99", "", "REST OF STATE", "CEDAR"],
    ["", "", "", "", "ELM AND FIR"],
    ["*  Serviced by two carriers.", "", "", "", ""],
]
ADDENDUM = [
    ["Addendum B.-OPPS Payment by HCPCS Code for CY 2026", *[""] * 8],
    ["Not a real table \xa9", *[""] * 8],
    [
        "HCPCS Code", "Short Descriptor", "SI", "APC", "Relative Weight", "Payment Rate",
        "National Unadjusted Copayment", "Minimum Unadjusted Copayment", "Note",
    ],
    ["Z0463", "secret words", "J2", "5012", "1.4879", "$136.02 ", " . ", "$27.21 ", ""],
    ["Z0464", "secret words\xae", "N", "", "", "", "", "", ""],
    ["Z0465", "secret words", "J1", "5115", "143.2211", "$13,093.50 ", "", "$2,618.70 ", "*"],
]  # fmt: skip
TAXONOMY = [
    [
        "Code", "Grouping", "Classification", "Specialization", "Definition", "Notes", "Display Name", "Section",
    ],
    ["999Q00000X", "Invented", "Lighthouse Keeper", "", "Keeps \"it\" lit,\nday and night", "", "Keeper", "Individual"],
    ["999QA0001X", "Invented", "Lighthouse Keeper", "Caf\xe9 lights", "", "", "Keeper of caf\xe9s", "Individual"],
]  # fmt: skip
DRGS = [
    ["Title FY 2026"],
    [
        "MS-DRG", "Final Post-Acute DRG", "Final Special Pay DRG", "MDC", "TYPE", "MS-DRG Title",
        "Weights - Before Cap", "Weights - 10% Cap Applied", "Geometric mean LOS", "Arithmetic mean LOS",
    ],
    ["001", "No", "Yes", "PRE", "SURG", "Made up", "1.0000", "1.5", "2.5", "3.5"],
]  # fmt: skip


def nppes_header() -> list[str]:
    """The 330 headings; those that are not read are numbered."""
    known = {
        0: "NPI", 1: "Entity Type Code", 2: "Replacement NPI", 4: "Provider Organization Name (Legal Business Name)",
        5: "Provider Last Name (Legal Name)", 6: "Provider First Name",
        31: "Provider Business Practice Location Address State Name",
        32: "Provider Business Practice Location Address Postal Code", 39: "NPI Deactivation Date",
        40: "NPI Reactivation Date",
    }  # fmt: skip
    for slot in range(15):
        known[47 + 4 * slot] = f"Healthcare Provider Taxonomy Code_{slot + 1}"
        known[50 + 4 * slot] = f"Healthcare Provider Primary Taxonomy Switch_{slot + 1}"
    return [known.get(at, f"Column {at}") for at in range(330)]


def provider(npi: str, **cells: str) -> list[str]:
    """One provider; keyword `c31` sets the cell at 31."""
    row = [""] * 330
    row[0], row[1], row[5], row[31], row[32] = npi, "1", "MUSTER", "QA", "000011234"
    for name, text in cells.items():
        row[int(name[1:])] = text
    return row


def nppes_file(folder: Path, rows: Sequence[Sequence[str]], name: str = "npidata_pfile_20050523-20260809.csv") -> Path:
    """Every cell quoted, line feeds only."""
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([nppes_header(), *rows])
    return path


MCD: Mapping[str, Sequence[Sequence[str]]] = {
    "article": [
        [
            "article_id", "article_version", "article_type", "title", "article_eff_date", "article_end_date",
            "description", "status", "last_updated", "date_retired", "display_id",
        ],
        [
            "70001", "3", "5", "Lighthouses, made up", "2024-10-01 00:00:00", "", "<p>secret words</p>" * 20, "A",
            "2026-07-01 10:11:12.5", "", "A70001",
        ],
        ["70002", "1", "5", "Foghorns", "2020-01-01", "12/31/2025", "", "R", "2025-12-31", "2025-12-31", "A70002"],
    ],
    "article_x_hcpc_code": [
        [
            "article_id", "article_version", "hcpc_code_id", "hcpc_code_version", "hcpc_code_group", "range",
            "last_updated", "long_description", "short_description",
        ],
        ["70001", "3", "Z0001", "85", "1", "", "2026-07-01", "secret words", "secret words"],
        ["70002", "1", "XX000", "1", "1", "", "2026-07-01", "Not Applicable", "Not Applicable"],
    ],
    "article_x_icd10_covered": [
        [
            "article_id", "article_version", "icd10_code_id", "icd10_code_version", "icd10_covered_group", "range",
            "last_updated", "sort_order", "description", "asterisk",
        ],
        ["70001", "3", "E11.9", "8", "1", "", "2026-07-01", "1", "made up", "N"],
        ["70001", "3", "E11.9", "8", "1", "B", "2026-07-01", "2", "made up", "N"],
        ["70001", "3", "I10", "8", "2", "", "2026-07-01", "3", "made up", "Y"],
    ],
    "article_x_icd10_noncovered": [
        ["article_id", "article_version", "icd10_code_id", "icd10_code_version", "icd10_noncovered_group"],
        ["70001", "3", "Z00.00", "8", "1"],
    ],
    "article_x_icd10_covered_group": [
        ["article_id", "article_version", "icd10_covered_group", "paragraph", "last_updated"],
        ["70001", "3", "1", "<p>Group&nbsp;1: one of these <b>and</b> one\nof group 2, if BMI < 30 &amp; up</p>", ""],
    ],
    "article_x_contractor": [
        ["article_id", "article_version", "article_type", "contractor_id", "contractor_type_id", "contractor_version"],
        ["70001", "3", "5", "10", "12", "1"],
    ],
    "contractor": [
        ["contractor_id", "contractor_type_id", "contractor_version", "contractor_bus_name", "contractor_number"],
        ["10", "12", "1", "Made Up Administrators", "00112"],
    ],
    "contractor_jurisdiction": [
        [
            "contractor_id", "contractor_type_id", "contractor_version", "state_id", "last_updated", "active_date",
            "term_date",
        ],
        ["10", "12", "1", "7", "2026-07-01", "2020-01-01", ""],
    ],
    "state_lookup": [["state_id", "state_abbrev", "description"], ["7", "QA", "Nowhere"]],
    "article_related_documents": [
        ["article_id", "article_version", "related_num", "r_article_id", "r_lcd_id", "r_lcd_version"],
        ["70001", "3", "1", "", "39001", "2"],
        ["70001", "3", "2", "70002", "", ""],
    ],
}  # fmt: skip
LCDS: Mapping[str, Sequence[Sequence[str]]] = {
    "lcd": [
        [
            "lcd_id", "lcd_version", "title", "orig_det_eff_date", "ent_det_end_date", "status", "display_id",
            "date_retired",
        ],
        ["39001", "2", "Lighthouses", "2024-10-01 00:00:00", "", "A", "L39001", ""],
    ],
    "lcd_related_documents": [
        ["lcd_id", "lcd_version", "related_num", "r_article_id", "r_article_version"],
        ["39001", "2", "1", "70001", "3"],
    ],
    "state_lookup": [["state_id", "state_abbrev", "description"], ["7", "QA", "Nowhere"]],
}  # fmt: skip


def zipped_tables(
    path: Path, tables: Mapping[str, Sequence[Sequence[str]]], cut: Mapping[str, float] = MappingProxyType({})
) -> Path:
    """A zip of csv files, each name a table; those in `cut` end inside the last line, sooner or later."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            text = io.StringIO()
            csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(rows)
            whole = text.getvalue().encode("utf-8")
            last = len(whole.rstrip(b"\r\n").rpartition(b"\r\n")[2])
            lost = 2 + int(cut[name] * (last - 1)) if name in cut else 0
            archive.writestr(f"tables/{name}.csv", whole[: len(whole) - lost])
    return path


def mcd_file(
    folder: Path, tables: Mapping[str, Sequence[Sequence[str]]] = MCD, name: str = "current_article.zip"
) -> Path:
    """Zips inside a zip, as the coverage database is published."""
    inner = zipped_tables(folder / "inner.zip", tables).read_bytes()
    with zipfile.ZipFile(folder / name, "w") as archive:
        archive.writestr(name.replace(".zip", "_csv.zip"), inner)
    return folder / name


def source_of(data: bytes, name: str) -> Source:
    """Bytes as a source."""
    return Source(name, len(data), lambda: io.BytesIO(data))


def read_alone(reader: Reader, data: bytes, name: str) -> tuple[list[tuple[Value, ...]], Faults]:
    """The rows and faults of a reader without a loader around it; recognised it must be."""
    faults = Faults(name)
    source = source_of(data, name)
    what = reader.recognise(Head(name, source.head()))
    assert what is not None
    found: list[tuple[Value, ...]] = []
    with contextlib.suppress(Refused):
        found.extend(row for _, row in reader.read([source], what, faults))
    return found, faults
