"""A claim as its page shows it: steps with their shape, lines with their money."""

from __future__ import annotations

from dataclasses import dataclass

from charthouse.apps.billing.models import ClaimState
from charthouse.apps.billing.selectors import ClaimPage, PageLine, Step
from charthouse.apps.remittance.selectors import ClaimMoney, LineMoney

# How a state looks on the line of states: class of the step and its icon.
_LOOKS = {
    ClaimState.HELD: ("bad", "stop"),
    ClaimState.REJECTED: ("bad", "stop"),
    ClaimState.DENIED: ("bad", "stop"),
    ClaimState.PARTLY_PAID: ("part", "half"),
}
_RESULTS = {"Paid": ("ok", "ok"), "Denied": ("danger", "stop"), "Denied in part": ("warn", "half")}


@dataclass(frozen=True, slots=True)
class TimeLineStep:
    """A step of the time line with its look; the last one is where the claim is now."""

    step: Step
    look: str
    icon: str
    is_last: bool


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A service line beside its money; `tone` and `icon` belong to the result."""

    line: PageLine
    money: LineMoney | None
    tone: str
    icon: str

    def reasons(self, group: str) -> str:
        """Reason numbers of a group, such as `45`."""
        found = self.money.reasons if self.money else ()
        return " ".join(name.partition("-")[2] for name, _ in found if name.startswith(f"{group}-"))

    @property
    def co_reasons(self) -> str:
        """Reason numbers of the contract group."""
        return self.reasons("CO")

    @property
    def pr_reasons(self) -> str:
        """Reason numbers of the patient's part."""
        return self.reasons("PR")


def time_line(page: ClaimPage) -> list[TimeLineStep]:
    """Steps that moved the claim, in order."""
    moved = [step for step in page.steps if step.moved]
    labels = {state.label: state for state in ClaimState}
    looks = [_LOOKS.get(labels[step.label], ("was", "ok")) for step in moved]
    last = len(moved) - 1
    return [TimeLineStep(step, *looks[place], place == last) for place, step in enumerate(moved)]


def claim_lines(page: ClaimPage, money: ClaimMoney) -> list[ShownLine]:
    """Every line with what became of its money."""
    by_line = {one.line.pk: one for one in money.lines if one.line is not None}
    return [_shown(line, by_line.get(line.line.pk)) for line in page.lines]


def _shown(line: PageLine, money: LineMoney | None) -> ShownLine:
    tone, icon = _RESULTS.get(money.result if money else "", ("quiet", "wait"))
    return ShownLine(line, money, tone, icon)
