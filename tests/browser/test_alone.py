"""A page asks nobody but us, breaks no rule of its own policy, and covers itself when its session has ended."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser.node import Node
from tests.browser.walking import Walk, sign_in

MOST_PAGES = 60
# What is told when a page does what its policy forbids, a script that writes markup included.
LISTEN = (
    "addEventListener('securitypolicyviolation', (one) => console.error('broken policy: ' + one.violatedDirective))"
)


@pytest.fixture
def walk(chromium: Browser, demo: Node) -> Iterator[Walk]:
    site = demo.address.replace("127.0.0.1", "localhost")  # passkeys want a name
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(LISTEN)
    walked = Walk(context, site, scripts=True)
    yield walked
    context.close()


def test_no_page_asks_anybody_but_us_nor_breaks_its_policy(walk: Walk, demo: Node) -> None:
    elsewhere: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((walk.site, "data:")):
            elsewhere.append(request.url)

    walk.context.on("request", asked)
    sign_in(walk, demo.account("coordinator"))
    waiting, seen = ["/cases/", "/accounts/2fa/", "/accounts/sessions/", "/tokens/", "/nothing-here/"], {"/"}
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path not in seen:
            seen.add(path)
            walk.page.goto(f"{walk.site}{path}")
            waiting += links_of(walk.page, walk.site)
    assert len(seen) > 30
    assert elsewhere == []
    assert [one for one in walk.complaints if "policy" in one.lower()] == []


def links_of(page: Page, site: str) -> list[str]:
    """The pages that this one leads to."""
    found = page.eval_on_selector_all("main a[href], .a-rail a[href]", "all => all.map(one => one.href)")
    paths = [urlsplit(one).path for one in found if one.startswith(site)]
    return [one for one in paths if not one.endswith(("pdf", "paper/", "/leave/", "download/"))]


def test_a_passkey_is_added_and_signs_in(walk: Walk, demo: Node) -> None:
    tool = walk.context.new_cdp_session(walk.page)
    tool.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**key, "isUserVerified": True, "automaticPresenceSimulation": True}
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    account = demo.account("lawyer")
    sign_in(walk, account)
    page = walk.page
    page.goto(f"{walk.site}/accounts/2fa/passkeys/add/")
    page.fill('input[type="password"]', account["password"])
    page.click('main button[type="submit"]')
    page.click('form[data-passkey] button[type="submit"]')
    page.wait_for_url(lambda url: not url.endswith("/add/"), wait_until="load")
    page.goto(f"{walk.site}/accounts/2fa/passkeys/")
    assert page.locator("main .a-tasks li").count() == 1
    walk.context.clear_cookies()
    page.goto(f"{walk.site}/accounts/login/")
    page.click('form[data-passkey] button[type="submit"]')
    page.wait_for_url(f"{walk.site}/")
    page.goto(f"{walk.site}/cases/")
    assert page.url == f"{walk.site}/cases/"


def test_a_page_left_open_warns_and_then_covers_itself(walk: Walk, demo: Node) -> None:
    sign_in(walk, demo.account("psychologist"))
    page = walk.page
    page.clock.install()
    page.goto(f"{walk.site}/cases/")
    assert page.locator("h1").is_visible()
    page.clock.fast_forward("13:30")
    assert page.locator(".a-idle__soon").is_visible()
    page.click(".a-idle__soon button")
    page.locator(".a-idle__soon").wait_for(state="hidden")
    page.clock.fast_forward("14:00")
    page.clock.fast_forward("01:30")
    page.locator(".a-idle__over").wait_for(state="visible")
    assert not page.locator("h1").is_visible()
