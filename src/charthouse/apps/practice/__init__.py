"""The practice: billing profile, facilities, providers, payers and the charge master."""
