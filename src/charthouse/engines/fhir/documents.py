"""Documents that clinicians wrote: DocumentReference, Composition, DiagnosticReport."""

from __future__ import annotations

import re
from collections.abc import Iterator

from charthouse.engines.fhir.access import Resource, codes, items, label, moment, obj, raw_string, string
from charthouse.engines.fhir.attachments import PDF, Content, plain_lines, read_attachments
from charthouse.engines.fhir.bundle import Bundle, Entry
from charthouse.engines.fhir.facts import read_fact
from charthouse.engines.fhir.html import html_text
from charthouse.engines.fhir.skips import Skips
from charthouse.kit import ChartDocument, ChartSection

DOCUMENT_TYPES = ("DocumentReference", "Composition", "DiagnosticReport")
_SIGNED = {"final", "amended", "corrected", "appended"}
_LONGEST_TITLE = 200  # characters of one section title
_LONGEST_RESULT = 500  # characters of one result in a list


def read_document(entry: Entry, bundle: Bundle, encounter_key: str, skips: Skips) -> ChartDocument | None:
    """One document resource; None when there is nothing in it to read."""
    resource = entry.resource
    if entry.type == "Composition":
        content = Content(tuple(_composition(items(resource, "section"))))
    elif entry.type == "DiagnosticReport":
        content = _report(entry, bundle, skips)
    else:
        attachments = [obj(one, "attachment") for one in items(resource, "content")]
        content = read_attachments(attachments, resource, entry.place, bundle, skips)
    if not content.sections and content.pdf is None:
        return None
    title = string(resource, "title") or string(resource, "description") or label(_concept(resource)) or "Document"
    return ChartDocument(
        key=entry.key,
        title=title,
        kind=_kind(entry),
        sections=content.sections,
        encounter_key=encounter_key,
        author=_author(resource, bundle),
        written_at=moment(string(resource, "date") or string(resource, "issued")),
        is_signed=_is_signed(resource),
        attachment=content.pdf,
        attachment_type=PDF if content.pdf else "",
    )


def _concept(resource: Resource) -> Resource:
    return obj(resource, "type") or obj(resource, "code")


def _kind(entry: Entry) -> str:
    if entry.type == "DiagnosticReport":
        return "diagnostic-report"
    loinc = {code.value for code in codes(_concept(entry.resource))}
    known = next((kind for code, kind in _KINDS.items() if code in loinc), "")
    return known or re.sub(r"[^a-z0-9]+", "-", label(_concept(entry.resource)).lower()).strip("-")[:40] or "document"


_KINDS = {  # LOINC document types
    "18842-5": "discharge-summary",
    "34117-2": "history-and-physical",
    "11504-8": "operative-note",
    "28570-0": "procedure-note",
    "11506-3": "progress-note",
    "11488-4": "consultation",
    "57133-1": "referral-note",
    "18748-4": "imaging-report",
    "34111-5": "emergency-note",
    "34133-9": "continuity-of-care",
}


def _author(resource: Resource, bundle: Bundle) -> str:
    people = [*items(resource, "author"), *items(resource, "resultsInterpreter"), *items(resource, "performer")]
    return next((name for one in people if (name := bundle.name(one, resource))), "")


def _is_signed(resource: Resource) -> bool:
    if "docStatus" in resource or string(resource, "resourceType") == "DocumentReference":
        return string(resource, "docStatus") in _SIGNED or bool(obj(resource, "authenticator"))
    return string(resource, "status") in _SIGNED


def _composition(sections: list[Resource], above: str = "") -> Iterator[ChartSection]:
    for section in sections:
        own = (string(section, "title") or label(obj(section, "code")))[:_LONGEST_TITLE]
        title = " / ".join(part for part in (above, own) if part)
        if text := html_text(raw_string(section, "text", "div")):
            yield ChartSection(title, text)
        yield from _composition(items(section, "section"), title)


def _report(entry: Entry, bundle: Bundle, skips: Skips) -> Content:
    """A report that says more than its results do; results alone stand in the encounter summary."""
    resource = entry.resource
    content = read_attachments(items(resource, "presentedForm"), resource, entry.place, bundle, skips)
    conclusion = plain_lines(raw_string(resource, "conclusion"))
    if not conclusion and not content.sections and content.pdf is None:
        return content
    written = [ChartSection("Conclusion", conclusion)] if conclusion else []
    results = "\n".join(result_lines(entry, bundle))
    if results:
        written.append(ChartSection("Results", results))
    return Content((*content.sections, *written), content.pdf)


def result_lines(entry: Entry, bundle: Bundle) -> Iterator[str]:
    """The results a report refers to, one a line: name, tab, value; a result named twice stands once."""
    followed = (bundle.follow(reference, entry.resource) for reference in items(entry.resource, "result"))
    for observation in dict.fromkeys(one for one in followed if one is not None):
        if line := bundle.result_line(observation, _result_line):
            yield line


def _result_line(observation: Entry, bundle: Bundle) -> str:
    fact = read_fact(observation, bundle, "")
    return f"{fact.label}\t{fact.value}".rstrip()[:_LONGEST_RESULT] if fact else ""
