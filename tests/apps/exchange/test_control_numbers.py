"""Control numbers never repeat, and a transaction that is undone gives none out."""

from __future__ import annotations

import pytest
from django.db import transaction

from charthouse.apps.core.errors import Conflict
from charthouse.apps.exchange.control_numbers import ControlNumbers, allot, jump_ahead
from charthouse.apps.exchange.models import ControlNumber
from tests.apps import builders

pytestmark = pytest.mark.django_db


def test_numbers_start_at_one_and_rise_by_one() -> None:
    channel = builders.channel(builders.organization())
    numbers = [allot(channel) for _ in range(3)]
    assert [n.interchange for n in numbers] == [1, 2, 3]
    assert [n.group for n in numbers] == [1, 2, 3]
    assert [n.set_text for n in numbers] == ["0001", "0002", "0003"]


def test_channels_count_by_themselves_and_references_differ_all_the_same() -> None:
    organization = builders.organization()
    channels = [builders.channel(organization) for _ in range(3)]
    references = [allot(channel).reference for channel in channels for _ in range(50)]
    assert len(set(references)) == 150
    assert max(len(reference) for reference in references) <= 30


def test_a_transaction_that_is_undone_gives_no_number_out() -> None:
    channel = builders.channel(builders.organization())
    allot(channel)
    with transaction.atomic():
        assert allot(channel).interchange == 2
        transaction.set_rollback(True)
    assert allot(channel).interchange == 2


def test_after_a_restored_backup_numbers_jump_ahead() -> None:
    channel = builders.channel(builders.organization())
    allot(channel)
    jump_ahead(channel, 10_000)
    assert allot(channel).interchange == 10_002


def test_used_up_numbers_are_refused_instead_of_repeated() -> None:
    channel = builders.channel(builders.organization())
    ControlNumber.objects.create(channel=channel, kind="interchange", last=999_999_999)
    with pytest.raises(Conflict, match="used up"), transaction.atomic():
        allot(channel)


def test_a_set_number_has_four_to_nine_digits() -> None:
    assert ControlNumbers(1, 1, 1, 7).set_text == "0007"
    assert ControlNumbers(1, 1, 1, 123_456_789).set_text == "123456789"
