"""The key ring: named AES keys and the key of the blind index, in one file outside the database."""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class KeyRing:
    """`current` names the key that encrypts; every named key can decrypt; `index` keys the blind index."""

    current: str
    keys: dict[str, bytes]
    index: bytes


def create_key_file(path: Path) -> bool:
    """Write a new key ring readable by its owner only, unless one is there; tell whether it was written."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    ring = {"current": "k1", "keys": {"k1": _new_key()}, "index": _new_key()}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(ring, file)
    return True


def key_ring() -> KeyRing:
    """Read the key ring of this installation (kept in memory after the first call)."""
    return _load(Path(settings.KEY_FILE))


@lru_cache(maxsize=4)
def _load(path: Path) -> KeyRing:
    data = json.loads(path.read_text())
    keys = {name: base64.b64decode(text) for name, text in data["keys"].items()}
    return KeyRing(data["current"], keys, base64.b64decode(data["index"]))


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
