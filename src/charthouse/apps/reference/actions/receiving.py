"""Taking uploaded files in: they wait in the inbox until the worker reads them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files import File
from django.db import transaction

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record
from charthouse.apps.core.errors import Invalid
from charthouse.apps.core.ids import uuid7
from charthouse.apps.reference.models import CodeLoad
from charthouse.apps.reference.policies import refuse_others
from charthouse.apps.reference.selectors.loads import inbox_of

if TYPE_CHECKING:
    from charthouse.engines.codesets.loading import Given

MOST_FILES = 40
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]")


def receive_load(person: Person, uploads: Sequence[File], given: Given) -> CodeLoad:
    """Keep the files and ask the worker to load them; raise Denied, or Invalid for none, too many or too large."""
    refuse_others(person)
    _check(uploads)
    load = CodeLoad(uid=uuid7(), given_by=person, is_upload=True, given=given_as_data(given))
    folder = inbox_of(load)
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, folder, ignore_errors=True)
        load.files = [_keep(upload, folder / str(number)) for number, upload in enumerate(uploads)]
        with transaction.atomic():
            load.save()
            record("reference.load.received", load, detail={"files": [one["name"] for one in load.files]})
        undo.pop_all()  # from here on the files are the load's
    return load


def given_as_data(given: Given) -> dict[str, Any]:
    """What the person said about the files, as JSON can hold it."""
    return {
        "starts": given.starts.isoformat() if given.starts else None,
        "ends": given.ends.isoformat() if given.ends else None,
        "label": given.label,
        "may_replace": given.may_replace,
        "may_shrink": given.may_shrink,
    }


def _check(uploads: Sequence[File]) -> None:
    if not uploads:
        raise Invalid("No file was chosen.", field="files", code="reference.no-file")
    if len(uploads) > MOST_FILES:
        raise Invalid(f"Give at most {MOST_FILES} files at once.", field="files", code="reference.too-many-files")
    if sum(upload.size for upload in uploads) > settings.CODESETS_MAX_BYTES:
        most = settings.CODESETS_MAX_BYTES // (1024 * 1024)
        raise Invalid(
            f"The files are larger than {most} MB together.",
            field="files",
            code="reference.too-large",
            mend="Load large files at the terminal: charthouse codes load FILE.",
        )


def _keep(upload: File, folder: Path) -> dict[str, object]:
    """Write one file under its own name: a file is recognised by its name too."""
    folder.mkdir(parents=True)
    name = plain_name(upload.name or "")
    with (folder / name).open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return {"name": name, "size": upload.size}


def plain_name(name: str) -> str:
    """The last part of a path, without control characters, leading dots or a length no file system takes."""
    last = _UNSAFE.sub("", name).replace("\\", "/").rstrip("/").rpartition("/")[2].lstrip(".")
    return last.encode()[-120:].decode(errors="ignore") or "unnamed"
