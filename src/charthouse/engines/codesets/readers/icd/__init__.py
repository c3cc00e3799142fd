"""Readers of ICD-10-CM and ICD-10-PCS files."""

from __future__ import annotations

from charthouse.engines.codesets.loading.reader import Reader
from charthouse.engines.codesets.readers.icd import (
    codes_file,
    gem,
    index_xml,
    order_file,
    pcs_tables_xml,
    tabular_xml,
)

# Where a zip has both, the order file is read and the codes file left: it says the same with headers and short titles.
READERS: tuple[Reader, ...] = (
    tabular_xml.READER,
    index_xml.READER,
    pcs_tables_xml.READER,
    order_file.READER,
    gem.READER,
    codes_file.READER,
)
