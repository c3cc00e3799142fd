"""From the bytes of a file to a chart: its format is told by its content, then the engine of that format reads it."""

from __future__ import annotations

from charthouse.kit import Chart

_HEAD = 4096


def read_chart_file(name: str, data: bytes) -> Chart:
    """Read a file as a chart; Refused with place, rule and mend when it is none or cannot be read whole."""
    # The engines are imported here: a start without files to read need not load XML and code maps.
    from charthouse.engines import cda, fhir, plaintext
    from charthouse.engines.sniff import sniff

    readers = {"cda": cda.read, "fhir": fhir.read, "plaintext": plaintext.read}
    return readers[sniff(data[:_HEAD], name)](data, name)
