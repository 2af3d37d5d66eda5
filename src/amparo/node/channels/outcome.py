"""What a channel is given, and what it says about it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Outcome(StrEnum):
    """What became of a message."""

    SENT = "sent"
    LATER = "later"  # surely not sent, and worth another try
    REFUSED = "refused"  # surely not sent, and another try would change nothing
    UNKNOWN = "unknown"  # it broke off after the words had gone: perhaps sent, so never again


@dataclass(frozen=True)
class Message:
    """To whom and what. Its fields do not show where the message itself is written, such as in a log."""

    to: str = field(repr=False)
    text: str = field(repr=False)
    subject: str = field(default="", repr=False)
    name: str = field(default="", repr=False)  # of the sender, as she knows it


class Channel(Protocol):
    """One way of sending."""

    def send(self, message: Message) -> Outcome:
        """Hand the message over; raises nothing that the network or the other side can cause."""
        ...
