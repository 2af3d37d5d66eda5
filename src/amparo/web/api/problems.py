"""What went wrong, for programs and for the people who read their logs (RFC 9457)."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from amparo.kernel.decision import Conflict, NotThere, Refused

MEDIA_TYPE = "application/problem+json"


def problem(status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """The answer: what happened, and what to do."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail or title, **more}
    return HttpResponse(json.dumps(body, ensure_ascii=False), content_type=MEDIA_TYPE, status=status)


def sign_in_first() -> HttpResponse:
    """401: neither a session nor a token that opens anything."""
    answer = problem(401, _("Sign in, or show a token."), _("A token may have expired, or it was withdrawn."))
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def not_there() -> HttpResponse:
    """404: what does not exist and what is not for this reader look the same."""
    return problem(404, _("This is not here."))


def misfit(errors: list[dict[str, str]]) -> HttpResponse:
    """422: what was sent does not fit; nothing was saved."""
    return problem(422, _("Something does not fit. Nothing was saved."), errors=errors)


def speak_of_problems(api: NinjaAPI) -> None:
    """Let every error of the API be a problem in words."""
    api.add_exception_handler(NotThere, lambda request, no: not_there())
    api.add_exception_handler(Http404, lambda request, no: not_there())
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(Conflict, _conflict)
    api.add_exception_handler(ValidationError, _misfit)
    api.add_exception_handler(HttpError, _other)


def _refused(request: HttpRequest, no: Refused | type[Refused]) -> HttpResponse:
    reason = no.decision.reason if isinstance(no, Refused) else ""
    return problem(403, _("This is not open to you."), _(reason) if reason else "")


def _conflict(request: HttpRequest, no: Conflict | type[Conflict]) -> HttpResponse:
    return problem(409, _("A colleague was faster. Nothing was saved; fetch it again."))


def _misfit(request: HttpRequest, no: ValidationError | type[ValidationError]) -> HttpResponse:
    found = no.errors if isinstance(no, ValidationError) else []
    return misfit([{"place": ".".join(map(str, one["loc"][1:])), "what": str(one["msg"])} for one in found])


def _other(request: HttpRequest, no: HttpError | type[HttpError]) -> HttpResponse:
    status = no.status_code if isinstance(no, HttpError) else 400
    if status == 401:
        return sign_in_first()
    return problem(status, _("This request was not understood, or its token against forgery is missing."))
