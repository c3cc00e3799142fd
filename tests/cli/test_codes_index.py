"""`charthouse codes index`: letters, words, what stands under an entry, and the ways to a code."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest
from pytest_django import Settings

from charthouse.cli import codes
from tests.engines.codesets.loading.files import load

DAY = "2026-11-18"
INDEX = """<?xml version="1.0"?><ICD10CM.index><version>2027</version><title>ICD-10-CM INDEX TO DISEASES</title>
<letter><title>C</title><mainTerm><title>Cholera <nemod>(Asiatic)</nemod></title><code>A00.9</code>
<term level="1"><title>classical</title><code>A00.0</code></term></mainTerm></letter>
<letter><title>Z</title><mainTerm><title>Zebra stripes sign</title><see>Cholera</see></mainTerm></letter>
</ICD10CM.index>"""


@pytest.fixture
def empty(settings: Settings, tmp_path: Path) -> Path:
    settings.CODESETS_DIR = tmp_path / "codesets"
    return tmp_path


@pytest.fixture
def loaded(empty: Path) -> Path:
    path = empty / "icd10cm_index_2027.xml"
    path.write_text(INDEX, encoding="utf-8")
    assert load(path, empty / "codesets").refusals == ()
    return empty


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    codes.add_arguments(parser)
    return codes.run(parser.parse_args(["index", *words, "--on", DAY]))


@pytest.mark.usefixtures("empty")
def test_where_none_is_loaded_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("cholera") == 1
    assert "not loaded" in capsys.readouterr().err


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "C Z"),
        (("c",), "Cholera (Asiatic)  A00.9"),
        (("class", "chol"), "Cholera, classical  A00.0"),
        (("a000",), "Cholera, classical  A00.0"),
        (("zebra",), "Zebra stripes sign  see Cholera"),
    ],
)
def test_it_is_browsed(words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words) == 0
    assert told in " ".join(capsys.readouterr().out.split(" ", 0)).replace("   ", " ")


@pytest.mark.usefixtures("loaded")
def test_what_stands_under_an_entry(capsys: pytest.CaptureFixture[str]) -> None:
    run("cholera", "--json", "--limit", "1")
    number = json.loads(capsys.readouterr().out)["number"]
    assert run("--under", str(number), "--json") == 0
    assert json.loads(capsys.readouterr().out)["title"] == "classical"


@pytest.mark.usefixtures("loaded")
def test_nothing_there_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("quill") == 1
    assert run("cholera", "--table", "icd-10-cm-drug") == 1
