"""How often and how high the right code stands, held on fixed numbers so that a change for the worse is seen.

The queries of the sample folder are the measure; the floors lie a little under what was measured on 2026-11-25.
"""

from __future__ import annotations

from statistics import mean

import pytest
from bench import queries as asked
from bench.queries import FOLDER, Query, load_sets
from bench.search import ON

from charthouse.engines.encoder import Encoder
from tests.engines.codesets.books import code_book
from tests.engines.encoder.encoders import encoder

FLOORS = {
    "index": (0.73, 0.885),
    "inclusion": (0.60, 0.81),
    "abbrev": (0.97, 0.98),
    "lay": (0.97, 0.98),
    "misspell": (0.96, 0.98),
}

# Our own: what a coder, a clerk and a patient would write.
OWN = {
    "type 2 diabetes with chronic kidney disease": "E11.22",
    "copd with acute exacerbation": "J44.1",
    "essential hypertension": "I10",
    "low back pain": "M54.50",
    "acute cystitis with hematuria": "N30.01",
    "nausea with vomiting": "R11.2",
    "hypokalemia": "E87.6",
    "screening colonoscopy": "Z12.11",
    "plantar fasciitis": "M72.2",
    "pneumonia": "J18.9",
    "atrial fibrilation persistent": "I48.19",
    "closed fracture of left clavicle": "S42.002A",
    "iron deficiency anemia": "D50.9",
    "acute otitis media right ear": "H66.91",
    "streptococcal pharyngitis": "J02.0",
    "hyperlipidemia mixed": "E78.2",
    "obstructive sleep apnea": "G47.33",
    "major depression recurrent moderate": "F33.1",
    "cholecystitis acute with gallstones": "K80.00",
    "ureteral calculus": "N20.1",
    "vitamin d deficiency": "E55.9",
    "carpal tunnel syndrome left": "G56.02",
    "contact dermatitis": "L25.9",
    "well child check": "Z00.129",
    "urinary tract infection": "N39.0",
    "chest pain": "R07.9",
    "syncope": "R55",
    "hypothyroidism": "E03.9",
    "osteoarthritis right knee": "M17.11",
    "migraine with aura": "G43.109",
}


def score(search: Encoder, queries: list[Query]) -> tuple[float, float]:
    """MRR@10 and recall@10."""
    places = [query.place(search.best_codes(query.text, ON)) for query in queries]
    return mean(1 / place if place else 0.0 for place in places), mean(bool(place) for place in places)


@pytest.mark.parametrize("name", FLOORS)
def test_quality_does_not_fall(name: str) -> None:
    sets = load_sets()
    if name not in sets:
        pytest.skip(f"no queries in {FOLDER.name}/ (set CHARTHOUSE_SAMPLES)")
    queries = sets[name]
    search = encoder()
    if name == "inclusion":
        search = Encoder(code_book(), without_terms=asked.tested_terms(queries))
    rank, recall = score(search, queries)
    assert (rank, recall) >= FLOORS[name]
    assert recall >= FLOORS[name][1]


def test_our_own_queries_are_answered_at_the_top() -> None:
    rank, recall = score(encoder(), [Query(text, frozenset([code])) for text, code in OWN.items()])
    assert rank >= 0.9
    assert recall == 1.0
