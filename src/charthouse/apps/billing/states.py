"""The only way a claim changes its state: allowed steps by source, and a time line that keeps every answer."""

from __future__ import annotations

from charthouse.apps.billing.models import Claim, ClaimEvent, ClaimState

Step = tuple[ClaimState, ClaimState]
_S = ClaimState
_UNSENT = (_S.HELD, _S.READY)
_OUT = (_S.QUEUED, _S.SENT)
_ADJUDICATED = (_S.PAID, _S.PARTLY_PAID, _S.DENIED)


def _steps(before: tuple[ClaimState, ...], after: tuple[ClaimState, ...]) -> frozenset[Step]:
    return frozenset((old, new) for old in before for new in after if old != new)


# An answer may overtake the note that the file was delivered, and any earlier answer; it never goes back behind one.
EDGES: dict[str, frozenset[Step]] = {
    "person": _steps((*_UNSENT, _S.REJECTED), _UNSENT) | _steps((_S.READY,), (_S.QUEUED,)),
    "delivery": _steps((_S.QUEUED,), (_S.SENT,)),
    "TA1": _steps(_OUT, (_S.REJECTED,)),
    "999": _steps(_OUT, (_S.RECEIVED,)) | _steps((*_OUT, _S.RECEIVED), (_S.REJECTED,)),
    "277CA": _steps((*_OUT, _S.RECEIVED), (_S.ACCEPTED,)) | _steps((*_OUT, _S.RECEIVED, _S.ACCEPTED), (_S.REJECTED,)),
    "835": _steps((*_OUT, _S.RECEIVED, _S.ACCEPTED, _S.REJECTED, *_ADJUDICATED), _ADJUDICATED),
}


def allows(source: str, before: ClaimState, after: ClaimState) -> bool:
    """Whether this source may take a claim from one state to the other."""
    return (before, after) in EDGES.get(source, frozenset())


def start(claim: Claim, sentence: str) -> None:
    """Begin the time line of a claim that coding has just made."""
    _append(claim, "", claim.state, "coding", "", sentence)


def move(claim: Claim, to: ClaimState, source: str, reference: str, sentence: str) -> bool:
    """Take a claim to a state if this source may; otherwise keep the answer on the time line and change nothing.

    Must run in the caller's transaction. The same answer said twice is kept once.
    """
    locked = Claim.objects.select_for_update().get(pk=claim.pk)
    before = ClaimState(locked.state)
    if not allows(source, before, to):
        note(claim, source, reference, sentence)
        return False
    moved = Claim.objects.filter(pk=claim.pk, state=before).update(state=to)
    claim.state = to
    _append(claim, before, to, source, reference, sentence)
    return bool(moved)


def note(claim: Claim, source: str, reference: str, sentence: str) -> None:
    """Keep something on the time line that changes no state, unless it stands there already."""
    claim.refresh_from_db(fields=["state"])
    said = ClaimEvent.objects.filter(claim=claim, source=source, reference=reference[:60], sentence=sentence[:200])
    if not said.exists():
        _append(claim, claim.state, claim.state, source, reference, sentence)


def _append(claim: Claim, before: str, after: str, source: str, reference: str, sentence: str) -> None:
    ClaimEvent.objects.create(
        claim=claim,
        from_state=before,
        to_state=after,
        source=source,
        reference=reference[:60],
        sentence=sentence[:200],
    )
