"""A whole note in the plain text format, and ways to bend it."""

from __future__ import annotations

NOTE = """Patient: Whitfield, Ada Jane
MRN: 104477
Born: 1961-04-09
Sex: F
Address: 12 Quay Street
City: Harbor Point
State: ME
ZIP: 04101
Payer: Northwind Health Plan
Member: NW5520817
Encounter: V-20061
Kind: inpatient
Date: 2026-11-14 to 2026-11-18
Facility: Harbor Point Hospital
Provider: Ines Okafor, MD
NPI: 1234567893
Disposition: home

=== Discharge summary | discharge-summary | Ines Okafor, MD | 2026-11-18T14:10 | signed
Dictated at the bedside.

HOSPITAL COURSE:
She was admitted with fever.

On day 2 she walked.
Drug\tDose
LABS & IMAGING (LAST DAY):
Clear.
=== Nursing note | nursing-note | Leo Marsh, RN | 2026-11-15T08:00-05:00 | unsigned
Slept well.
"""


def changed(key: str, line: str) -> bytes:
    """The note with the header line of `key` replaced by `line`, or left out when that is empty."""
    lines = [line if one.startswith(f"{key}:") else one for one in NOTE.split("\n")]
    return "\n".join(one for one, old in zip(lines, NOTE.split("\n"), strict=True) if one or not old).encode()
