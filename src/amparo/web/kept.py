"""Nothing typed is lost: a form sent too late is kept, sealed, and given back; one sent twice is saved once."""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from amparo.areas.access import actions as access

FIELD = "once"
MOST = 6  # texts from as many tabs
_NOT_KEPT = {"csrfmiddlewaretoken", FIELD}


def fresh_token(account: int) -> str:
    """A token for one showing of a form, which tells whose form it was."""
    return signing.dumps([account, secrets.token_hex(12)], salt="once", compress=False)


def account_of(token: str) -> int | None:
    """Whose form this token was made for; None where it is not one of ours."""
    try:
        account, _ = signing.loads(token, salt="once")
    except signing.BadSignature:
        return None
    return int(account)


def belongs_to_someone(request: HttpRequest) -> bool:
    """Whether a posted form carries a token of ours."""
    return request.method == "POST" and account_of(request.POST.get(FIELD, "")) is not None


def typed_in(request: HttpRequest) -> access.Typed:
    """What was typed into the posted form, without the tokens."""
    return {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_KEPT}


def keep(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Seal what was typed for the account that typed it, and let the browser carry the ticket."""
    account = account_of(request.POST.get(FIELD, ""))
    if account is None:
        return response
    ticket = access.keep_text(typed_in(request), account=account, path=request.path)
    _carry(response, [ticket, *_tickets(request)][:MOST])
    return response


def given_back(request: HttpRequest) -> access.Typed | None:
    """What the signed-in person had typed on this page and could not save, the latest where there is more."""
    return next(iter(waiting(request, request.path).values()), None)


def waiting(request: HttpRequest, path: str) -> dict[str, access.Typed]:
    """All that was kept of this page for the signed-in person, by the ticket that opens it."""
    if request.user.pk is None:
        return {}
    account = int(request.user.pk)
    found = {ticket: access.kept_text(ticket, account=account, path=path) for ticket in _tickets(request)}
    return {ticket: typed for ticket, typed in found.items() if typed is not None}


def forget(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The text of this page was saved: throw away what was kept of it. What other tabs hold stays."""
    return throw_away(request, response, list(waiting(request, request.path)))


def throw_away(request: HttpRequest, response: HttpResponse, done: list[str]) -> HttpResponse:
    """What these tickets open was saved."""
    for ticket in done:
        access.forget_text(ticket)
    if done:
        _carry(response, [one for one in _tickets(request) if one not in done])
    return response


def _tickets(request: HttpRequest) -> list[str]:
    return [one for one in request.COOKIES.get(settings.KEPT_COOKIE_NAME, "").split("_") if one][:MOST]


def _carry(response: HttpResponse, tickets: list[str]) -> None:
    if not tickets:
        response.delete_cookie(settings.KEPT_COOKIE_NAME, samesite="Lax")
        return
    response.set_cookie(
        settings.KEPT_COOKIE_NAME,
        "_".join(tickets),
        max_age=int(access.KEPT_FOR.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
