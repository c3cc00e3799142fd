"""Cut and damaged files are read or refused; nothing else is ever raised."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charthouse.engines.cda import read
from charthouse.kit import Refused
from tests.engines.cda.building import document, section
from tests.samples import sample_files

FILES = sample_files("charts/ccda", "*.xml")[:4]
WHOLE = document(
    section("<text><table><tr><td colspan='2'>a</td></tr></table><list><item>b</item></list></text>")
    + section(
        "<text><content ID='p'>Gout</content></text><entry><act><statusCode code='active'/><entryRelationship>"
        "<observation><effectiveTime><low value='20260101'/></effectiveTime><value xsi:type='CD' code='M10.9' "
        "codeSystem='2.16.840.1.113883.6.90'><originalText><reference value='#p'/></originalText></value>"
        "</observation></entryRelationship></act></entry>",
        code="11450-4",
    )
)


def read_or_refused(data: bytes) -> None:
    with contextlib.suppress(Refused):
        read(data, "damaged.xml")


@given(st.integers(0, len(WHOLE)))
def test_truncated_document_is_refused_or_read(length: int) -> None:
    read_or_refused(WHOLE[:length])


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_flipped_bytes_are_refused_or_read(flips: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for position, byte in flips:
        data[position] = byte
    read_or_refused(bytes(data))


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_read(data: bytes) -> None:
    read_or_refused(data)


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_any_attribute_text_is_read(text: str) -> None:
    value = "".join(one for one in text if one.isprintable()).translate(str.maketrans({"<": "", "&": "", '"': ""}))
    time = f'<effectiveTime value="{value}"/>'
    read_or_refused(document(header=f'<id root="{value}"/>{time}'))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sample_cut_at_every_kilobyte_is_refused(path: Path) -> None:
    data = path.read_bytes().rstrip()
    for length in range(0, len(data) - 1, 1024):
        with pytest.raises(Refused):
            read(data[:length], path.name)
