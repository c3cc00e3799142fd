"""The 837P interchange around claims of one payer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from charthouse.apps.exchange.control_numbers import ControlNumbers
from charthouse.apps.exchange.models import Channel
from charthouse.apps.practice.models import BillingProfile, Payer
from charthouse.engines import x12

GUIDE = "005010X222A1"
_MUTUALLY_AGREED = "ZZ"


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends to whom on which channel."""

    channel: Channel
    submitter: x12.Submitter
    receiver: x12.Receiver

    @classmethod
    def of(cls, profile: BillingProfile, payer: Payer) -> Envelope:
        """The envelope of an organization's claims to a payer."""
        return cls(
            channel=payer.channel,
            submitter=x12.Submitter(
                profile.legal_name, profile.submitter_id, profile.contact_name, phone=profile.contact_phone
            ),
            receiver=x12.Receiver(payer.name, payer.channel.receiver_id),
        )


def written(
    envelope: Envelope, claims: Sequence[x12.ProfessionalClaim], numbers: ControlNumbers, at: datetime
) -> bytes:
    """The exact bytes of one interchange with one set; Refused when something in a claim cannot be written."""
    channel = envelope.channel
    body = x12.ProfessionalClaims(numbers.reference, at, envelope.submitter, envelope.receiver, tuple(claims))
    one_set = x12.TransactionSet("837", numbers.set_text, body)
    group = x12.Group("HC", channel.sender_id, channel.receiver_id, numbers.group, GUIDE, (one_set,))
    return x12.write_interchange(
        x12.Interchange(
            sender=x12.PartyId(_MUTUALLY_AGREED, channel.sender_id),
            receiver=x12.PartyId(_MUTUALLY_AGREED, channel.receiver_id),
            control_number=numbers.interchange,
            created_at=at,
            usage="P" if channel.is_production else "T",
            groups=(group,),
        )
    )
