"""Coded values: code systems by OID, labels by display name, original text or the narrative they point at."""

from __future__ import annotations

from charthouse.engines.cda.narrative import Narrative
from charthouse.engines.cda.values import XSI_TYPE, attribute, day_of, find, find_all, flat_text
from charthouse.engines.cda.xml import Element
from charthouse.kit import Code, CodeSystem

_SYSTEMS = {
    "2.16.840.1.113883.6.90": CodeSystem.ICD10CM,
    "2.16.840.1.113883.6.4": CodeSystem.ICD10PCS,
    "2.16.840.1.113883.6.285": CodeSystem.HCPCS,
    "2.16.840.1.113883.6.14": CodeSystem.HCPCS,
    "2.16.840.1.113883.6.12": CodeSystem.CPT,
    "2.16.840.1.113883.6.96": CodeSystem.SNOMED,
    "2.16.840.1.113883.6.1": CodeSystem.LOINC,
    "2.16.840.1.113883.6.88": CodeSystem.RXNORM,
    "2.16.840.1.113883.12.292": CodeSystem.CVX,
    "2.16.840.1.113883.6.59": CodeSystem.CVX,
}
_UNREMARKABLE = ("N", "NORMAL")


def codes_of(element: Element | None) -> tuple[Code, ...]:
    """The code and its translations, without repeats."""
    every = [] if element is None else [element, *find_all(element, "translation")]
    return tuple(dict.fromkeys(code for one in every if (code := _code(one))))


def _code(element: Element) -> Code | None:
    value, system = attribute(element, "code"), attribute(element, "codeSystem")
    if not value:
        return None
    known = _SYSTEMS.get(system, CodeSystem.OTHER)
    return Code.icd10cm(value) if known is CodeSystem.ICD10CM else Code(known, value)


def label_of(element: Element | None, narrative: Narrative) -> str:
    """What a coded value is called: display name, else original text, else a translation's name."""
    if element is None:
        return ""
    names = [attribute(element, "displayName"), _original_text(element, narrative)]
    names += [attribute(one, "displayName") for one in find_all(element, "translation")]
    return next((name for name in names if name), "")


def _original_text(element: Element, narrative: Narrative) -> str:
    original = find(element, "originalText")
    return flat_text(original) or narrative.at(attribute(find(original, "reference"), "value"))


def referenced_text(entry: Element, narrative: Narrative) -> str:
    """The part of the narrative an entry says it stands for, on one line."""
    text = find(entry, "text")
    return narrative.at(attribute(find(text, "reference"), "value")) or flat_text(text)


def value_of(observation: Element, narrative: Narrative) -> str:
    """The value of an observation as text, with its interpretation when it is not normal."""
    shown = "; ".join(text for one in find_all(observation, "value") if (text := _value(one, narrative)))
    flag = find(observation, "interpretationCode")
    meaning = attribute(flag, "displayName") or attribute(flag, "code")
    return f"{shown} ({meaning})" if shown and meaning and meaning.upper() not in _UNREMARKABLE else shown


def _value(value: Element, narrative: Narrative) -> str:
    kind = (value.get(XSI_TYPE) or "").rpartition(":")[2]
    if kind in ("IVL_PQ", "IVL_INT", "IVL_REAL"):
        return _interval(value)
    if kind in ("TS", "IVL_TS"):
        day = day_of(attribute(value, "value"))
        return day.isoformat() if day else ""
    return quantity(value) or label_of(value, narrative) or flat_text(value) or attribute(value, "code")


def quantity(element: Element | None) -> str:
    """A number with its unit: `7.2 %`; empty when there is no number."""
    number, unit = attribute(element, "value"), attribute(element, "unit")
    return f"{number} {unit}" if number and unit not in ("", "1") else number


def _interval(value: Element) -> str:
    low, high = quantity(find(value, "low")), quantity(find(value, "high"))
    if low and high:
        return f"{low} to {high}"
    return f"at least {low}" if low else f"at most {high}" if high else quantity(value)
