"""The demo practice Harbor Point Health as data: its charts, people, payers and prices; all of it invented."""
