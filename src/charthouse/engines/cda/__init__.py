"""C-CDA documents (R1.1 and R2.1) read into a chart; every XML byte enters through `safe_parse`."""

from charthouse.engines.cda.reading import read

__all__ = ["read"]
