"""FHIR R4 bundles and single resources read into a chart; every JSON byte enters through `safe_load`."""

from charthouse.engines.fhir.reading import read

__all__ = ["read"]
