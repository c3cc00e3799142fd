"""No file holds up those that come after it, however it is named and whether or not it can be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from charthouse.apps.exchange import inbound
from charthouse.apps.exchange.channels import folder_of
from charthouse.apps.exchange.models import Channel, InboundFile
from tests.apps import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel(channel_dir: Path) -> Channel:
    return builders.channel(builders.organization())


def _leave(channel: Channel, name: bytes) -> None:
    with open(os.path.join(os.fsencode(folder_of(channel).from_payer), name), "wb") as file:
        file.write(b"no interchange " + name)


@pytest.mark.parametrize(
    "name", [b"a" * 251 + b".edi", "é".encode() * 127, b"caf\xe9\xff.edi", b"-rf *;.edi", b"\n.edi"]
)
def test_any_name_is_put_away_once(channel: Channel, name: bytes) -> None:
    _leave(channel, name)
    _leave(channel, b"zz-after-it.edi")
    assert inbound.collect_due() == 2
    assert inbound.collect_due() == 0
    assert InboundFile.objects.count() == 2
    assert not list(folder_of(channel).from_payer.iterdir())
    assert len(list(folder_of(channel).refused.iterdir())) == 2


def test_the_name_is_shown_as_far_as_it_can_be_read(channel: Channel) -> None:
    _leave(channel, b"caf\xe9.edi")
    inbound.collect_due()
    assert InboundFile.objects.get().name == "caf\ufffd.edi"


def test_the_reason_of_a_refusal_does_not_repeat_the_name(channel: Channel) -> None:
    _leave(channel, b"Okafor-Maren.edi")
    inbound.collect_due()
    refusal = InboundFile.objects.get().refusal
    assert refusal["rule"] == "x12.no-interchange"
    assert "Okafor" not in str(refusal)


def test_a_file_that_cannot_be_moved_lets_the_others_in_and_is_reported(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    _leave(channel, b"1-stuck.edi")
    _leave(channel, b"2-after-it.edi")
    read_bytes = Path.read_bytes

    def stuck(path: Path) -> bytes:
        if path.name == "1-stuck.edi":
            raise PermissionError
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", stuck)
    with pytest.raises(PermissionError):
        inbound.collect_due()
    assert [path.name for path in folder_of(channel).from_payer.iterdir()] == ["1-stuck.edi"]
    assert InboundFile.objects.get().name == "2-after-it.edi"
