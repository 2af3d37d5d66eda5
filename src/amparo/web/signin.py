"""From a session to a viewer: which member of which organisation is asking."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from amparo.areas.access.queries import viewer_of
from amparo.areas.access.rules import Viewer
from amparo.areas.orgs.queries import Membership, memberships
from amparo.kernel import clock

MEMBER = "member"
SEEN = "seen"
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


def has_been_idle(request: HttpRequest) -> bool:
    """Whether nothing happened in this session for longer than it may stand open; notes that something does now."""
    moment = int(clock.now().timestamp())
    seen = int(request.session.get(SEEN, moment))
    if moment - seen > settings.IDLE_MINUTES * 60:
        return True
    if moment - seen > 30 or SEEN not in request.session:
        request.session[SEEN] = moment
    return False
