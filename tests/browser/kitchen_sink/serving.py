"""Serves the kitchen sink to a browser: no database, the strict content security policy of the node."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

OURS = Path(__file__).parent / "templates"
MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "csp.middleware.CSPMiddleware",
]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the parent's
        """Say nothing."""


def _templates() -> list[dict[str, object]]:
    changed = deepcopy(settings.TEMPLATES)
    changed[0]["DIRS"] = [*changed[0]["DIRS"], OURS]
    changed[0]["OPTIONS"]["context_processors"] = [
        "django.template.context_processors.request",
        "django.contrib.messages.context_processors.messages",
    ]
    return changed


@contextmanager
def kitchen_sink() -> Iterator[str]:
    """Serve until left; gives the address."""
    changed = override_settings(
        ROOT_URLCONF="tests.browser.kitchen_sink.urls",
        MIDDLEWARE=MIDDLEWARE,
        TEMPLATES=_templates(),
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        LANGUAGES=[*settings.LANGUAGES, ("ar", "العربية")],
    )
    with changed:
        server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=_Server, handler_class=_Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
