"""Nothing unsafe or malformed passes the XML door, and every refusal names its place and rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from charthouse.engines.cda import read
from charthouse.engines.cda.limits import MAX_BYTES, MAX_DEPTH, MAX_TAGS
from charthouse.engines.cda.xml import safe_parse
from charthouse.kit import Refusal, Refused
from tests.engines.cda.building import document, section


def refusal_of(data: bytes) -> Refusal:
    with pytest.raises(Refused) as caught:
        read(data, "bad.xml")
    assert caught.value.refusal.source == "bad.xml"
    return caught.value.refusal


XXE = b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n<a>&x;</a>'
LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY l "ha"><!ENTITY m "&l;&l;&l;&l;&l;&l;&l;&l;&l;&l;">'
    b'<!ENTITY n "&m;&m;&m;&m;&m;&m;">]><a>&n;</a>'
)
PARAMETER = b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd">%p;]><a/>'
EXTERNAL_DTD = b'<!DOCTYPE ClinicalDocument SYSTEM "http://127.0.0.1:9/x.dtd"><ClinicalDocument/>'


@pytest.mark.parametrize("data", [XXE, LAUGHS, PARAMETER, EXTERNAL_DTD], ids=["xxe", "laughs", "parameter", "dtd"])
def test_document_types_and_entities_are_refused(data: bytes) -> None:
    assert refusal_of(data).rule == "cda.doctype"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_doctype_is_seen_in_utf16_too(encoding: str) -> None:
    text = XXE.decode().replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>')
    assert refusal_of(text.encode(encoding)).rule == "cda.doctype"


def test_doctype_is_told_with_line_and_column() -> None:
    assert refusal_of(XXE).place == "2:1"


def test_entity_without_a_declaration_is_malformed() -> None:
    assert refusal_of(b"<a>&x;</a>").rule == "cda.malformed"


def test_xinclude_is_refused_and_nothing_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>'
    refusal = refusal_of(document(section(f"<text>{include}</text>")))
    assert refusal.rule == "cda.xinclude"
    assert refusal.place.startswith("1:")


def test_stylesheet_instruction_is_dropped_not_obeyed() -> None:
    root = safe_parse(b'<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?><!-- c --><a>t<!-- d -->u</a>', "a.xml")
    assert root.getprevious() is None
    assert root.text == "tu"


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 255, 300, 10_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    assert refusal_of(b"<a>" * depth + b"</a>" * depth).rule == "cda.too-deep"


def test_the_deepest_allowed_nesting_is_parsed() -> None:
    assert safe_parse(b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH, "a.xml").tag == "a"


def test_deep_narrative_within_the_limit_is_read() -> None:
    deep = "<list><item>" * 80 + "bottom" + "</item></list>" * 80
    assert read(document(section(f"<text>{deep}</text>")), "a.xml").documents[0].sections[0].text.endswith("bottom")


def test_too_many_tags_are_refused() -> None:
    assert refusal_of(b"<a>" + b"<b/>" * MAX_TAGS + b"</a>").rule == "cda.too-many-tags"


def test_too_large_is_refused() -> None:
    assert refusal_of(b"<" + b"a" * MAX_BYTES).rule == "intake.too-large"


@pytest.mark.parametrize("data", [b"", b" \r\n\t"])
def test_empty_is_refused(data: bytes) -> None:
    assert refusal_of(data).rule == "intake.empty"


def test_byte_outside_the_declared_encoding_is_told_by_position() -> None:
    refusal = refusal_of(b'<?xml version="1.0" encoding="UTF-8"?><a>caf\xe9</a>')
    assert (refusal.rule, refusal.place) == ("intake.wrong-encoding", "byte 44")


@pytest.mark.parametrize("name", ["UTF-7", "EBCDIC-CP-US", "x-user-defined"])
def test_encodings_that_could_hide_markup_are_refused(name: str) -> None:
    assert refusal_of(f'<?xml version="1.0" encoding="{name}"?><a/>'.encode()).rule == "intake.wrong-encoding"


def test_utf32_is_refused() -> None:
    assert refusal_of("<a/>".encode("utf-32")).rule == "intake.wrong-encoding"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_accepted_encodings_give_the_same_text(encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = document(section("<text>café</text>")).decode().replace('encoding="UTF-8"', f'encoding="{declared}"')
    assert read(text.encode(encoding), "a.xml").documents[0].sections[0].text == "café"


def test_malformed_xml_is_told_with_line_and_column_and_without_its_content() -> None:
    refusal = refusal_of(b"<a>\n  <b>Whitfield</c>\n</a>")
    assert refusal.rule == "cda.malformed"
    assert refusal.place.split(":")[0] == "2"
    assert "Whitfield" not in str(refusal)


@pytest.mark.parametrize("data", [b"<html/>", b"<ClinicalDocument/>", b'<Bundle xmlns="http://hl7.org/fhir"/>'])
def test_other_xml_is_not_a_clinical_document(data: bytes) -> None:
    assert refusal_of(data).rule == "cda.not-a-clinical-document"


def test_document_without_a_patient_is_refused() -> None:
    assert refusal_of(b'<ClinicalDocument xmlns="urn:hl7-org:v3"/>').rule == "cda.no-patient"
