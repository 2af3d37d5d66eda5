"""Addresses for programs, and their description."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI

from . import reading, writing
from .problems import speak_of_problems
from .seats import BySession, ByToken

PREFIX = "api/"
api = NinjaAPI(
    title="Notes",
    version="1",
    description="The same decisions and the same log as the pages. Errors are told in words (RFC 9457).",
    docs_url=None,  # it would load scripts from elsewhere
    openapi_url=None,
    auth=[ByToken(), BySession()],
)
speak_of_problems(api)
api.add_router("", reading.router)
api.add_router("", writing.router)


def description() -> dict[str, Any]:
    """The API as OpenAPI 3.1."""
    return dict(api.get_openapi_schema(path_prefix=f"/{PREFIX}"))


def openapi(request: HttpRequest) -> JsonResponse:
    """The description; it says nothing of anyone."""
    return JsonResponse(description())


def _addresses() -> list[URLPattern]:
    found: list[URLPattern | URLResolver] = list(api.urls[0])
    ours = [one for one in found if isinstance(one, URLPattern) and one.name != "api-root"]
    return [path(f"{PREFIX}{one.pattern}", one.callback, name=one.name) for one in ours]


urlpatterns = [path(f"{PREFIX}openapi.json", openapi, name="api_openapi"), *_addresses()]
