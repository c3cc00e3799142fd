"""The terminal door: the `charthouse` command."""
