"""`charthouse migrate` and what other commands make ready: keys and secrets once, for their owner only."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from charthouse.cli.setup import write_secrets
from charthouse.sandbox.people import current_code
from tests.cli.conftest import Run


@pytest.fixture(scope="module")
def migrated(charthouse: Run, data_folder: Path) -> Path:
    """A data folder after `charthouse migrate`."""
    data = data_folder
    told = charthouse("migrate")
    assert told.returncode == 0, told.stderr
    assert told.stdout == ""
    assert f"Data folder: {data}" in told.stderr
    assert "Database is up to date (sqlite3)." in told.stderr
    return data


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_keys_and_secret_are_for_their_owner_only(migrated: Path) -> None:
    assert _mode(migrated) == 0o700
    assert _mode(migrated / "keys" / "keyring.json") == 0o600
    assert _mode(migrated / "keys" / "secret.txt") == 0o600
    assert len((migrated / "keys" / "secret.txt").read_text()) >= 50
    ring = json.loads((migrated / "keys" / "keyring.json").read_text())
    assert set(ring) == {"current", "keys", "index"}
    assert ring["current"] in ring["keys"]


def test_two_installations_share_no_secret(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_secrets(tmp_path / name, tmp_path / name / "keys" / "keyring.json")
    for name in ("keyring.json", "secret.txt"):
        assert (tmp_path / "one" / "keys" / name).read_bytes() != (tmp_path / "other" / "keys" / name).read_bytes()


def test_keys_can_stand_apart_from_the_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ring = tmp_path / "safe" / "ring.json"
    write_secrets(tmp_path / "var", ring)
    assert str(ring) in capsys.readouterr().err
    assert _mode(ring) == 0o600
    assert [file.name for file in (tmp_path / "var" / "keys").iterdir()] == ["secret.txt"]
    write_secrets(tmp_path / "var", ring)
    assert capsys.readouterr().err == ""


def test_a_deployment_over_https_has_nothing_to_warn_of(charthouse: Run, migrated: Path) -> None:
    told = charthouse("manage", "check", "--deploy", CHARTHOUSE_HTTPS="1")
    assert (told.returncode, told.stderr) == (0, "")
    assert "no issues (0 silenced)" in told.stdout


def test_a_deployment_without_https_is_warned_of() -> None:
    warned = {warning.id for warning in run_checks(include_deployment_checks=True)}
    assert {"security.W008", "security.W012", "security.W016"} <= warned


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_a_lost_secret_is_written_anew_before_anything_is_served(
    charthouse: Run, migrated: Path, tmp_path: Path
) -> None:
    data = tmp_path / "var"
    shutil.copytree(migrated, data)
    secret = data / "keys" / "secret.txt"
    before = secret.read_text()
    secret.unlink()
    charthouse("intake", tmp_path / "nothing.xml", CHARTHOUSE_DATA=str(data))
    assert len(secret.read_text()) >= 50
    assert secret.read_text() != before
    assert _mode(secret) == 0o600
    assert (data / "keys" / "keyring.json").read_bytes() == (migrated / "keys" / "keyring.json").read_bytes()


def test_nobody_else_has_a_code_to_print() -> None:
    assert current_code("somebody@example.test") is None
    assert current_code("NOOR.HADDAD@harborpoint.example") is not None
