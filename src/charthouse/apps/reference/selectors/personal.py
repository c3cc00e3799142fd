"""What a person keeps at hand, used last, and what is used where the person works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from time import monotonic

from django.db.models import Sum

from charthouse.apps.accounts.models import Person
from charthouse.apps.accounts.selectors import organization_ids
from charthouse.apps.reference.models import CodeUse, Favourite
from charthouse.kit import Code, CodeSystem

MOST_USED = 1000
_KEPT_SECONDS = 60.0
_kept: dict[int, tuple[float, Mapping[str, int]]] = {}


def favourites(person: Person) -> list[Code]:
    """The codes a person keeps at hand, newest first."""
    return _codes(Favourite.objects.filter(person=person).order_by("-id").values_list("system", "code"))


def recent(person: Person, limit: int = 20) -> list[Code]:
    """The codes a person used last, each once, newest first."""
    used = CodeUse.objects.filter(person=person).order_by("-last_used", "-id")
    return list(dict.fromkeys(_codes(used.values_list("system", "code")[: 4 * limit])))[:limit]


def usage(person: Person | None) -> Mapping[str, int]:
    """How often ICD-10-CM codes (without dot) were used in the person's organizations; a minute old at most.

    The search asks with every key that is typed, so each process keeps the answer for a minute.
    """
    if person is None:
        return {}
    since, kept = _kept.get(person.pk, (0.0, {}))
    if not since or monotonic() - since > _KEPT_SECONDS:
        kept = _counted(person)
        _kept[person.pk] = monotonic(), kept
    return kept


def forget_usage(person: Person) -> None:
    """Count anew at the next search of this person in this process."""
    _kept.pop(person.pk, None)


def _counted(person: Person) -> Mapping[str, int]:
    used = CodeUse.objects.filter(organization__in=organization_ids(person), system=CodeSystem.ICD10CM.value)
    totals = used.values("code").annotate(total=Sum("count")).order_by("-total", "code")[:MOST_USED]
    return {row["code"]: row["total"] for row in totals}


def _codes(pairs: Iterable[tuple[str, str]]) -> list[Code]:
    return [Code(CodeSystem(system), value) for system, value in pairs]
