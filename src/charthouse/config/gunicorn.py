"""How the web server runs: two processes that share the code book, a few threads each."""

from __future__ import annotations

import gc

bind = "127.0.0.1:8000"
workers = 2
threads = 4
worker_class = "gthread"
timeout = 60
preload_app = True
loglevel = "warning"
# The address and path may be logged, never a query string: it can hold what a person typed.
access_log_format = "%(h)s %(m)s %(U)s %(s)s %(L)s"


def when_ready(server: object) -> None:
    """Load the code book and every page's code once, before the processes part, so that they share its memory."""
    from django.db import connections
    from django.urls import get_resolver

    from charthouse.apps.reference.selectors import warm_up

    # The book stays for good: the collector need not look for garbage in it, now or in the processes that share it.
    gc.disable()
    warm_up()
    _ = get_resolver().url_patterns
    gc.freeze()
    # A request makes a few thousand objects: looking for garbage within each took a fifth of the slow ones' time.
    gc.set_threshold(50_000, 20, 20)
    gc.enable()
    connections.close_all()  # an open connection must not be shared by the processes
