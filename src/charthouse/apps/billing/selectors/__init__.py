"""Reading claims, scoped to the organizations in which the person works with claims."""

from charthouse.apps.billing.selectors.lists import VIEWS, ClaimRow, claims, counts
from charthouse.apps.billing.selectors.lookup import claim_for, claims_of
from charthouse.apps.billing.selectors.page import ClaimPage, PageLine, Step, claim_page
from charthouse.apps.billing.selectors.sent_file import SentFile, interchange_bytes

__all__ = [
    "VIEWS",
    "ClaimPage",
    "ClaimRow",
    "PageLine",
    "SentFile",
    "Step",
    "claim_for",
    "claim_page",
    "claims",
    "claims_of",
    "counts",
    "interchange_bytes",
]
