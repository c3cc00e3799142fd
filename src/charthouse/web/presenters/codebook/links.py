"""Where codes lead within the code book; codes named in a text become links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from charthouse.apps.reference.selectors import code_book
from charthouse.kit import Code, CodeSystem

KINDS = {
    CodeSystem.ICD10CM.value: "dx",
    CodeSystem.HCPCS.value: "px",
    CodeSystem.CPT.value: "px",
    CodeSystem.ICD10PCS.value: "pcs",
}
_NAMED = re.compile(r"\b([A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?)(?=[^0-9A-Za-z]|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text; a code in it has a page (`url`)."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class CodeLink:
    """A code, its words, and its page. An incomplete one needs more characters."""

    display: str
    title: str
    url: str
    is_billable: bool = True


def code_url(system: str, code: str, on: date) -> str:
    """The page of a code on a day; an ICD-10-PCS code is shown where codes are built."""
    if system == CodeSystem.ICD10PCS:
        return f"{reverse('codebook:pcs')}?{urlencode({'chosen': code, 'on': on.isoformat()})}"
    known = system if system in KINDS else CodeSystem.HCPCS.value
    return f"{reverse('codebook:code', args=[known, code])}?{urlencode({'on': on.isoformat()})}"


def diagnosis_link(code: str, on: date) -> CodeLink:
    """A dotless ICD-10-CM code with its title of the day."""
    entry, shown = code_book().icd10cm(code, on), Code.icd10cm(code)
    return CodeLink(shown.display, entry.title if entry else "", code_url(shown.system.value, code, on))


def pieces(text: str, on: date) -> tuple[Piece, ...]:
    """A text in which every ICD-10-CM code or category that is known on the day is a link."""
    found: list[Piece] = []
    for place, part in enumerate(_NAMED.split(text)):
        is_code = place % 2 == 1 and code_book().icd10cm(part.replace(".", ""), on) is not None
        url = code_url(CodeSystem.ICD10CM.value, part.replace(".", ""), on) if is_code else ""
        if part:
            found.append(Piece(part, url))
    return tuple(found)
