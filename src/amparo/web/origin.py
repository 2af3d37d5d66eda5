"""From where a request comes: what the log keeps, and what failed sign-ins are counted by."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The network address of whoever asks, empty where it is unknown.

    Behind a proxy (AMPARO_TLS) it is the last one in X-Forwarded-For: the one that the proxy itself saw and added. What
    stands before it was written by the other side, and without a proxy all of it was.
    """
    if settings.BEHIND_TLS:
        _, _, added = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")
        if told := _valid(added.strip()):
            return told
    return _valid(request.META.get("REMOTE_ADDR", ""))


def _valid(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        return ""
