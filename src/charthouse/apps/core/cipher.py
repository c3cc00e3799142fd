"""Authenticated encryption of field values (AES-256-GCM) and the blind index that lets an exact value be found."""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from charthouse.apps.core.keys import key_ring

_NONCE_BYTES = 12


class CipherError(Exception):
    """A stored value cannot be decrypted: wrong key, wrong place or changed bytes."""


def encrypt(plain: bytes, place: str) -> bytes:
    """Encrypt for one place (`table.column.uid`); the bytes are useless anywhere else."""
    ring = key_ring()
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(ring.keys[ring.current]).encrypt(nonce, plain, place.encode())
    return ring.current.encode() + b":" + nonce + sealed


def decrypt(stored: bytes, place: str) -> bytes:
    """Decrypt what `encrypt` wrote for the same place; raise CipherError for anything else."""
    key_id, _, rest = stored.partition(b":")
    key = key_ring().keys.get(key_id.decode("ascii", "replace"))
    if key is None:
        raise CipherError(f"no key named {key_id!r} is in the key ring")
    try:
        return AESGCM(key).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError) as error:
        raise CipherError(f"the value at {place} cannot be decrypted") from error


def blind_index(value: str, purpose: str) -> str:
    """Digest a value (case and blanks folded) so that equal values can be found without storing them."""
    folded = " ".join(value.split()).casefold()
    return hmac.new(key_ring().index, f"{purpose}\x00{folded}".encode(), hashlib.sha256).hexdigest()
