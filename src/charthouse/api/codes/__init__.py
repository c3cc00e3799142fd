"""Codes over JSON."""
