"""Dictated notes in plain text with a header block, read into a chart; the format is described in `reading`."""

from charthouse.engines.plaintext.reading import read

__all__ = ["read"]
