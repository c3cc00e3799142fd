"""What a browser fetches for the workspace: the page and every style, script and picture it leads to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin

from django.test import Client

from bench.desk import browser, coder, take_uncoded
from bench.figure import Figure, NotMeasured

BUDGET = 150_000
_IN_PAGE = re.compile(r'(?:href|src)="(/static/[^"#]+)')
_IN_STYLE = re.compile(r'@import url\(["\']?([^"\')]+)')
_IN_SCRIPT = re.compile(r'(?:import|from)\s*\(?["\'](\.[^"\']+)')
_FOLLOWED = {"css": _IN_STYLE, "js": _IN_SCRIPT}


def figures() -> Iterator[Figure]:
    """The heaviest waiting chart of the demo, files compressed as the server sends them to a browser."""
    person = coder()
    client = browser(person)
    pages = [client.get(f"/chart/{encounter.uid}/").content for encounter in take_uncoded(person)]
    heaviest = max(pages, key=len)
    weights = Counter(html=len(heaviest))
    for path, size in _files(client, heaviest.decode()).items():
        weights[path.rpartition(".")[2]] += size
    total = weights.total()
    parts = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in weights.most_common())
    value = f"{total / 1000:.1f} kB ({parts})"
    yield Figure("workspace, everything transferred", value, f"<= {BUDGET / 1000:g} kB", total <= BUDGET)


def _files(client: Client, page: str) -> dict[str, int]:
    """Bytes transferred for every file the page leads to, by address; styles and scripts are followed."""
    found: dict[str, int] = {}
    waiting = _IN_PAGE.findall(page)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found[path] = len(_fetch(client, path, "gzip, deflate, br"))
            follow = _FOLLOWED.get(path.rpartition(".")[2])
            text = _fetch(client, path, "identity").decode() if follow else ""
            waiting += [urljoin(path, name) for name in follow.findall(text)] if follow else []
    return found


def _fetch(client: Client, path: str, encoding: str) -> bytes:
    answer = client.get(path, HTTP_ACCEPT_ENCODING=encoding)
    if answer.status_code != 200:
        raise NotMeasured(f"{path} answered {answer.status_code}")
    return b"".join(answer)
