"""From the bytes of a FHIR file to a chart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from charthouse.engines.fhir.access import Resource, first_day, items, label, obj, string
from charthouse.engines.fhir.bundle import Bundle, Entry
from charthouse.engines.fhir.coverage import read_coverages
from charthouse.engines.fhir.documents import DOCUMENT_TYPES, read_document, result_lines
from charthouse.engines.fhir.encounters import read_encounter
from charthouse.engines.fhir.facts import is_fact_type, read_fact
from charthouse.engines.fhir.json import safe_load
from charthouse.engines.fhir.patient import read_patient, the_patient
from charthouse.engines.fhir.skips import Skips
from charthouse.engines.fhir.summary import compile_summary
from charthouse.kit import Chart, ChartDocument, ChartEncounter, ChartFact, Refusal, Refused

_READ_ELSEWHERE = {"Patient", "Coverage", "Encounter"}
_READ_BY_REFERENCE = {"Organization", "Practitioner", "PractitionerRole", "Location", "Medication", "Binary"}
_MONEY = {"Claim", "ClaimResponse", "ExplanationOfBenefit"}
_VOID = "entered-in-error"


def read(data: bytes, source_name: str) -> Chart:
    """Read one Bundle or resource about one patient; Refused when it is not FHIR, names no patient or is unsafe."""
    root = safe_load(data, source_name)
    if not string(root, "resourceType"):
        message, mend = "The JSON has no resourceType, so it is not FHIR.", "Send a FHIR R4 Bundle or resource."
        raise Refused(Refusal(source_name, "resourceType", "fhir.not-a-resource", message, mend))
    skips = Skips()
    bundle = Bundle(root, skips)
    patient = the_patient(bundle, source_name)
    coverages = read_coverages(bundle, skips)
    reader = _Reader(bundle, patient, skips)
    # Those that only others refer to come last, when it is known which of them were needed.
    for entry in sorted(bundle.entries, key=lambda one: one.type in _READ_BY_REFERENCE):
        reader.take(entry)
    return Chart(
        source_name=source_name,
        source_format="fhir",
        patient=read_patient(patient, skips),
        coverages=coverages,
        encounters=tuple(reader.encounters.values()),
        documents=(*reader.summaries(), *reader.documents),
        facts=tuple(reader.facts),
        skipped=skips.entries(),
    )


@dataclass
class _Reader:
    """Goes through the resources once and keeps what each became."""

    bundle: Bundle
    patient: Entry
    skips: Skips
    facts: list[ChartFact] = field(default_factory=list)
    documents: list[ChartDocument] = field(default_factory=list)
    reports: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        entries = [one for one in self.bundle.of_type("Encounter") if self._is_ours(one) and not self._is_void(one)]
        self.entries = {entry.key: entry for entry in entries}
        self.encounters: dict[str, ChartEncounter] = {
            key: read_encounter(entry, self.bundle) for key, entry in self.entries.items()
        }
        self.seen: set[int] = {id(entry.resource) for entry in self.entries.values()}

    def take(self, entry: Entry) -> None:
        """Take one resource, or note why not."""
        if entry.type in _READ_ELSEWHERE and (entry.type != "Encounter" or id(entry.resource) in self.seen):
            return
        if entry.type in _READ_BY_REFERENCE:
            self._note_unless_referenced(entry)
        elif not self._is_ours(entry):
            self.skips.add(entry.place, entry.type, "its patient is not in the file")
        elif self._is_void(entry):
            self.skips.add(entry.place, entry.type, "it was entered in error or cancelled")
        elif is_fact_type(entry.type):
            self._take_fact(entry)
        elif entry.type in DOCUMENT_TYPES:
            self._take_document(entry)
        elif entry.type in _MONEY:
            self.skips.add(entry.place, entry.type, "claims and payments are no part of a chart; its coverage was read")
        else:
            self.skips.add(entry.place, entry.type, "not a kind of resource that a chart keeps")

    def _take_fact(self, entry: Entry) -> None:
        fact = read_fact(entry, self.bundle, self._encounter_key(entry))
        if fact is None:
            self.skips.add(entry.place, entry.type, "it names nothing: no code and no text")
        else:
            self.facts.append(fact)

    def _take_document(self, entry: Entry) -> None:
        key = self._encounter_key(entry)
        document = read_document(entry, self.bundle, key, self.skips)
        if document is not None:
            self.documents.append(document)
        elif entry.type == "DiagnosticReport" and key:
            self.reports[key].append(self._report_line(entry))
        else:
            self.skips.add(entry.place, entry.type, "there is nothing in it to read")

    def _report_line(self, entry: Entry) -> str:
        name = label(obj(entry.resource, "code")) or "Report"
        count = sum(1 for _ in result_lines(entry, self.bundle))
        day = first_day(entry.resource, "effectiveDateTime", "effectivePeriod", "issued")
        return "\t".join(part for part in (name, str(day or ""), f"{count} results" if count else "") if part)

    def _encounter_key(self, entry: Entry) -> str:
        reference = _encounter_reference(entry.resource)
        if not string(reference, "reference"):
            return ""
        encounter = self.bundle.follow(reference, entry.resource)
        if encounter is not None and encounter.key in self.encounters:
            return encounter.key
        self.skips.add(entry.place, f"link of {entry.type} to its encounter", "that encounter is not in the file")
        return ""

    def _is_ours(self, entry: Entry) -> bool:
        """Whether a resource is about the patient; one that names nobody stands in the patient's own file."""
        subject = obj(entry.resource, "subject") or obj(entry.resource, "patient")
        if not string(subject, "reference"):
            return True
        found = self.bundle.follow(subject, entry.resource)
        return found is not None and found.key == self.patient.key and found.type == "Patient"

    def _is_void(self, entry: Entry) -> bool:
        status = string(entry.resource, "status")
        verified = string(entry.resource, "verificationStatus", "coding", "code")
        return _VOID in (status, verified) or (entry.type == "Encounter" and status == "cancelled")

    def _note_unless_referenced(self, entry: Entry) -> None:
        if not self.bundle.was_followed(entry):
            self.skips.add(entry.place, entry.type, "nothing that was taken refers to it")

    def summaries(self) -> list[ChartDocument]:
        """One compiled summary for each encounter, in the order of the encounters."""
        by_encounter: dict[str, list[ChartFact]] = defaultdict(list)
        for fact in self.facts:
            by_encounter[fact.encounter_key].append(fact)
        return [
            compile_summary(self.entries[key], encounter, by_encounter[key], self.reports[key], self.bundle)
            for key, encounter in self.encounters.items()
        ]


def _encounter_reference(resource: Resource) -> Resource:
    """Where the encounter stands: `encounter`, or `context.encounter` in a DocumentReference."""
    return obj(resource, "encounter") or next(iter(items(obj(resource, "context"), "encounter")), {})
