"""How much one C-CDA document may hold before it is refused."""

MAX_BYTES = 32 * 1024 * 1024
MAX_TAGS = 500_000
MAX_DEPTH = 200
