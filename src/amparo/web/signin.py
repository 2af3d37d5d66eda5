"""From a session to a viewer: which member of which organisation is asking."""

import re
from dataclasses import dataclass

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from amparo.areas.access import tokens
from amparo.areas.access.calendars import shown_link
from amparo.areas.access.queries import viewer_of
from amparo.areas.access.rules import Viewer
from amparo.areas.access.tokens import Shown
from amparo.areas.orgs import sessions
from amparo.areas.orgs.queries import Membership, memberships
from amparo.kernel import clock

from .browsers import browser_of
from .handed import KEY, LASTS
from .origin import address_of

MEMBER = "member"
FOR_PROGRAMS = "/api/"
FOR_CALENDARS = re.compile(r"/calendar/(?P<secret>[\w-]{20,80})\.ics", re.ASCII)
SEATS = "seats"  # read together with the account (web.accounts.backend), one query for both


@dataclass(frozen=True)
class Seat:
    """A membership with the viewer that it makes."""

    membership: Membership
    viewer: Viewer


def seat_of(request: HttpRequest) -> Seat | None:
    """The seat that the signed-in person sits in; None where nobody is signed in or no organisation is chosen yet."""
    seat = getattr(request, "seat", None)
    return seat if isinstance(seat, Seat) else None


def take_seat(request: HttpRequest) -> Seat | None:
    """Find the seat for the session: the chosen one, or the only one there is."""
    if not request.user.is_authenticated or request.user.pk is None:
        return None
    seats = getattr(request.user, SEATS, None)
    if seats is None:
        seats = memberships(int(request.user.pk))
    chosen = request.session.get(MEMBER)
    found = next((seat for seat in seats if seat.member == chosen), None)
    if found is None:
        if len(seats) != 1:
            return None
        found = seats[0]
        request.session[MEMBER] = found.member
    return Seat(found, viewer_of(found))


def shown_token(request: HttpRequest) -> Shown | None:
    """What is shown in place of a session, which then does not count: a program's token, or a calendar's address."""
    calendar = FOR_CALENDARS.fullmatch(request.path)
    found = shown_link(calendar["secret"]) if calendar else _token_of_program(request)
    request.token = found  # type: ignore[attr-defined]
    return found


def _token_of_program(request: HttpRequest) -> Shown | None:
    """The token that a program shows (RFC 6750), on addresses for programs alone."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    return tokens.shown(token.strip()) if kind == "Bearer" and request.path.startswith(FOR_PROGRAMS) else None


def seat_of_token(token: Shown) -> Seat | None:
    """The seat that the token was made in, as long as its owner sits there."""
    mine = next((seat for seat in memberships(token.account) if seat.member == token.member), None)
    return Seat(mine, viewer_of(mine)) if mine else None


def has_been_idle(request: HttpRequest) -> bool:
    """Whether nothing happened in this session for longer than it may stand open; notes that something does now."""
    session, moment = request.session, int(clock.now().timestamp())
    if sessions.BEGAN not in session:
        session[sessions.BEGAN] = session[sessions.SEEN] = moment
        session[sessions.ORIGIN] = address_of(request)
        session[sessions.BROWSER] = browser_of(request.META.get("HTTP_USER_AGENT", ""))
    seen = int(session.get(sessions.SEEN, moment))
    longer = LASTS.seconds if KEY in session else 0  # in her hands, where it shows one page alone
    if moment - seen > settings.IDLE_MINUTES * 60 + longer:
        return True
    if moment - seen > 30:
        session[sessions.SEEN] = moment
    return False


def to_do_first(request: HttpRequest, seat: Seat) -> str:
    """The page that comes before every other: a password of one's own, then a second step where the role needs it."""
    if seat.membership.password_is_temporary:
        return "account_change_password"
    return "second_step_first" if seat.membership.needs_second_factor and not had_second_step(request) else ""


def had_second_step(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor of this account."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)
