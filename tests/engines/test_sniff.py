"""The format of a file is told by its first bytes, never by its name."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.sniff import sniff
from charthouse.kit import Refused
from tests.samples import sample_files


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"<ClinicalDocument xmlns='urn:hl7-org:v3'>", "cda"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<?xml-stylesheet href='x'?><!-- a <b> --><hl7:ClinicalDocument>", "cda"),
        ("<?xml version='1.0' encoding='UTF-16'?><ClinicalDocument>".encode("utf-16"), "cda"),
        ("<ClinicalDocument>".encode("utf-16-be"), "cda"),
        (b"<?xml version='1.0'?><!-- a comment longer than the head", "cda"),
        (b"<!DOCTYPE ClinicalDocument SYSTEM 'x'><ClinicalDocument>", "cda"),
        (b'{"resourceType": "Bundle"', "fhir"),
        (b' \n{"id":"x","resourceType":"Patient"', "fhir"),
        (b"Patient: Whitfield, Ada\nMRN: 1\n", "plaintext"),
        ("Läkare: x".encode(), "plaintext"),
    ],
)
def test_known_formats(head: bytes, expected: str) -> None:
    assert sniff(head, "misleading.pdf") == expected


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04....", "a ZIP"),
        (b"{\\rtf1 hello", "an RTF"),
        (b"MSH|^~\\&|", "an HL7 v2 message"),
        (b"ISA*00*", "an X12 interchange"),
        (b"\x89PNG\r\n", "a PNG"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"<html>", "a web page"),
        (b"<Bundle xmlns='http://hl7.org/fhir'>", "XML of another kind (Bundle)"),
        (b'[{"resourceType":"Patient"}]', "a JSON list"),
        (b'{"hello":"world"}', "JSON without a resourceType"),
        (b"text\x00with zeros", "a binary file"),
    ],
)
def test_other_formats_are_refused_by_what_they_seem(head: bytes, words: str) -> None:
    with pytest.raises(Refused) as caught:
        sniff(head, "chart.xml")
    refusal = caught.value.refusal
    assert (refusal.source, refusal.rule) == ("chart.xml", "intake.unknown-format")
    assert words in refusal.message


@pytest.mark.parametrize(("folder", "pattern", "expected"), [("ccda", "*.xml", "cda"), ("fhir", "*.json", "fhir")])
def test_samples_are_known_by_their_first_kilobytes(folder: str, pattern: str, expected: str) -> None:
    paths = sample_files(f"charts/{folder}", pattern)
    if not paths:
        pytest.skip(f"no samples at charts/{folder}")
    assert {sniff(path.read_bytes()[:4096], path.name) for path in paths} == {expected}


@given(st.binary(max_size=64) | st.text('<!-?>ClinicalDocument{["\n', max_size=40).map(str.encode))
def test_any_head_is_told_or_refused(head: bytes) -> None:
    with contextlib.suppress(Refused):
        assert sniff(head, "x") in ("cda", "fhir", "plaintext")
