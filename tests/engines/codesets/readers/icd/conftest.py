"""Small files are read by the hundred here: the code editor's masters are read once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from charthouse.engines.codesets.readers.icd import years


@pytest.fixture(scope="package", autouse=True)
def _masters_are_read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(years, "read_validity", cache(years.read_validity))
        yield
