"""Coding sessions: diagnoses and procedures with evidence, live findings, and the summary that is final."""
