"""Interchanges: their parts, writing them with given control numbers, reading and checking them."""
