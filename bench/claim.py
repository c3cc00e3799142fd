"""From final to the file for the payer: finalise, make and send the claim, deliver the 837 to its folder."""

from __future__ import annotations

from collections.abc import Iterator

from bench.desk import biller, coded_copy, coder, working
from bench.figure import Figure, NotMeasured, milliseconds, times
from charthouse.apps.accounts.models import Person
from charthouse.apps.billing.actions import send_claims
from charthouse.apps.coding import actions as coding
from charthouse.apps.coding.models import CodingSession
from charthouse.apps.exchange.channels import folder_of
from charthouse.apps.exchange.models import OutboundInterchange
from charthouse.apps.exchange.outbox import deliver_due

_RUNS = 15


def figures() -> Iterator[Figure]:
    """Some visits, each one by itself; every step waits for the disk (the database and the folder are synced)."""
    by, sender = coder(), biller()
    deliver_due()
    sessions = [coded_copy(by) for _ in range(_RUNS)]
    yield times("finalise -> 837 on disk (actions)", [_whole_way(session, by, sender) for session in sessions])


def _whole_way(session: CodingSession, by: Person, sender: Person) -> float:
    sent: list[OutboundInterchange] = []

    def walk() -> None:
        with working(by):
            summary = coding.finalise(by, session.uid, session.revision)
        with working(sender):
            sent.extend(send_claims(sender, [claim.uid for claim in summary.encounter.claims.all()]))
        deliver_due()

    taken = milliseconds(walk)
    path = folder_of(sent[0].channel).to_payer / sent[0].file_name
    if path.read_bytes() != sent[0].content:
        raise NotMeasured("the file on disk is not what was stored")
    return taken
