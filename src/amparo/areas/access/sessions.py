"""Ending what stands open: one's own sessions, or those of a colleague whose telephone is gone."""

from django.db import transaction

from amparo.areas.audit.actions import Trace, record
from amparo.areas.orgs import sessions

from .tokens import withdraw_all

NODE = 0


@transaction.atomic
def sign_out_everywhere(account: int) -> None:
    """End every session of the account, this one too, and withdraw its tokens."""
    ended = sessions.end_sessions(account)
    withdraw_all(account)
    trace = Trace("signed out everywhere", f"account {account}", facts={"sessions": ended})
    record(trace, organisation=NODE, member=None)


@transaction.atomic
def sign_in_changed(account: int, what: str, *, but: str | None) -> None:
    """A password or a second factor was changed: every session but the one that did it ends,
    and no token opens anything any more.

    `what` is a coded word such as 'totp_activated'; `but` is the key of the session that stays.
    """
    ended = sessions.end_sessions(account, but=but)
    withdraw_all(account)
    trace = Trace("sign-in changed", f"account {account}", facts={"what": what, "sessions": ended})
    record(trace, organisation=NODE, member=None)
