"""How gunicorn runs: the code book is loaded once, and nothing that was typed reaches a log."""

from __future__ import annotations

import re

import pytest

from charthouse.apps.reference import selectors
from charthouse.config import gunicorn


def test_a_query_string_is_never_in_the_access_log() -> None:
    atoms = set(re.findall(r"%\(([^)]+)\)s", gunicorn.access_log_format))
    # q is the query, r the whole request line, f the referer (an address with its query), a the browser.
    assert atoms
    assert not atoms & {"q", "r", "f", "a"}
    assert not any(atom.startswith("{") for atom in atoms)


def test_it_listens_on_this_machine_only_unless_told() -> None:
    assert gunicorn.bind.startswith("127.0.0.1:")


def test_threads_and_processes_share_what_was_loaded_before() -> None:
    assert gunicorn.preload_app
    assert gunicorn.workers >= 2
    assert gunicorn.worker_class == "gthread"


def test_every_setting_is_one_gunicorn_knows() -> None:
    config = pytest.importorskip("gunicorn.config").Config()
    ours = [name for name in vars(gunicorn) if not name.startswith("_") and name not in {"annotations", "gc"}]
    for name in ours:
        config.set(name, getattr(gunicorn, name))
    assert {"bind", "workers", "when_ready"} <= set(ours)


@pytest.mark.django_db
def test_the_code_book_is_ready_before_the_processes_part(monkeypatch: pytest.MonkeyPatch) -> None:
    warmed: list[bool] = []
    monkeypatch.setattr(selectors, "warm_up", lambda: warmed.append(True))
    monkeypatch.setattr("django.db.connections.close_all", lambda: warmed.append(False))
    gunicorn.when_ready(object())
    assert warmed == [True, False]


def test_the_entry_point_finds_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    from charthouse.config.wsgi import application

    assert callable(application)
