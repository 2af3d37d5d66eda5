"""What a rule answers, and what an action raises when a rule says no."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Decision:
    """Whether something may be done, why, and where the rule comes from (document and section)."""

    allowed: bool
    reason: str = ""
    source: str = ""

    def __bool__(self) -> bool:
        """A decision reads as its answer."""
        return self.allowed


ALLOWED = Decision(True)


def refused(reason: str, source: str = "") -> Decision:
    """A no with its reason, worded for the person who reads it."""
    return Decision(False, reason, source)


class Refused(Exception):
    """An action was not carried out because a rule forbids it; nothing was written."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.reason)
        self.decision = decision


class NotThere(Exception):
    """It does not exist, or it is not for this viewer: from outside the two are the same."""


class Conflict(Exception):
    """A colleague changed the same thing meanwhile; nothing was written.

    `theirs` lists (label, text) of what stands there now.
    """

    def __init__(self, theirs: list[tuple[str, str]], who: str = "", when: str = "") -> None:
        super().__init__("changed meanwhile")
        self.theirs, self.who, self.when = theirs, who, when


def require(decision: Decision) -> None:
    """Raise Refused unless the decision is a yes."""
    if not decision.allowed:
        raise Refused(decision)
