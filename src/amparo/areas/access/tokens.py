"""Tokens: what a program shows in place of a session. It opens what its owner may see, no more, and not for ever."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from amparo.areas.audit.actions import Trace, record
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, require

from .models import ApiToken, CalendarLink
from .rules import Viewer, may_make_token

MOST_DAYS = 90
_USED_EVERY = timedelta(minutes=5)  # how often the last use is written down


@dataclass(frozen=True)
class TokenFile:
    """A token as its owner sees it; what it says was shown once and is kept nowhere."""

    id: int
    name: str
    may_write: bool
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Shown:
    """A token that a request shows: whose it is, and what it may do."""

    id: int
    account: int
    member: int
    may_write: bool


@transaction.atomic
def make_token(*, by: Viewer, account: int, name: str, may_write: bool, days: int, had_second_step: bool) -> str:
    """A new token for the member's own programs; gives what to show. Raises Refused without a second step."""
    require(may_make_token(by, had_second_step=had_second_step))
    token = secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        account=account,
        member=by.member,
        house=by.organisation,
        name=name[:60],
        hash=_hash(token),
        may_write=may_write,
        made_at=clock.now(),
        expires_at=clock.now() + timedelta(days=min(days, MOST_DAYS)),
    )
    facts = {"writes": may_write, "days": min(days, MOST_DAYS)}
    record(Trace("token made", f"token {row.pk}", facts=facts), organisation=by.organisation, member=by.member)
    return token


def tokens_of(viewer: Viewer) -> list[TokenFile]:
    """The member's tokens that still open something, the newest first."""
    rows = ApiToken.objects.filter(member=viewer.member, expires_at__gt=clock.now()).order_by("-pk")
    return [TokenFile(one.pk, one.name, one.may_write, one.made_at, one.expires_at, one.used_at) for one in rows]


@transaction.atomic
def withdraw_token(number: int, *, by: Viewer) -> None:
    """From now on it opens nothing. Raises NotThere where it is none of the member's."""
    found, _ = ApiToken.objects.filter(pk=number, member=by.member).delete()
    if not found:
        raise NotThere
    record(Trace("token withdrawn", f"token {number}"), organisation=by.organisation, member=by.member)


def withdraw_all(account: int) -> int:
    """Withdraw every token and calendar's address of the account; gives how many. The caller writes the audit entry."""
    withdrawn, _ = ApiToken.objects.filter(account=account).delete()
    links, _ = CalendarLink.objects.filter(account=account).delete()
    return withdrawn + links


def shown(token: str) -> Shown | None:
    """Whose token this is; None where it opens nothing. Its use is written down every few minutes."""
    now = clock.now()
    row = ApiToken.objects.filter(hash=_hash(token), expires_at__gt=now).first()
    if row is None:
        return None
    if row.used_at is None or row.used_at < now - _USED_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(used_at=now)
    return Shown(row.pk, row.account, row.member, row.may_write)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
