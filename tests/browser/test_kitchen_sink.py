"""Every component in a real browser: phone and desk, light and dark, both directions, with and without scripts."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page

from tests.browser.kitchen_sink.serving import kitchen_sink

ROOT = Path(__file__).parent.parent.parent
PAGES = [
    "/ks/", "/ks/form/", "/ks/form/?errors", "/ks/tasks/", "/ks/sheet/", "/leave/safety/",
    "/ks/error/400/", "/ks/error/403/", "/ks/error/404/", "/ks/error/403_csrf/", "/ks/error/500/",
    "/ks/error/account/login/", "/ks/error/account/locked_out/",
]  # fmt: skip
MODES = [(320, "light", "en"), (1280, "dark", "en"), (320, "dark", "ar"), (1280, "light", "ar")]
SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"
AXE = "axe.run().then(found => found.violations.map(each => [each.id, each.nodes[0].html]))"
SMALL = """[...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
    .map(each => [each, each.getBoundingClientRect()])
    .filter(([each, box]) => box.width > 2 && box.height > 2 && box.height < 43.5 && !each.closest('p.govuk-body'))
    .map(([each]) => each.outerHTML)"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with kitchen_sink() as address:
        yield address


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Browser:
    """The one of all browser tests: Playwright starts once in a process."""
    return chromium


def opened(browser: Browser, site: str, *, width: int = 1280, scripts: bool = True) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{site}/ks/form/")
    return page


def answer(dialog: Dialog, asked: list[str]) -> None:
    asked.append(dialog.type)
    dialog.accept()


def listen(page: Page) -> list[str]:
    """Every error of a script and every refusal of the content security policy, from now on."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def in_mode(browser: Browser, site: str, mode: tuple[int, str, str]) -> BrowserContext:
    width, scheme, language = mode
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    context.add_cookies([{"name": "language", "value": language, "url": site}])
    return context


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: "-".join(map(str, mode)))
def test_no_page_has_an_axe_violation_a_script_error_or_scrolls_sideways(
    browser: Browser, site: str, mode: tuple[int, str, str]
) -> None:
    axe = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
    page = in_mode(browser, site, mode).new_page()
    heard = listen(page)
    for address in PAGES:
        page.goto(site + address)
        assert page.locator("html").get_attribute("dir") == ("rtl" if mode[2] == "ar" else "ltr")
        assert page.evaluate(SIDEWAYS) <= 0, address
        page.evaluate(f"{axe}; 0")
        assert page.evaluate(AXE) == [], address
    assert heard == []


def test_everything_to_press_on_a_phone_is_as_tall_as_a_finger(browser: Browser, site: str) -> None:
    page = opened(browser, site, width=320)
    for address in ("/ks/", "/ks/form/", "/ks/tasks/", "/leave/safety/"):
        page.goto(site + address)
        assert page.evaluate(SMALL) == [], address


def test_a_page_with_all_its_assets_weighs_less_than_300_kb(browser: Browser, site: str) -> None:
    page = browser.new_page()
    weights: list[int] = []
    page.on("requestfinished", lambda request: weights.append(request.sizes()["responseBodySize"]))
    page.goto(f"{site}/ks/", wait_until="networkidle")
    assert len(weights) >= 6
    assert sum(weights) < 300_000


def test_three_times_shift_leaves_the_page(browser: Browser, site: str) -> None:
    page = opened(browser, site)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/elsewhere/")


def test_leaving_quickly_works_without_scripts(browser: Browser, site: str) -> None:
    page = opened(browser, site, width=320, scripts=False)
    page.get_by_role("button", name="Leave quickly").click()
    page.wait_for_url("**/elsewhere/")


def test_leaving_quickly_is_not_held_up_by_words_that_were_not_saved(browser: Browser, site: str) -> None:
    page = opened(browser, site)
    asked: list[str] = []
    page.on("dialog", lambda dialog: answer(dialog, asked))
    page.get_by_label("Telephone").fill("600 000 000")
    page.get_by_label("Code at the sender").fill("A-1")
    page.get_by_role("button", name="Leave quickly").click()
    page.wait_for_url("**/elsewhere/")
    assert asked == []


def test_any_other_way_out_asks_before_it_loses_words(browser: Browser, site: str) -> None:
    page = opened(browser, site)
    asked: list[str] = []
    page.on("dialog", lambda dialog: answer(dialog, asked))
    page.get_by_label("Code at the sender").press_sequentially("A-1")
    page.get_by_role("link", name="How leaving quickly works").click()
    page.wait_for_url("**/leave/safety/")
    assert asked == ["beforeunload"]


def test_an_answer_opens_its_field_with_scripts_and_it_is_always_open_without(browser: Browser, site: str) -> None:
    page = opened(browser, site)
    assert page.get_by_label("Which way?").is_hidden()
    page.get_by_label("Another way").check()
    assert page.get_by_label("Which way?").is_visible()
    assert opened(browser, site, scripts=False).get_by_label("Which way?").is_visible()


def test_a_signature_is_drawn_into_the_form_and_can_be_taken_back(browser: Browser, site: str) -> None:
    page = opened(browser, site, width=320)
    canvas, field = page.locator("canvas"), page.locator("[data-signature-pad] input")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box() or {"x": 0, "y": 0}
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 60, steps=5)
    page.mouse.up()
    assert field.input_value().startswith("data:image/png;base64,")
    page.get_by_role("button", name="Start again").click()
    assert field.input_value() == ""
    assert opened(browser, site, scripts=False).locator("canvas").is_hidden()


def test_no_page_has_anything_inline_or_from_elsewhere(browser: Browser, site: str) -> None:
    page = opened(browser, site)
    for address in PAGES:
        page.goto(site + address)
        found = page.evaluate(
            "[...document.querySelectorAll('[style], style, script:not([src]), [onclick], [src^=http], "
            "link[href^=http]')].map(each => each.outerHTML)"
        )
        assert found == [], json.dumps([address, found])


def test_a_menu_closes_on_escape_and_gives_the_focus_back(browser: Browser, site: str) -> None:
    page = opened(browser, site)
    page.locator(".a-menu > summary").click()
    assert page.get_by_role("button", name="Sign out").is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("button", name="Sign out").is_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
