"""Reviews as the area keeps them: hers beside the professional's, left and gone on with, and fixed once finished."""

from datetime import date, timedelta

import pytest

from amparo.areas.audit.models import Entry
from amparo.areas.cases.dues import due_of_case
from amparo.areas.plans import queries, reviewing
from amparo.areas.plans.models import Rating, Review
from amparo.areas.plans.reviewing import RatingFile
from amparo.areas.plans.rules import Discarding
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, Refused
from tests.cast import Cast
from tests.web.plans.another import another_review

SAYS = "canary-her-words"


def begin(cast: Cast, name: str = "assigned", on: date = date(2026, 3, 2)) -> int:
    return reviewing.begin_review(cast.case(name), by=cast[name], on=on, present="canary-interpreter")


def rate(cast: Cast, review: int, domain: str = "safety", *, hers: str = "2", version: int = 0) -> None:
    rating = RatingFile(hers, "3", SAYS, version)
    reviewing.rate_domain(cast.case(), review, domain, by=cast["assigned"], rating=rating)


def finish(cast: Cast, review: int, *, next_on: date | None = None) -> None:
    reviewing.finish_review(
        cast.case(), review, by=cast["assigned"], her_words=SAYS, our_view="canary-view", next_on=next_on
    )


def test_a_review_gives_back_what_was_said_and_keeps_it_sealed(cast: Cast) -> None:
    review = begin(cast)
    rate(cast, review)
    finish(cast, review)
    found = reviewing.review_of(cast["lawyer"], cast.case("lawyer"), review)
    assert found.ratings == {"safety": RatingFile("2", "3", SAYS, 1)}
    assert (found.present, found.her_words, found.our_view) == ("canary-interpreter", SAYS, "canary-view")
    row = Review.objects.get()
    stored = [row.present, row.her_words, row.our_view, Rating.objects.get().her_words]
    assert not any(b"canary" in bytes(sealed) for sealed in stored)


def test_two_colleagues_who_begin_hold_one_review_together(cast: Cast) -> None:
    assert begin(cast) == begin(cast, "psychologist")
    assert Review.objects.count() == 1


def test_a_finished_review_stays_as_it_is_and_a_new_one_begins(cast: Cast) -> None:
    review = begin(cast)
    rate(cast, review)
    finish(cast, review)
    with pytest.raises(Refused, match="finished"):
        rate(cast, review, version=1)
    with pytest.raises(Refused, match="finished"):
        finish(cast, review)
    assert begin(cast) != review


def test_a_review_in_which_nothing_was_said_is_not_finished(cast: Cast) -> None:
    review = begin(cast)
    with pytest.raises(Refused, match="Nothing is rated"):
        finish(cast, review)
    assert reviewing.open_review(cast["assigned"], cast.case()) is not None


def test_a_rating_that_a_colleague_gave_meanwhile_is_not_overwritten(cast: Cast) -> None:
    review = begin(cast)
    rate(cast, review, hers="4")
    with pytest.raises(Conflict) as conflict:
        rate(cast, review, hers="1")
    assert conflict.value.theirs == [("hers", "4"), ("her_words", SAYS), ("ours", "3")]
    rate(cast, review, hers="5", version=1)
    assert Rating.objects.get().hers == "5"
    with pytest.raises(Conflict):
        rate(cast, review, "employment", version=3)


def test_finishing_settles_what_was_due_and_sets_the_next_day(cast: Cast) -> None:
    next_on = clock.today("Europe/Madrid") + timedelta(days=90)
    review = begin(cast)
    rate(cast, review)
    finish(cast, review, next_on=next_on)
    assert queries.next_review(cast["assigned"], cast.case()) == next_on
    again = begin(cast)
    rate(cast, again)
    finish(cast, again)
    assert "review" not in {line.kind for line in due_of_case(cast["assigned"], cast.case())}


def test_the_next_review_is_not_in_the_past(cast: Cast) -> None:
    review = begin(cast)
    rate(cast, review)
    with pytest.raises(Refused):
        finish(cast, review, next_on=date(2020, 1, 1))
    assert not reviewing.review_of(cast["assigned"], cast.case(), review).finished


def test_the_next_domain_is_the_next_that_was_not_talked_about(cast: Cast) -> None:
    review = begin(cast)
    rate(cast, review, "legal_status")
    rate(cast, review, "accommodation")
    found = reviewing.review_of(cast["assigned"], cast.case(), review)
    assert reviewing.next_domain(found, "accommodation") == "employment"
    assert reviewing.next_domain(found, "secondary_beneficiaries") == "employment"


def test_a_review_of_another_woman_is_not_there(cast: Cast) -> None:
    begin(cast)
    number = another_review(cast)
    with pytest.raises(NotThere):
        rate(cast, number)
    with pytest.raises(NotThere):
        finish(cast, number)
    with pytest.raises(NotThere):
        reviewing.review_of(cast["assigned"], cast.case(), number)


@pytest.mark.parametrize("name", ["lawyer", "mediator", "coordinator"])
def test_who_may_not_write_the_plan_holds_no_review(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        begin(cast, name)
    assert not Review.objects.exists()


def test_what_was_said_last_time_is_at_hand_and_an_open_review_is_not_last_time(cast: Cast) -> None:
    worker = cast["assigned"]
    for day, hers in ((date(2026, 5, 1), "4"), (date(2026, 1, 1), "1")):
        review = begin(cast, on=day)
        rate(cast, review, hers=hers)
        finish(cast, review)
    rate(cast, begin(cast), hers="5")
    found = reviewing.last_time(worker, cast.case(), "safety")
    assert found is not None
    assert (found[0], found[1].hers) == (date(2026, 5, 1), "4")
    assert reviewing.last_time(worker, cast.case(), "employment") is None


def discard(cast: Cast, review: int) -> None:
    reviewing.discard_review(cast.case(), review, by=cast["assigned"], why=Discarding.HER_WISH)


def test_a_discarded_review_is_erased_and_the_log_says_who_did_so_and_why(cast: Cast) -> None:
    review = begin(cast)
    rate(cast, review)
    discard(cast, review)
    assert (Review.objects.count(), Rating.objects.count()) == (0, 0)
    entry = Entry.objects.get(verb="review discarded")
    assert (entry.member, entry.facts) == (cast["assigned"].member, '{"rated": 1, "why": "her_wish"}')
    assert begin(cast) != review, "a new one can be begun"


def test_a_finished_review_is_not_discarded(cast: Cast) -> None:
    review = begin(cast)
    rate(cast, review)
    finish(cast, review)
    with pytest.raises(Refused):
        discard(cast, review)
    with pytest.raises(NotThere):
        discard(cast, another_review(cast))
    assert Rating.objects.count() == 1
