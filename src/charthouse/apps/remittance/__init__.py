"""Payments: remittances posted to the cent in a double-entry journal, and the denials to work."""
