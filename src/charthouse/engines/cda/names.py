"""Names of people and organizations in a CDA document."""

from __future__ import annotations

from dataclasses import dataclass

from charthouse.engines.cda.values import attribute, find, find_all, flat_text, is_null
from charthouse.engines.cda.xml import Element

_CALL_NAME = "CL"
_BIRTH_NAME = "BR"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its parts."""

    family: str = ""
    given: str = ""
    middle: str = ""
    prefix: str = ""
    suffix: str = ""

    @property
    def display(self) -> str:
        """The name in reading order: `Patricia Primary, M.D.`."""
        plain = " ".join(part for part in (self.prefix, self.given, self.middle, self.family) if part)
        return f"{plain}, {self.suffix}" if plain and self.suffix else plain


def person_name(person: Element | None) -> PersonName:
    """The legal name among a person's names, else the first one that is not a search name."""
    names = [name for name in find_all(person, "name") if not is_null(name)]
    names.sort(key=lambda name: {"L": 0, "SRCH": 2}.get(attribute(name, "use"), 1))
    return _parts(names[0]) if names else PersonName()


def _parts(name: Element) -> PersonName:
    given, families = _texts(name, "given", _CALL_NAME), _texts(name, "family", _BIRTH_NAME)
    if not given and not families:
        first, _, last = flat_text(name).rpartition(" ")
        return PersonName(family=last, given=first)
    return PersonName(
        family=" ".join(families),
        given=given[0] if given else "",
        middle=" ".join(given[1:]),
        prefix=" ".join(_texts(name, "prefix")),
        suffix=" ".join(_texts(name, "suffix")),
    )


def _texts(name: Element, part: str, set_aside: str = "") -> list[str]:
    """Texts of one part; those with the qualifier `set_aside` only when there is no other."""
    parts = [one for one in find_all(name, part) if flat_text(one)]
    wanted = [one for one in parts if not set_aside or attribute(one, "qualifier") != set_aside]
    return [flat_text(one) for one in wanted or parts]


def entity_name(entity: Element | None) -> str:
    """Name of an assigned entity: its person, else its device, else its organization."""
    person = person_name(find(entity, "assignedPerson")).display
    device = flat_text(find(entity, "assignedAuthoringDevice/softwareName"))
    return person or device or flat_text(find(entity, "representedOrganization/name"))
