"""Real-world sample files through the whole intake: taken or refused with a rule, and nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from charthouse.apps.charts.models import ClinicalFact, Coverage, Document, Encounter, Patient
from charthouse.apps.exchange.actions import receive_file
from charthouse.apps.exchange.models import InboundFile
from charthouse.apps.worklists.models import WorkItem
from tests.apps import builders
from tests.samples import sample_files

pytestmark = pytest.mark.django_db
FILES = [*sample_files("charts/ccda", "*.xml"), *sample_files("charts/fhir", "*.json")]
# The smallest bundles only: the largest are megabytes, and are taken once above.
BUNDLES = sorted(sample_files("charts/fhir", "*.json"), key=lambda path: path.stat().st_size)[:2]
FEW = [*sample_files("charts/ccda", "*.xml")[:6], *BUNDLES]
MODELS = (Patient, Coverage, Encounter, Document, ClinicalFact, WorkItem)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:40])
def test_a_sample_is_taken_and_counted_right(path: Path) -> None:
    file = receive_file(None, builders.organization(), path.name, path.read_bytes())
    if file.outcome == InboundFile.Outcome.REFUSED:
        assert file.refusal["rule"]
        assert file.refusal["mend"]
        assert not any(model.objects.exists() for model in MODELS)
        return
    assert file.taken["patients"] == Patient.objects.count() == 1
    assert file.taken["encounters"] == Encounter.objects.count()
    assert file.taken["documents"] == Document.objects.count()
    assert file.taken["facts"] == ClinicalFact.objects.count()
    assert not Document.objects.filter(written_at=None).exists()


@pytest.mark.parametrize("path", FEW, ids=lambda path: path.name[:40])
def test_the_same_record_in_another_file_adds_nothing(path: Path) -> None:
    at, data = builders.organization(), path.read_bytes()
    if receive_file(None, at, path.name, data).outcome == InboundFile.Outcome.REFUSED:
        pytest.skip("this sample is refused")
    before = [model.objects.count() for model in MODELS]
    again = receive_file(None, at, path.name, data + b"\n")
    assert again.outcome == InboundFile.Outcome.TAKEN
    assert set(again.taken.values()) == {0}
    assert [model.objects.count() for model in MODELS] == before


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.name[:40])
def test_documents_and_facts_of_a_bundle_lie_under_their_encounters(path: Path) -> None:
    receive_file(None, builders.organization(), path.name, path.read_bytes())
    assert Encounter.objects.count() > 1
    for document in Document.objects.exclude(encounter=None).select_related("encounter"):
        assert document.encounter is not None
        assert document.encounter.patient_id == document.patient_id
    assert Encounter.objects.filter(documents__isnull=False).distinct().count() > 1
