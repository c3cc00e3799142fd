"""X12 5010 as a library: read and write 837P, 835, 999, TA1 and 277CA; faults are data with their segment position."""

from charthouse.engines.x12.acknowledgement import (
    ElementError,
    ErrorContext,
    ImplementationAck,
    InterchangeAck,
    SegmentError,
    SetAck,
)
from charthouse.engines.x12.answering import answer_group
from charthouse.engines.x12.balance import (
    ClaimBalance,
    ClaimState,
    Imbalance,
    RemittanceBalance,
    judge_remittance,
)
from charthouse.engines.x12.characters import element_text, transliterate
from charthouse.engines.x12.checks import check_claim, has_npi_shape
from charthouse.engines.x12.claim_acknowledgement import (
    ClaimAck,
    ClaimStatus,
    ClaimStatusReport,
    ProviderStatusReport,
)
from charthouse.engines.x12.envelope.model import (
    Body,
    Group,
    Interchange,
    PartyId,
    RawSet,
    ReadInterchange,
    TransactionSet,
)
from charthouse.engines.x12.envelope.reading import read_interchanges
from charthouse.engines.x12.envelope.writing import write_interchange
from charthouse.engines.x12.fault import X12Fault
from charthouse.engines.x12.professional.model import (
    Address,
    BillingProvider,
    ClaimLine,
    DrugQuantity,
    Patient,
    Payer,
    Person,
    ProfessionalClaim,
    ProfessionalClaims,
    Provider,
    Receiver,
    ServiceFacility,
    Submitter,
    Subscriber,
)
from charthouse.engines.x12.reader import read_segments
from charthouse.engines.x12.remittance.model import (
    Adjustment,
    BankRoute,
    ProviderAdjustment,
    Remittance,
    RemittanceClaim,
    RemittanceLine,
    RemittancePatient,
    RemittancePayee,
    RemittancePayer,
)
from charthouse.engines.x12.segment import Delimiters, Segment

__all__ = [
    "Address",
    "Adjustment",
    "BankRoute",
    "BillingProvider",
    "Body",
    "ClaimAck",
    "ClaimBalance",
    "ClaimLine",
    "ClaimState",
    "ClaimStatus",
    "ClaimStatusReport",
    "Delimiters",
    "DrugQuantity",
    "ElementError",
    "ErrorContext",
    "Group",
    "Imbalance",
    "ImplementationAck",
    "Interchange",
    "InterchangeAck",
    "PartyId",
    "Patient",
    "Payer",
    "Person",
    "ProfessionalClaim",
    "ProfessionalClaims",
    "Provider",
    "ProviderAdjustment",
    "ProviderStatusReport",
    "RawSet",
    "ReadInterchange",
    "Receiver",
    "Remittance",
    "RemittanceBalance",
    "RemittanceClaim",
    "RemittanceLine",
    "RemittancePatient",
    "RemittancePayee",
    "RemittancePayer",
    "Segment",
    "SegmentError",
    "ServiceFacility",
    "SetAck",
    "Submitter",
    "Subscriber",
    "TransactionSet",
    "X12Fault",
    "answer_group",
    "check_claim",
    "element_text",
    "has_npi_shape",
    "judge_remittance",
    "read_interchanges",
    "read_segments",
    "transliterate",
    "write_interchange",
]
