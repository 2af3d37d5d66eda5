"""What every request passes through, whatever the site."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from amparo.areas.access import wall
from amparo.areas.access.tokens import Shown
from amparo.areas.audit import reads
from amparo.areas.audit.actions import origin

from .origin import address_of
from .signin import Seat, has_been_idle, seat_of, seat_of_token, shown_token, take_seat

Answer = Callable[[HttpRequest], HttpResponse]
READING = ("GET", "HEAD", "OPTIONS")
# One must answer while the database does not; the other ends the session behind a plain link, without JavaScript.
OUTSIDE = ("/healthz", "/leave/")

# What a page of ours never needs from a browser. Passkeys are asked for by our own pages alone.
_CLOSED = (
    *("accelerometer", "ambient-light-sensor", "attribution-reporting", "autoplay", "bluetooth", "browsing-topics"),
    *("camera", "compute-pressure", "cross-origin-isolated", "display-capture", "encrypted-media", "fullscreen"),
    *("gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection", "interest-cohort"),
    *("keyboard-map", "local-fonts", "magnetometer", "microphone", "midi", "otp-credentials", "payment"),
    *("picture-in-picture", "screen-wake-lock", "serial", "storage-access", "usb", "web-share", "window-management"),
    "xr-spatial-tracking",
)
HEADERS = {
    "Cache-Control": "no-store, private",
    "Permissions-Policy": ", ".join(
        [*(f"{one}=()" for one in _CLOSED), "publickey-credentials-get=(self)", "publickey-credentials-create=(self)"]
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Origin-Agent-Cluster": "?1",
    "X-DNS-Prefetch-Control": "off",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow",
}


def no_traces(get_response: Answer) -> Answer:
    """Nothing of an answer stays in a browser's or a proxy's cache, and no other site gets at it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def signed_in(get_response: Answer) -> Answer:
    """Put the signed-in person's seat on the request, end sessions that stood open too long, note what was read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        key = shown_token(request)
        _arrive(request, key)
        if key is None and request.user.is_authenticated and has_been_idle(request):
            logout(request)
        seat = seat_of_token(key) if key else take_seat(request)
        if seat is not None and request.method not in READING:
            wall.stand_in(seat.viewer.organisation)  # one that reads is let in with its transaction, below
        request.seat = seat  # type: ignore[attr-defined]
        _read_in_own_language(request, seat)
        token = origin.set(address_of(request) + (f" token {key.id}" if key else ""))
        reads.start()
        try:
            zone = timezone.override(ZoneInfo(seat.viewer.time_zone) if seat else None)
            with zone, wall.keys_in(seat.viewer.organisation if seat else None):
                response = get_response(request)
        finally:
            _note_reads(request)
            origin.reset(token)
        return response

    return middleware


def _arrive(request: HttpRequest, key: Shown | None) -> None:
    """The database shows nothing of any organisation yet, and of memberships those of who is asking."""
    account = key.account if key else request.session.get(SESSION_KEY)
    if account is not None or request.path not in OUTSIDE:
        wall.arrive(None if account is None else int(account))


def _read_in_own_language(request: HttpRequest, seat: Seat | None) -> None:
    """The language noted for the member, unless this browser chose one at the foot of a page."""
    offered = dict(settings.LANGUAGES)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if seat is not None and chosen not in offered and seat.viewer.language in offered:
        translation.activate(seat.viewer.language)
        request.LANGUAGE_CODE = seat.viewer.language


def _note_reads(request: HttpRequest) -> None:
    """Nothing that was read leaves before it stands in the log."""
    seat = seat_of(request)
    reads.flush(organisation=seat.viewer.organisation if seat else 0, member=seat.viewer.member if seat else None)


def reading_is_not_writing(get_response: Answer) -> Answer:
    """A GET runs in a READ ONLY transaction: it cannot write, whatever a view does."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in READING or request.path in OUTSIDE:
            return get_response(request)
        seat = seat_of(request)
        with transaction.atomic():
            wall.read_in(seat.viewer.organisation if seat else None)
            response = get_response(request)
            transaction.set_rollback(True)
        return response

    return middleware
