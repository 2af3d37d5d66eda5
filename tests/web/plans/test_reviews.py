"""Reviews on the screen: short pages in any order, and a picture that says the same as its table."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.areas.plans import catalogue, reviewing
from amparo.areas.plans.models import Rating, Review
from amparo.areas.plans.reviewing import RatingFile
from amparo.kernel import clock
from amparo.web.components.trends import draw_trend
from tests.cast import Cast
from tests.web.conftest import SignIn
from tests.web.plans.another import another_review
from tests.web.plans.world import OUTSIDERS, READERS

SAYS, VIEW = "canary-in-her-words", "canary-in-ours"
STEPS = (("1", "2"), ("unknown", "3"), ("4", "unknown"), ("does_not_want_to_say", "5"), ("5", "4"))


def hold(cast: Cast, hers: str, ours: str, *, on: date, domains: tuple[str, ...] = ("safety",)) -> int:
    case, worker = cast.case(), cast["assigned"]
    review = reviewing.begin_review(case, by=worker, on=on)
    for domain in domains:
        reviewing.rate_domain(case, review, domain, by=worker, rating=RatingFile(hers, ours, SAYS, 0))
    reviewing.finish_review(case, review, by=worker, her_words=SAYS, our_view=VIEW, next_on=None)
    return review


def hold_all(cast: Cast) -> None:
    for month, (hers, ours) in enumerate(STEPS, 1):
        hold(cast, hers, ours, on=date(2026, month, 3))


def begin(cast: Cast) -> tuple[int, str]:
    review = reviewing.begin_review(cast.case(), by=cast["assigned"], on=date(2026, 5, 4))
    return review, f"/cases/{cast.code}/plan/reviews/{review}/"


def test_a_review_goes_from_page_to_page_and_can_be_left(cast: Cast, sign_in: SignIn) -> None:
    client, reviews = sign_in("assigned"), f"/cases/{cast.code}/plan/reviews/"
    address = client.post(f"{reviews}new/", {"on": "2026-05-04", "present": ""}).headers["Location"]
    typed = {"hers": "2", "her_words": "still afraid at night", "ours": "unknown", "version": "0"}
    on = client.post(f"{address}accommodation/", typed)
    assert on.headers["Location"] == f"{address}legal_status/"
    left = client.post(f"{address}legal_status/", {**typed, "later": "1"})
    assert left.headers["Location"] == address
    assert client.get(address).text.count("talked about") == 2
    assert f"{address}" in client.get(reviews).text, "the open review is offered again"
    assert "still afraid at night" in client.get(f"{address}accommodation/").text


def test_an_empty_page_is_passed_over_and_rates_nothing(cast: Cast, sign_in: SignIn) -> None:
    _, address = begin(cast)
    answer = sign_in("assigned").post(f"{address}accommodation/", {"version": "0"})
    assert answer.headers["Location"] == f"{address}legal_status/"
    assert not Rating.objects.exists()


def test_every_page_words_the_five_steps_and_both_ways_out(cast: Cast, sign_in: SignIn) -> None:
    _, address = begin(cast)
    client = sign_in("assigned")
    for domain in catalogue.domains():
        page = client.get(f"{address}{domain.key}/").text
        for step in domain.steps:
            assert page.count(step["en"].replace("'", "&#x27;")) == 2, domain.key
        assert page.count("Not known yet") == 2
        assert page.count("She does not want to say") == 1


def test_what_she_said_last_time_is_there_when_asked_for(cast: Cast, sign_in: SignIn) -> None:
    hold(cast, "2", "3", on=date(2026, 3, 2))
    _, address = begin(cast)
    client = sign_in("assigned")
    assert SAYS in client.get(f"{address}safety/").text
    assert SAYS not in client.get(f"{address}employment/").text


@pytest.mark.parametrize("typed", [{"hers": "6"}, {"hers": "0"}, {"ours": "does_not_want_to_say"}, {"version": "x"}])
def test_a_wrong_rating_gives_back_what_was_typed(cast: Cast, sign_in: SignIn, typed: dict[str, str]) -> None:
    _, address = begin(cast)
    page = sign_in("assigned").post(f"{address}safety/", {"version": "0", "her_words": "keep me", **typed})
    assert page.status_code == 422
    assert "keep me" in page.text
    assert not Rating.objects.exists()


def test_two_tabs_rating_the_same_area_meet(cast: Cast, sign_in: SignIn) -> None:
    _, address = begin(cast)
    client = sign_in("assigned")
    typed = {"hers": "1", "her_words": "first tab", "version": "0"}
    assert client.post(f"{address}safety/", typed).status_code == 302
    page = client.post(f"{address}safety/", {**typed, "her_words": "second tab"})
    assert page.status_code == 409
    assert "first tab" in page.text
    assert "second tab" in page.text
    version = page.context["form"]["version"].value()
    assert client.post(f"{address}safety/", {**typed, "her_words": "both", "version": version}).status_code == 302


def test_a_finished_review_shows_what_was_said_and_offers_no_change(cast: Cast, sign_in: SignIn) -> None:
    review = hold(cast, "2", "3", on=date(2026, 3, 2))
    client, address = sign_in("assigned"), f"/cases/{cast.code}/plan/reviews/{review}/"
    page = client.get(address).text
    domain = catalogue.domain("safety")
    assert page.index(domain.step(2)["en"]) < page.index(domain.step(3)["en"]), "hers first"
    assert SAYS in page
    assert VIEW in page
    for more in ("safety/", "finish/"):
        assert f"{address}{more}" not in page
        assert client.get(f"{address}{more}").status_code == 403


def test_finishing_sets_the_next_day(cast: Cast, sign_in: SignIn) -> None:
    review, address = begin(cast)
    client = sign_in("assigned")
    client.post(f"{address}safety/", {"hers": "3", "version": "0"})
    day = (clock.today("Europe/Madrid") + timedelta(days=60)).isoformat()
    assert client.post(f"{address}finish/", {"next_on": day}).status_code == 302
    assert Review.objects.get(pk=review).finished_at is not None


def test_a_review_with_nothing_in_it_comes_back_with_the_words_and_the_reason(cast: Cast, sign_in: SignIn) -> None:
    _, address = begin(cast)
    page = sign_in("assigned").post(f"{address}finish/", {"her_words": "keep me"})
    assert page.status_code == 422
    assert "keep me" in page.text
    assert "Nothing is rated yet" in page.text


def test_the_picture_says_the_same_as_the_table(cast: Cast, sign_in: SignIn) -> None:
    hold_all(cast)
    page = sign_in("assigned").get(f"/cases/{cast.code}/plan/reviews/").text
    hers, ours = _table_row(page, "Safety")
    assert hers == ["1", "not known yet", "4", "does not want to say", "5"]
    assert ours == ["2", "3", "not known yet", "5", "4"]
    drawn = draw_trend([_number(one) for one in hers], [_number(one) for one in ours])
    picture = _picture(page, "safety")
    assert re.findall(r'<circle class="a-spark__dot" cx="([\d.]+)" cy="([\d.]+)"', picture) == drawn.her_points
    assert f'class="a-spark__her" points="{drawn.her_line}"' in picture
    assert f'class="a-spark__squares" d="{drawn.team_points}"' in picture
    assert "1, not rated, 4, not rated, 5" in picture


def test_a_domain_nobody_talked_about_has_an_empty_picture_and_an_empty_row(cast: Cast, sign_in: SignIn) -> None:
    hold_all(cast)
    page = sign_in("assigned").get(f"/cases/{cast.code}/plan/reviews/").text
    assert page.count("a-spark__grid") == 14
    assert "circle" not in _picture(page, "employment")
    assert _table_row(page, "Work") == (["–"] * 5, ["–"] * 5)


def test_there_is_no_overall_score(cast: Cast, sign_in: SignIn) -> None:
    hold_all(cast)
    page = sign_in("assigned").get(f"/cases/{cast.code}/plan/reviews/").text
    assert page.count("<tr>") == 1 + 14


@pytest.mark.parametrize(("name", "status"), [*((name, 200) for name in READERS), *OUTSIDERS])
def test_reviews_are_read_by_those_who_read_her_plan(cast: Cast, sign_in: SignIn, name: str, status: int) -> None:
    review = hold(cast, "2", "3", on=date(2026, 3, 2))
    client, reviews = sign_in(name), f"/cases/{cast.code}/plan/reviews/"
    for address in (reviews, f"{reviews}{review}/"):
        page = client.get(address)
        assert page.status_code == status
        assert (SAYS in page.text) == (status == 200 and address != reviews)


@pytest.mark.parametrize("name", ["lawyer", "mediator", "coordinator"])
def test_who_only_reads_her_plan_holds_no_review(cast: Cast, sign_in: SignIn, name: str) -> None:
    _, address = begin(cast)
    client = sign_in(name)
    assert "finish/" not in client.get(address).text
    for more in ("safety/", "finish/", "../new/"):
        assert client.get(f"{address}{more}").status_code in (403, 404)
    assert client.get(f"/cases/{cast.code}/plan/reviews/new/").status_code == 403
    assert client.post(f"{address}safety/", {"hers": "1", "version": "0"}).status_code == 403


def test_an_unknown_area_or_review_is_not_there(cast: Cast, sign_in: SignIn) -> None:
    review, address = begin(cast)
    client = sign_in("assigned")
    assert client.get(f"{address}happiness/").status_code == 404
    theirs = another_review(cast)
    assert client.get(address.replace(f"/{review}/", f"/{theirs}/")).status_code == 404
    assert client.get(address.replace(f"/{review}/", f"/{theirs}/safety/")).status_code == 404


def test_the_trajectory_takes_as_many_queries_for_one_review_as_for_thirty(cast: Cast, sign_in: SignIn) -> None:
    client, counts = sign_in("assigned"), []
    for more in (1, 29):
        for _ in range(more):
            hold(cast, "2", "3", on=date(2026, 3, 2), domains=("safety", "employment"))
        client.get(f"/cases/{cast.code}/plan/reviews/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/cases/{cast.code}/plan/reviews/", headers={"Accept-Encoding": "gzip"})
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert len(page.content) < 30_000


def _number(cell: str) -> int | None:
    return int(cell) if cell.isdigit() else None


def _picture(page: str, domain: str) -> str:
    found = re.search(rf'<svg[^>]*aria-labelledby="trend-{domain}-t.*?</svg>', page, re.DOTALL)
    assert found
    return found[0]


def _table_row(page: str, name: str) -> tuple[list[str], list[str]]:
    row = page.split(f'<th scope="row">{name}</th>')[1].split("</tr>", maxsplit=1)[0]
    cells = re.findall(r'<span class="a-hers">(.*?)</span> / (.*?)</td>', row)
    return [hers for hers, _ in cells], [ours for _, ours in cells]


def test_an_open_review_is_discarded_with_a_reason(cast: Cast, sign_in: SignIn) -> None:
    _, address = begin(cast)
    client = sign_in("assigned")
    assert f"{address}discard/" in client.get(address).text
    assert client.post(f"{address}discard/", {"why": ""}).status_code == 422
    done = client.post(f"{address}discard/", {"why": "mistake"}, follow=True)
    assert "What was typed in it is erased." in done.text
    assert not Review.objects.exists()
    finished = hold(cast, "2", "3", on=date(2026, 5, 4))
    assert client.get(f"/cases/{cast.code}/plan/reviews/{finished}/discard/").status_code == 403
