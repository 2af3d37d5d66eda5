"""Appending to the log. An action calls `record` last, inside its transaction: the chain is locked until it commits."""

import json
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

Fact = str | int | bool | None

# Where the request comes from; set once per request by the web, empty for commands.
origin: ContextVar[str] = ContextVar("origin", default="")


@dataclass(frozen=True)
class Trace:
    """What one entry says: who did what to which thing of whom."""

    verb: str
    subject: str = ""
    person: UUID | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    reason: bytes = b""


def record(trace: Trace, *, organisation: int, member: int | None) -> None:
    """Append one entry to the organisation's chain (0: the node's own)."""
    record_all([trace], organisation=organisation, member=member)


def record_all(traces: Iterable[Trace], *, organisation: int, member: int | None) -> None:
    """Append several entries in one round trip, in their order."""
    rows = [
        {
            "verb": one.verb,
            "subject": one.subject,
            "person": str(one.person) if one.person else None,
            "facts": json.dumps(dict(one.facts), sort_keys=True, ensure_ascii=True),
            "reason": one.reason.hex(),
        }
        for one in traces
    ]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_append(%s, %s, %s, %s)", [organisation, member, origin.get(), json.dumps(rows)])
