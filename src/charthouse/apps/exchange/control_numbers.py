"""Control numbers: given out in the transaction that uses them, so that none is given twice and none is lost."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from charthouse.apps.core.errors import Conflict
from charthouse.apps.exchange.models import Channel, ControlNumber

_HIGHEST = 999_999_999
_KINDS = ("interchange", "group", "set")


@dataclass(frozen=True, slots=True)
class ControlNumbers:
    """The numbers of one interchange with one group and one set: ISA13, GS06, ST02, and BHT03 made of them."""

    channel_id: int
    interchange: int
    group: int
    set: int

    @property
    def reference(self) -> str:
        """BHT03: never given twice, because neither the channel nor its interchange number is."""
        return f"{self.channel_id:04d}-{self.interchange:09d}"

    @property
    def set_text(self) -> str:
        """ST02 in its four to nine digits."""
        return f"{self.set:04d}"


@transaction.atomic
def allot(channel: Channel) -> ControlNumbers:
    """Raise the channel's sequences by one each; undone with the caller's transaction, which must be open."""
    return ControlNumbers(channel.pk, *(_next(channel, kind) for kind in _KINDS))


@transaction.atomic
def jump_ahead(channel: Channel, by: int) -> None:
    """Skip numbers after a backup was restored: those given out since the backup must not come again."""
    for kind in _KINDS:
        _raise(channel, kind, by)


def _next(channel: Channel, kind: str) -> int:
    number = _raise(channel, kind, 1)
    if number > _HIGHEST:
        raise Conflict(
            f"The {kind} numbers of {channel.name} are used up.",
            code="exchange.control-numbers-used-up",
            mend="Set up a new channel to this payer.",
        )
    return number


def _raise(channel: Channel, kind: str, by: int) -> int:
    # The UPDATE locks the row until the transaction ends: a second one waits and then sees the raised number.
    ControlNumber.objects.get_or_create(channel=channel, kind=kind)
    row = ControlNumber.objects.filter(channel=channel, kind=kind)
    row.update(last=F("last") + by)
    return row.values_list("last", flat=True).get()
