"""Official-looking files and releases with made-up codes, for the tests of the reference app."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from django.core.files.base import ContentFile

from charthouse.engines.codesets.shelf import Release, Sheet, SourceFile, Table, put
from charthouse.engines.codesets.shelf.volume import write_volume

DAY = date(2026, 11, 18)
_HEADER = (
    "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,PRICE1,MULT_PI,COV,BETOS,TOS1,"
    "ADD DT,ACT EFF DT,TERM DT,ACTION CD"
)
_SHEETS = (
    Sheet("code", ("code TEXT", "short TEXT", "medium TEXT", "long TEXT"), ("code",)),
    Sheet("modifier", ("modifier TEXT", "text TEXT"), ("modifier",)),
)


def hcpcs_bytes(*codes: str) -> bytes:
    """A HCPCS Level II table with made-up codes."""
    rows = [f"{code},00100,3,Made-up service {code},Made up,,,C,,,20261001,20261001,,N" for code in codes or ("Z1234",)]
    return "\r\n".join([_HEADER, *rows, ""]).encode()


def hcpcs_file(folder: Path, *codes: str, name: str = "HCPC2026_OCT_ANWEB.csv") -> Path:
    """The same as a file."""
    path = folder / name
    path.write_bytes(hcpcs_bytes(*codes))
    return path


def upload(*codes: str, name: str = "HCPC2026_OCT_ANWEB.csv") -> ContentFile:
    """The same as somebody uploads it."""
    return ContentFile(hcpcs_bytes(*codes), name)


def put_cpt(folder: Path, codes: Mapping[str, str], notes: Mapping[str, str], starts: date = date(2026, 1, 1)) -> str:
    """Put made-up codes in the layout of CPT on a shelf; return the uid of the release."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [("code", (code, text[:28].upper(), text[:48], text)) for code, text in codes.items()]
    file = folder / "draft.sqlite"
    count = write_volume(file, _SHEETS, rows)
    source = SourceFile("LONGULT.txt", f"{len(codes):064d}", 1)
    uid = f"cpt-{starts.year}-{len(codes)}"
    release = Release(
        uid, Table.CPT, str(starts.year), starts, None, "", count, (source,), datetime.now(UTC), notes=notes
    )
    put(folder, [(release, file)])
    return uid
