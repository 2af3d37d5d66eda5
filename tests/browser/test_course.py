"""From her interest to her certificate: the caseworker, the coordinator, whoever holds it, and she herself."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from amparo.kernel import clock
from tests.browser.node import ROOT, Node
from tests.browser.walking import Walk, sign_in

COURSE = "Learning to sew"
PATIENCE = 120  # seconds until a plan is computed
FIRST = clock.today("Europe/Madrid") + timedelta(days=49 - clock.today("Europe/Madrid").weekday())
HOUSES = {"with scripts": ("heather-house", True), "without scripts": ("casa-ginestra", False)}
As = Callable[[str], Walk]


@pytest.fixture(params=HOUSES.values(), ids=list(HOUSES))
def of_role(request: pytest.FixtureRequest, chromium: Browser, demo: Node) -> Iterator[As]:
    """Somebody of one house with this role, signed in with a browser of her or his own."""
    house, scripts = request.param
    walks: dict[str, Walk] = {}
    with ExitStack() as afterwards:

        def walk_of(role: str) -> Walk:
            if role not in walks:
                context = chromium.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 800})
                afterwards.callback(context.close)
                context.add_cookies([{"name": "language", "value": "en", "url": demo.address}])
                walks[role] = Walk(context, demo.address, scripts)
                sign_in(walks[role], demo.account(role, house=house))
            return walks[role]

        yield walk_of
        assert [complaint for walk in walks.values() for complaint in walk.complaints] == []


def test_a_woman_takes_part_from_her_interest_to_her_certificate(of_role: As, demo: Node) -> None:
    offer_a_course(of_role("coordinator"), held_by=of_role("facilitator").me())
    ask_her(of_role("caseworker"))
    plan_and_publish(of_role("coordinator"))
    let_the_day_come(demo)
    hold_it(of_role("facilitator"))
    give_her_a_certificate(of_role("caseworker"))


def offer_a_course(walk: Walk, *, held_by: str) -> None:
    walk.go("/certificates/issuer/")
    walk.write(name="Northside Training", place="Leeds")
    walk.save()
    walk.go("/sessions/activities/new/")
    walk.write(name=COURSE, neutral_name="Course in sewing", sessions="1", minutes="60", days_apart="1")
    walk.write(min_women="1", max_women="1")
    walk.choose(kind="individual", worth="3")
    walk.page.locator("main label", has_text=held_by).first.click()
    walk.save()


def ask_her(walk: Walk) -> None:
    walk.go("/cases/?status=accompanied")
    walk.code = re.findall(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{3}", walk.page.locator("main").inner_text())[0]
    walk.case("activities/")
    links = {link.inner_text(): link.get_attribute("href") for link in walk.page.locator("main a").all()}
    address = next((to for words, to in links.items() if COURSE in words), None)
    if address is None:
        walk.page.locator("main details summary").first.click()
        address = walk.page.locator("main a", has_text=COURSE).first.get_attribute("href")
    walk.go(str(address))
    walk.choose(answer="yes")
    walk.save()
    walk.case("activities/when/")
    for box in walk.page.locator('main input[name^="day_"]').all():
        box.check()
    walk.save()
    walk.case("activities/sessions/room/")
    walk.write(called="Violet")
    walk.choose(needs="breaks")
    walk.save()


def plan_and_publish(walk: Walk) -> None:
    walk.go("/sessions/new/")
    walk.write(first_on=FIRST.isoformat(), last_on=(FIRST + timedelta(days=6)).isoformat())
    walk.save()
    walk.press("/compute/")
    until = time.monotonic() + PATIENCE
    while not walk.page.locator('main form[action$="/publish/"]').count():
        assert time.monotonic() < until, walk.page.locator("main").inner_text()
        walk.page.wait_for_timeout(1000)
        walk.page.reload()
    walk.look()
    walk.press("/publish/")


def let_the_day_come(demo: Node) -> None:
    environment = {**os.environ, "AMPARO_HOME": str(demo.home), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    environment["DJANGO_SETTINGS_MODULE"] = "amparo.config.settings"
    subprocess.run([sys.executable, "-m", "tests.browser.passing", COURSE], env=environment, check=True)


def hold_it(walk: Walk) -> None:
    walk.go("/sessions/today/")
    address = walk.page.locator("main a", has_text=COURSE).first.get_attribute("href") or ""
    walk.go(address)
    assert "Violet" in walk.page.locator("main").inner_text()
    walk.page.locator('main input[name^="came_"][value="came"]').check()
    walk.save()
    assert walk.page.locator('main input[name^="came_"][value="came"]').is_checked()
    walk.go(walk.link("/word/", inside=True))
    walk.write(text="She asks for a second course.")
    walk.save()
    walk.paper('form[action$="/paper/"] button')
    hand_her_the_device(walk, address)


def hand_her_the_device(walk: Walk, address: str) -> None:
    walk.go(walk.link("/hand/", inside=True))
    walk.choose(moment="end", language="es")
    walk.save()
    walk.go("/cases/")
    assert walk.path() == "/page/"
    assert "Violet" not in walk.page.content()
    walk.choose(q_useful="5", q_safe="unsaid", who="with_team")
    walk.write(words="Me gusta coser.")
    walk.press("/page/")
    walk.page.go_back()
    assert "Me gusta coser" not in walk.page.content()
    walk.go("/page/")
    walk.page.locator("main details summary").click()
    walk.write(password=walk.password)
    walk.press("/page/back/")
    assert walk.path() == address


def give_her_a_certificate(walk: Walk) -> None:
    walk.case("activities/sessions/")
    text = walk.page.locator("main").inner_text()
    assert COURSE in text
    assert "Me gusta coser." in text
    course = walk.page.locator("main section", has_text=COURSE).first
    walk.go(course.locator('a[href*="/certificate/"]').first.get_attribute("href") or "")
    walk.choose(kind="completion", language="es")
    walk.write(name="Ana María Ñandú")
    walk.paper('form:has([name="once"]) button[type="submit"]')
    walk.case("activities/sessions/")
    number = walk.page.locator("main section", has_text=COURSE).first.locator(".a-code").inner_text()
    walk.go("/certificates/")
    walk.write(number=number)
    walk.page.locator('main form:has([name="number"]) button[type="submit"]').click()
    assert "Genuine" in walk.page.locator("main").inner_text()
