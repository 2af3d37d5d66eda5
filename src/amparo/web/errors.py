"""Pages for what went wrong: what happened, what was kept, what to do now."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext

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
    """500, without asking anything of the database, which may be what does not answer."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before the last sign-in: what was typed is kept and stands in the fresh form."""
    if kept.belongs_to_someone(request):
        return kept.keep(request, redirect(request.path))
    return render(request, "403_csrf.html", status=403)
