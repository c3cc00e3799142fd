"""A second opinion: what pyx12, an independent validator, says about a file we wrote."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pyx12.params
import pyx12.x12n_document


def pyx12_objections(data: bytes) -> list[str]:
    """Everything pyx12 objects to, in words; empty when it accepts the file."""
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    report = StringIO()
    is_valid = pyx12.x12n_document.x12n_document(
        param=pyx12.params.params(), src_file=StringIO(data.decode("ascii")), fd_997=None, fd_html=None, fd_json=report
    )
    return [] if is_valid else [*_sentences(json.loads(report.getvalue()))] or ["rejected without a reason"]


def _sentences(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "err_str" in node:
            yield f"{node['err_str']} ({node.get('err_val')})"
        for child in node.values():
            yield from _sentences(child)
    elif isinstance(node, list):
        for child in node:
            yield from _sentences(child)
