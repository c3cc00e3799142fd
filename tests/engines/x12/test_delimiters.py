"""Other delimiters: every kind of set is written with them, read back by them, and never broken by text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from charthouse.engines.x12 import (
    Body,
    Delimiters,
    InterchangeAck,
    Person,
    ProfessionalClaims,
    read_interchanges,
    write_interchange,
)
from tests.engines.x12.acks import ACK_277CA, ACK_999
from tests.engines.x12.examples import (
    CLAIM,
    NOW,
    SUBSCRIBER,
    changed,
    claims_set,
    interchange_of,
    read_one,
    there_and_back,
)
from tests.engines.x12.remits import REMITTANCE

SETS = [
    pytest.param("837", claims_set(CLAIM), id="837P"),
    pytest.param("835", REMITTANCE, id="835"),
    pytest.param("999", ACK_999, id="999"),
    pytest.param("277", ACK_277CA, id="277CA"),
]
OTHERS = [
    pytest.param(Delimiters("|", ">", "^", "~"), id="bars and angles"),
    pytest.param(Delimiters("*", ":", "^", "\n"), id="a line end as terminator"),
    pytest.param(Delimiters("+", "&", "!", "'"), id="those of EDIFACT"),
    pytest.param(Delimiters("\x1d", "\x1f", "\x1e", "\x1c"), id="control characters"),
    pytest.param(Delimiters("*", ":", "", "~"), id="no repetition"),
    pytest.param(Delimiters("^", "~", ":", "*"), id="the usual four, shuffled"),
]


@pytest.mark.parametrize("delimiters", OTHERS)
@pytest.mark.parametrize(("kind", "body"), SETS)
def test_every_set_is_written_and_read_with_other_delimiters(kind: str, body: Body, delimiters: Delimiters) -> None:
    interchange = interchange_of(kind, body, delimiters=delimiters)
    back = there_and_back(interchange)
    assert back.groups == interchange.groups
    assert back.delimiters == delimiters


@pytest.mark.parametrize("delimiters", OTHERS)
def test_a_ta1_is_read_with_other_delimiters(delimiters: Delimiters) -> None:
    ack = InterchangeAck("000000101", NOW, "A")
    alone = interchange_of("999", delimiters=delimiters, interchange_acknowledgements=(ack,))
    assert there_and_back(replace(alone, groups=())).interchange_acknowledgements == (ack,)


@pytest.mark.parametrize("delimiters", OTHERS)
def test_the_isa_keeps_its_width(delimiters: Delimiters) -> None:
    data = write_interchange(interchange_of("837", claims_set(CLAIM), delimiters=delimiters))
    assert data[105:106] == delimiters.terminator.encode()
    assert data[3:4] == delimiters.element.encode()
    assert data[104:105] == delimiters.component.encode()


@pytest.mark.parametrize(
    ("delimiters", "written", "read"),
    [
        pytest.param(Delimiters(), "A*B:C^D~E", "A B C D E", id="the usual ones"),
        pytest.param(Delimiters("|", ">", "^", "~"), "A*B:C^D~E", "A*B:C D E", id="only those of this file"),
        pytest.param(Delimiters("|", ">", "^", "~"), "A|B>C", "A B C", id="and those of this file"),
        pytest.param(Delimiters(), "A\nB\r\nC\tD", "A B C D", id="line ends and tabs"),
        pytest.param(Delimiters(), "~~~", "", id="nothing but delimiters"),
    ],
)
def test_a_delimiter_in_a_name_becomes_a_blank(delimiters: Delimiters, written: str, read: str) -> None:
    claim = changed(subscriber=replace(SUBSCRIBER, person=Person("QUIGLEY", written)))
    back = there_and_back(interchange_of("837", claims_set(claim), delimiters=delimiters))
    body = back.groups[0].sets[0].body
    assert isinstance(body, ProfessionalClaims)
    assert body.claims[0].subscriber.person.given_name == read


def test_interchanges_with_different_delimiters_follow_each_other() -> None:
    files = [
        write_interchange(interchange_of("835", REMITTANCE, delimiters=one.values[0], control_number=n))
        for n, one in enumerate(OTHERS, start=1)
    ]
    read = list(read_interchanges(b"".join(files)))
    assert [one.interchange.control_number for one in read] == [1, 2, 3, 4, 5, 6]
    assert all(one.is_clean for one in read)
    assert {one.interchange.groups[0].sets[0].body for one in read} == {REMITTANCE}


@pytest.mark.parametrize("line_end", [b"", b"\n", b"\r\n", b"\r\n\r\n"])
@pytest.mark.parametrize(("kind", "body"), SETS)
def test_line_ends_between_segments_change_nothing(kind: str, body: Body, line_end: bytes) -> None:
    interchange = interchange_of(kind, body)
    data = write_interchange(interchange).replace(b"\n", line_end)
    assert read_one(data).interchange == interchange
    assert read_one(data).is_clean
