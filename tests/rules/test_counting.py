"""What leaves of the figures of an activity: never one to four women, not by subtraction either (R15)."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations_with_replacement

import pytest

from amparo.areas.activities.rules.counting import (
    FEWEST,
    STEP,
    STEP_CENTS,
    CareTime,
    Figures,
    Span,
    cents_of_care,
    for_others,
    mean_said,
    quarter_of,
    quarters,
)

MANY = Figures(1, "Sewing", asked=30, wanted=20, served=20, stayed=10, sessions=7, came=60, missed=11, at_end=4.2)


def test_large_figures_are_rounded_down_to_steps() -> None:
    shown = for_others(Figures(1, "Sewing", asked=33, wanted=21, served=19, stayed=11, came=63, missed=14, costs={}))
    assert (shown.asked, shown.wanted, shown.served, shown.stayed) == (30, 20, 15, 10)
    assert (shown.came, shown.missed) == (60, 10)


def test_no_count_shows_one_to_four_women_nor_gives_them_away() -> None:
    for part, whole in combinations_with_replacement(range(31), 2):
        shown = for_others(Figures(1, "x", asked=whole, wanted=part))
        for real, told in ((whole, shown.asked), (part, shown.wanted)):
            assert told is None or real == 0 or real >= FEWEST
            assert told is None or told % STEP == 0
        if shown.asked is not None and shown.wanted is not None:
            assert whole - part == 0 or whole - part >= FEWEST


@pytest.mark.parametrize("count", range(40))
def test_one_woman_more_or_less_shows_only_at_a_step(count: int) -> None:
    """Two tables taken one after the other differ by nothing or by five, never by her."""
    one, other = (for_others(Figures(1, "x", served=n, stayed=n, costs={})).served for n in (count, count + 1))
    assert one is None or other is None or other - one in (0, STEP)


def test_where_few_had_a_place_nothing_of_what_they_did_said_or_cost_is_shown() -> None:
    few = Figures(1, "x", served=4, stayed=4, came=12, missed=9, at_start=3.0, at_end=4.0, costs={"tickets": 900})
    shown = for_others(few)
    assert (shown.served, shown.came, shown.missed, shown.at_start, shown.at_end, shown.costs) == (None,) * 6
    assert shown.cents is None


def test_few_absences_are_hidden_with_the_comings_beside_them() -> None:
    shown = for_others(Figures(1, "x", served=8, stayed=8, came=40, missed=2, costs={}))
    assert (shown.came, shown.missed) == (None, None)


def test_money_is_rounded_too_and_sessions_are_no_secret() -> None:
    shown = for_others(Figures(1, "x", served=8, stayed=8, sessions=7, costs={"tickets": 3 * STEP_CENTS + 99}))
    assert (shown.sessions, shown.cents) == (7, 3 * STEP_CENTS)


@pytest.mark.parametrize(("served", "told"), [(4, None), (8, 15)])
def test_sessions_that_she_has_alone_are_hers_and_shown_as_her_comings_are(served: int, told: int | None) -> None:
    alone = Figures(1, "x", served=served, stayed=served, sessions=17, costs={}, alone=True)
    assert for_others(alone).sessions == told


def test_what_is_hidden_already_stays_hidden() -> None:
    shown = for_others(Figures(1, "x", asked=None, wanted=None, served=None, stayed=None, came=None, missed=None))
    assert (shown.asked, shown.wanted, shown.served) == (None, None, None)


@pytest.mark.parametrize("month", range(1, 13))
def test_quarters_follow_each_other_without_a_gap(month: int) -> None:
    span = quarter_of(date(2026, month, 15))
    assert span.first.day == 1
    assert quarter_of(span.last) == span
    assert quarter_of(span.last + timedelta(days=1)).first == span.last + timedelta(days=1)


def test_only_quarters_that_are_over_leave_the_coordination() -> None:
    today = date(2026, 3, 31)
    assert quarters(today, count=2, running=True)[0] == Span(date(2026, 1, 1), date(2026, 3, 31))
    over = quarters(today, count=2, running=False)
    assert [one.first for one in over] == [date(2025, 10, 1), date(2025, 7, 1)]
    assert all(one.last < today for one in over)


def test_each_woman_counts_once_in_a_mean_however_many_questions_she_answered() -> None:
    talkative: dict[str, int | str] = {str(number): 1 for number in range(9)}
    assert mean_said([talkative, {"a": 5}, {"a": 5}], fewest=3) == 3.7
    assert mean_said([talkative, {"a": 5}], fewest=3) is None
    assert mean_said([talkative, {"a": 5}, {"a": "unsaid"}, {}], fewest=3) is None


MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("weekday", "on", "hours", "sessions", "cents"),
    [
        (0, None, (9, 13), [0, 1, 7 * 24], 1200),  # two sessions in one morning: once; and a week later
        (None, None, (9, 13), [0, 24], 1200),  # every day
        (None, MONDAY.date(), (9, 13), [0, 24], 600),
        (1, None, (9, 13), [0], 0),
        (0, None, (11, 13), [0], 0),  # it begins when the session ends
        (0, None, (8, 10), [0], 0),
        (0, None, (8, 11), [], 0),
    ],
)
def test_hours_of_childcare_count_once_where_a_session_falls_into_them(
    weekday: int | None, on: date | None, hours: tuple[int, int], sessions: list[int], cents: int
) -> None:
    care = CareTime(1, 7, weekday, on, time(hours[0]), time(hours[1]), 600)
    starts = [MONDAY + timedelta(hours=later) for later in sessions]
    assert cents_of_care([care], [(7, one, one + timedelta(hours=1)) for one in starts]) == cents
    assert cents_of_care([care], [(8, one, one + timedelta(hours=1)) for one in starts]) == 0  # on another site


def test_what_a_time_for_children_costs_is_counted_on_the_days_on_which_it_stood() -> None:
    first = CareTime(1, 7, 0, None, time(9), time(13), 600, until=MONDAY.date() + timedelta(days=7))
    then = CareTime(2, 7, 0, None, time(9), time(13), 900, since=MONDAY.date() + timedelta(days=8))
    weeks = [MONDAY + timedelta(weeks=week) for week in range(3)]
    each = [cents_of_care([first, then], [(7, one, one + timedelta(hours=1))]) for one in weeks]
    assert each == [600, 600, 900]
