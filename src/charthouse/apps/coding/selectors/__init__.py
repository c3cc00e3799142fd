"""Every reading of coding, scoped to the person who asks."""

from charthouse.apps.coding.checks import findings, key_of
from charthouse.apps.coding.selectors.day import Day, my_day
from charthouse.apps.coding.selectors.session import (
    Counts,
    DiagnosisView,
    EvidenceView,
    FindingView,
    Mark,
    ProcedureView,
    SessionView,
    session_view,
)
from charthouse.apps.coding.selectors.summaries import SummaryView, latest_summary, summary

__all__ = [
    "Counts",
    "Day",
    "DiagnosisView",
    "EvidenceView",
    "FindingView",
    "Mark",
    "ProcedureView",
    "SessionView",
    "SummaryView",
    "findings",
    "key_of",
    "latest_summary",
    "my_day",
    "session_view",
    "summary",
]
