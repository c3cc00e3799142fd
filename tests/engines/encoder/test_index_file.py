"""The index is kept in a file: the same answers, whoever built it; a file that does not fit is made anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from charthouse.engines.codesets import CodeBook
from charthouse.engines.encoder import Encoder
from charthouse.engines.encoder.store import NotUsable, lines_of, packed, read_arrays, text_array, write_arrays
from tests.engines.codesets.making import ON, small_book

CHAPTER = """<chapter><name>1</name><desc>Some</desc><section id="A00-A09"><desc>Gut</desc>
<diag><name>A00</name><desc>Cholera</desc><diag><name>A00.0</name><desc>Classic cholera</desc></diag>
<diag><name>A00.9</name><desc>Cholera, unspecified</desc><inclusionTerm><note>Gut rot</note></inclusionTerm></diag>
</diag></section></chapter>"""


@pytest.fixture
def book(tmp_path: Path) -> CodeBook:
    return small_book(tmp_path / "list.xml", CHAPTER, "A000", "A009")


def _codes(encoder: Encoder, query: str, on: date = ON) -> list[str]:
    return [hit.code.display for hit in encoder.search(query, on)]


def _file(folder: Path) -> Path:
    (found,) = folder.glob("*.index")
    return found


def test_a_kept_index_answers_as_a_built_one(book: CodeBook, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    built, kept, mapped = Encoder(book), Encoder(book, cache), Encoder(book, cache)
    for query in ("cholera", "classic", "gut rot", "colera", "chol"):
        assert _codes(built, query) == _codes(kept, query) == _codes(mapped, query) != []


def test_it_is_built_once(book: CodeBook, tmp_path: Path) -> None:
    _codes(Encoder(book, tmp_path), "cholera")
    before = _file(tmp_path).stat()
    _codes(Encoder(book, tmp_path), "cholera")
    assert _file(tmp_path).stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("damage", [b"", b"CHIX1\n", b"not an index at all", b"\x00" * 5000])
def test_a_damaged_file_is_made_anew(book: CodeBook, tmp_path: Path, damage: bytes) -> None:
    _codes(Encoder(book, tmp_path), "cholera")
    _file(tmp_path).write_bytes(damage)
    assert _codes(Encoder(book, tmp_path), "cholera")[0] == "A00.9"
    assert _file(tmp_path).stat().st_size > 5000 or _file(tmp_path).read_bytes() != damage


def test_a_cut_file_is_made_anew(book: CodeBook, tmp_path: Path) -> None:
    _codes(Encoder(book, tmp_path), "cholera")
    whole = _file(tmp_path).read_bytes()
    _file(tmp_path).write_bytes(whole[: len(whole) // 2])
    assert _codes(Encoder(book, tmp_path), "cholera")[0] == "A00.9"
    assert _file(tmp_path).read_bytes() == whole


def test_another_list_has_another_file(book: CodeBook, tmp_path: Path) -> None:
    other = small_book(tmp_path / "other.xml", CHAPTER.replace("Gut rot", "Bad water"), "A000", "A009")
    _codes(Encoder(book, tmp_path / "cache"), "cholera")
    assert _codes(Encoder(other, tmp_path / "cache"), "bad water") == ["A00.9"]
    assert len(list((tmp_path / "cache").glob("*.index"))) == 2


def test_withheld_terms_are_in_no_index_and_in_no_file(book: CodeBook, tmp_path: Path) -> None:
    without = Encoder(book, tmp_path / "cache", without_terms=frozenset([("A009", "Gut rot")]))
    assert "A00.9" not in _codes(without, "rot")
    assert not (tmp_path / "cache").exists()


def test_arrays_come_back_as_they_were(tmp_path: Path) -> None:
    arrays = {"a": np.arange(7, dtype=np.int32), "b": np.array([[1.5, 2.5]], np.float32), "none": np.zeros(0, np.uint8)}
    write_arrays(tmp_path / "x.index", "print", arrays)
    back = read_arrays(tmp_path / "x.index", "print")
    for name, array in arrays.items():
        assert back[name].dtype == array.dtype
        assert np.array_equal(back[name], array)
        assert not back[name].flags.writeable


def test_arrays_made_from_something_else_are_not_used(tmp_path: Path) -> None:
    write_arrays(tmp_path / "x.index", "print", {"a": np.arange(7)})
    with pytest.raises(NotUsable):
        read_arrays(tmp_path / "x.index", "another")
    with pytest.raises(NotUsable):
        read_arrays(tmp_path / "absent.index", "print")


def test_lists_of_numbers_are_packed_with_their_starts() -> None:
    flat, starts = packed([[1, 2], [], [3]])
    assert flat.tolist() == [1, 2, 3]
    assert starts.tolist() == [0, 2, 2, 3]


def test_lines_survive_being_bytes() -> None:
    assert lines_of(text_array(["a", "é", ""])) == ["a", "é", ""]
