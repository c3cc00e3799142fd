"""`charthouse codes`: find, show, check, build and list, without a database."""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path
from typing import Any

import pytest

from charthouse.cli import codes

DAY = "2026-11-23"


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    codes.add_arguments(parser)
    return codes.run(parser.parse_args(words))


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_find_prints_the_best_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("find", "copd exac", "--on", DAY, "--json", "--limit", "3") == 0
    found = lines(capsys)
    assert next(one["code"] for one in found) == "J44.1"
    assert found[0]["is_billable"]
    assert len(found) == 3


def test_find_says_why_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("find", "copd", "exac", "--on", DAY) == 0
    assert "chronic obstructive" in capsys.readouterr().out


def test_find_nothing_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("find", "zzzzqqqq", "--on", DAY) == 1
    assert "Nothing matches" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "system", "code"),
    [
        ("e119", "icd-10-cm", "E11.9"),
        ("0016070", "icd-10-pcs", "0016070"),
        ("g0463", "hcpcs", "G0463"),
        ("T83.511A", "icd-10-cm", "T83.511A"),
        ("001607", "icd-10-pcs", "0016070"),
    ],
)
def test_a_code_finds_itself_in_its_system(
    capsys: pytest.CaptureFixture[str], typed: str, system: str, code: str
) -> None:
    assert run("find", typed, "--on", DAY, "--json") == 0
    first = lines(capsys)[0]
    assert (first["system"], first["code"]) == (system, code)


def test_a_deleted_code_is_not_offered(capsys: pytest.CaptureFixture[str]) -> None:
    run("check", "E11.9", "--on", "2015-09-30")
    assert "no ICD-10-CM release" in capsys.readouterr().out


def test_a_batch_answers_line_for_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text('{"id": "a", "q": "heart attack"}\n\n{"id": 2, "q": "htn"}\n{"id": 3, "q": ""}\n', encoding="utf-8")
    assert run("find", "--batch", str(file), "--on", DAY) == 0
    found = lines(capsys)
    assert [one["id"] for one in found] == ["a", 2, 3]
    assert [one["codes"][:1] for one in found] == [["I21.9"], ["I10"], []]
    assert len(found[0]["codes"]) == 10


def test_a_batch_says_which_line_is_no_query(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text('{"id": "a", "q": "htn"}\nnot json\n[1]\n{"id": "b"}\n', encoding="utf-8")
    assert run("find", "--batch", str(file)) == 1
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 1
    assert all(f"line {number}" in captured.err for number in (2, 3, 4))


@pytest.mark.parametrize("line", [b"\xff\xfe", b"[" * 100_000, b'{"id": 1, "q": null}', b"null", b'"x"'])
def test_no_line_of_a_batch_stops_it(tmp_path: Path, capsys: pytest.CaptureFixture[str], line: bytes) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"id": 1, "q": "htn"}\r\n' + line + b'\n{"id": 2, "q": "a\xe2\x80\xa8htn"}')
    assert run("find", "--batch", str(file), "--on", DAY) == 1
    assert [one["id"] for one in lines(capsys)] == [1, 2]


def test_a_batch_that_is_not_there_cannot_begin(tmp_path: Path) -> None:
    assert run("find", "--batch", str(tmp_path / "none.jsonl")) == 2


def test_withheld_terms_are_not_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    queries, terms = tmp_path / "q.jsonl", tmp_path / "t.jsonl"
    queries.write_text('{"id": 1, "q": "Shell teeth"}\n', encoding="utf-8")
    terms.write_text('{"gold": ["K00.5"], "raw": "Shell  teeth"}\nnothing\n', encoding="utf-8")
    run("find", "--batch", str(queries), "--on", DAY)
    assert lines(capsys)[0]["codes"][0] == "K00.5"
    run("find", "--batch", str(queries), "--on", DAY, "--without", str(terms))
    assert "K00.5" not in lines(capsys)[0]["codes"][:1]


def test_show_tells_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", "E11.9", "--on", DAY, "--json") == 0
    (found,) = lines(capsys)
    assert found["title"] == "Type 2 diabetes mellitus without complications"
    assert found["path"][0]["kind"] == "chapter"
    assert {note["kind"] for note in found["notes"]} >= {"includes", "excludes1", "use-additional"}
    assert found["state"] == "valid"


def test_show_says_what_an_incomplete_code_needs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", "S82.101", "--on", DAY) == 0
    told = capsys.readouterr().out
    assert "incomplete" in told
    assert "go on with S82.101A" in told


@pytest.mark.parametrize(("code", "title"), [("0016070", "Bypass Cerebral"), ("G0463", "")])
def test_show_knows_other_systems(capsys: pytest.CaptureFixture[str], code: str, title: str) -> None:
    assert run("show", code, "--on", DAY, "--json") == 0
    assert title in lines(capsys)[0]["title"]


@pytest.mark.parametrize("code", ["Z9", "nothing", "E11.99999"])
def test_show_of_no_code_is_one(code: str) -> None:
    assert run("show", code, "--on", DAY) == 1


def test_check_takes_codes_as_they_come(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "E119,i10", "0016070", "--on", DAY, "--json") == 0
    assert [one["code"] for one in lines(capsys)] == ["E11.9", "I10", "0016070"]


@pytest.mark.parametrize(("code", "state"), [("E11", "header"), ("Z99999", "unknown"), ("99999", "no-data")])
def test_check_of_one_that_is_not_valid_is_one(capsys: pytest.CaptureFixture[str], code: str, state: str) -> None:
    assert run("check", f"I10,{code}", "--on", DAY, "--json") == 1
    assert lines(capsys)[1]["state"] == state


def test_check_reads_a_pipe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("E11.9\nI10\n"))
    assert run("check", "-", "--on", DAY) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_pcs_offers_the_next_axis(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("pcs", "0D", "--on", DAY, "--json") == 0
    assert {"T", "B"} <= {one["value"] for one in lines(capsys)}
    assert run("pcs", "0016070", "--on", DAY) == 0
    assert "Bypass" in capsys.readouterr().out
    assert run("pcs", "QQ", "--on", DAY) == 1


def test_sets_says_what_is_missing_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sets", "--on", DAY, "--json") == 0
    standing = {one["table"]: one["standing"] for one in lines(capsys)}
    assert standing["icd-10-cm validity"] == "in force"
    assert standing["ncci-ptp-practitioner"] == "not loaded"


def test_a_day_has_to_be_one() -> None:
    with pytest.raises(SystemExit):
        run("find", "htn", "--on", "yesterday")


def test_all_systems_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("find", "clinic visit", "--system", "all", "--on", DAY, "--json") == 0
    assert "hcpcs" in {one["system"] for one in lines(capsys)}


def test_one_system_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("find", "clinic visit", "--system", "hcpcs", "--on", DAY, "--json") == 0
    assert {one["system"] for one in lines(capsys)} == {"hcpcs"}


def test_show_tells_marks_and_what_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", "E11.22", "--on", DAY) == 0
    told = capsys.readouterr().out
    assert "risk category V28 37" in told
    assert "ICD-9-CM 250.40" in told
    assert "not known: POA exempt list" in told
    assert "source: HCC" in told


def test_show_tells_what_stands_around_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", "E11.22", "--on", DAY, "--json") == 0
    (found,) = lines(capsys)
    assert any("N18.1-N18.6" in pair["codes"] or "N18.6" in str(pair["codes"]) for pair in found["pairs"])
    assert found["siblings"]
    assert found["gem"][0]["display"] == "250.40"
    assert found["change"] is None


def test_show_builds_an_inpatient_code_from_its_axes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", "0016070", "--on", DAY) == 0
    told = capsys.readouterr().out
    assert "1 section: 0" in told.replace("Section", "section")
    assert told.count("\n") > 8


def test_changes_lists_what_came_and_went(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("changes", "--on", DAY, "--json") == 0
    found = lines(capsys)
    assert len([one for one in found if one["change"] == "added"]) == 190
    assert run("changes", "--on", "2010-01-01") == 1
