"""What a channel is given, and what it says about it."""

import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Outcome(StrEnum):
    """What became of a message."""

    SENT = "sent"
    LATER = "later"  # surely not sent, and worth another try
    REFUSED = "refused"  # surely not sent, and another try would change nothing
    UNKNOWN = "unknown"  # it broke off after the words had gone: perhaps sent, so never again


class Problem(StrEnum):
    """What stood in the way, as far as whoever looks after the node can do something about it; nothing of anybody."""

    NOT_THERE = "not_there"  # nobody answers under this address
    TOO_SLOW = "too_slow"
    NOT_ENCRYPTED = "not_encrypted"  # no TLS is offered, or the other side does not speak it
    NOT_TRUSTED = "not_trusted"  # the certificate is not valid for this name
    SIGN_IN = "sign_in"  # user name, password or token
    BUSY = "busy"  # not now, it says itself
    NOT_TAKEN = "not_taken"
    BROKEN_OFF = "broken_off"


@dataclass(frozen=True)
class Answer:
    """What became of a message and, where it was not sent, what stood in the way."""

    outcome: Outcome
    problem: Problem | None = None


SENT = Answer(Outcome.SENT)
NOT_TAKEN = Answer(Outcome.REFUSED, Problem.NOT_TAKEN)
BROKEN_OFF = Answer(Outcome.UNKNOWN, Problem.BROKEN_OFF)


def unreached(error: OSError) -> Answer:
    """What it means that no encrypted link came about: nothing has left."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return Answer(Outcome.LATER, Problem.NOT_TRUSTED)
    if isinstance(error, ssl.SSLError):
        return Answer(Outcome.LATER, Problem.NOT_ENCRYPTED)
    slow = isinstance(error, TimeoutError)
    return Answer(Outcome.LATER, Problem.TOO_SLOW if slow else Problem.NOT_THERE)


@dataclass(frozen=True)
class Message:
    """To whom and what. Its fields do not show where the message itself is written, such as in a log."""

    to: str = field(repr=False)
    text: str = field(repr=False)
    subject: str = field(default="", repr=False)
    name: str = field(default="", repr=False)  # of the sender, as she knows it


class Channel(Protocol):
    """One way of sending."""

    def send(self, message: Message) -> Answer:
        """Hand the message over; raises nothing that the network or the other side can cause."""
        ...

    def reach(self) -> Answer:
        """Go as far as a message would without sending one; what it would meet. Raises as little."""
        ...

    @property
    def place(self) -> str:
        """Where it goes, as an administrator knows it: a name and a port, no secret."""
        ...
