"""Somebody who visits a running node without a browser: cookies, forms, sign-in with the second factor."""

import re
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import cast

from bench.codes import code_now

_STEP = 30  # seconds for which a code of the second factor holds; each counts once


@dataclass(frozen=True)
class Answered:
    """What came back, after every redirection."""

    status: int
    address: str
    headers: str
    body: str


class _AnyStatus(urllib.request.HTTPErrorProcessor):
    """A refusal is an answer too."""

    def http_response(self, request: urllib.request.Request, response: HTTPResponse) -> HTTPResponse:
        """Follow redirections; give everything else as it is."""
        if 300 <= response.status < 400:
            return cast("HTTPResponse", super().http_response(request, response))
        return response

    https_response = http_response


@dataclass
class Visitor:
    """One browser without a screen."""

    address: str
    _opener: urllib.request.OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), _AnyStatus())

    def get(self, path: str) -> Answered:
        """Open an address of the node."""
        return self._ask(path, None)

    def submit(self, path: str, **typed: str) -> Answered:
        """Open the page with a form and send it, with what its hidden fields hold."""
        page = self.get(path).body
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        return self._ask(path, {**hidden, **typed})

    def sign_in(self, account: dict[str, str]) -> None:
        """With the password, and the code where the account has one."""
        shown = self.submit("/accounts/login/", login=account["username"], password=account["password"])
        if account["totp_secret"]:
            time.sleep(max(0, 1.5 - (_STEP - time.time() % _STEP)))
            path = urllib.parse.urlsplit(shown.address).path
            shown = self.submit(path, code=code_now(account["totp_secret"]))
        if "/accounts/" in shown.address or shown.status != 200:
            raise RuntimeError(f"{account['username']} could not sign in: {shown.status} {shown.address}")

    def _ask(self, path: str, form: dict[str, str] | None) -> Answered:
        address = urllib.parse.urljoin(self.address, path)
        headers = {"Origin": self.address.rstrip("/")}
        body = urllib.parse.urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(address, body, headers)
        with self._opener.open(request, timeout=60) as answer:
            text = answer.read().decode("utf-8", "replace")
            return Answered(answer.status, answer.url, str(answer.headers), text)
