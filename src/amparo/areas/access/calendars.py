"""Secret addresses for a member's own calendar: made, seen, withdrawn, asked at."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from amparo.areas.audit.actions import Trace, record
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, require

from .models import CalendarLink
from .rules import Viewer, may_make_token
from .tokens import Shown

LASTS = timedelta(days=365)
MOST_AN_HOUR = 60


class Word(StrEnum):
    """What every entry of the calendar is called: nothing that tells anyone what it is about."""

    NOTES = "notes"
    REMINDER = "reminder"
    TO_DO = "to_do"
    CALL = "call"


@dataclass(frozen=True)
class LinkFile:
    """An address as its owner sees it; its secret was shown once and is kept nowhere."""

    id: int
    word: Word
    made_at: datetime
    expires_at: datetime
    fetched_at: datetime | None


@dataclass(frozen=True)
class ShownLink(Shown):
    """An address that a calendar asks at, `too_often` perhaps; `mark` is its own, to name entries by."""

    word: Word = Word.NOTES
    mark: bytes = b""
    too_often: bool = False


@transaction.atomic
def make_link(*, by: Viewer, account: int, word: Word, had_second_step: bool) -> str:
    """A new address for the member's own calendar; gives its secret. Raises Refused without a second step."""
    require(may_make_token(by, had_second_step=had_second_step))
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    row = CalendarLink.objects.create(
        account=account,
        member=by.member,
        house=by.organisation,
        word=word,
        hash=_hash(secret),
        made_at=now,
        expires_at=now + LASTS,
    )
    record(Trace("calendar link made", f"calendar link {row.pk}"), organisation=by.organisation, member=by.member)
    return secret


def links_of(viewer: Viewer) -> list[LinkFile]:
    """The member's addresses that still answer, the newest first."""
    rows = CalendarLink.objects.filter(member=viewer.member, expires_at__gt=clock.now()).order_by("-pk")
    return [LinkFile(one.pk, Word(one.word), one.made_at, one.expires_at, one.fetched_at) for one in rows]


@transaction.atomic
def withdraw_link(number: int, *, by: Viewer) -> None:
    """From now on it answers nothing. Raises NotThere where it is none of the member's."""
    found, _ = CalendarLink.objects.filter(pk=number, member=by.member).delete()
    if not found:
        raise NotThere
    trace = Trace("calendar link withdrawn", f"calendar link {number}")
    record(trace, organisation=by.organisation, member=by.member)


@transaction.atomic
def shown_link(secret: str) -> ShownLink | None:
    """Whose address this is; None where it answers nothing. When it was asked is kept, and how often in this hour."""
    now = clock.now()
    mark = _hash(secret)
    row = CalendarLink.objects.select_for_update(no_key=True).filter(hash=mark, expires_at__gt=now).first()
    if row is None:
        return None
    hour = now.replace(minute=0, second=0, microsecond=0)
    row.times = row.times + 1 if row.hour == hour else 1
    row.hour, row.fetched_at = hour, now
    row.save(update_fields=("times", "hour", "fetched_at"))
    return ShownLink(
        id=row.pk,
        account=row.account,
        member=row.member,
        may_write=False,
        word=Word(row.word),
        mark=bytes.fromhex(mark),
        too_often=row.times > MOST_AN_HOUR,
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
