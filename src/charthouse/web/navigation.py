"""Which parts of the house a person finds in the top bar, and where the day begins."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from charthouse.apps.accounts.models import Person
from charthouse.web.access import ROUTES

PARTS = (
    ("worklists:list", "Worklist"),
    ("quality:findings", "Findings"),
    ("billing:claims", "Claims"),
    ("remittance:denials", "Denials"),
    ("remittance:remittances", "Remittances"),
    ("exchange:inbox", "Intake"),
    ("program:register", "Agreements"),
    ("audit:log", "Log"),
    ("program:gate", "My standing"),
    ("codebook:find", "Code book"),
)


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link of the top bar."""

    label: str
    url: str
    current: bool


def navigation(person: Person, route: str) -> list[NavItem]:
    """Links to the parts the person may enter, the present one marked."""
    namespace = route.partition(":")[0]
    return [
        NavItem(label, reverse(name), name == route or (name.partition(":")[0] == namespace and _is_first(name)))
        for name, label in PARTS
        if ROUTES[name](person)
    ]


def first_page(person: Person) -> str:
    """Where the day begins: the first part of the house the person may enter."""
    return reverse(next(name for name, _ in PARTS if ROUTES[name](person)))


def _is_first(name: str) -> bool:
    # Of two parts in one namespace (denials and remittances) only the listed route itself is the current one.
    namespace = name.partition(":")[0]
    return sum(other.startswith(f"{namespace}:") for other, _ in PARTS) == 1
