"""The server's log holds no query string, no form and no chart text, whatever goes wrong."""

from __future__ import annotations

import io
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import path

CANARY = "okafor-maren-1959"


def _breaks(request: object) -> None:
    raise RuntimeError("it broke")


urlpatterns = [path("breaks/", _breaks)]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything the settings let through to the console."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter(settings.LOGGING["formatters"]["line"]["format"]))
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


@pytest.fixture
def visitor() -> Client:
    """A browser that shows errors as a person would see them."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/sign-in/", "/no-such-page/", "/worklist/", "/intake/"])
def test_no_address_is_logged_with_its_query(address: str, visitor: Client, log: io.StringIO) -> None:
    visitor.get(f"{address}?q={CANARY}")
    assert CANARY not in log.getvalue()


@pytest.mark.django_db
@pytest.mark.urls("tests.config.test_logging")
def test_an_error_is_logged_with_its_path_and_without_what_was_typed(
    visitor: Client, log: io.StringIO, settings: Any
) -> None:
    settings.MIDDLEWARE = []
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
    answer = visitor.post(f"/breaks/?q={CANARY}", {"text": CANARY})
    assert answer.status_code == 500
    assert "/breaks/" in log.getvalue()
    assert "it broke" in log.getvalue()
    assert CANARY not in log.getvalue()


@pytest.mark.django_db
def test_a_refused_form_is_not_repeated_in_the_log(visitor: Client, log: io.StringIO) -> None:
    answer = visitor.post(f"/sign-in/?next={CANARY}", {"login": CANARY, "password": CANARY})
    assert answer.status_code == 403
    assert CANARY not in log.getvalue()


@pytest.mark.django_db
def test_a_failed_sign_in_does_not_tell_the_password(log: io.StringIO) -> None:
    Client().post("/sign-in/", {"login": "a@example.test", "password": CANARY})
    assert CANARY not in log.getvalue()


def test_the_log_goes_to_the_console_line_by_line() -> None:
    root = settings.LOGGING["root"]
    assert root["handlers"] == ["console"]
    assert settings.LOGGING["handlers"]["console"]["class"] == "logging.StreamHandler"


def test_sql_is_never_logged() -> None:
    assert logging.getLogger("django.db.backends").getEffectiveLevel() > logging.DEBUG


def test_nobody_is_sent_errors_by_mail() -> None:
    assert not settings.ADMINS
    assert settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "locmem.EmailBackend"))
