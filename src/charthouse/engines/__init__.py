"""Engines: pure Python, no Django, no I/O but the streams and paths they are given."""
