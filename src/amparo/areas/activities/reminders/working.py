"""Which channels work, for whoever looks after the node: how they are set up, and how they went last."""

from dataclasses import dataclass
from datetime import datetime

from amparo.areas.access.rules import Task, Viewer, may_do
from amparo.areas.activities.rules.reminding import SENT_BY_ITSELF
from amparo.areas.consent.rules.contact import Channel
from amparo.kernel import clock
from amparo.kernel.decision import require
from amparo.node.channels import Answer, Channels, Outcome, Problem, channels
from amparo.node.errors import NodeError

from .models import ChannelTry


@dataclass(frozen=True)
class ChannelFile:
    """One channel: `place` is empty where it is not set up. The moments are those of this house."""

    channel: Channel
    place: str
    sent_at: datetime | None = None
    failed_at: datetime | None = None
    problem: Problem | None = None

    @property
    def fails(self) -> bool:
        """Whether the last thing that is known of it is a failure."""
        return self.failed_at is not None and (self.sent_at is None or self.failed_at > self.sent_at)


@dataclass(frozen=True)
class ChannelsFile:
    """All of them, and what is wrong with their file, in one line for an administrator."""

    channels: tuple[ChannelFile, ...]
    wrong: str = ""


def channels_of(viewer: Viewer) -> ChannelsFile:
    """Which are set up on this machine, and how they went. Raises Refused for whoever does not look after it."""
    require(may_do(viewer, Task.MANAGE_MEMBERS))
    found, wrong = Channels(), ""
    try:
        found = channels()
    except NodeError as error:
        wrong = str(error)
    places = {Channel.SMS: found.sms, Channel.EMAIL: found.email}
    tries = {row.channel: row for row in ChannelTry.objects.filter(organisation=viewer.organisation)}
    rows = [(channel, one.place if one else "", tries.get(channel)) for channel, one in places.items()]
    return ChannelsFile(tuple(_file(*row) for row in rows), wrong)


def note_try(organisation: int, channel: str, answer: Answer) -> None:
    """Keep when it last worked or did not. Called in the transaction that notes what became of the message."""
    if channel not in SENT_BY_ITSELF:
        return
    now = clock.now()
    if answer.outcome is Outcome.SENT:
        fields: dict[str, object] = {"sent_at": now}
    elif answer.problem is not None:
        fields = {"failed_at": now, "problem": str(answer.problem)}
    else:
        return
    ChannelTry.objects.update_or_create(organisation_id=organisation, channel=channel, defaults=fields)


def _file(channel: Channel, place: str, row: ChannelTry | None) -> ChannelFile:
    if row is None:
        return ChannelFile(channel, place)
    problem = Problem(row.problem) if row.problem else None
    return ChannelFile(channel, place, row.sent_at, row.failed_at, problem)
