"""People who use the pages as fast as they can, each in a thread with a connection of its own."""

import gzip
import http.client
import multiprocessing
import re
import statistics
import time
from dataclasses import dataclass, field
from functools import cached_property
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from bench.codes import code_now

PATHS = ("today", "list", "search", "case", "save note")


@dataclass
class Person:
    """One browser: cookies, a kept connection, and what it waited for each kind of page."""

    host: str
    case: str
    cookies: dict[str, str] = field(default_factory=dict)
    waits: dict[str, list[float]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    @cached_property
    def connection(self) -> http.client.HTTPConnection:
        """The one connection of this browser."""
        return http.client.HTTPConnection(self.host, timeout=60)

    def ask(self, kind: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """One request; gives status, location and the page."""
        headers = {"Accept-Encoding": "gzip", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self.host}"}
            body = urlencode(form)
        begun = time.perf_counter()
        self.connection.request("POST" if body is not None else "GET", path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if kind:
            self.waits.setdefault(kind, []).append(1000 * (time.perf_counter() - begun))
            self.sizes[kind] = len(content) + len(str(answer.headers))
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(cookie).items()}
        page = gzip.decompress(content) if answer.headers.get("Content-Encoding") == "gzip" else content
        return answer.status, answer.headers.get("Location", ""), page.decode()

    def sign_in(self, account: dict[str, str]) -> None:
        """With password and code, as a person would."""
        token = _field(self.ask("", "/accounts/login/")[2], "csrfmiddlewaretoken")
        form = {"csrfmiddlewaretoken": token, "login": account["username"], "password": account["password"]}
        _, location, _ = self.ask("", "/accounts/login/", form)
        token = _field(self.ask("", location)[2], "csrfmiddlewaretoken")
        self.ask("", location, {"csrfmiddlewaretoken": token, "code": code_now(account["totp_secret"])})
        if self.ask("", "/")[0] != 200:
            raise RuntimeError(f"{account['username']} could not sign in")

    def round(self) -> None:
        """Once through every kind of page."""
        self._expect(200, self.ask("today", "/"))
        self._expect(200, self.ask("list", "/cases/"))
        self._expect(200, self.ask("search", f"/cases/?q={self.case}"))
        self._expect(200, self.ask("case", f"/cases/{self.case}/"))
        address = f"/cases/{self.case}/notes/new/"
        _, _, page = self.ask("form", address)
        form = {name: _field(page, name) for name in ("csrfmiddlewaretoken", "once", "happened_on")}
        self._expect(302, self.ask("save note", address, {**form, "audience": "team", "text": "A short note. " * 10}))

    def _expect(self, status: int, answer: tuple[int, str, str]) -> None:
        if answer[0] != status:
            raise RuntimeError(f"{answer[0]} instead of {status}: {answer[2][:300]}")


def measure(address: str, accounts: list[dict[str, str]], cases: list[str], seconds: float) -> dict[str, Any]:
    """Everybody signs in, then all go round until the time is over; gives the figures."""
    host = urlsplit(address).netloc
    with multiprocessing.Pool(len(accounts)) as pool:
        begin = time.time() + 8
        jobs = [(host, case, account, begin, seconds) for case, account in zip(cases, accounts, strict=True)]
        people = pool.starmap(_use, jobs)
    waits = {kind: sorted(wait for one in people for wait in one[0].get(kind, [])) for kind in (*PATHS, "form")}
    every = sorted(wait for found in waits.values() for wait in found)
    return {
        "pages": len(every),
        "pages_per_second": round(len(every) / seconds, 1),
        "p95_ms": _percentile(every, 95),
        "median_ms": round(statistics.median(every), 1),
        "by_page": {
            kind: {
                "count": len(found),
                "median_ms": round(statistics.median(found), 1),
                "p95_ms": _percentile(found, 95),
            }
            for kind, found in waits.items()
            if found
        },
        "bytes_over_the_wire": {kind: max(one[1].get(kind, 0) for one in people) for kind in (*PATHS, "form")},
        "assets_bytes": _assets(host),
    }


def _use(host: str, case: str, account: dict[str, str], begin: float, seconds: float) -> tuple[Any, Any]:
    person = Person(host, case)
    person.sign_in(account)
    person.round()
    person.waits.clear()
    time.sleep(max(0, begin - time.time()))
    while time.time() < begin + seconds:
        person.round()
    return person.waits, person.sizes


def _assets(host: str) -> int:
    """Bytes of everything that the sign-in page loads, compressed as sent."""
    visitor = Person(host, "")
    page = visitor.ask("", "/accounts/login/")[2]
    found = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    for style in [one for one in found if one.endswith(".css")]:
        found |= {f"/static/built/{one}" for one in re.findall(r"url\(([^)\"']+\.woff2)\)", visitor.ask("", style)[2])}
    for path in found:
        visitor.connection.request("GET", path, headers={"Accept-Encoding": "gzip, br"})
        visitor.sizes[path] = len(visitor.connection.getresponse().read())
    return sum(visitor.sizes.values())


def _field(page: str, name: str) -> str:
    match = re.search(rf'name="{name}"[^>]*?value="([^"]*)"', page)
    if match is None:
        raise RuntimeError(f"no field {name} on the page: {page[:500]}")
    return match.group(1)


def _percentile(sorted_values: list[float], percent: int) -> float:
    return round(sorted_values[min(len(sorted_values) - 1, len(sorted_values) * percent // 100)], 1)
