"""Charges and claims: versions that never change once sent, and the states only answers can move."""
