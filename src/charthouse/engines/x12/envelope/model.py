"""What an interchange is made of: interchange, groups, transaction sets; control numbers are the caller's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from charthouse.engines.x12.acknowledgement import ImplementationAck, InterchangeAck
from charthouse.engines.x12.claim_acknowledgement import ClaimAck
from charthouse.engines.x12.fault import X12Fault
from charthouse.engines.x12.loops import RawSegment
from charthouse.engines.x12.professional.model import ProfessionalClaims
from charthouse.engines.x12.remittance.model import Remittance
from charthouse.engines.x12.segment import DEFAULT_DELIMITERS, Delimiters


@dataclass(frozen=True, slots=True)
class PartyId:
    """A sender or receiver in the ISA: its qualifier (ISA05, ISA07) and id (ISA06, ISA08, up to 15 characters)."""

    qualifier: str
    id: str


@dataclass(frozen=True, slots=True)
class RawSet:
    """A set no typed reader took: an unknown kind, or one with values that cannot be read.

    `segments` leaves ST and SE out; `guide` is ST03.
    """

    segments: tuple[RawSegment, ...]
    guide: str = ""


Body = ProfessionalClaims | Remittance | ImplementationAck | ClaimAck | RawSet


@dataclass(frozen=True, slots=True)
class TransactionSet:
    """One ST..SE: its kind (ST01), its control number (ST02) and what it says."""

    kind: str
    control_number: str
    body: Body


@dataclass(frozen=True, slots=True)
class Group:
    """One GS..GE: functional id (GS01), codes (GS02, GS03), control number (GS06), guide (GS08) and its sets."""

    functional_id: str
    sender_code: str
    receiver_code: str
    control_number: int
    version: str
    sets: tuple[TransactionSet, ...]


@dataclass(frozen=True, slots=True)
class Interchange:
    """One ISA..IEA. `created_at` is aware and kept to the minute in UTC; `usage` is `T` or `P` (ISA15)."""

    sender: PartyId
    receiver: PartyId
    control_number: int
    created_at: datetime
    usage: str
    groups: tuple[Group, ...]
    interchange_acknowledgements: tuple[InterchangeAck, ...] = ()
    acknowledgement_requested: bool = False
    delimiters: Delimiters = DEFAULT_DELIMITERS


@dataclass(frozen=True, slots=True)
class ReadInterchange:
    """One interchange as read: what it says and every fault found in it, in file order."""

    interchange: Interchange
    faults: tuple[X12Fault, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether no fault was found."""
        return not self.faults
