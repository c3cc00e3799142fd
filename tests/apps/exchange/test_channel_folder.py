"""Putting a file into a channel folder: whole or not at all, and once under its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from charthouse.apps.exchange import channels
from charthouse.apps.exchange.channels import Folder, folder_of, put
from tests.apps import builders


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "payer")
    made.make()
    return made


def test_a_channel_has_a_folder_of_its_own(db: None, channel_dir: Path) -> None:
    channel = builders.channel(builders.organization())
    folder = folder_of(channel)
    assert folder.root == channel_dir / channel.slug
    assert {path.name for path in folder.root.iterdir()} == {
        "to-payer",
        "from-payer",
        "done",
        "refused",
        "outgoing",
        "sent",
    }


def test_the_file_arrives_and_leaves_nothing_behind_but_its_receipt(folder: Folder) -> None:
    put(folder, "a.edi", b"ISA")
    assert (folder.to_payer / "a.edi").read_bytes() == b"ISA"
    assert list(folder.outgoing.iterdir()) == []
    assert [path.name for path in folder.sent.iterdir()] == ["a.edi"]


def test_again_under_the_same_name_changes_nothing(folder: Folder) -> None:
    put(folder, "a.edi", b"ISA")
    put(folder, "a.edi", b"other")
    assert (folder.to_payer / "a.edi").read_bytes() == b"ISA"


def test_a_file_the_payer_has_taken_is_not_put_there_again(folder: Folder) -> None:
    put(folder, "a.edi", b"ISA")
    (folder.to_payer / "a.edi").unlink()
    put(folder, "a.edi", b"ISA")
    assert list(folder.to_payer.iterdir()) == []


def test_half_a_file_left_by_a_crash_is_written_anew(folder: Folder) -> None:
    (folder.outgoing / "a.edi").write_bytes(b"I")
    put(folder, "a.edi", b"ISA")
    assert (folder.to_payer / "a.edi").read_bytes() == b"ISA"


def test_a_whole_file_with_its_receipt_is_only_moved(folder: Folder) -> None:
    (folder.outgoing / "a.edi").write_bytes(b"ISA")
    (folder.sent / "a.edi").touch()
    put(folder, "a.edi", b"ISA")
    assert (folder.to_payer / "a.edi").read_bytes() == b"ISA"


def test_bytes_and_folders_reach_the_disk_before_the_file_is_shown(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_write, real_sync, real_rename = channels._write, channels._sync_folder, Path.rename

    def write(path: Path, content: bytes) -> None:
        steps.append(f"write {path.parent.name}")
        real_write(path, content)

    def sync(path: Path) -> None:
        steps.append(f"sync {path.name}")
        real_sync(path)

    def rename(path: Path, target: Path) -> Path:
        steps.append(f"show {target.parent.name}")
        return real_rename(path, target)

    monkeypatch.setattr(channels, "_write", write)
    monkeypatch.setattr(channels, "_sync_folder", sync)
    monkeypatch.setattr(Path, "rename", rename)
    put(folder, "a.edi", b"ISA")
    assert steps == [
        "write outgoing",
        "sync outgoing",
        "write sent",
        "sync sent",
        "show to-payer",
        "sync to-payer",
        "sync outgoing",
    ]


@pytest.mark.parametrize("gone", ["to-payer", "outgoing", "sent"])
def test_a_folder_that_is_away_is_an_error_and_nothing_counts_as_sent(gone: str, folder: Folder) -> None:
    (folder.root / gone).rmdir()
    with pytest.raises(OSError, match="No such file"):
        put(folder, "a.edi", b"ISA")
    folder.make()
    put(folder, "a.edi", b"ISA")
    assert (folder.to_payer / "a.edi").read_bytes() == b"ISA"
