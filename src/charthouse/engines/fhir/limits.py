"""How much one FHIR file may hold before it is refused."""

MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 100
MAX_KEYS = 1_000_000
MAX_BRACKETS = 1_500_000
MAX_COMMAS = 3_000_000  # commas in texts count too; a full-size bundle has about a third of this
MAX_QUOTES = 6_000_000
MAX_NUMBER_LENGTH = 40  # characters; FHIR integers have ten digits and decimals eighteen
