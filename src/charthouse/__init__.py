"""Charthouse: a remote medical coding program, from the signed agreement to the paid claim."""
