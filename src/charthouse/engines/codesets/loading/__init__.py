"""Loading official files: which table a file is, what is wrong with it, and the release it becomes."""

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.loader import FileReport, Given, load_files
from charthouse.engines.codesets.loading.progress import Progress, silent
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source

__all__ = [
    "Faults",
    "FileReport",
    "Given",
    "Head",
    "Progress",
    "Reader",
    "Recognised",
    "Row",
    "Source",
    "load_files",
    "silent",
]
