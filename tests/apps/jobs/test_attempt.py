"""An attempt keeps an error, names its place, and never its text."""

from __future__ import annotations

import pytest

from charthouse.apps.jobs.attempt import Attempt
from charthouse.kit import Money, MoneyError


def test_without_an_error_nothing_is_kept() -> None:
    with Attempt() as attempt:
        pass
    assert (attempt.failed, attempt.error, attempt.cause) == (False, "", None)


def test_an_error_is_kept_and_the_caller_goes_on() -> None:
    with Attempt() as attempt:
        Money.parse("Maren Okafor")
    assert attempt.failed
    assert isinstance(attempt.cause, MoneyError)


def test_the_error_names_the_place_in_our_code_and_not_what_was_read() -> None:
    with Attempt() as attempt:
        Money.parse("Maren Okafor")
    assert attempt.error.startswith("MoneyError in charthouse.kit.money line ")
    assert "Okafor" not in attempt.error


def test_an_error_outside_our_code_names_its_own_place() -> None:
    with Attempt() as attempt:
        int("Okafor")
    assert attempt.error.startswith(f"ValueError in {__name__} line ")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_stopping_is_not_an_error_to_keep(stop: type[BaseException]) -> None:
    with pytest.raises(stop), Attempt():
        raise stop
