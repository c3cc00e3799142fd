"""Who asks about which code on which day."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest

from charthouse.apps.accounts.models import Person
from charthouse.kit import Code, CodeSystem

SystemName = Literal["icd-10-cm", "icd-10-pcs", "hcpcs", "cpt"]


def person_asking(request: HttpRequest) -> Person | None:
    """The person whose token or session it is: decides what is boosted and whose CPT words may be shown."""
    return request.user if isinstance(request.user, Person) else None


def code_of(system: str, text: str) -> Code:
    """A code as it was written, with or without its dot."""
    return Code(CodeSystem(system), text.strip().replace(".", "").upper())
