"""Real and generated sample files: each is read without raising; the valid ones without a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from charthouse.engines.x12 import (
    ProfessionalClaims,
    ReadInterchange,
    Remittance,
    judge_remittance,
    read_interchanges,
    write_interchange,
)
from tests.engines.x12.examples import read_one
from tests.samples import sample_files, samples_or_skip

FILES = [path for path in sample_files("x12", "*") if path.is_file() and path.suffix not in {".md", ".py", ".json"}]
REMITTANCES = sample_files("x12/public", "*.835")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_sample_is_read_without_raising(path: Path) -> None:
    with path.open("rb") as stream:
        assert list(read_interchanges(stream))


@pytest.mark.parametrize("path", REMITTANCES, ids=lambda path: path.name)
def test_a_public_remittance_is_written_again_with_the_same_amounts(path: Path) -> None:
    with path.open("rb") as stream:
        first = next(read_interchanges(stream))
    again = read_one(write_interchange(first.interchange))
    before, after = ([judge_remittance(body) for body in _remittances(one)] for one in (first, again))
    assert [[claim.state for claim in one.claims] for one in before] == [
        [claim.state for claim in one.claims] for one in after
    ]
    assert [body.amount for body in _remittances(first)] == [body.amount for body in _remittances(again)]


def _remittances(read: ReadInterchange) -> list[Remittance]:
    bodies = [one.body for group in read.interchange.groups for one in group.sets]
    return [body for body in bodies if isinstance(body, Remittance)]


@pytest.mark.parametrize("name", ["837p.tiny.edi", "837i.tiny.edi", "835.tiny.edi"])
def test_a_valid_generated_file_has_no_fault(name: str) -> None:
    assert read_one((samples_or_skip("x12/generated") / name).read_bytes()).faults == ()


def test_every_claim_of_the_generated_837p_is_typed_with_nothing_left_over() -> None:
    body = (
        read_one((samples_or_skip("x12/generated") / "837p.tiny.edi").read_bytes()).interchange.groups[0].sets[0].body
    )
    assert isinstance(body, ProfessionalClaims)
    assert len(body.claims) == 100
    assert not any(claim.unread or any(line.unread for line in claim.lines) for claim in body.claims)


def test_the_generated_837p_is_written_again_byte_for_byte() -> None:
    data = (samples_or_skip("x12/generated") / "837p.tiny.edi").read_bytes()
    again = write_interchange(read_one(data).interchange)
    assert again.replace(b"20261001*1200*101", b"") == data.replace(b"20261001*1200*101", b"")


def test_the_generated_835_balances_to_the_cent() -> None:
    body = read_one((samples_or_skip("x12/generated") / "835.tiny.edi").read_bytes()).interchange.groups[0].sets[0].body
    assert isinstance(body, Remittance)
    balance = judge_remittance(body)
    assert balance.is_balanced
    assert len(balance.claims) == 100
    assert body.amount is not None
    assert body.amount.cents == 4_293_823


def test_the_injected_claim_imbalance_is_found() -> None:
    path = samples_or_skip("x12/error-injection") / "r01_claim_balance.edi"
    body = read_one(path.read_bytes()).interchange.groups[0].sets[0].body
    assert isinstance(body, Remittance)
    balance = judge_remittance(body)
    assert not balance.is_balanced
    assert [one.equation for one in balance.imbalances] == ["a"]
    assert [one.equation for one in balance.claims[0].imbalances] == ["b", "d"]


@pytest.mark.parametrize(
    ("name", "at", "position"), [("p12_bad_date.edi", "DTP03", 34), ("p16_miss_req_ele.edi", "CLM05", 27)]
)
def test_an_unreadable_claim_value_is_found_at_its_segment(name: str, at: str, position: int) -> None:
    faults = read_one((samples_or_skip("x12/error-injection") / name).read_bytes()).faults
    assert (at, position) in {(fault.at, fault.position) for fault in faults}
