"""The environment as the settings read it: `NAME_FILE` names a file that holds the value of `NAME`."""

from __future__ import annotations

from pathlib import Path


class Environment(dict[str, str]):
    """Values by name; one read from a file loses the line end that editors and secret stores put after it."""

    def __getitem__(self, name: str) -> str:
        file = self.get(f"{name}_FILE")
        return Path(file).read_text("utf-8").rstrip("\r\n") if file else super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or super().__contains__(f"{name}_FILE")
