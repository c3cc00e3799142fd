"""What is wrong with a file, collected while it is read: a person gets all of it at once, up to a limit."""

from __future__ import annotations

from charthouse.kit import Refusal, Refused

MOST = 20


class Faults:
    """The faults of one file. Any fault refuses the whole file; reading stops when there are too many."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.found: list[Refusal] = []

    def add(
        self, rule: str, message: str, *, line: int = 0, column: int | str = "", value: str = "", mend: str = ""
    ) -> None:
        """Note a fault; `column` is a number or the name of a field. Raise Refused at the twentieth."""
        place = ", ".join([*([f"line {line}"] if line else []), *([f"column {column}"] if column else [])])
        self.found.append(Refusal(self._source, place, f"codesets.{rule}", message, mend, value[:60]))
        if len(self.found) >= MOST:
            self.settle()

    def settle(self) -> None:
        """Raise Refused with the first fault when there is any; `found` has them all."""
        if self.found:
            raise Refused(self.found[0])
