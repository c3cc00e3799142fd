"""Conditions, procedures, observations, medications, allergies and vaccines as facts."""

from __future__ import annotations

from collections.abc import Callable

from charthouse.engines.fhir.access import Resource, codes, first_day, flag, items, label, obj, string
from charthouse.engines.fhir.bundle import Bundle, Entry
from charthouse.kit import ChartFact, FactKind

_Parts = tuple[FactKind, str, str, str]  # kind, key of the coded element, value, status


def read_fact(entry: Entry, bundle: Bundle, encounter_key: str) -> ChartFact | None:
    """One resource as a fact; None when its type is not one a fact is made of or it names nothing."""
    reader = _READERS.get(entry.type)
    if reader is None:
        return None
    resource = entry.resource
    kind, concept_key, value, status = reader(resource)
    name, found = label(obj(resource, concept_key)), codes(obj(resource, concept_key))
    if not name and (medication := bundle.follow(obj(resource, "medicationReference"), resource)):
        name, found = bundle.concept(medication)
    name = name or string(resource, "medicationReference", "display")
    if not name:
        return None
    return ChartFact(kind, name, found, value, first_day(resource, *_DAYS), status, encounter_key)


def is_fact_type(type_name: str) -> bool:
    """Whether facts are made of resources of this type."""
    return type_name in _READERS


_DAYS = (
    *("onsetDateTime", "onsetPeriod", "performedDateTime", "performedPeriod", "effectiveDateTime", "effectivePeriod"),
    *("occurrenceDateTime", "authoredOn", "dateAsserted", "recordedDate", "issued"),
)


def _condition(resource: Resource) -> _Parts:
    verified = string(resource, "verificationStatus", "coding", "code")
    status = string(resource, "clinicalStatus", "coding", "code")
    if verified in ("refuted", "provisional", "differential", "unconfirmed"):
        status = f"{status}, {verified}" if status else verified
    return FactKind.PROBLEM, "code", "", status


def _procedure(resource: Resource) -> _Parts:
    return FactKind.PROCEDURE, "code", label(obj(resource, "outcome")), string(resource, "status")


def _observation(resource: Resource) -> _Parts:
    categories = {string(coding, "code") for one in items(resource, "category") for coding in items(one, "coding")}
    kind = FactKind.VITAL_SIGN if "vital-signs" in categories else FactKind.RESULT
    value = _value(resource)
    for component in items(resource, "component"):
        if text := _value(component):
            value = "; ".join(part for part in (value, f"{label(obj(component, 'code'))} {text}") if part)
    meaning = label(obj(resource, "interpretation"))
    if value and meaning and meaning.upper() not in ("N", "NORMAL"):
        value = f"{value} ({meaning})"
    return kind, "code", value, string(resource, "status")


def _medication(resource: Resource) -> _Parts:
    dosage = obj(resource, "dosageInstruction") or obj(resource, "dosage")
    return FactKind.MEDICATION, "medicationCodeableConcept", string(dosage, "text"), string(resource, "status")


def _allergy(resource: Resource) -> _Parts:
    shown = [label(one) for reaction in items(resource, "reaction") for one in items(reaction, "manifestation")]
    status = string(resource, "clinicalStatus", "coding", "code")
    return FactKind.ALLERGY, "code", "; ".join(text for text in shown if text), status


def _immunization(resource: Resource) -> _Parts:
    return FactKind.IMMUNIZATION, "vaccineCode", _quantity(obj(resource, "doseQuantity")), string(resource, "status")


_READERS: dict[str, Callable[[Resource], _Parts]] = {
    "Condition": _condition,
    "Procedure": _procedure,
    "Observation": _observation,
    "MedicationRequest": _medication,
    "MedicationStatement": _medication,
    "AllergyIntolerance": _allergy,
    "Immunization": _immunization,
}


def _value(holder: Resource) -> str:
    """The value[x] of an observation or a component as text."""
    if quantity := _quantity(obj(holder, "valueQuantity")):
        return quantity
    if concept := label(obj(holder, "valueCodeableConcept")):
        return concept
    if isinstance(holder.get("valueBoolean"), bool):
        return "yes" if flag(holder, "valueBoolean") else "no"
    for key in ("valueString", "valueInteger", "valueDateTime", "valueTime"):
        if text := string(holder, key):
            return text
    return _spread(holder) or label(obj(holder, "dataAbsentReason"))


def _spread(holder: Resource) -> str:
    for key, low, high, between in (
        ("valueRange", "low", "high", " to "),
        ("valueRatio", "numerator", "denominator", " / "),
    ):
        ends = (_quantity(obj(holder, key, low)), _quantity(obj(holder, key, high)))
        if any(ends):
            return between.join(end for end in ends if end)
    start, end = string(holder, "valuePeriod", "start"), string(holder, "valuePeriod", "end")
    return " to ".join(text for text in (start, end) if text)


def _quantity(quantity: Resource) -> str:
    amount = string(quantity, "comparator") + string(quantity, "value")
    unit = string(quantity, "unit") or string(quantity, "code")
    return " ".join(part for part in (amount, unit) if part) if string(quantity, "value") else ""
