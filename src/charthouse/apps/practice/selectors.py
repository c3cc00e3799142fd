"""Reading the practice's master data: who pays, who gives services where, and at what price."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from charthouse.apps.accounts.models import Organization
from charthouse.apps.practice.models import BillingProfile, ChargeItem, Facility, Payer, Provider


def payers(organization: Organization) -> QuerySet[Payer]:
    """Payers of an organization by name."""
    return Payer.objects.filter(organization=organization).select_related("channel").order_by("name")


def providers(organization: Organization) -> QuerySet[Provider]:
    """Providers of an organization by family name."""
    return Provider.objects.filter(organization=organization).order_by("family_name", "given_name")


def facilities(organization: Organization) -> QuerySet[Facility]:
    """Facilities of an organization by name."""
    return Facility.objects.filter(organization=organization).order_by("name")


def billing_profile(organization: Organization) -> BillingProfile | None:
    """How the organization bills, once it has been set up."""
    return BillingProfile.objects.filter(organization=organization).first()


def charge_items(organization: Organization, on: date) -> QuerySet[ChargeItem]:
    """Lines of the charge master in force on a day, by code."""
    return _in_force(on).filter(organization=organization).order_by("code", "-effective_from")


def charge_for(organization_id: int, code: str, on: date) -> ChargeItem | None:
    """The line that prices a code on a day; the youngest when several are in force; None means no price."""
    found = _in_force(on).filter(organization_id=organization_id, code=code.strip().upper())
    return found.order_by("-effective_from").first()


def charge_labels(organization_id: int, on: date) -> dict[str, str]:
    """The practice's own labels by code, in force on a day."""
    found = _in_force(on).filter(organization_id=organization_id).order_by("code", "effective_from")
    return dict(found.values_list("code", "label"))


def find_payer(organization: Organization, payer_id: str, name: str) -> Payer | None:
    """Find a payer by its id, else by its exact name (case and blanks folded); never by a part of it."""
    own = Payer.objects.filter(organization=organization)
    by_id = own.filter(payer_id=payer_id.strip()).first() if payer_id.strip() else None
    return by_id or own.filter(name__iexact=_squeezed(name)).first()


def find_provider(organization: Organization, npi: str, name: str) -> Provider | None:
    """Find a provider by NPI, else by a full name that only one provider has."""
    own = Provider.objects.filter(organization=organization)
    if npi.strip():
        return own.filter(npi=npi.strip()).first()
    wanted = _squeezed(name).casefold()
    found = [row for row in own if wanted and wanted in _names(row)]
    return found[0] if len(found) == 1 else None


def find_facility(organization: Organization, name: str) -> Facility | None:
    """Find a facility by its exact name, case and blanks folded."""
    return Facility.objects.filter(organization=organization, name__iexact=_squeezed(name)).first()


def _in_force(on: date) -> QuerySet[ChargeItem]:
    still = Q(effective_to__isnull=True) | Q(effective_to__gte=on)
    return ChargeItem.objects.filter(still, effective_from__lte=on)


def _names(provider: Provider) -> set[str]:
    plain = f"{provider.given_name} {provider.family_name}"
    turned = f"{provider.family_name}, {provider.given_name}"
    credential = provider.credential
    written = {plain, turned, f"{plain} {credential}", f"{plain}, {credential}", f"Dr {plain}", f"Dr. {plain}"}
    return {_squeezed(name).casefold() for name in written}


def _squeezed(text: str) -> str:
    return " ".join(text.split())
