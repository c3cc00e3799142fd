"""Tolerant reading of FHIR JSON: a value of the wrong shape reads as absent, never as an error."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

from charthouse.engines.fhir.json import Json
from charthouse.kit import Code, CodeSystem

Resource = dict[str, Json]

_SYSTEMS = {
    "http://hl7.org/fhir/sid/icd-10-cm": CodeSystem.ICD10CM,
    "urn:oid:2.16.840.1.113883.6.90": CodeSystem.ICD10CM,
    "http://www.cms.gov/Medicare/Coding/ICD10": CodeSystem.ICD10PCS,
    "http://hl7.org/fhir/sid/icd-10-pcs": CodeSystem.ICD10PCS,
    "urn:oid:2.16.840.1.113883.6.285": CodeSystem.HCPCS,
    "http://terminology.hl7.org/CodeSystem/HCPCS-all-codes": CodeSystem.HCPCS,
    "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": CodeSystem.HCPCS,
    "http://www.ama-assn.org/go/cpt": CodeSystem.CPT,
    "http://snomed.info/sct": CodeSystem.SNOMED,
    "http://loinc.org": CodeSystem.LOINC,
    "http://www.nlm.nih.gov/research/umls/rxnorm": CodeSystem.RXNORM,
    "http://hl7.org/fhir/sid/cvx": CodeSystem.CVX,
}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?", re.ASCII | re.DOTALL)


def obj(value: Json, *path: str) -> Resource:
    """The object at a path of keys (the first item where a list stands on the way); empty when there is none."""
    for key in (*path, None):
        while isinstance(value, list):
            value = value[0] if value else None
        if key is not None:
            value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def items(value: Json, key: str) -> list[Resource]:
    """The objects in a list under a key; a single object counts as a list of one."""
    found = value.get(key) if isinstance(value, dict) else None
    every = found if isinstance(found, list) else [found]
    return [one for one in every if isinstance(one, dict)]


def string(value: Json, *path: str) -> str:
    """The text at a path on one line, without control characters; empty when there is none."""
    return " ".join(raw_string(value, *path).split())


def raw_string(value: Json, *path: str) -> str:
    """The text at a path as it stands, but for control characters."""
    holder = obj(value, *path[:-1])
    found = holder.get(path[-1]) if path else value
    if isinstance(found, list) and found:
        found = found[0]
    if isinstance(found, bool) or not isinstance(found, str | int | Decimal):
        return ""
    return _CONTROLS.sub("", found) if isinstance(found, str) else number(found)


def strings(value: Json, key: str) -> list[str]:
    """The texts in a list under a key."""
    found = value.get(key) if isinstance(value, dict) else None
    every = found if isinstance(found, list) else [found]
    return [text for one in every if isinstance(one, str) and (text := string(one))]


def flag(value: Json, key: str) -> bool:
    """Whether a boolean under a key is true."""
    return isinstance(value, dict) and value.get(key) is True


def number(value: int | Decimal) -> str:
    """A number as people read it: a machine's long tail of decimals is rounded to three figures or two decimals."""
    if isinstance(value, int):
        return str(value)
    if not value.is_finite() or abs(value.adjusted()) > 15:
        return str(value)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -4:
        value = round(value, max(2, 2 - value.adjusted())).normalize()
    return f"{value:f}"


def codes(concept: Json) -> tuple[Code, ...]:
    """The codes of a CodeableConcept, without repeats."""
    return tuple(dict.fromkeys(code for coding in items(concept, "coding") if (code := _code(coding))))


def _code(coding: Resource) -> Code | None:
    value = string(coding, "code")
    system = _SYSTEMS.get(string(coding, "system"), CodeSystem.OTHER)
    if not value:
        return None
    return Code.icd10cm(value) if system is CodeSystem.ICD10CM else Code(system, value)


def label(concept: Json) -> str:
    """What a CodeableConcept is called: its text, else a display name, else its code."""
    displays = [string(coding, "display") for coding in items(concept, "coding")]
    plain = [string(coding, "code") for coding in items(concept, "coding")]
    return next((text for text in (string(concept, "text"), *displays, *plain) if text), "")


def day(text: str) -> date | None:
    """The day of a FHIR date or dateTime as its sender wrote it; None when it is not precise to a day."""
    found = _DAY.fullmatch(text)
    try:
        return date(int(found.group(1)), int(found.group(2)), int(found.group(3))) if found else None
    except ValueError:
        return None


def moment(text: str) -> datetime | date | None:
    """A dateTime in UTC when it names its offset, else only its day."""
    try:
        written = datetime.fromisoformat(text) if "T" in text else None
        return written.astimezone(UTC) if written and written.tzinfo else day(text)
    except (ValueError, OverflowError):
        return day(text)


def first_day(resource: Json, *keys: str) -> date | None:
    """The first day found under keys that hold a dateTime or a Period."""
    written = (string(resource, key) or string(resource, key, "start") for key in keys)
    return next((found for text in written if (found := day(text))), None)
