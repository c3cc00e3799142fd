"""Cut, damaged and wrongly shaped files are read or refused; nothing else is ever raised."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charthouse.engines.fhir import read
from charthouse.kit import Refused
from tests.engines.fhir.building import ENCOUNTER, PATIENT, bundle, resource
from tests.samples import sample_files

FILES = sample_files("charts/fhir", "*.json")[:2]
WHOLE = bundle(
    ENCOUNTER,
    resource("Condition", code={"text": "Gout", "coding": [{"system": "http://snomed.info/sct", "code": "90560007"}]}),
    resource("Observation", code={"text": "A1c"}, valueQuantity={"value": 7.25, "unit": "%"}),
    resource("Composition", title="Note", section=[{"title": "Plan", "text": {"div": "<div>Rest</div>"}}]),
)


def read_or_refused(data: bytes) -> None:
    with contextlib.suppress(Refused):
        read(data, "damaged.json")


@given(st.integers(0, len(WHOLE) - 1))
def test_truncated_bundle_is_refused(length: int) -> None:
    with pytest.raises(Refused):
        read(WHOLE[:length], "cut.json")


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


ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "x", "#a", "Patient/p1", "2026-09-01", "9"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["coding", "code", "reference", "text", "start", "value", "div"]), inner)
    ),
    max_leaves=6,
)
KEYS = (
    *("id", "code", "subject", "encounter", "status", "valueQuantity", "component", "section", "content", "payor"),
    *("period", "class", "name", "identifier", "result", "contained", "medicationReference", "presentedForm"),
)
TYPES = (
    *("Encounter", "Condition", "Observation", "Procedure", "MedicationRequest", "DiagnosticReport", "Coverage"),
    *("DocumentReference", "Composition", "AllergyIntolerance", "Immunization", "Binary", "Organization"),
)


@settings(max_examples=400)
@given(st.lists(st.tuples(st.sampled_from(TYPES), st.dictionaries(st.sampled_from(KEYS), ODD)), max_size=3))
def test_values_of_any_shape_never_crash(resources: list[tuple[str, dict[str, Any]]]) -> None:
    made = [{**fields, "resourceType": type_name} for type_name, fields in resources]
    assert read(bundle(*made), "odd.json").patient.mrn == "M100"


@given(st.dictionaries(st.sampled_from(["name", "identifier", "birthDate", "address", "gender", "id"]), ODD))
def test_patient_of_any_shape_never_crashes(fields: dict[str, Any]) -> None:
    read_or_refused(json.dumps({**PATIENT, **fields}).encode())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem.split("_")[0])
def test_sample_cut_at_every_kilobyte_is_refused(path: Path) -> None:
    data = path.read_bytes().rstrip()
    for length in range(0, len(data) - 1, 1024):
        with pytest.raises(Refused):
            read(data[:length], path.name)
