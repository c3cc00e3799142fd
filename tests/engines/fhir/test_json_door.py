"""Nothing unsafe or malformed passes the JSON door, and every refusal names its place and rule."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.fhir.json import safe_load
from charthouse.engines.fhir.limits import MAX_BYTES, MAX_COMMAS, MAX_DEPTH, MAX_KEYS
from charthouse.kit import Refusal, Refused


def refusal_of(data: bytes) -> Refusal:
    with pytest.raises(Refused) as caught:
        safe_load(data, "bad.json")
    assert caught.value.refusal.source == "bad.json"
    return caught.value.refusal


@pytest.mark.parametrize(
    ("data", "rule", "place"),
    [
        (b"", "intake.empty", "byte 0"),
        (b" \n", "intake.empty", "byte 0"),
        (b'{"a":1', "fhir.malformed", "1:7"),
        (b'{"a":\n "b', "fhir.malformed", "2:2"),
        (b"[]", "fhir.not-a-resource", "1:1"),
        (b'"text"', "fhir.not-a-resource", "1:1"),
        (b'{"a":1,\n "b":{"a":1,"a":2}}', "fhir.duplicate-key", "2:13"),
        (b'{"x":{"a":1},"a":1,"\\u0061":2}', "fhir.duplicate-key", "1:20"),
        (b'{"a":\n NaN}', "fhir.not-a-number", "2:2"),
        (b'{"NaN":"NaN",\n"b":-Infinity}', "fhir.not-a-number", "2:5"),
        (b'{"a":' + b"9" * 41 + b"}", "fhir.number-too-long", "1:6"),
        (b'{"a":1.' + b"9" * 41 + b"}", "fhir.number-too-long", "1:6"),
        (b'{"a":"ok",\n"b":"\\ud83dx"}', "fhir.lone-surrogate", "2:6"),
        (b'{"a":"\\ude00"}', "fhir.lone-surrogate", "1:7"),
        (b'{"a":"\\ud83d\\ud83d\\ude00"}', "fhir.lone-surrogate", "1:7"),
        ('{"a":"é"}'.encode("latin-1"), "intake.wrong-encoding", "byte 6"),
        (b"\xff\xfe{\x00x", "intake.wrong-encoding", "byte 4"),
        ("{}".encode("utf-32"), "intake.wrong-encoding", "byte 0"),
    ],
)
def test_refused_with_rule_and_place(data: bytes, rule: str, place: str) -> None:
    refusal = refusal_of(data)
    assert (refusal.rule, refusal.place) == (rule, place)


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"a":'])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 10_000, 200_000])
def test_deep_nesting_is_refused(opening: bytes, depth: int) -> None:
    assert refusal_of(opening * depth).rule == "fhir.too-deep"


def test_the_deepest_allowed_nesting_is_read() -> None:
    assert "a" in safe_load(b'{"a":' + b"[" * (MAX_DEPTH - 1) + b"]" * (MAX_DEPTH - 1) + b"}", "a.json")


def test_brackets_inside_texts_are_not_nesting() -> None:
    assert safe_load(json.dumps({"a": '[{"' * 500 + "\\"}).encode(), "a.json")


@pytest.mark.parametrize("colon", [":", " :", "  :"])
def test_too_many_keys_are_refused(colon: str) -> None:
    keys = ",".join(f'"{number}"{colon}0' for number in range(MAX_KEYS + 1))
    assert refusal_of(f"{{{keys}}}".encode()).rule == "fhir.too-many-keys"


@pytest.mark.parametrize("data", [b"[" + b"1," * (MAX_COMMAS + 1), b'"' * 7_000_000, b"[]" * 2_000_000])
def test_too_many_values_are_refused(data: bytes) -> None:
    assert refusal_of(data).rule == "fhir.too-many-values"


def test_too_large_is_refused() -> None:
    assert refusal_of(b"{" + b" " * MAX_BYTES).rule == "intake.too-large"


@pytest.mark.parametrize("data", [b"a" * 5_000_000, b'{"a":"' + b"\\\\" * 2_000_000, b"\\" * 5_000_000])
def test_long_junk_costs_one_pass(data: bytes) -> None:
    assert refusal_of(data).rule == "fhir.malformed"


def test_repeated_key_in_a_large_file_is_told_by_name() -> None:
    text = '{"pad":"' + "x" * 2_000_001 + '","name":1,"name":2}'
    assert refusal_of(text.encode()).place == "key 'name'"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_accepted_encodings(encoding: str) -> None:
    assert safe_load('{"a":"é"}'.encode(encoding), "a.json") == {"a": "é"}


def test_pairs_and_escaped_backslashes_are_whole_characters() -> None:
    assert safe_load(b'{"a":"\\ud83d\\ude00","b":"\\\\ud83d"}', "a.json") == {"a": "\U0001f600", "b": "\\ud83d"}


def test_decimals_stay_exact() -> None:
    assert safe_load(b'{"a":0.10}', "a.json") == {"a": Decimal("0.10")}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('abc\\"[{', max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abc", max_size=3), VALUES, max_size=5), st.booleans())
def test_any_ordinary_json_is_read_unchanged(value: dict[str, object], ascii_only: bool) -> None:
    assert safe_load(json.dumps(value, ensure_ascii=ascii_only).encode(), "a.json") == value
