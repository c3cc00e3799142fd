"""The resources of a file and what their references point at: urn:uuid, relative, absolute and contained."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from charthouse.engines.fhir.access import Resource, codes, items, label, obj, string
from charthouse.engines.fhir.skips import Skips
from charthouse.kit import Code

_LONGEST_NAME = 200  # characters


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One resource, where it stands in the file, and the address others know it by."""

    resource: Resource
    place: str
    address: str

    @property
    def type(self) -> str:
        """Its resource type."""
        return string(self.resource, "resourceType")

    @property
    def key(self) -> str:
        """Its identifier in the source."""
        return string(self.resource, "id") or self.address.rpartition(":")[2] or self.place


class Bundle:
    """All resources of a file by address, and the way to follow a reference."""

    def __init__(self, root: Resource, skips: Skips) -> None:
        self.entries = list(_entries(root, skips))
        self._by_address: dict[str, Entry] = {}
        self._followed: set[int] = set()
        self._contained: dict[int, dict[str, Entry]] = {}
        self._concepts: dict[int, tuple[str, tuple[Code, ...]]] = {}
        self._names: dict[int, str] = {}
        self._claimed: set[int] = set()
        self._lines: dict[int, str] = {}
        for entry in self.entries:
            for address in _addresses(entry):
                self._by_address.setdefault(address, entry)

    def of_type(self, *types: str) -> list[Entry]:
        """Resources of the given types in file order."""
        return [entry for entry in self.entries if entry.type in types]

    def follow(self, reference: Resource, holder: Resource) -> Entry | None:
        """The resource a Reference inside `holder` points at; None when it dangles."""
        target = string(reference, "reference")
        if target.startswith("#"):
            return self._inside(holder).get(target)
        unversioned = target.partition("/_history/")[0]
        short = "/".join(unversioned.split("/")[-2:])
        entry = self._by_address.get(unversioned) or self._by_address.get(short)
        if entry is not None:
            self._followed.add(id(entry))
        return entry

    def was_followed(self, entry: Entry) -> bool:
        """Whether any reference has led to this entry so far."""
        return id(entry) in self._followed

    def name(self, reference: Resource, holder: Resource) -> str:
        """What a referenced person or organization is called: the reference's own words, else the resource's name."""
        if display := string(reference, "display"):
            return display
        entry = self.follow(reference, holder)
        if entry is None:
            return ""
        if id(entry) not in self._names:
            self._names[id(entry)] = display_name(entry.resource)[:_LONGEST_NAME]
        return self._names[id(entry)]

    def concept(self, entry: Entry) -> tuple[str, tuple[Code, ...]]:
        """Label and codes of what a resource is about; read once, however many refer to it."""
        if id(entry) not in self._concepts:
            concept = obj(entry.resource, "code")
            self._concepts[id(entry)] = (label(concept), codes(concept))
        return self._concepts[id(entry)]

    def claim(self, entry: Entry) -> bool:
        """Take a Binary for one document; False when another document has it, so that one file cannot fill many."""
        fresh = id(entry) not in self._claimed
        self._claimed.add(id(entry))
        return fresh

    def result_line(self, entry: Entry, make: Callable[[Entry, Bundle], str]) -> str:
        """The line `make` writes for a result; made once, however many reports refer to it."""
        if id(entry) not in self._lines:
            self._lines[id(entry)] = make(entry, self)
        return self._lines[id(entry)]

    def _inside(self, holder: Resource) -> dict[str, Entry]:
        if id(holder) not in self._contained:
            inside = [(f"#{string(one, 'id')}", one) for one in items(holder, "contained")]
            self._contained[id(holder)] = {address: Entry(one, address, address) for address, one in inside}
        return self._contained[id(holder)]


def _entries(root: Resource, skips: Skips) -> Iterator[Entry]:
    if string(root, "resourceType") != "Bundle":
        yield Entry(root, string(root, "resourceType"), "")
        return
    for index, holder in enumerate(items(root, "entry")):
        place = f"Bundle.entry[{index}]"
        resource = obj(holder, "resource")
        if string(resource, "resourceType"):
            yield Entry(resource, place, string(holder, "fullUrl"))
        elif string(holder, "request", "method") == "DELETE":
            skips.add(place, "deletion", "intake only adds")
        else:
            skips.add(place, "entry without a resource", "there is nothing in it to read")


def _addresses(entry: Entry) -> Iterator[str]:
    own = string(entry.resource, "id")
    if entry.address:
        yield entry.address
    if own:
        yield f"{entry.type}/{own}"
        yield f"urn:uuid:{own}"


def display_name(resource: Resource) -> str:
    """Name of a person, organization, location or medication resource."""
    names = items(resource, "name")
    if not names:
        return string(resource, "name") or label(obj(resource, "code"))
    if text := string(names[0], "text"):
        return text
    parts = [*_texts(names[0], "prefix"), *_texts(names[0], "given"), string(names[0], "family")]
    return " ".join(part for part in parts if part)


def _texts(name: Resource, key: str) -> list[str]:
    found = name.get(key)
    return [text for one in (found if isinstance(found, list) else []) if (text := string(one))]
