"""Each variable of docs/reference/settings.md switches what the page says, and nothing is unsafe by default."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.config.reading import settings_with

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Settings where nothing but the data folder was said."""
    return settings_with(tmp_path_factory.mktemp("plain"))


def test_without_a_word_it_is_a_safe_installation_on_sqlite(plain: dict[str, Any]) -> None:
    data = Path(plain["DATA_DIR"])
    assert plain["DEBUG"] is False
    assert plain["DEMO"] is False
    assert plain["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert plain["CSRF_TRUSTED_ORIGINS"] == []
    assert plain["IDLE_LOCK_SECONDS"] == 300
    assert plain["TIME_ZONE"] == "America/New_York"
    assert plain["LOGGING"]["root"]["level"] == "INFO"
    assert plain["KEY_FILE"] == str(data / "keys" / "keyring.json")
    assert plain["AUDIT_ANCHOR_FILE"] == str(data / "audit" / "anchors.log")
    database = plain["DATABASES"]["default"]
    assert (database["ENGINE"], database["NAME"]) == ("django.db.backends.sqlite3", str(data / "charthouse.sqlite3"))


def test_sqlite_keeps_what_it_has_acknowledged(plain: dict[str, Any]) -> None:
    options = plain["DATABASES"]["default"]["OPTIONS"]
    assert "synchronous=FULL" in options["init_command"]
    assert "foreign_keys=ON" in options["init_command"]
    assert options["transaction_mode"] == "IMMEDIATE"


def test_everything_stands_in_the_data_folder(tmp_path: Path) -> None:
    told = settings_with(tmp_path / "elsewhere")
    for name in ("DATA_DIR", "CHANNEL_DIR", "STATIC_ROOT", "KEY_FILE", "AUDIT_ANCHOR_FILE"):
        assert Path(told[name]).is_relative_to(tmp_path / "elsewhere"), name


def test_reading_settings_writes_nothing(tmp_path: Path) -> None:
    settings_with(tmp_path / "var")
    assert not (tmp_path / "var").exists()


SWITCHES = [
    ("CHARTHOUSE_KEY_FILE", "/run/keys/ring.json", "KEY_FILE", "/run/keys/ring.json"),
    ("CHARTHOUSE_AUDIT_ANCHOR", "/mnt/other/anchors", "AUDIT_ANCHOR_FILE", "/mnt/other/anchors"),
    ("CHARTHOUSE_SECRET_KEY", "s3cret", "SECRET_KEY", "s3cret"),
    ("CHARTHOUSE_HOSTS", "a.example,b.example", "ALLOWED_HOSTS", ["a.example", "b.example"]),
    ("CHARTHOUSE_ORIGINS", "https://a.example", "CSRF_TRUSTED_ORIGINS", ["https://a.example"]),
    ("CHARTHOUSE_IDLE_SECONDS", "60", "IDLE_LOCK_SECONDS", 60),
    ("CHARTHOUSE_TIME_ZONE", "America/Chicago", "TIME_ZONE", "America/Chicago"),
    ("CHARTHOUSE_DEMO", "1", "DEMO", True),
    ("CHARTHOUSE_DEMO", "off", "DEMO", False),
    ("CHARTHOUSE_HTTPS", "1", "HTTPS", True),
]


@pytest.fixture(scope="module")
def switched(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Settings with every variable given at once, the last word for each."""
    given = {name: value for name, value, _, _ in SWITCHES if (name, value) != ("CHARTHOUSE_DEMO", "off")}
    return settings_with(tmp_path_factory.mktemp("switched"), CHARTHOUSE_LOG="ERROR", **given)


@pytest.mark.parametrize(("variable", "value", "setting", "expected"), SWITCHES)
def test_a_variable_switches_its_setting(
    variable: str, value: str, setting: str, expected: object, switched: dict[str, Any], plain: dict[str, Any]
) -> None:
    told = plain if (variable, value) == ("CHARTHOUSE_DEMO", "off") else switched
    assert told[setting] == expected


def test_the_log_level_is_that_of_the_root(switched: dict[str, Any]) -> None:
    assert switched["LOGGING"]["root"]["level"] == "ERROR"


@pytest.mark.parametrize("name", ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"])
def test_https_makes_cookies_and_addresses_secure(name: str, plain: dict[str, Any], switched: dict[str, Any]) -> None:
    assert (plain[name], switched[name]) == (False, True)


def test_https_is_remembered_by_browsers_for_a_year_and_only_then(
    plain: dict[str, Any], switched: dict[str, Any]
) -> None:
    assert plain["SECURE_HSTS_SECONDS"] == 0
    assert switched["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert switched["SECURE_HSTS_INCLUDE_SUBDOMAINS"]


@pytest.mark.parametrize("name", ["SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "SESSION_EXPIRE_AT_BROWSER_CLOSE"])
def test_sessions_are_guarded_with_and_without_https(
    name: str, plain: dict[str, Any], switched: dict[str, Any]
) -> None:
    assert plain[name] is True
    assert switched[name] is True


def test_no_page_may_load_or_be_loaded_by_another_site(plain: dict[str, Any]) -> None:
    policy = plain["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert policy["default-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert not any("unsafe" in word or word == "*" for words in policy.values() for word in words)


def test_a_postgresql_address_is_taken_apart(tmp_path: Path) -> None:
    told = settings_with(tmp_path, DATABASE_URL="postgres://ana:se%23cret@db.example:5433/charts")
    database = told["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["USER"], database["PASSWORD"], database["NAME"]) == ("ana", "se#cret", "charts")
    assert (database["HOST"], int(database["PORT"])) == ("db.example", 5433)
    assert "init_command" not in database.get("OPTIONS", {})


def test_a_value_can_stand_in_a_file_with_a_line_end(tmp_path: Path) -> None:
    values = {
        "CHARTHOUSE_SECRET_KEY": "from a file",
        "DATABASE_URL": "postgres://ana:pw@db.example/charts",
        "CHARTHOUSE_HOSTS": "a.example,b.example",
        "CHARTHOUSE_LOG": "WARNING",
    }
    for name, value in values.items():
        (tmp_path / name).write_text(f"{value}\n")
    told = settings_with(tmp_path / "var", **{f"{name}_FILE": tmp_path / name for name in values})
    assert told["SECRET_KEY"] == "from a file"
    assert told["DATABASES"]["default"]["NAME"] == "charts"
    assert told["ALLOWED_HOSTS"] == ["a.example", "b.example"]
    assert told["LOGGING"]["root"]["level"] == "WARNING"


def test_the_file_wins_over_the_plain_value(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from the file")
    told = settings_with(tmp_path, CHARTHOUSE_SECRET_KEY="plain", CHARTHOUSE_SECRET_KEY_FILE=tmp_path / "key")
    assert told["SECRET_KEY"] == "from the file"


def test_the_secret_that_was_written_is_used(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret.txt").write_text("written by migrate\n")
    assert settings_with(tmp_path)["SECRET_KEY"] == "written by migrate"


def test_without_a_secret_none_is_known_beforehand(tmp_path: Path) -> None:
    one, other = (settings_with(tmp_path)["SECRET_KEY"] for _ in range(2))
    assert one != other
    assert min(len(one), len(other)) >= 50


def test_the_page_of_settings_tells_the_defaults(plain: dict[str, Any]) -> None:
    page = (ROOT / "docs/reference/settings.md").read_text()
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", page, re.MULTILINE))
    assert rows["CHARTHOUSE_IDLE_SECONDS"] == str(plain["IDLE_LOCK_SECONDS"])
    assert rows["CHARTHOUSE_TIME_ZONE"] == f"`{plain['TIME_ZONE']}`"
    assert rows["CHARTHOUSE_HOSTS"] == f"`{','.join(plain['ALLOWED_HOSTS'])}`"
    assert rows["CHARTHOUSE_LOG"] == f"`{plain['LOGGING']['root']['level']}`"
    assert rows["CHARTHOUSE_HTTPS"] == rows["CHARTHOUSE_DEMO"] == "off"
