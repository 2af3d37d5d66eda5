"""What every answer tells the browser, whatever the address, the reader and the outcome."""

import subprocess
import sys

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from tests.web.access_table import ROWS
from tests.web.addresses import address
from tests.web.conftest import client_of
from tests.world import World

pytestmark = pytest.mark.usefixtures("papers_unset")
EXPECTED = {
    "Cache-Control": ("no-store",),
    "X-Content-Type-Options": ("nosniff",),
    "X-Frame-Options": ("DENY",),
    "Referrer-Policy": ("same-origin",),
    "Cross-Origin-Opener-Policy": ("same-origin",),
    "Cross-Origin-Resource-Policy": ("same-origin",),
    "Cross-Origin-Embedder-Policy": ("require-corp",),
    "Permissions-Policy": ("camera=()", "geolocation=()", "microphone=()", "publickey-credentials-get=(self)"),
    "X-Robots-Tag": ("noindex",),
    "Content-Security-Policy": ("default-src 'none'",),
}
A_PAGE = (
    *("script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"),
    *("require-trusted-types-for 'script'", "trusted-types 'none'"),
)


def missing_of(answer: HttpResponse) -> list[str]:
    found = [
        f"{name}: {word}" for name, words in EXPECTED.items() for word in words if word not in answer.get(name, "")
    ]
    policy = answer["Content-Security-Policy"]
    is_page = answer.get("Content-Type", "").startswith("text/html")
    found += [word for word in A_PAGE if is_page and word not in policy]
    return [*found, *(word for word in ("unsafe", "*", "http:", "https:") if word in policy)]


@pytest.mark.parametrize("who", ["assigned", "administrator", "nobody"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_answers_with_every_header(world: World, who: str, method: str) -> None:
    broken = {}
    for name in ROWS:
        answer = getattr(client_of(world.cast, who), method)(address(name, world.hers))
        missing = missing_of(answer)
        if missing:
            broken[name] = missing
    assert broken == {}


@pytest.mark.parametrize("path", ["/nothing-here/", "/cases", "/static/built/nothing.js", "/%00", "/cases/x/%2e%2e/"])
def test_what_is_not_there_is_answered_with_them_too(world: World, path: str) -> None:
    assert missing_of(client_of(world.cast, "assigned").get(path)) == []  # type: ignore[arg-type]


@override_settings(ALLOWED_HOSTS=["ours.example"])
def test_another_host_name_is_refused_with_them_too(world: World) -> None:
    answer = Client().get("/accounts/login/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert missing_of(answer) == []  # type: ignore[arg-type]


def test_a_failure_of_ours_is_answered_with_them_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("canary-of-an-error")

    monkeypatch.setattr("amparo.web.staff.views.today.due_lines", broken)
    client = client_of(world.cast, "assigned")
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert missing_of(answer) == []  # type: ignore[arg-type]
    assert "canary-of-an-error" not in answer.text
    assert "<title>Notes</title>" in answer.text.replace("\n", "")
    assert 'rel="icon"' in answer.text


BEHIND_TLS = """
import django; django.setup()
from django.conf import settings as s
assert all(n.startswith("__Host-") for n in (s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME))
assert all(n.startswith("__Host-") for n in (s.KEPT_COOKIE_NAME, s.DEVICE_COOKIE_NAME))
assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.LANGUAGE_COOKIE_SECURE
assert s.SESSION_COOKIE_PATH == s.CSRF_COOKIE_PATH == "/" and s.SESSION_COOKIE_DOMAIN is s.CSRF_COOKIE_DOMAIN is None
from django.test import Client
answer = Client().get("/leave/safety/", secure=True)
assert "max-age=31536000" in answer["Strict-Transport-Security"], answer.headers
told = Client().post("/language/", {"language": "es"}, secure=True).cookies["__Host-language"]
assert told["secure"] and told["path"] == "/" and not told["domain"], told
"""


def test_behind_tls_cookies_are_bound_to_the_host_and_the_browser_stays_with_tls() -> None:
    import os

    environment = {**os.environ, "AMPARO_TLS": "1", "DJANGO_SETTINGS_MODULE": "amparo.config.settings"}
    done = subprocess.run([sys.executable, "-c", BEHIND_TLS], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-600:]
