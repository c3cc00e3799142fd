"""Dictated notes of one encounter in a plain text file, in a format of our own.

A file is a header block, a blank line, and one or more documents:

    Patient: Whitfield, Ada Jane
    MRN: 104477
    Born: 1961-04-09
    Sex: F
    Address: 12 Quay Street
    City: Harbor Point
    State: ME
    ZIP: 04101
    Payer: Northwind Health Plan
    Member: NW5520817
    Encounter: V-20061
    Kind: inpatient
    Date: 2026-11-14 to 2026-11-18
    Facility: Harbor Point Hospital
    Provider: Ines Okafor, MD
    NPI: 1234567893
    Disposition: home

    === Discharge summary | discharge-summary | Ines Okafor, MD | 2026-11-18T14:10 | signed
    HOSPITAL COURSE:
    She was admitted with ...

- Patient, MRN, Born, Encounter, Kind and Date are required. Kind is an EncounterKind; Date is a day or
  `day to day`; Sex is F, M or U.
- `Charset: windows-1252` in the header block declares that encoding; without it the file is UTF-8, with or
  without a byte order mark.
- A document line starts with `===` and has five fields parted by `|`: title, kind, author, time, `signed` or
  `unsigned`. A time without an offset is UTC.
- A line of capitals that ends with a colon opens a section. Line breaks are kept, empty lines are not, tabs
  part the cells of a table.
- A key that is not known is left out and told; anything else that is wrong refuses the file with its line.
"""

from __future__ import annotations

from charthouse.engines.plaintext.decoding import decode
from charthouse.engines.plaintext.header import read_header
from charthouse.engines.plaintext.notes import read_documents
from charthouse.kit import Chart


def read(data: bytes, source_name: str) -> Chart:
    """Read one file of notes; Refused with line and rule when it is not in the format above."""
    lines = decode(data, source_name).split("\n")
    start = next(index for index, line in enumerate(lines) if line.strip())
    blank = next((index for index, line in enumerate(lines) if index > start and not line.strip()), len(lines))
    header = read_header(lines[start:blank], start + 1, source_name)
    documents = read_documents(lines[blank:], blank + 1, header.encounter.key, source_name)
    return Chart(
        source_name=source_name,
        source_format="plaintext",
        patient=header.patient,
        coverages=header.coverages,
        encounters=(header.encounter,),
        documents=documents,
        skipped=header.skipped,
    )
