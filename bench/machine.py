"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import sqlite3


def facts() -> str:
    """Processors, load, Python and SQLite in one line."""
    loads = " ".join(f"{one:.2f}" for one in os.getloadavg())
    return (
        f"{os.cpu_count()} CPUs ({platform.machine()}), load average {loads}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
