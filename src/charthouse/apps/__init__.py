"""Django apps, one bounded context each; import order is a contract in pyproject.toml."""
