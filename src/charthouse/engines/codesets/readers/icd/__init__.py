"""Readers of ICD-10-CM and ICD-10-PCS files."""

from __future__ import annotations

from charthouse.engines.codesets.loading.reader import Reader
from charthouse.engines.codesets.readers.icd import codes_files, index_xml, tabular_xml

READERS: tuple[Reader, ...] = (tabular_xml.READER, index_xml.READER, codes_files.READER)
