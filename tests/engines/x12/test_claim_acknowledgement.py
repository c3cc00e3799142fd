"""277CA: each claim's fate is written and read back, with the number it was sent under and the payer's."""

from __future__ import annotations

from dataclasses import replace

from charthouse.engines.x12 import ClaimAck, ClaimStatus, ProviderStatusReport, write_interchange
from tests.engines.x12.acks import ACCEPTED_CLAIM, ACK_277CA, REJECTED_CLAIM
from tests.engines.x12.examples import NPI, interchange_of, read_one, there_and_back
from tests.samples import samples_or_skip


def _sample(name: str) -> ClaimAck:
    path = samples_or_skip("x12/public/imsweb-bsd3/277_5010") / f"x12_277CA_{name}.txt"
    body = read_one(path.read_bytes()).interchange.groups[0].sets[0].body
    assert isinstance(body, ClaimAck)
    return body


def test_a_277ca_comes_back_as_it_was_written() -> None:
    interchange = interchange_of("277", ACK_277CA)
    assert there_and_back(interchange) == interchange


def test_a_provider_s_own_status_stands_under_its_trace() -> None:
    data = write_interchange(interchange_of("277", ACK_277CA)).decode()
    assert "TRN*1*T1~\nSTC*A1:19:PR**WQ*125.5~\nHL*4*3*PT~" in data


def test_a_provider_without_a_trace_gets_the_number_of_none() -> None:
    provider = ProviderStatusReport("LAKESIDE MEDICAL GROUP", NPI, (ACCEPTED_CLAIM,))
    interchange = interchange_of("277", replace(ACK_277CA, providers=(provider,)))
    assert "TRN*1*0~\n" in write_interchange(interchange).decode()
    assert there_and_back(interchange) == interchange


def test_levels_are_numbered_under_their_parents() -> None:
    data = write_interchange(interchange_of("277", ACK_277CA)).decode()
    levels = [line for line in data.splitlines() if line.startswith("HL*")]
    assert levels == ["HL*1**20*1~", "HL*2*1*21*1~", "HL*3*2*19*1~", "HL*4*3*PT~", "HL*5*3*PT~"]


def test_each_claim_carries_its_numbers_and_dates() -> None:
    data = write_interchange(interchange_of("277", ACK_277CA)).decode()
    assert "TRN*2*CH0001A~\nSTC*A2:20:PR*20261123*WQ*120.5~\nREF*1K*ICN1~\nDTP*472*D8*20260310~" in data
    assert "REF*D9*731~\nDTP*472*RD8*20260301-20260331~" in data


def test_a_claim_is_accepted_only_without_a_rejection() -> None:
    assert ACCEPTED_CLAIM.is_accepted
    assert not REJECTED_CLAIM.is_accepted
    assert ClaimStatus("A3", "21").is_rejection
    assert not ClaimStatus("A1", "20").is_rejection


def test_a_payer_s_acceptance_is_understood() -> None:
    ack = _sample("accepted")
    claim = ack.providers[0].claims[0]
    assert ack.claim_file_reference == "000000674"
    assert claim.patient_control_number == "5781"
    assert claim.payer_control_number == "1107000000014420"
    assert claim.is_accepted


def test_a_payer_s_rejection_is_understood_with_other_delimiters() -> None:
    claim = _sample("rejected").providers[0].claims[0]
    assert (claim.statuses[0].category, claim.statuses[0].code, claim.statuses[0].entity) == ("A7", "562", "85")
    assert not claim.is_accepted


def test_line_statuses_are_not_taken_for_the_claim_s() -> None:
    data = write_interchange(interchange_of("277", ACK_277CA))
    line = b"DTP*472*D8*20260310~\nSVC*HC:G0463*1~\nSTC*A7:21*20261123*U*1~\n"
    read = read_one(data.replace(b"DTP*472*D8*20260310~\n", line))
    body = read.interchange.groups[0].sets[0].body
    assert isinstance(body, ClaimAck)
    assert body.providers[0].claims[0].is_accepted
