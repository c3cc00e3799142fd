"""HL7 v3 data types as they stand in a CDA document: times, identifiers, names; null flavours read as absent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from charthouse.engines.cda.xml import Element

HL7 = "urn:hl7-org:v3"
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
NPI_ROOT = "2.16.840.1.113883.4.6"
_NAMESPACES = {None: HL7}
_TIME = re.compile(
    r"(\d{4})-?(\d\d)?-?(\d\d)?T?(?:(\d\d):?(\d\d)?:?(\d\d)?(?:\.\d+)?)?(?:([+-])(\d\d):?(\d\d)|Z)?", re.ASCII
)


def find(element: Element | None, path: str) -> Element | None:
    """First element at a path of HL7 names, or None."""
    return None if element is None else element.find(path, namespaces=_NAMESPACES)  # type: ignore[arg-type] # stubs know no default namespace


def find_all(element: Element | None, path: str) -> list[Element]:
    """Every element at a path of HL7 names."""
    return [] if element is None else element.findall(path, namespaces=_NAMESPACES)  # type: ignore[arg-type] # as above


def children(element: Element) -> Iterator[tuple[str, Element]]:
    """Child elements with their local names."""
    for child in element:
        yield local_name(child), child


def local_name(element: Element) -> str:
    """Name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element | None, name: str) -> str:
    """An attribute without surrounding space; empty when the element or the attribute is absent."""
    return "" if element is None else (element.get(name) or "").strip()


def is_null(element: Element | None) -> bool:
    """Whether a value is absent or marked with a null flavour."""
    return element is None or element.get("nullFlavor") is not None


def flat_text(element: Element | None) -> str:
    """All text inside on one line."""
    return "" if element is None else " ".join(text_inside(element).split())


def text_inside(element: Element) -> str:
    """All text inside as it stands."""
    return "".join(str(part) for part in element.itertext())


def day_of(text: str) -> date | None:
    """The day in a time stamp as the sender's clock showed it; None when it is not precise to a day."""
    found = _TIME.fullmatch(text)
    if not found or not found.group(3):
        return None
    try:
        return date(int(found.group(1)), int(found.group(2)), int(found.group(3)))
    except ValueError:
        return None


def moment_of(text: str) -> datetime | date | None:
    """A time stamp in UTC when it names its offset, else only its day: a clock without a zone is not guessed."""
    day, found = day_of(text), _TIME.fullmatch(text)
    if day is None or found is None or not found.group(5) or not (found.group(7) or text.endswith("Z")):
        return day
    hours, minutes = int(found.group(8) or 0), int(found.group(9) or 0)
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if found.group(7) == "-" else 1)
    try:
        clock = time(int(found.group(4)), int(found.group(5)), int(found.group(6) or 0), tzinfo=timezone(offset))
        return datetime.combine(day, clock).astimezone(UTC)
    except (ValueError, OverflowError):
        return day


def span_of(interval: Element | None) -> tuple[date | None, date | None]:
    """First and last day of a point in time or an interval; each None when unknown."""
    point = day_of(attribute(interval, "value"))
    low = day_of(attribute(find(interval, "low"), "value"))
    high = day_of(attribute(find(interval, "high"), "value"))
    return low or point or high, high or (None if low else point)


@dataclass(frozen=True, slots=True)
class Identifier:
    """An instance identifier: who gave it (`root`, an OID or UUID) and what they gave."""

    root: str
    extension: str
    authority: str

    @property
    def value(self) -> str:
        """What people would call the number: the extension, else the root itself."""
        return self.extension or self.root

    @property
    def full(self) -> str:
        """Root and extension together, unique everywhere."""
        return "^".join(part for part in (self.root, self.extension) if part)


def identifiers(element: Element | None, path: str = "id") -> list[Identifier]:
    """Identifiers at a path that have a value."""
    found = [
        Identifier(attribute(one, "root"), attribute(one, "extension"), attribute(one, "assigningAuthorityName"))
        for one in find_all(element, path)
    ]
    return [one for one in found if one.value]


def npi_of(entity: Element | None) -> str:
    """The National Provider Identifier of an entity: ten digits, or empty."""
    numbers = (one.extension for one in identifiers(entity) if one.root == NPI_ROOT)
    return next((number for number in numbers if re.fullmatch(r"[0-9]{10}", number)), "")
