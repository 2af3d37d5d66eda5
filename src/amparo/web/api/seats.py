"""Who is asking: by the session of the pages, or by a token."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja.errors import AuthenticationError
from ninja.security import APIKeyCookie, HttpBearer

from amparo.areas.access.rules import Part, Task, Viewer, may_do
from amparo.areas.cases.queries import CaseFile, case_for
from amparo.kernel.decision import refused, require
from amparo.web.signin import seat_of, to_do_first

FIRST = gettext_noop("Sign in on the pages first: your own password and a second step come before this.")
READS_ONLY = gettext_noop("This token only reads. Make another one to write with.")


class BySession(APIKeyCookie):
    """The session of the pages; what changes something also carries its token against forgery, in X-CSRFToken."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The seat of the session."""
        return None if getattr(request, "token", None) else seat_of(request)


class ByToken(HttpBearer):
    """A token that the member made for a program."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The seat of the token."""
        return seat_of(request) if getattr(request, "token", None) else None


def viewer_for(request: HttpRequest, task: Task, *, write: bool = False) -> Viewer:
    """Who is asking, once she or he may do this at all; raises Refused."""
    seat, token = seat_of(request), getattr(request, "token", None)
    if seat is None:
        raise AuthenticationError
    first = seat.membership.password_is_temporary if token else to_do_first(request, seat)
    if first:
        require(refused(FIRST))
    if write and token and not token.may_write:
        require(refused(READS_ONLY))
    require(may_do(seat.viewer, task))
    return seat.viewer


def case_of(request: HttpRequest, code: str, part: Part, *, write: bool = False) -> tuple[Viewer, CaseFile]:
    """Who is asking, and the case: fetched, decided and noted as on the pages."""
    viewer = viewer_for(request, Task.LIST_CASES, write=write)
    return viewer, case_for(viewer, code, part, write=write)
