"""Arrays in one file: a JSON head that names them, then their bytes. Mapped, never copied; never unpickled."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
_MAGIC = b"CHIX1\n"
_ALIGN = 64


class NotUsable(Exception):
    """The file is not one of ours, is cut off, or was made from something else."""


def write_arrays(path: Path, fingerprint: str, arrays: Arrays) -> None:
    """Write next to the target and move into place: a reader sees the whole file or none."""
    head: dict[str, dict[str, Any]] = {}
    at = 0
    for name, array in arrays.items():
        head[name] = {"dtype": array.dtype.str, "shape": array.shape, "at": at}
        at += -(-array.nbytes // _ALIGN) * _ALIGN
    text = json.dumps({"fingerprint": fingerprint, "arrays": head, "size": at}).encode()
    start = -(-(len(_MAGIC) + 8 + len(text)) // _ALIGN) * _ALIGN
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(_MAGIC + len(text).to_bytes(8, "little") + text)
        for name, array in arrays.items():
            file.seek(start + int(head[name]["at"]))
            file.write(np.ascontiguousarray(array).tobytes())
        file.truncate(start + at)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)


def read_arrays(path: Path, fingerprint: str) -> Arrays:
    """Map a file; raise NotUsable unless it is whole and was made from what `fingerprint` stands for."""
    try:
        # A plain view: cutting up the mapping's own class costs more than what is read.
        data = np.memmap(path, np.uint8, "r").view(np.ndarray)
        size = int.from_bytes(data[len(_MAGIC) : len(_MAGIC) + 8].tobytes(), "little")
        body = len(_MAGIC) + 8
        if data[: len(_MAGIC)].tobytes() != _MAGIC or size > len(data):
            raise NotUsable(path.name)
        head = json.loads(data[body : body + size].tobytes())
        start = -(-(body + size) // _ALIGN) * _ALIGN
        if head["fingerprint"] != fingerprint or len(data) != start + head["size"]:
            raise NotUsable(path.name)
        return {name: _view(data, start, one) for name, one in head["arrays"].items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotUsable(path.name) from error


def _view(data: NDArray[np.uint8], start: int, one: Mapping[str, Any]) -> NDArray[Any]:
    dtype, shape = np.dtype(one["dtype"]), tuple(one["shape"])
    size = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
    at = start + int(one["at"])
    found: NDArray[Any] = data[at : at + size].view(dtype).reshape(shape)
    return found


def packed(groups: list[list[int]]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Lists of numbers as one array, and where each list starts (one more than there are lists)."""
    starts = np.zeros(len(groups) + 1, np.int32)
    np.cumsum([len(group) for group in groups], out=starts[1:])
    flat = np.fromiter((number for group in groups for number in group), np.int32, int(starts[-1]))
    return flat, starts


def text_array(lines: list[str]) -> NDArray[np.uint8]:
    """Lines as bytes."""
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def lines_of(array: NDArray[np.uint8]) -> list[str]:
    """Lines back from bytes."""
    return array.tobytes().decode().split("\n")
