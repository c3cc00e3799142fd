"""Figures of Charthouse, each beside its budget: `make bench`, or `python -m bench search lists` for some of them."""
