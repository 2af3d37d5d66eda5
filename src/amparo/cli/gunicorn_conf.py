"""Gunicorn's settings; it reads the lower-case names of this module.

Two processes share the loaded program (preloaded, then forked); a few threads each, since most of a request's
time is spent waiting for the database. No access log: it would record who looks at which case outside the
audit log.
"""

import gc
import os
from typing import Any

from amparo.cli.lifeline import hold_on

wsgi_app = "amparo.config.wsgi:application"
workers = int(os.environ.get("AMPARO_WEB_PROCESSES", "2"))
threads = int(os.environ.get("AMPARO_WEB_THREADS", "4"))
worker_class = "gthread"
preload_app = True
timeout = 60
graceful_timeout = 3
keepalive = 15
accesslog = None
loglevel = "warning"
control_socket_disable = True
proc_name = "amparo"


def when_ready(server: Any) -> None:
    """Share no database connection and as much memory as possible with the processes about to be forked."""
    from django.db import connections

    _load_what_pages_need()
    connections.close_all()
    gc.collect()
    gc.freeze()
    hold_on()


def _load_what_pages_need() -> None:
    """Every view with what it imports, and in each language the addresses and the words, once for all processes."""
    from django.conf import settings
    from django.urls import reverse
    from django.utils import translation

    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            reverse("today")
            translation.gettext("Today")
