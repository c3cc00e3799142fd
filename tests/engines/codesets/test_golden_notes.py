"""A hundred codes with everything that stands above them, held against the official XML by a walk of its own."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import pytest
from lxml import etree

from charthouse.engines.codesets.package_files import tabular_path
from tests.engines.codesets.books import TODAY, code_book

KINDS = {
    "includes": "includes",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code-first",
    "useAdditionalCode": "use-additional",
    "codeAlso": "code-also",
    "sevenChrNote": "seventh-character",
    "notes": "note",
}
CODES = [
    "A00.0",
    "A02.1",
    "A04.72",
    "A15.0",
    "A37.01",
    "A41.51",
    "A54.31",
    "B18.2",
    "B20",
    "B37.0",
    "C34.11",
    "C4A.30",
    "C50.911",
    "C61",
    "C79.51",
    "C83.30",
    "D05.11",
    "D12.6",
    "D50.0",
    "D57.00",
    "D68.51",
    "D75.82",
    "E08.22",
    "E10.10",
    "E11.22",
    "E11.9",
    "E66.01",
    "E78.5",
    "E87.1",
    "F01.511",
    "F10.20",
    "F17.210",
    "F32.1",
    "F43.12",
    "F84.0",
    "G20.A1",
    "G30.9",
    "G40.309",
    "G43.109",
    "G89.3",
    "H25.11",
    "H40.1111",
    "H66.91",
    "I10",
    "I11.0",
    "I13.2",
    "I21.4",
    "I25.10",
    "I48.91",
    "I50.23",
    "I63.411",
    "I69.351",
    "J18.9",
    "J44.1",
    "J45.909",
    "J96.01",
    "K21.00",
    "K35.80",
    "K50.00",
    "K57.30",
    "K80.00",
    "L03.115",
    "L40.0",
    "L89.153",
    "M05.711",
    "M1A.0710",
    "M16.11",
    "M17.11",
    "M48.061",
    "M54.50",
    "M80.051A",
    "M84.411A",
    "N17.9",
    "N18.31",
    "N30.01",
    "N40.1",
    "N80.03",
    "O09.511",
    "O24.410",
    "O34.211",
    "P07.14",
    "P59.0",
    "Q21.0",
    "Q66.01",
    "R07.9",
    "R10.9",
    "R50.9",
    "R65.21",
    "R73.03",
    "S06.0X1A",
    "S32.010A",
    "S42.001A",
    "S52.501B",
    "S72.001A",
    "S82.101A",
    "T36.0X5A",
    "T40.2X1A",
    "T78.40XA",
    "T81.40XA",
    "T83.511A",
    "U07.1",
    "V43.52XA",
    "W19.XXXA",
    "X58.XXXA",
    "Y92.009",
    "Z00.00",
    "Z12.11",
    "Z23",
    "Z34.00",
    "Z79.4",
    "Z85.3",
    "Z96.641",
]


@cache
def tree() -> dict[str, etree._Element]:
    """Every code of the list by name."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.parse(str(tabular_path()), parser).getroot()
    return {(one.findtext("name") or "").strip(): one for one in root.iter("diag")}


def written(code: str) -> etree._Element | None:
    """The element of a code, or of the code its 7th character was added to."""
    for stem in (code, code[:-1], *(code[:-1].rstrip("X")[:size] for size in (6, 5, 4, 3))):
        found = tree().get(stem.rstrip("."))
        if found is not None:
            return found
    return None


def expected(code: str) -> list[tuple[str, str, bool]]:
    """Kind, line and whether it is inherited, of each note on the way up."""
    element = written(code)
    assert element is not None
    is_own = (element.findtext("name") or "").strip() == code
    found = []
    while element is not None and element.tag in {"diag", "section", "chapter"}:
        for place in (element, *spanning(element)):
            found += [(kind, text, not is_own) for kind, text in standing_at(place)]
        is_own, element = False, element.getparent()
    return found


def standing_at(element: etree._Element) -> list[tuple[str, str]]:
    """The notes that stand right at an element."""
    notes = [(KINDS[str(child.tag)], note) for child in element if child.tag in KINDS for note in child.iter("note")]
    lines = [(kind, " ".join("".join(map(str, note.itertext())).split())) for kind, note in notes]
    return [(kind, text) for kind, text in lines if text]


def spanning(element: etree._Element) -> list[etree._Element]:
    """Sections without codes of their own that span this section: `T20-T32` spans `T20-T25`."""
    parent = element.getparent()
    if element.tag != "section" or parent is None or not len(element.findall("diag")):
        return []
    first, _, last = element.get("id", "").partition("-")
    wide = [one for one in parent.findall("section") if not len(one.findall("diag"))]
    return [
        one for one in wide if one.get("id", "").split("-")[0] <= first and (last or first) <= one.get("id", "")[-3:]
    ]


@pytest.mark.parametrize("code", CODES)
def test_every_note_above_a_code_is_told(code: str) -> None:
    entry = code_book().icd10cm(code)
    assert entry is not None
    told = [(note.kind.value, line, note.is_inherited) for note in entry.notes for line in note.lines]
    assert sorted(told) == sorted(expected(code))


def test_there_are_a_hundred_of_them() -> None:
    assert len(set(CODES)) >= 100


def test_every_code_of_today_is_found_by_itself_and_starts_on_its_day() -> None:
    diagnoses = code_book().diagnoses
    wrong = []
    for code in diagnoses.billable("", TODAY):
        validity = diagnoses.is_valid(code, TODAY)
        before = validity.valid_from - timedelta(days=1) if validity.valid_from else TODAY
        if (
            not validity.is_valid
            or diagnoses.validity.is_valid(code, before)
            or next(diagnoses.billable(code, TODAY)) != code
        ):
            wrong.append(code)
    assert wrong == []
    assert sum(1 for _ in diagnoses.billable("", TODAY)) == 74_879
