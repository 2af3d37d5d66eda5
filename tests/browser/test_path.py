"""The whole path, from a referral to closing and back: with and without scripts, in two directions of writing.

Every page on the way is looked at on a phone and on a desk, and by axe.
"""

import io
import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from amparo.kernel import clock
from tests.browser.node import Node
from tests.browser.walking import Walk, sign_in

SIX_PAGES = ("sender", "about", "reason", "needs", "told", "reach", "six")
SOON = (clock.today("Europe/Madrid") + timedelta(days=7)).isoformat()
TODAY = clock.today("Europe/Madrid").isoformat()
WAYS = {
    "english, with scripts": ("en", True),
    "english, without scripts": ("en", False),
    "right to left, with scripts": ("ar", True),
    "right to left, without scripts": ("ar", False),
}


@pytest.fixture(params=WAYS.values(), ids=list(WAYS))
def walk(request: pytest.FixtureRequest, chromium: Browser, demo: Node) -> Iterator[Walk]:
    language, scripts = request.param
    context = chromium.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": "language", "value": language, "url": demo.address}])
    pictures = os.environ.get("PICTURES")
    walked = Walk(
        context, demo.address, scripts, pictures=Path(pictures, request.node.callspec.id) if pictures else None
    )
    sign_in(walked, demo.account("caseworker"))
    yield walked
    context.close()


def test_a_woman_is_accompanied_from_the_first_call_to_her_own_life(walk: Walk) -> None:
    for step in (
        take_her_referral_in,
        decide_and_answer,
        talk_with_her_for_the_first_time,
        ask_for_her_consent,
        look_at_her_safety,
        plan_with_her,
        work_with_her,
        look_back_with_her,
        know_who_is_around_her,
        close_with_her_and_welcome_her_back,
        find_her_again,
    ):
        step(walk)
    assert walk.complaints == []


def take_her_referral_in(walk: Walk) -> None:
    walk.go("/referrals/")
    walk.go("/referrals/new/")
    walk.press("/referrals/start/")
    referral = walk.path()
    for one in SIX_PAGES:
        walk.go(f"{referral}{one}/")
        if one == "sender":
            walk.choose_first("sender_kind", "way")
            walk.write(received_on=TODAY, organisation="Harbour clinic", contact="A nurse")
        if one == "about":
            walk.write(called="Marisol")
        if one == "reason":
            walk.write(her_wish="A room and a course.", reason="She asks for somebody to turn to.")
        if one == "six":
            walk.answer_all("no")
        walk.save()
    walk.go(referral)
    walk.press("hand-in/")


def decide_and_answer(walk: Walk) -> None:
    walk.choose(verdict="accept")
    walk.choose_first("accept_reason")
    walk.choose_myself("referent")
    walk.save()
    walk.choose_first("way")
    walk.save()
    letter = walk.link("/answer/", inside=True)
    text = walk.page.content()
    walk.paper('a[href$="/pdf/"]')
    walk.go(letter)
    walk.code = re.findall(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{3}", text)[0]


def talk_with_her_for_the_first_time(walk: Walk) -> None:
    walk.case()
    walk.case("referral/")
    walk.case("interview/")
    walk.case("interview/book/")
    walk.write(at=f"{SOON}T10:00", meeting_point="At the fountain")
    walk.choose_first("member")
    for box in walk.page.locator('main input[name="prepared"]').all():
        box.check()
    walk.save()
    walk.case("interview/")
    walk.go(walk.link("/answer/"))
    walk.choose(answer="yes")
    walk.write(her_words="I want to try.")
    walk.save()


def ask_for_her_consent(walk: Walk) -> None:
    walk.case("consents/ask/keeping_a_record/")
    walk.choose(answer="given", proof="word", interpreted="nobody", language="en", explained="read_together")
    walk.write(conditions="Only with me in the room.")
    walk.write(witness="Her sister")
    walk.save()
    walk.case("consents/hers/")
    walk.paper('a.govuk-button[href*="/paper/"]')
    sign_for_pictures(walk)
    walk.case("consents/")
    walk.press("/withdraw/")
    walk.case("consents/")
    walk.case("contact/")
    walk.case("contact/call/")
    walk.choose(allowed="yes", leaves_message="no", checked="no")
    walk.save()


def sign_for_pictures(walk: Walk) -> None:
    """She signs on the screen, or on the paper where no script runs."""
    walk.case("consents/ask/pictures_and_works/")
    walk.choose(answer="given", interpreted="nobody", language="en", explained="read_together")
    if walk.page.locator('main [name="recipient"]').count():
        walk.write(recipient="The school paper", about="One painting of hers.")
        walk.choose_first("recipient_kind")
    if walk.page.locator('main [name="shared"]').count():
        walk.choose_first("shared")
    walk.choose(proof="drawn" if walk.scripts else "paper")
    if walk.scripts:
        walk.sign()
    else:
        walk.attach("paper", picture())
    walk.save()


def look_at_her_safety(walk: Walk) -> None:
    walk.case("safety/")
    walk.press("/safety/assess/")
    assessment = walk.path()
    for area in ("now", "network", "family", "law", "health", "daily_life"):
        walk.go(f"{assessment}{area}/")
        walk.answer_all("no")
        walk.save()
    walk.go(f"{assessment}decide/")
    walk.choose(level="low")
    walk.write(reason="She is far from them, and nobody knows where.")
    walk.save()
    walk.go(assessment)
    walk.case("safety/plan/")
    walk.choose(prepare="code_word", now="call_emergency", agreed="yes")
    walk.save()
    walk.case("safety/plan/sheet/")
    walk.case("safety/incidents/new/")
    walk.choose_first("kind")
    walk.choose(danger_now="no")
    walk.write(happened_at=f"{TODAY}T00:01", happened="A call from a number she does not know.", done="Blocked.")
    walk.save()
    walk.case("safety/changed/more/")
    walk.case("safety/")


def plan_with_her(walk: Walk) -> None:
    walk.case("plan/")
    walk.case("plan/basic-needs/")
    walk.answer_all("there")
    walk.choose(food="missing")
    walk.write(food_words="There is nothing warm at night.")
    walk.save()
    walk.case("plan/needs/new/")
    walk.choose(about="basic.accommodation")
    walk.write(her_words="A door that I can lock.", our_view="A room until spring.")
    walk.save()
    walk.case("plan/")
    walk.go(walk.link("/goals/new/"))
    walk.write(words="A room of my own.")
    walk.save()
    walk.case("plan/")
    walk.go(walk.link("/steps/new/"))
    walk.write(words="Visit the house together.", due_on=SOON)
    walk.choose_first("kind")
    walk.choose(who="she")
    walk.save()
    walk.case("plan/agreement/")
    walk.choose(agreement="yes")
    walk.save()
    walk.case("plan/versions/")
    walk.case("plan/advice/accommodation/")
    walk.case("plan/job/")
    walk.case("plan/job/wishes/")
    walk.write(wished_work="In a bakery, in the morning.")
    walk.save()
    walk.write(care="I looked after two small children.")
    walk.save()
    walk.case("plan/job/cv/")
    walk.write(name="Marisol Inventada")
    walk.choose(language="en")
    walk.paper('form:has([name="once"]) button[type="submit"]')
    walk.case("plan/job/")
    walk.case("plan/")


def work_with_her(walk: Walk) -> None:
    walk.case("services/new/")
    walk.choose(kind="counselling", length="30")
    walk.save()
    walk.case("services/")
    walk.case("appointments/new/")
    walk.write(on=SOON, at="10:30", place="At the fountain")
    walk.choose(about="health")
    walk.choose_first("member")
    walk.save()
    walk.case("appointments/")
    walk.case("notes/new/")
    walk.write(text="She laughed today.")
    walk.save()
    walk.case("notes/")
    walk.case("papers/new/")
    walk.choose(kind="health")
    walk.write(title="A letter from the clinic")
    walk.attach("file", picture())
    walk.save()
    walk.case("papers/")


def look_back_with_her(walk: Walk) -> None:
    walk.case("plan/reviews/new/")
    walk.save()
    review = walk.path()
    walk.go(f"{review}accommodation/")
    walk.choose(hers="4", ours="3")
    walk.write(her_words="I sleep.")
    walk.save()
    walk.go(f"{review}finish/")
    walk.save()
    walk.case("plan/reviews/")


def know_who_is_around_her(walk: Walk) -> None:
    walk.case("people/")
    walk.case("people/about/")
    walk.case("people/family/new/")
    walk.choose(kinship="daughter")
    walk.write(name="Luz")
    walk.save()
    walk.case("people/join/")
    walk.choose_first("member")
    walk.save()
    let_a_colleague_stand_in(walk)
    put_her_name_into_the_vault(walk)
    hand_over_to_a_colleague(walk)
    walk.case("history/")


def let_a_colleague_stand_in(walk: Walk) -> None:
    walk.case("people/stand-in/")
    walk.choose_first("member")
    walk.write(starts_on=TODAY, until=SOON, text="Call her on Monday, never in the evening.")
    walk.choose(told="not_yet")
    walk.write(tell_by=SOON)
    walk.save()
    assert walk.page.locator(".a-head__second bdi").count() > 1, "the head says who stands in"
    walk.go(walk.link("/told/"))
    walk.write(told_words="She knows, and likes her.", told_on=TODAY)
    walk.save()


def put_her_name_into_the_vault(walk: Walk) -> None:
    walk.case("identity/write/")
    walk.write(given_names="Marisol", family_names="Inventada", reason="She wants her letters in her name.")
    walk.page.locator('main [name="her_wish"]').first.check()
    walk.save()
    walk.case("identity/")
    walk.write(reason="She asked for a letter in her name.")
    walk.save()
    assert "Inventada" in walk.page.content()
    walk.press("/identity/close/")
    walk.case("identity/open/")
    assert "Inventada" not in walk.page.content()


def hand_over_to_a_colleague(walk: Walk) -> None:
    """She stays in the team, and her referent is another now."""
    walk.case("people/hand-over/")
    walk.choose_first("member")
    walk.write(text="What matters now: the course begins in spring.")
    walk.choose(told="told", stays="yes")
    walk.write(told_words="She asked to keep our Thursdays.", told_on=TODAY)
    walk.save()


def close_with_her_and_welcome_her_back(walk: Walk) -> None:
    walk.case("closing/")
    walk.case("closing/now/")
    walk.choose(with_her="with_her", reason="own_life", rating_heard="5", ask_in="6")
    walk.write(said_helped="That somebody was there.")
    walk.save()
    walk.case("closing/")
    walk.press("/closing/back/")
    walk.case()


def find_her_again(walk: Walk) -> None:
    walk.go("/")
    walk.go("/cases/")
    walk.go(f"/cases/?q={walk.code}")
    assert f"/cases/{walk.code}/" in walk.page.content()
    walk.case("summary/")
    walk.paper('form:has([name="once"]) button[type="submit"]')


def picture() -> bytes:
    """A small picture, as a telephone takes one."""
    out = io.BytesIO()
    Image.new("RGB", (24, 16), (200, 180, 160)).save(out, "JPEG")
    return out.getvalue()
