"""A note in plain text as a practice would send it. The patient is invented."""

from __future__ import annotations


def note(encounter: str = "V-1", text: str = "Type 2 diabetes, stable.") -> bytes:
    """A file with one patient, one encounter and one signed note."""
    return f"""Patient: Okafor, Maren T
MRN: 004-418-27
Born: 1959-03-04
Sex: F
Payer: Bluewater Mutual
Member: BW123
Encounter: {encounter}
Kind: visit
Date: 2026-11-18
Facility: Test Clinic
Provider: Lena Varga DO

=== Office note | progress note | Lena Varga DO | 2026-11-18T15:10-05:00 | signed
ASSESSMENT:
{text}
""".encode()
