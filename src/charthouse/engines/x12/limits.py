"""The longest text an element takes, where people's text could exceed it (005010 element dictionary)."""

from __future__ import annotations

LONGEST: dict[str, dict[int, int]] = {
    "BHT": {3: 50},
    "BPR": {7: 12, 9: 35, 13: 12, 15: 35},
    "CLM": {1: 20},  # X12 allows 38; several payers echo only 20
    "CLP": {1: 38, 7: 50},
    "LIN": {3: 48},
    "N1": {2: 60, 4: 80},
    "N3": {1: 55, 2: 55},
    "N4": {1: 30, 2: 2, 3: 15},
    "NM1": {3: 60, 4: 35, 5: 25, 7: 10, 9: 80},
    "NTE": {2: 80},
    "PER": {2: 60, 4: 256, 6: 256},
    "PLB": {1: 50},
    "PRV": {3: 50},
    "REF": {2: 50},
    "SBR": {3: 50, 4: 60},
    "ST": {2: 9},
    "TRN": {2: 50, 3: 10},
}
