"""Nothing typed is lost: a form sent too late is kept, sealed, and given back; one sent twice is saved once."""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from amparo.areas.access import actions as access

COOKIE = "kept"
FIELD = "once"
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


def keep(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Seal what was typed for the account that typed it, and let the browser carry the ticket."""
    account = account_of(request.POST.get(FIELD, ""))
    if account is None:
        return response
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_KEPT}
    ticket = access.keep_text(typed, account=account, path=request.path)
    response.set_cookie(
        COOKIE,
        ticket,
        max_age=int(access.KEPT_FOR.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def given_back(request: HttpRequest) -> access.Typed | None:
    """What the signed-in person had typed on this page and could not save."""
    ticket = request.COOKIES.get(COOKIE, "")
    if not ticket or request.user.pk is None:
        return None
    return access.kept_text(ticket, account=int(request.user.pk), path=request.path)


def forget(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The text was saved: throw away what was kept."""
    ticket = request.COOKIES.get(COOKIE, "")
    if ticket:
        access.forget_text(ticket)
        response.delete_cookie(COOKIE)
    return response
