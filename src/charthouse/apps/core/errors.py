"""How an action says no. Each carries a sentence for people; views and commands turn them into answers."""

from __future__ import annotations


class ActionError(Exception):
    """An action was not carried out and nothing was changed. `code` is stable, `mend` says what to do."""

    code = "action.failed"

    def __init__(self, message: str, *, code: str = "", mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.mend = mend


class Denied(ActionError):
    """This person may not do this; shown as not found so that nothing is given away."""

    code = "action.denied"
    is_recorded = False  # whether the audit log has it already


class Conflict(ActionError):
    """The row is not in a state that allows this: already final, already sent, changed by somebody else."""

    code = "action.conflict"


class Invalid(ActionError):
    """What was given cannot be used; `field` names it."""

    code = "action.invalid"

    def __init__(self, message: str, *, field: str = "", code: str = "", mend: str = "") -> None:
        super().__init__(message, code=code, mend=mend)
        self.field = field
