"""Settings for tests: a database of their own, a data folder of their own, cheap passwords."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_DATA = Path(tempfile.mkdtemp(prefix="charthouse-tests-"))
os.environ["CHARTHOUSE_DATA"] = str(_DATA)

from charthouse.apps.core.keys import create_key_file  # noqa: E402
from charthouse.config.settings import *  # noqa: E402, F403
from charthouse.config.settings import DATABASES  # noqa: E402

create_key_file(_DATA / "keys" / "keyring.json")
SECRET_KEY = "only-for-tests"
MFA_TOTP_TOLERANCE = 1  # a code made just before the half minute is over must not fail a test
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: tests with threads and processes need locks that behave like the real ones.
    DATABASES["default"]["TEST"] = {"NAME": str(_DATA / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
(_DATA / "static").mkdir()
