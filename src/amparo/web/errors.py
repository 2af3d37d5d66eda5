"""Pages for what went wrong: what happened, what was kept, what to do now."""

import sys
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from amparo.node.database import is_out_of_space

from . import kept


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None, *, reason: str = "") -> HttpResponse:
    """403, with the rule's reason in the reader's language."""
    return render(request, "403.html", {"reason": gettext(reason)}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: what does not exist and what is not for this viewer look the same."""
    return render(request, "404.html", status=404)


def erased(request: HttpRequest, on: date) -> HttpResponse:
    """410: for those who knew of her, a calm word that her file is no more."""
    return render(request, "410.html", {"on": on}, status=410)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without asking anything of the database, which may be what does not answer.

    A form comes back with every word, ready to be sent again. Leaving works, whatever is broken.
    """
    if request.path == reverse("leave"):
        return lead_away(status=500)  # after a 200 the middleware would put the session back into the browser
    typed = kept.typed_in(request) if kept.belongs_to_someone(request) else {}
    context = {
        "full": is_out_of_space(sys.exception()),
        "typed": [(name, value) for name, values in typed.items() for value in values],
        "words": [value for values in typed.values() for value in values if " " in value.strip()],
        "once": request.POST.get(kept.FIELD, "") if typed else "",
        "had_file": bool(typed and request.FILES),
        "csrf_token": get_token(request),
    }
    return HttpResponse(render_to_string("500.html", context), status=500)


def lead_away(*, status: int = 200) -> HttpResponse:
    """The page that leads to somewhere that has nothing to do with us; nothing of the session stays in the browser."""
    response = HttpResponse(render_to_string("public/leave.html"), status=status)
    response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before the last sign-in: what was typed is kept and stands in the fresh form."""
    if kept.belongs_to_someone(request):
        return kept.keep(request, redirect(request.path))
    return render(request, "403_csrf.html", status=403)
