"""`charthouse intake`: real files, hostile files, and a way to run it before anything else was done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.samples import samples_or_skip

NOTE = """Patient: Okafor, Maren
MRN: 004-418-27
Born: 1959-03-04
Sex: F
Encounter: HP-26-1
Kind: visit
Date: 2026-11-18

=== Visit note | progress-note | R. Adeyemi MD | 2026-11-18T14:10 | signed
ASSESSMENT:
Type 2 diabetes.
"""

LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "empty.xml": b"",
    "truncated.xml": b'<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget>',
    "laughs.xml": f'<!DOCTYPE lolz [<!ENTITY l0 "lol">{LOL}]><ClinicalDocument>&l9;</ClinicalDocument>'.encode(),
    "xxe.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><ClinicalDocument>&x;</ClinicalDocument>',
    "utf16.json": '{"resourceType": "Bundle"}'.encode("utf-16")[2:],
    "malformed.json": b'{"resourceType": "Bundle", "entry": [',
    "deep.json": b'{"resourceType":"Bundle","entry":' + b"[" * 100_000,
    "latin.txt": "Patient: Muñoz, Inés\nMRN: 1\n\n".encode("latin-1"),
    "binary.txt": bytes(range(256)) * 20,
    "prose.txt": b"The patient was seen today and is doing well.",
}


def _rows(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def test_it_works_on_a_machine_where_nothing_was_done_yet(charthouse: Run, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text(NOTE)
    told = charthouse("intake", note, "--json", CHARTHOUSE_DATA=str(tmp_path / "fresh"))
    assert told.returncode == 0
    [row] = _rows(told.stdout)
    assert row["outcome"] == "taken"
    assert row["taken"] == {"patients": 1, "coverages": 0, "encounters": 1, "documents": 1, "facts": 0}


@pytest.mark.parametrize("kind", ["ccda", "fhir"])
def test_every_real_sample_is_taken(charthouse: Run, kind: str) -> None:
    folder = samples_or_skip(f"charts/{kind}")
    told = charthouse("intake", folder, "--json")
    rows = _rows(told.stdout)
    assert told.returncode == 0, told.stderr
    assert len(rows) == {"ccda": 19, "fhir": 8}[kind]
    assert {row["outcome"] for row in rows} <= {"taken", "duplicate"}
    assert all(row["format"] == {"ccda": "cda"}.get(kind, kind) for row in rows)


def test_a_pattern_the_shell_left_alone_is_found_one_folder_down(charthouse: Run, tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "note.txt").write_text(NOTE)
    told = charthouse("intake", f"{tmp_path}/*.txt", "--json")
    assert [Path(str(row["file"])).name for row in _rows(told.stdout)] == ["note.txt"]


def test_hostile_files_are_refused_and_their_neighbours_taken(charthouse: Run, tmp_path: Path) -> None:
    for name, content in HOSTILE.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(NOTE.replace("HP-26-1", "HP-26-2"))
    told = charthouse("intake", tmp_path, "--json")
    rows = {Path(str(row["file"])).name: row for row in _rows(told.stdout)}
    assert told.returncode == 1
    assert rows.pop("good.txt")["outcome"] in {"taken", "duplicate"}
    assert set(rows) == set(HOSTILE)
    for name, row in rows.items():
        refusal = row["refusal"]
        assert row["outcome"] == "refused", name
        assert isinstance(refusal, dict)
        assert refusal["rule"]
        assert refusal["message"].endswith(".")
    assert "root:" not in told.stdout


def test_two_hundred_megabytes_are_refused_unread(charthouse: Run, tmp_path: Path) -> None:
    huge = tmp_path / "huge.xml"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    [row] = _rows(charthouse("intake", huge, "--json").stdout)
    assert row["refusal"]["rule"] == "intake.too-large"  # type: ignore[index]


def test_a_missing_file_is_said(charthouse: Run, tmp_path: Path) -> None:
    told = charthouse("intake", tmp_path / "nothing.xml")
    assert told.returncode == 1
    assert "cannot be read" in told.stdout


def test_without_json_it_reads_like_a_sentence(charthouse: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(NOTE.replace("HP-26-1", "HP-26-3"))
    told = charthouse("intake", tmp_path / "note.txt")
    assert "note.txt: taken (plaintext)" in told.stdout
