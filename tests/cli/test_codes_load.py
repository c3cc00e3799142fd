"""`charthouse codes load`, `withdraw` and `restore`: what is said, what is kept, and what stands in the log."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.reference.selectors import code_book
from charthouse.cli import codes
from charthouse.cli.codes import load as load_part
from charthouse.cli.codes import restore, withdraw
from charthouse.engines.codesets import ValidityState
from charthouse.kit import Code, CodeSystem
from tests.engines.codesets.loading.files import order_file, pairs_file

pytestmark = pytest.mark.django_db
HEADER = (
    "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,PRICE1,MULT_PI,COV,BETOS,TOS1,"
    "ADD DT,ACT EFF DT,TERM DT,ACTION CD"
)


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    settings.CODESETS_DIR = tmp_path / "codesets"
    for part in (load_part, withdraw, restore):
        monkeypatch.setattr(part, "ready_django", lambda: None)


@pytest.fixture
def hcpcs(tmp_path: Path) -> Path:
    path = tmp_path / "HCPC2026_OCT_ANWEB.csv"
    path.write_text(f"{HEADER}\r\nZ1234,00100,3,Made-up service,Made up,,,C,,,20261001,20261001,,N\r\n", newline="")
    return path


def run(*words: object) -> int:
    parser = argparse.ArgumentParser()
    codes.add_arguments(parser)
    return codes.run(parser.parse_args([str(word) for word in words]))


def state(value: str, on: date) -> ValidityState:
    return code_book().is_valid(Code(CodeSystem.HCPCS, value), on).state


def test_a_loaded_code_is_good_on_its_days_and_known_at_once(hcpcs: Path) -> None:
    assert state("Z1234", date(2026, 11, 23)) is ValidityState.NO_DATA
    assert run("load", hcpcs) == 0
    assert state("Z1234", date(2026, 11, 23)) is ValidityState.VALID
    assert state("Z9999", date(2026, 11, 23)) is ValidityState.UNKNOWN
    assert state("Z1234", date(2026, 9, 30)) is ValidityState.NO_DATA


def test_it_says_what_came_in(hcpcs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("load", hcpcs)
    told = capsys.readouterr().out
    assert "HCPC2026_OCT_ANWEB.csv: loaded" in told
    assert "2026-10-01 to 2026-12-31" in told
    assert "1 code" in told


def test_every_refused_file_is_told_and_the_others_are_loaded(
    tmp_path: Path, hcpcs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = pairs_file(tmp_path)
    bad.write_bytes(bad.read_bytes().replace(b"\t1\tMade", b"\t7\tMade"))
    assert run("load", bad, hcpcs, "--json") == 1
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["outcome"], second["outcome"]) == ("refused", "loaded")
    assert first["refusals"][0]["place"] == "line 7, column 6"
    assert first["refusals"][0]["rule"] == "codesets.modifier"


def test_what_does_not_look_as_expected_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("load", order_file(tmp_path)) == 0
    assert "not as expected: billable codes on 2025-10-01 is 2, should be 74719" in capsys.readouterr().out


def test_loading_and_refusing_stand_in_the_log(tmp_path: Path, hcpcs: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    run("load", hcpcs, tmp_path / "notes.txt")
    assert AuditEvent.objects.get(verb="reference.files.loaded").detail["file"] == hcpcs.name
    assert AuditEvent.objects.get(verb="reference.files.refused").detail["rules"] == ["codesets.not-recognised"]


def test_a_day_that_is_not_told_can_be_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = order_file(tmp_path, name="icd10cm_order.txt")
    assert run("load", file) == 1
    assert "--from" in capsys.readouterr().out
    assert run("load", file, "--from", "2025-10-01", "--to", "2026-09-30", "--label", "ours") == 0


def test_withdrawing_and_restoring(hcpcs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = date(2026, 11, 23)
    run("load", hcpcs, "--json")
    uid = json.loads(capsys.readouterr().out)["releases"][0]["uid"]
    assert run("withdraw", uid, "--reason", "wrong file") == 0
    assert state("Z1234", day) is ValidityState.NO_DATA
    run("sets", "--on", day.isoformat(), "--json")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["standing"] for row in rows if row["uid"] == uid} == {"withdrawn"}
    assert run("restore", uid, "--reason", "it was right") == 0
    assert state("Z1234", day) is ValidityState.VALID
    reasons = AuditEvent.objects.filter(verb__startswith="reference.release.").values_list("reason", flat=True)
    assert set(reasons) == {"wrong file", "it was right"}


def test_what_is_not_there_cannot_be_withdrawn(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("withdraw", "nothing", "--reason", "x") == 1
    assert run("restore", "nothing", "--reason", "x") == 1
    assert "no such release" in capsys.readouterr().err
    assert not AuditEvent.objects.filter(verb__startswith="reference.release.").exists()


def test_an_edition_of_the_tabular_list_answers_on_its_days(tmp_path: Path) -> None:
    path = tmp_path / "icd10cm_tabular_2027.xml"
    path.write_text(
        "<ICD10CM.tabular><version>2027</version><chapter><name>1</name><desc>One</desc>"
        '<section id="A00-A09"><desc>Gut</desc><diag><name>A00</name><desc>Cholera</desc>'
        "<diag><name>A00.0</name><desc>Reworded cholera</desc></diag></diag></section></chapter></ICD10CM.tabular>"
    )
    assert run("load", path, "--fewer") == 0
    titles = [code_book().icd10cm("A00.0", day) for day in (date(2026, 9, 30), date(2026, 10, 1))]
    assert [one.title for one in titles if one] == [
        "Cholera due to Vibrio cholerae 01, biovar cholerae",
        "Reworded cholera",
    ]
    from charthouse.apps.reference.selectors import search_diagnoses

    assert [hit.code.display for hit in search_diagnoses("reworded", date(2026, 11, 23))] == ["A00.0"]
    assert "A00.0" not in [hit.code.display for hit in search_diagnoses("reworded", date(2026, 9, 30))[:1]]
