"""Model fields that are encrypted at rest, bound to their table, column and row."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from charthouse.apps.core.cipher import decrypt, encrypt


class Sealed(bytes):
    """Ciphertext as it came from the database; turned into plain text when the attribute is read."""


class _Unsealing:
    """Attribute access of an encrypted field: decrypts once, on first reading, with the row's own place."""

    def __init__(self, field: EncryptedField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        values = instance.__dict__
        if self.field.attname not in values:
            instance.refresh_from_db(fields=[self.field.attname])
        value = values[self.field.attname]
        if isinstance(value, Sealed):
            value = self.field.load(decrypt(value, self.field.place(instance)))
            values[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedField(models.BinaryField):
    """Base of the encrypted fields. The model must have a `uid`; `QuerySet.update` cannot write it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def dump(self, value: Any) -> bytes:
        """Turn the value into bytes to encrypt."""
        raise TypeError("use a subclass")

    def load(self, plain: bytes) -> Any:
        """Turn decrypted bytes into the value."""
        raise TypeError("use a subclass")

    def place(self, instance: models.Model) -> str:
        """Where the value lives; part of what is authenticated."""
        return f"{self.model._meta.db_table}.{self.column}.{instance.uid}"  # type: ignore[attr-defined]

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Put the decrypting attribute on the model."""
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            setattr(cls, self.attname, _Unsealing(self))

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> Sealed | None:
        """Mark stored bytes as sealed."""
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Encrypt for the row being saved; an untouched sealed value is written back as it is."""
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        return Sealed(encrypt(self.dump(value), self.place(model_instance)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Let only ciphertext through to the database."""
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is encrypted: save the row instead of filtering or updating by it")
        return None if value is None else connection.Database.Binary(bytes(value))


class EncryptedTextField(EncryptedField):
    """Text encrypted at rest; empty text is stored encrypted too, and is what a field not given holds."""

    def get_default(self) -> str | None:
        """Empty text, where a binary field would hold empty bytes."""
        return None if self.null else ""

    def dump(self, value: str) -> bytes:
        """Encode as UTF-8."""
        return value.encode()

    def load(self, plain: bytes) -> str:
        """Decode from UTF-8."""
        return plain.decode()


class EncryptedBytesField(EncryptedField):
    """Bytes encrypted at rest: attachments, files as sent."""

    def dump(self, value: bytes) -> bytes:
        """Take the bytes as they are."""
        return bytes(value)

    def load(self, plain: bytes) -> bytes:
        """Return the bytes as they are."""
        return plain


class EncryptedJSONField(EncryptedField):
    """JSON-shaped data encrypted at rest."""

    def dump(self, value: object) -> bytes:
        """Encode as compact JSON."""
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()

    def load(self, plain: bytes) -> Any:
        """Decode from JSON."""
        return json.loads(plain)
