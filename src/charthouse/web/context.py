"""What every page knows: who is signed in, which parts of the house they may enter, when the session locks."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from charthouse.apps.accounts.models import Person
from charthouse.apps.accounts.selectors import home_organization, roles_of
from charthouse.web.navigation import navigation


def shell(request: HttpRequest) -> dict[str, object]:
    """Context of the page frame; for somebody who is not signed in only the name of the house."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return {"nav": [], "who": "", "idle_seconds": 0}
    route = request.resolver_match.view_name if request.resolver_match else ""
    held = ", ".join(sorted(_in_a_sentence(role.label) for role in roles_of(person)))
    return {
        "nav": navigation(person, route),
        "who": f"{person.full_name}, {held}" if held else person.full_name,
        "organization": home_organization(person),
        "idle_seconds": settings.IDLE_LOCK_SECONDS,
    }


def _in_a_sentence(label: str) -> str:
    """`Coder` becomes `coder`; `IT administrator` stays."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
