"""The simulated payer answers claims like a payer: TA1 and 999, then 277CA, then an 835 that adds up to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies

from charthouse.engines import x12
from charthouse.kit import Code, Money, ServiceDates, Sex
from charthouse.sandbox.payer import run_once
from charthouse.sandbox.payer.adjudication import adjudicate
from charthouse.sandbox.payer.behaviour import Behaviour, DenialRule, behaviours

ADDRESS = x12.Address("1 TEST WAY", "MARLOW", "VT", "050010001")
DENIES_DRUGS = Behaviour(75, "CO", "45", (DenialRule(("J",), ("R", "Z"), "CO", "50"),))


def line(number: int, code: str, cents: int, *pointers: int) -> x12.ClaimLine:
    day = ServiceDates.on(date(2026, 11, 18))
    return x12.ClaimLine(code, Money(cents), Decimal(1), day, f"HP26-0000001-1-{number:02d}", pointers or (1,))


def claim(
    *lines: x12.ClaimLine, payer: str = "CASCADIA", diagnoses: tuple[str, ...] = ("J441", "R05", "Z794")
) -> x12.ProfessionalClaim:
    person = x12.Person("OKAFOR", "MAREN", birth_date=date(1959, 3, 4), sex=Sex.FEMALE, address=ADDRESS)
    return x12.ProfessionalClaim(
        billing_provider=x12.BillingProvider("TEST PRACTICE", "1234567893", "123456789", ADDRESS),
        subscriber=x12.Subscriber(person, "TM123456"),
        payer=x12.Payer("TEST PAYER", payer),
        patient_control_number="HP26-0000001",
        total_charge=Money.total(one.charge for one in lines),
        place_of_service="11",
        diagnoses=tuple(Code.icd10cm(code) for code in diagnoses),
        lines=lines,
        rendering_provider=x12.Provider("VARGA", "1234567893", "LENA"),
    )


def sent(*claims: x12.ProfessionalClaim, control: int = 1) -> bytes:
    at = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    submitter = x12.Submitter("TEST PRACTICE", "TESTSUB", "DESK", phone="5555550100")
    body = x12.ProfessionalClaims(f"0001-{control:09d}", at, submitter, x12.Receiver("PAYER", "PAYER"), claims)
    group = x12.Group("HC", "TESTSUB", "PAYER", 1, "005010X222A1", (x12.TransactionSet("837", "0001", body),))
    us, them = x12.PartyId("ZZ", "TESTSUB"), x12.PartyId("ZZ", "PAYER")
    return x12.write_interchange(x12.Interchange(us, them, control, at, "T", (group,)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "payer-1" / "to-payer").mkdir(parents=True)
    return tmp_path / "payer-1"


def drop(folder: Path, content: bytes, name: str = "a.edi") -> None:
    (folder / "to-payer" / name).write_bytes(content)
    assert run_once(folder.parent) == 1


def answers(folder: Path) -> dict[str, x12.ReadInterchange]:
    found = {}
    for path in sorted((folder / "from-payer").iterdir()):
        (found[path.name],) = x12.read_interchanges(path.read_bytes())
    return found


def bodies(read: x12.ReadInterchange) -> Iterator[object]:
    return (one.body for group in read.interchange.groups for one in group.sets)


def test_a_good_file_gets_three_answers_that_are_clean(folder: Path) -> None:
    drop(folder, sent(claim(line(1, "G0463", 12_000))))
    found = answers(folder)
    assert list(found) == ["000001-1-999.edi", "000001-2-277ca.edi", "000001-3-835.edi"]
    assert all(read.is_clean for read in found.values())
    assert not list((folder / "to-payer").iterdir())
    assert run_once(folder.parent) == 0


def test_the_first_answer_accepts_interchange_and_set(folder: Path) -> None:
    drop(folder, sent(claim(line(1, "G0463", 12_000)), control=77))
    read = answers(folder)["000001-1-999.edi"]
    (ta1,) = read.interchange.interchange_acknowledgements
    (ack,) = bodies(read)
    assert (ta1.control_number, ta1.status, ta1.note) == ("000000077", "A", "000")
    assert isinstance(ack, x12.ImplementationAck)
    assert (ack.status, ack.group_control_number, ack.sets[0].status) == ("A", "1", "A")
    assert read.interchange.receiver.id == "TESTSUB"


def test_the_277ca_names_every_claim_and_the_file_it_answers(folder: Path) -> None:
    drop(folder, sent(claim(line(1, "G0463", 12_000)), control=5))
    (ack,) = bodies(answers(folder)["000001-2-277ca.edi"])
    assert isinstance(ack, x12.ClaimAck)
    assert ack.claim_file_reference == "0001-000000005"
    (report,) = ack.providers[0].claims
    assert (report.patient_control_number, report.is_accepted) == ("HP26-0000001", True)
    assert report.payer_control_number == "CAS0000010001"


def test_the_835_carries_line_control_numbers_and_the_payers_claim_number(folder: Path) -> None:
    drop(folder, sent(claim(line(1, "G0463", 12_000), line(2, "J0696", 9_800, 2))))
    (remittance,) = bodies(answers(folder)["000001-3-835.edi"])
    assert isinstance(remittance, x12.Remittance)
    (paid,) = remittance.claims
    assert paid.payer_control_number == "CAS0000010001"
    assert [one.control_number for one in paid.lines] == ["HP26-0000001-1-01", "HP26-0000001-1-02"]
    assert [(a.group, a.reason) for one in paid.lines for a in one.adjustments] == [("CO", "45"), ("CO", "50")]
    assert remittance.amount == paid.paid == Money(9_000)


def test_the_same_input_gives_the_same_answers(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "payer-2"
    (other / "to-payer").mkdir(parents=True)
    content = sent(claim(line(1, "G0463", 12_000)))
    (folder / "to-payer" / "a.edi").write_bytes(content)
    (other / "to-payer" / "a.edi").write_bytes(content)
    assert run_once(tmp_path) == 2
    for path in (folder / "from-payer").iterdir():
        assert path.read_bytes() == (other / "from-payer" / path.name).read_bytes()


def test_an_interchange_number_used_before_is_refused_as_duplicate(folder: Path) -> None:
    drop(folder, sent(claim(line(1, "G0463", 12_000))))
    drop(folder, sent(claim(line(1, "G0463", 12_000))), "again.edi")
    found = answers(folder)
    assert list(found)[3:] == ["000002-1-999.edi"]
    (ta1,) = found["000002-1-999.edi"].interchange.interchange_acknowledgements
    assert (ta1.status, ta1.note) == ("R", "025")


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [(b"IEA*1*000000001~", b"", "023"), (b"IEA*1*000000001~", b"IEA*1*000000002~", "024"), (b"GE*1*1~", b"", "023")],
)
def test_a_broken_envelope_is_refused_by_ta1_and_nothing_else(folder: Path, old: bytes, new: bytes, note: str) -> None:
    drop(folder, sent(claim(line(1, "G0463", 12_000))).replace(old, new))
    (read,) = answers(folder).values()
    (ta1,) = read.interchange.interchange_acknowledgements
    assert (ta1.status, ta1.note) == ("R", note)
    assert list(bodies(read)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"CLM*HP26-0000001*120", b"CLM*HP26-0000001*12O"),
        (b"20261118", b"20261318"),
        (b"SE*", b"SE*9"),
    ],
)
def test_a_broken_set_is_refused_by_999_and_gets_no_277ca(folder: Path, old: bytes, new: bytes) -> None:
    drop(folder, sent(claim(line(1, "G0463", 12_000))).replace(old, new))
    (read,) = answers(folder).values()
    (ack,) = bodies(read)
    assert isinstance(ack, x12.ImplementationAck)
    assert (ack.status, ack.sets[0].status) == ("R", "R")
    assert ack.sets[0].errors


@pytest.mark.parametrize("content", [b"", b"no claims here", b"\x00" * 1000])
def test_noise_is_put_away_without_an_answer(folder: Path, content: bytes) -> None:
    drop(folder, content)
    assert not (folder / "from-payer").exists()
    assert [path.name for path in (folder / "at-payer").iterdir()] == ["a.edi"]


def test_a_claim_without_member_id_is_refused_in_the_277ca_and_not_paid(folder: Path) -> None:
    nameless = replace(claim(line(1, "G0463", 12_000)), subscriber=x12.Subscriber(x12.Person("OKAFOR"), ""))
    drop(folder, sent(nameless))
    found = answers(folder)
    assert "000001-3-835.edi" not in found
    (ack,) = bodies(found["000001-2-277ca.edi"])
    assert isinstance(ack, x12.ClaimAck)
    assert [status.category for status in ack.providers[0].claims[0].statuses] == ["A7"]


def test_claims_of_two_payers_are_paid_by_two_checks(folder: Path) -> None:
    other = replace(claim(line(1, "G0463", 12_000), payer="NORTHSTAR"), patient_control_number="HP26-0000002")
    drop(folder, sent(claim(line(1, "G0463", 12_000)), other))
    remittances = list(bodies(answers(folder)["000001-3-835.edi"]))
    assert [one.amount for one in remittances if isinstance(one, x12.Remittance)] == [Money(9_000), Money(9_600)]


def test_stopped_before_it_remembered_the_payer_answers_the_same_again(folder: Path) -> None:
    content = sent(claim(line(1, "G0463", 12_000)))
    drop(folder, content)
    before = {path.name: path.read_bytes() for path in (folder / "from-payer").iterdir()}
    (folder / "payer-memory.json").unlink()
    drop(folder, content)
    assert {path.name: path.read_bytes() for path in (folder / "from-payer").iterdir()} == before


def test_no_channel_folder_is_nothing_to_do(tmp_path: Path) -> None:
    assert run_once(tmp_path) == 0
    assert run_once(tmp_path / "absent") == 0


def test_the_demo_payers_behave_as_their_notes_say() -> None:
    known = behaviours()
    assert known["BLUEWATER"] == Behaviour(100)
    assert (known["NORTHSTAR"].pays_percent, known["NORTHSTAR"].reason) == (80, "45")
    (rule,) = known["CASCADIA"].denials
    assert rule.denies("J0696", ("Z794",))
    assert rule.denies("J0696", ("R05", "Z794"))
    assert not rule.denies("J0696", ("J441", "Z794"))
    assert not rule.denies("G0463", ("Z794",))
    assert not rule.denies("J0696", ())


CODES = strategies.sampled_from(["G0463", "J0696", "J2919", "Q3014"])
LINES = strategies.lists(
    strategies.tuples(
        CODES, strategies.integers(0, 10**9), strategies.lists(strategies.integers(1, 3), min_size=1, max_size=4)
    ),
    min_size=1,
    max_size=50,
)


@given(lines=LINES, percent=strategies.integers(0, 100), denies=strategies.booleans())
@settings(max_examples=150, deadline=None)
def test_every_decision_balances_to_the_cent(
    lines: list[tuple[str, int, list[int]]], percent: int, denies: bool
) -> None:
    behaviour = replace(DENIES_DRUGS, pays_percent=percent) if denies else Behaviour(percent)
    sent_lines = [line(n, code, cents, *pointers) for n, (code, cents, pointers) in enumerate(lines, start=1)]
    decided = adjudicate(claim(*sent_lines), behaviour, "CAS0000010001")
    remittance = x12.Remittance(
        "1", "1234567890", decided.paid, None, x12.RemittancePayer("P"), x12.RemittancePayee("Q", "1"), (decided,)
    )
    judged = x12.judge_remittance(remittance)
    assert judged.is_balanced
    assert judged.claims[0].state is not x12.ClaimState.SUSPENDED
    assert [one.control_number for one in decided.lines] == [one.control_number for one in sent_lines]
