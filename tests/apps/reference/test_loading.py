"""Uploaded files wait for the worker, are read by one of them, and every step can be told afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.core.files.base import ContentFile
from pytest_django import Settings

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.core.clock import now
from charthouse.apps.core.errors import Conflict, Denied, Invalid
from charthouse.apps.reference.actions import load_now, receive_load, run_load, running, waiting
from charthouse.apps.reference.actions.receiving import plain_name
from charthouse.apps.reference.actions.running import storable
from charthouse.apps.reference.models import CodeLoad
from charthouse.apps.reference.selectors import code_book, code_load, code_loads, loaded_sets
from charthouse.apps.reference.selectors.loads import given_of, inbox_of
from charthouse.apps.reference.tasks import load_waiting
from charthouse.engines.codesets import ValidityState
from charthouse.engines.codesets.loading import Given
from charthouse.kit import Code, CodeSystem
from tests.apps import builders
from tests.apps.reference.shelves import DAY, hcpcs_bytes, hcpcs_file, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_folder")]
State = CodeLoad.State
SIZE = len(hcpcs_bytes())


@pytest.fixture
def keeper() -> Person:
    return builders.person(Role.IT_ADMIN)


def state_of(code: str) -> ValidityState:
    return code_book().is_valid(Code(CodeSystem.HCPCS, code), DAY).state


def verbs() -> list[str]:
    return list(AuditEvent.objects.filter(verb__startswith="reference.").order_by("id").values_list("verb", flat=True))


def died(load: CodeLoad, **fields: object) -> None:
    CodeLoad.objects.filter(pk=load.pk).update(state=State.RUNNING, alive_at=now() - timedelta(hours=1), **fields)


def test_an_upload_waits_and_changes_nothing_yet(keeper: Person) -> None:
    load = receive_load(keeper, [upload()], Given())
    assert load.state == State.WAITING
    assert load.files == [{"name": "HCPC2026_OCT_ANWEB.csv", "size": SIZE}]
    assert state_of("Z1234") is ValidityState.NO_DATA
    assert verbs() == ["reference.load.received"]


def test_the_worker_loads_it_and_empties_the_inbox(keeper: Person) -> None:
    load = run_load(receive_load(keeper, [upload()], Given()).uid)
    assert load.state == State.DONE
    assert state_of("Z1234") is ValidityState.VALID
    assert load.report[0]["outcome"] == "loaded"
    assert not inbox_of(load).exists()
    assert verbs() == ["reference.load.received", "reference.files.loaded", "reference.load.ended"]


def test_one_bad_file_is_refused_and_the_others_are_loaded(keeper: Person) -> None:
    bad = ContentFile(b"hello\x00\xff", "notes.txt")
    load = run_load(receive_load(keeper, [bad, upload()], Given()).uid)
    assert load.state == State.REFUSED
    assert [one["outcome"] for one in load.report] == ["refused", "loaded"]
    assert load.report[0]["refusals"][0]["rule"] == "codesets.not-recognised"


def test_what_the_person_said_reaches_the_loader(keeper: Person) -> None:
    given = Given(date(2026, 7, 1), date(2026, 9, 30), "Summer", may_replace=True)
    load = run_load(receive_load(keeper, [upload()], given).uid)
    assert given_of(load) == given
    assert [one["label"] for one in load.report[0]["releases"]] == ["Summer"]


def test_the_same_name_twice_is_two_files(keeper: Person) -> None:
    load = run_load(receive_load(keeper, [upload("Z1234"), upload("Z1234")], Given()).uid)
    assert [one["outcome"] for one in load.report] == ["loaded", "unchanged"]


@pytest.mark.parametrize("role", [Role.CODER, Role.BILLER, Role.COMPLIANCE, Role.HR])
def test_only_those_who_look_after_code_sets_may_upload(role: Role) -> None:
    with pytest.raises(Denied):
        receive_load(builders.person(role), [upload()], Given())
    assert not CodeLoad.objects.exists()


def test_nothing_too_much_or_too_large_is_not_kept(keeper: Person, settings: Settings, shelf_folder: Path) -> None:
    settings.CODESETS_MAX_BYTES = 300
    for uploads in ([], [upload()] * 2, [ContentFile(b"", "x")] * 41):
        with pytest.raises(Invalid):
            receive_load(keeper, uploads, Given())
    assert not (shelf_folder / "inbox").exists()


def test_a_write_that_fails_leaves_no_files(
    keeper: Person, monkeypatch: pytest.MonkeyPatch, shelf_folder: Path
) -> None:
    def broken(*_: object, **__: object) -> Iterator[bytes]:
        yield b"half"
        raise OSError("no room")

    file = upload()
    monkeypatch.setattr(file, "chunks", broken)
    with pytest.raises(OSError, match="no room"):
        receive_load(keeper, [file], Given())
    assert list((shelf_folder / "inbox").iterdir()) == []
    assert not CodeLoad.objects.exists()


def test_a_load_is_taken_once(keeper: Person) -> None:
    load = receive_load(keeper, [upload()], Given())
    waiting.claim(load.uid)
    with pytest.raises(Conflict):
        run_load(load.uid)


def test_a_load_that_is_over_is_not_loaded_again(keeper: Person) -> None:
    load = run_load(receive_load(keeper, [upload()], Given()).uid)
    with pytest.raises(Conflict):
        run_load(load.uid)


def test_a_load_whose_worker_died_is_taken_up_again(keeper: Person) -> None:
    load = receive_load(keeper, [upload()], Given())
    died(load, attempts=1)
    assert waiting.next_waiting() == load.uid
    assert run_load(load.uid).state == State.DONE


def test_a_load_that_kills_every_worker_is_given_up(keeper: Person) -> None:
    load = receive_load(keeper, [upload()], Given())
    died(load, attempts=waiting.MOST_ATTEMPTS)
    waiting.give_up()
    assert waiting.next_waiting() is None
    assert code_load(load.uid).state == State.BROKEN_OFF
    assert verbs()[-1] == "reference.load.ended"


def test_one_load_at_a_time_the_oldest_first(keeper: Person) -> None:
    first, second = (receive_load(keeper, [upload()], Given()) for _ in range(2))
    assert waiting.next_waiting() == first.uid
    waiting.claim(first.uid)
    assert waiting.next_waiting() is None
    run_load(second.uid)


def test_a_loader_that_fails_says_where_and_is_over(keeper: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "warm_up", lambda: {}["nothing"])
    load = run_load(receive_load(keeper, [upload()], Given()).uid)
    assert load.state == State.BROKEN_OFF
    assert load.progress["error"].startswith("KeyError in charthouse.apps.reference.actions.running")


def test_progress_is_written_to_the_row(keeper: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, object]] = []
    load = receive_load(keeper, [upload()], Given())
    keep = running._keep
    monkeypatch.setattr(
        running, "_keep", lambda *given: (seen.append(CodeLoad.objects.get(pk=load.pk).progress), keep(*given))
    )
    run_load(load.uid)
    assert seen == [{"file": "HCPC2026_OCT_ANWEB.csv", "done": SIZE, "size": SIZE}]
    assert code_load(load.uid).progress == {}


def test_the_terminal_loads_at_once_and_leaves_a_row_too(tmp_path: Path) -> None:
    told: list[str] = []
    (report,) = load_now([hcpcs_file(tmp_path)], Given(), lambda name, done, size: told.append(name))
    assert report.outcome == "loaded"
    assert told
    (load,) = code_loads()
    assert (load.state, load.given_by, load.is_upload) == (State.DONE, None, False)


def test_a_load_at_the_terminal_that_is_stopped_is_broken_off(tmp_path: Path) -> None:
    loading = load_now([hcpcs_file(tmp_path), tmp_path / "none"], Given())
    next(loading)
    loading.close()  # type: ignore[attr-defined]
    assert code_loads()[0].state == State.BROKEN_OFF


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (report,) = load_now([tmp_path / "none.txt"], Given())
    assert [one.rule for one in report.refusals] == ["codesets.unreadable"]
    assert code_loads()[0].files == [{"name": "none.txt", "size": 0}]


def test_what_is_loaded_is_listed_with_its_days(keeper: Person) -> None:
    run_load(receive_load(keeper, [upload()], Given()).uid)
    (found,) = [one for one in loaded_sets(DAY) if one.table == "hcpcs" and one.uid]
    assert (found.starts, found.ends, found.standing) == (date(2026, 10, 1), date(2026, 12, 31), "in force")


def test_a_load_nobody_knows_is_denied() -> None:
    with pytest.raises(Denied):
        code_load(builders.organization().uid)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\codes\\LONGULT.txt", "LONGULT.txt"),
        ("..", "unnamed"),
        (".hidden", "hidden"),
        ("a\x00b\n.txt", "ab.txt"),
        ("", "unnamed"),
        ("é" * 300 + ".txt", "é" * 58 + ".txt"),
    ],
)
def test_a_name_is_never_a_path(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def test_bad_bytes_of_a_refused_file_can_be_kept() -> None:
    assert storable({"a": ["\x00", "\ud800", 1, None]}) == {"a": ["\ufffd", "?", 1, None]}


@pytest.mark.django_db(transaction=True)
def test_the_worker_begins_it_beside_its_other_work(keeper: Person) -> None:
    load = receive_load(keeper, [upload()], Given())
    thread = load_waiting()
    assert isinstance(thread, Thread)
    thread.join(60)
    assert code_load(load.uid).state == State.DONE
    assert load_waiting() is None


def test_what_is_given_up_leaves_no_files(keeper: Person) -> None:
    load = receive_load(keeper, [upload()], Given())
    died(load, attempts=waiting.MOST_ATTEMPTS)
    waiting.give_up()
    assert not inbox_of(load).exists()
    waiting.give_up()
    assert verbs().count("reference.load.ended") == 1
