"""Guessing passwords and codes is slow, and nobody can use that to lock a colleague out.

Three counts, each over a quarter of an hour (django-axes keeps them, in the database, for every process together):
- 8 failures for one name from one address lock that name from that address;
- 60 failures for one name from anywhere lock it from every browser that never signed in with it;
- a browser that did sign in with it carries a cookie signed by the node. It is counted by itself, as if it had an
  address of its own: neither a neighbour behind the same router nor a thousand machines elsewhere lock it out.
"""

import hashlib
import ipaddress
import secrets
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core import signing
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse

from amparo.web import origin

FROM_ANYWHERE = 60
KNOWN_FOR = 180 * 86400
REMEMBERED = 5  # accounts that one browser is known for
_SALT = "known browser"


class Lockout(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """The counts of django-axes, and the one over every address."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Whether this name cannot be tried from here now."""
        if super().is_locked(request, credentials):
            return True
        name = get_client_username(request, credentials)
        if not name or _device_for(request, name):
            return False
        since = get_cool_off_threshold(request)
        tried = AccessAttempt.objects.filter(username=name, attempt_time__gte=since)
        return (tried.aggregate(all=Sum("failures_since_start"))["all"] or 0) >= FROM_ANYWHERE


def username_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name that is tried, whichever way it comes: in small letters, so that a capital starts no new count."""
    given = credentials or request.POST
    return str(given.get("username") or given.get("login") or "").strip().lower()[:150]


def address_of(request: HttpRequest) -> str:
    """Where a guess comes from: the browser itself where it is known for the name that it tries."""
    device = _device_for(request, getattr(request, "trying", "") or username_of(request))
    return device or origin.address_of(request)


def may_try_code(request: HttpRequest, username: str) -> bool:
    """Whether a code of the second factor may be tried for this name from here."""
    setattr(request, "trying", username)  # noqa: B010  (axes asks for the address later, with the request alone)
    return bool(AxesProxyHandler.is_allowed(request, {"username": _code_of(username)}))


def note_wrong_code(request: HttpRequest, username: str) -> None:
    """Count a code that was wrong, apart from passwords."""
    credentials = {"username": _code_of(username), "password": ""}
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)


def forget_wrong_codes(request: HttpRequest, username: str) -> None:
    """A code was right: those before it from here no longer count."""
    AxesProxyHandler.reset_attempts(ip_address=address_of(request), username=_code_of(username))


def remember_browser(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Let this browser be known for this name from now on; the cookie opens nothing."""
    known = [entry for entry in _known(request) if entry[0] != _short(username)]
    known = [*known, [_short(username), secrets.token_hex(8)]][-REMEMBERED:]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(known, salt=_SALT),
        max_age=KNOWN_FOR,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _device_for(request: HttpRequest, username: str) -> str:
    """An address for the browser in the private range fd00::/8, where it is known for this name; empty otherwise."""
    name = _short(username.removeprefix(_CODES))
    device = next((entry[1] for entry in _known(request) if entry[0] == name), "")
    if not device:
        return ""
    return str(ipaddress.IPv6Address(b"\xfd" + hashlib.sha256(device.encode()).digest()[:15]))


def _known(request: HttpRequest) -> list[list[str]]:
    try:
        known = signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=_SALT, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return []
    return [[str(name), str(device)] for name, device in known]


_CODES = "code of "


def _code_of(username: str) -> str:
    return f"{_CODES}{username}"


def _short(username: str) -> str:
    """So that a borrowed browser does not tell who signed in with it."""
    keyed = f"{settings.SECRET_KEY} known {username.lower()}"
    return hashlib.sha256(keyed.encode()).hexdigest()[:24]
