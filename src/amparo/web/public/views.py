"""Public pages: is the node well, leaving quickly, the language."""

from django.conf import settings
from django.contrib.auth import logout
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from amparo.web.errors import lead_away


def healthz(request: HttpRequest) -> JsonResponse:
    """200 once the database answers, 503 otherwise (command-line.md)."""
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})


@csrf_exempt  # leaving must work from any page, however old; all it does is to end one's own session
def leave(request: HttpRequest) -> HttpResponse:
    """End the session here first, then lead away to a page that has nothing to do with us."""
    logout(request)
    return lead_away()


def leave_safety(request: HttpRequest) -> HttpResponse:
    """What leaving quickly does and does not do."""
    return render(request, "public/leave_safety.html")


@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Read on in another language, on the same page."""
    place = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(place, allowed_hosts={request.get_host()}):
        place = "/"
    response = redirect(place)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 86400,
            httponly=True,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    return response
