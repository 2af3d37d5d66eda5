"""The days of the demonstration's stories, whatever day it is shown on."""

from datetime import date, timedelta

import pytest

from amparo.demo.days import Calendar, calendar
from amparo.demo.reading import Story, stories
from amparo.demo.unfolding import Happening, happenings

MONDAY = date(2026, 3, 2)
WEEK = [MONDAY + timedelta(days=days) for days in range(7)]
ANY_DAY = [*WEEK, date(2028, 2, 29), date(2026, 12, 31)]
LATEST_REFERRAL = timedelta(days=10)


def shown(story: Story, today: date) -> list[Happening]:
    return happenings(story, calendar(story.opened, today))


def days_of(story: Story, today: date, verb: str) -> list[date]:
    return [one.day for one in shown(story, today) if one.verb == verb]


def test_what_fell_on_a_weekend_that_is_over_happened_on_the_friday_before() -> None:
    days = Calendar(opened=MONDAY, today=date(2026, 4, 1))
    assert [days.day(offset).isoweekday() for offset in range(4, 8)] == [5, 5, 5, 1]


def test_what_would_fall_on_a_weekend_to_come_waits_for_the_monday_after() -> None:
    days = Calendar(opened=MONDAY, today=MONDAY)
    assert [days.day(f"now+{ahead}").isoweekday() for ahead in range(4, 8)] == [5, 1, 1, 1]


def test_today_stays_today_on_a_sunday_too() -> None:
    assert Calendar(opened=MONDAY, today=WEEK[6]).day("now") == WEEK[6]


def test_a_day_that_is_written_otherwise_is_told() -> None:
    with pytest.raises(ValueError, match="tomorrow"):
        Calendar(opened=MONDAY, today=MONDAY).day("tomorrow")


@pytest.mark.parametrize("today", ANY_DAY, ids=str)
def test_no_story_is_ahead_of_its_day_or_long_before_its_opening(today: date) -> None:
    for story in stories():
        opened = calendar(story.opened, today).opened
        for one in shown(story, today):
            assert opened - LATEST_REFERRAL <= one.day <= today, (story.key, one)


@pytest.mark.parametrize("today", ANY_DAY, ids=str)
def test_nobody_is_met_before_she_was_accepted_or_asked_before_she_said_yes(today: date) -> None:
    for story in stories():
        order = [one.verb for one in shown(story, today)]
        assert order.index("referral") < order.index("decide") < order.index("book"), story.key
        if "consent" in order:
            yes = next(one.day for one in shown(story, today) if one.verb == "said" and one.value == "yes")
            assert min(days_of(story, today, "consent")) >= yes, story.key


@pytest.mark.parametrize("today", ANY_DAY, ids=str)
def test_every_step_is_added_before_it_is_moved_or_done(today: date) -> None:
    for story in stories():
        added: set[object] = set()
        for one in shown(story, today):
            if one.verb == "step":
                added.add(one.value)
            elif one.verb in ("move", "done"):
                assert one.value in added, (story.key, one)
            if one.verb == "move":
                assert one.more["to"] >= one.day, (story.key, one)


def test_no_two_stories_have_the_same_key_or_the_same_name_in_a_house() -> None:
    keys = [story.key for story in stories()]
    assert len(set(keys)) == len(keys)
    for place in range(3):
        names = [story.her["called"][place] for story in stories()]
        assert len(set(names)) == len(names)
