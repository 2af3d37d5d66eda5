"""Reads of a person, collected while a page is made and appended to the log before it leaves the house (R14)."""

from contextvars import ContextVar

from .actions import Trace, record_all

_noted: ContextVar[list[Trace] | None] = ContextVar("noted_reads", default=None)


def start() -> None:
    """Begin collecting for a request or a command."""
    _noted.set([])


def note_read(trace: Trace) -> None:
    """Note that something about a person was read. Outside of a request or command it is not kept."""
    noted = _noted.get()
    if noted is not None and trace not in noted:
        noted.append(trace)


def flush(*, organisation: int, member: int | None) -> None:
    """Append what was read to the log."""
    noted = _noted.get()
    _noted.set(None)
    if noted:
        record_all(noted, organisation=organisation, member=member)
