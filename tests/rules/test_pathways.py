"""A staged scheme as a timeline, and when its deadlines show."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.areas.cases.rules import first_shown, may_be_put_off, shown_again
from amparo.areas.entitlements.rules.days import OutOfReach
from amparo.areas.entitlements.rules.pathways import Happened, Line, Outcome, State, What, timeline
from amparo.areas.entitlements.rules.scheme import Actor, Extension, Length, Pathway, Source, Stage
from amparo.kernel.public_holidays import PublicHolidays

ENGLAND = PublicHolidays("GB", "ENG")
SOURCE = Source(cite="FIIT", where="United Kingdom")
NEVER: frozenset[date] = frozenset()


def stage(
    name: str,
    *,
    lasts: Length | None = None,
    lasts_up_to: Length | None = None,
    after: tuple[str, ...] = (),
    appeal: Extension | None = None,
    warn: bool = True,
    who: Actor = "competent_authority",
) -> Stage:
    words = {"en": name}
    return Stage(
        id=name,
        title=words,
        who=who,
        due=words,
        lasts=lasts,
        source=SOURCE,
        lasts_up_to=lasts_up_to,
        after=after,
        appeal=appeal,
        warn=warn,
    )


GROUNDS = stage(
    "grounds", lasts=Length(working_days=5), appeal=Extension(when={"en": "after a no"}, by=Length(months=3))
)
REFLECTION = stage("reflection", lasts=Length(days=45), after=("grounds",), who="she")
CONCLUSIVE = stage("conclusive", lasts=None, after=("reflection",))
UK = Pathway(id="gb.nrm", title={"en": "NRM"}, stages=(GROUNDS, REFLECTION, CONCLUSIVE), source=SOURCE)
MONDAY = date(2013, 3, 4)
RECEIVED = Happened("grounds", What.STARTED, MONDAY)


def on(day: date, *events: Happened, path: Pathway = UK) -> list[Line]:
    return list(timeline(path, events, off=ENGLAND, today=day))


def decided(name: str, day: date, outcome: Outcome) -> Happened:
    return Happened(name, What.DECIDED, day, outcome=outcome)


def one_stage(length: Length | None, *events: Happened, today: date, up_to: Length | None = None) -> Line:
    path = Pathway(id="x.y", title={}, stages=(stage("only", lasts=length, lasts_up_to=up_to),), source=SOURCE)
    return on(today, *events, path=path)[0]


def test_a_path_that_nobody_started_is_still_to_come() -> None:
    assert [line.state for line in on(MONDAY)] == [State.TO_COME] * 3
    assert all(line.deadline is None and line.next_from is None for line in on(MONDAY))


def test_the_first_stage_runs_from_the_day_it_was_started() -> None:
    first, second, _third = on(MONDAY, RECEIVED)
    assert (first.state, first.due_on, first.deadline) == (State.RUNNING, date(2013, 3, 11), date(2013, 3, 11))
    assert first.who == "competent_authority"
    assert second.state is State.TO_COME


def test_on_its_last_day_it_runs_and_on_the_next_it_is_overdue_until_it_is_handled() -> None:
    assert on(date(2013, 3, 11), RECEIVED)[0].state is State.RUNNING
    assert on(date(2013, 3, 12), RECEIVED)[0].state is State.OVERDUE
    assert on(date(2014, 3, 12), RECEIVED)[0].deadline == date(2013, 3, 11)


def test_a_yes_opens_the_next_stage_on_its_day() -> None:
    yes = decided("grounds", date(2013, 3, 8), Outcome.POSITIVE)
    first, second, third = on(date(2013, 3, 20), RECEIVED, yes)
    assert (first.state, first.outcome, first.deadline) == (State.DONE, Outcome.POSITIVE, None)
    assert (second.state, second.starts_on, second.due_on) == (State.RUNNING, date(2013, 3, 8), date(2013, 4, 21))
    assert third.state is State.TO_COME


def test_a_time_that_was_dealt_with_lets_the_next_count_from_its_end() -> None:
    yes = decided("grounds", date(2013, 3, 8), Outcome.POSITIVE)
    handled = Happened("reflection", What.HANDLED, date(2013, 4, 2))
    third = on(date(2013, 4, 22), RECEIVED, yes, handled)[2]
    assert (third.state, third.starts_on, third.due_on) == (State.RUNNING, date(2013, 4, 22), None)
    ends_early = one_stage(None, started(), Happened("only", What.HANDLED, date(2013, 5, 5)), today=date(2013, 6, 1))
    assert ends_early.next_from == date(2013, 5, 5)


def test_a_start_that_was_recorded_comes_before_the_one_that_follows() -> None:
    yes = decided("grounds", date(2013, 3, 8), Outcome.POSITIVE)
    given_later = Happened("reflection", What.STARTED, date(2013, 3, 15))
    assert on(date(2013, 3, 20), RECEIVED, yes, given_later)[1].due_on == date(2013, 4, 28)


def test_after_a_no_the_appeal_is_hers_to_make_in_its_time() -> None:
    no = decided("grounds", date(2013, 3, 8), Outcome.NEGATIVE)
    first, second, _third = on(date(2013, 3, 20), RECEIVED, no)
    assert (first.state, first.to_appeal, first.who) == (State.RUNNING, True, "her_team")
    assert first.deadline == date(2013, 6, 7)
    assert second.state is State.TO_COME
    assert on(date(2013, 6, 8), RECEIVED, no)[0].state is State.OVERDUE


def test_an_appeal_keeps_it_open_until_it_is_answered() -> None:
    no = decided("grounds", date(2013, 3, 8), Outcome.NEGATIVE)
    appeal = Happened("grounds", What.APPEALED, date(2013, 4, 2))
    first, second, _third = on(date(2020, 1, 1), RECEIVED, no, appeal)
    assert (first.state, first.deadline, first.next_from) == (State.APPEALED, None, None)
    assert second.state is State.TO_COME
    answer = Happened("grounds", What.APPEAL_DECIDED, date(2013, 9, 2), outcome=Outcome.POSITIVE)
    first, second, _third = on(date(2013, 9, 3), RECEIVED, no, appeal, answer)
    assert (first.state, first.outcome) == (State.DONE, Outcome.POSITIVE)
    assert second.starts_on == date(2013, 9, 2)


def test_who_does_not_appeal_says_so_and_nothing_follows() -> None:
    no = decided("grounds", date(2013, 3, 8), Outcome.NEGATIVE)
    left = Happened("grounds", What.HANDLED, date(2013, 3, 20))
    first, second, _third = on(date(2013, 6, 20), RECEIVED, no, left)
    assert (first.state, first.outcome, first.deadline) == (State.DONE, Outcome.NEGATIVE, None)
    assert second.state is State.TO_COME


def test_chasing_before_the_no_is_not_leaving_the_appeal() -> None:
    chased = Happened("grounds", What.HANDLED, date(2013, 3, 12))
    no = decided("grounds", date(2013, 3, 15), Outcome.NEGATIVE)
    assert on(date(2013, 3, 20), RECEIVED, chased, no)[0].to_appeal


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_days_that_no_scheme_can_mean_are_refused(day: date) -> None:
    with pytest.raises(OutOfReach):
        one_stage(Length(days=45), started(day), today=date(2013, 5, 2))
    with pytest.raises(OutOfReach):
        one_stage(None, started(), Happened("only", What.EXTENDED, date(2013, 5, 2), until=day), today=date(2013, 5, 2))


def test_where_no_time_for_an_appeal_is_known_it_is_due_at_once() -> None:
    at_once = stage("only", lasts=Length(days=45), appeal=Extension(when={"en": "ask a lawyer"}))
    path = Pathway(id="x.y", title={}, stages=(at_once,), source=SOURCE)
    no = decided("only", date(2013, 5, 8), Outcome.NEGATIVE)
    assert on(date(2013, 5, 8), started(), no, path=path)[0].deadline == date(2013, 5, 8)
    assert on(date(2013, 5, 9), started(), no, path=path)[0].state is State.OVERDUE


def test_a_no_without_an_appeal_in_the_scheme_ends_the_stage() -> None:
    no = decided("only", date(2013, 5, 8), Outcome.NEGATIVE)
    assert one_stage(Length(days=45), started(), no, today=date(2013, 5, 9)).state is State.DONE


def test_what_does_not_apply_is_set_aside_before_or_after_it_began() -> None:
    aside = decided("only", date(2013, 5, 2), Outcome.WITHDRAWN)
    before = one_stage(Length(days=45), aside, today=date(2013, 5, 3))
    after = one_stage(Length(days=45), started(), aside, today=date(2013, 5, 3))
    assert (before.state, after.state) == (State.DONE, State.DONE)
    assert (before.next_from, after.next_from) == (None, None)
    yes_to_nothing = decided("only", date(2013, 5, 2), Outcome.POSITIVE)
    assert one_stage(Length(days=45), yes_to_nothing, today=date(2013, 5, 3)).state is State.TO_COME


def test_where_two_ways_lead_on_the_next_waits_for_the_one_that_is_open() -> None:
    both = stage("both", after=("left", "right", "elsewhere"))
    left, right = stage("left", lasts=Length(days=10)), stage("right", lasts=Length(days=20))
    path = Pathway(id="x.y", title={}, stages=(left, right, both), source=SOURCE)
    start_left = Happened("left", What.STARTED, MONDAY)
    done_left = decided("left", MONDAY + timedelta(3), Outcome.POSITIVE)
    start_right = Happened("right", What.STARTED, MONDAY)
    assert on(MONDAY, start_left, done_left, path=path)[2].starts_on == MONDAY + timedelta(3)
    assert on(MONDAY, start_left, done_left, start_right, path=path)[2].state is State.TO_COME


def test_a_stage_can_ask_for_no_warning_and_still_shows_when_it_ends() -> None:
    path = Pathway(id="x.y", title={}, stages=(stage("only", lasts=Length(days=45), warn=False),), source=SOURCE)
    line = on(date(2013, 5, 2), started(), path=path)[0]
    assert (line.due_on, line.deadline) == (date(2013, 6, 14), None)


def test_a_range_is_watched_from_its_shorter_end() -> None:
    line = one_stage(Length(months=6), started(), today=date(2013, 5, 2), up_to=Length(months=12))
    assert (line.due_on, line.latest_on) == (date(2013, 10, 31), date(2014, 4, 30))
    only_most = one_stage(None, started(), today=date(2013, 5, 2), up_to=Length(months=12))
    assert (only_most.due_on, only_most.latest_on) == (date(2014, 4, 30), None)


def started(day: date = date(2013, 5, 1)) -> Happened:
    return Happened("only", What.STARTED, day)


def test_an_extension_goes_on_the_day_after_or_to_the_day_that_was_named() -> None:
    more = Happened("only", What.EXTENDED, date(2013, 6, 1), by=Length(months=3))
    line = one_stage(Length(days=31), started(), more, today=date(2013, 6, 1))
    assert (line.due_on, line.extended) == (date(2013, 8, 31), 1)
    to_a_day = Happened("only", What.EXTENDED, date(2013, 6, 1), until=date(2013, 9, 9))
    assert one_stage(Length(days=31), started(), to_a_day, today=date(2013, 6, 1)).due_on == date(2013, 9, 9)
    assert one_stage(None, started(), to_a_day, today=date(2013, 6, 1)).due_on == date(2013, 9, 9)
    assert one_stage(None, started(), more, today=date(2013, 6, 1)).due_on is None
    nothing = Happened("only", What.EXTENDED, date(2013, 6, 1))
    assert one_stage(Length(days=31), started(), nothing, today=date(2013, 6, 1)).due_on == date(2013, 5, 31)


def test_working_days_are_added_to_the_last_day() -> None:
    more = Happened("grounds", What.EXTENDED, date(2013, 3, 11), by=Length(working_days=5))
    assert on(MONDAY, RECEIVED, more)[0].due_on == date(2013, 3, 18)


def test_while_it_stands_still_nothing_is_due() -> None:
    pause = Happened("only", What.SUSPENDED, date(2013, 5, 10))
    line = one_stage(Length(days=45), started(), pause, today=date(2014, 1, 1))
    assert (line.state, line.due_on, line.suspended_on) == (State.SUSPENDED, None, date(2013, 5, 10))
    assert one_stage(Length(days=45), started(), pause, today=date(2013, 5, 9)).state is State.RUNNING


def test_a_foreseen_end_of_a_suspension_lets_it_run_again_by_itself() -> None:
    pause = Happened("only", What.SUSPENDED, date(2013, 5, 10), until=date(2013, 5, 19))
    during = one_stage(Length(days=45), started(), pause, today=date(2013, 5, 19))
    assert (during.state, during.deadline) == (State.SUSPENDED, date(2013, 6, 24))
    assert one_stage(Length(days=45), started(), pause, today=date(2013, 5, 20)).state is State.RUNNING


def test_standing_still_after_its_last_day_moves_nothing() -> None:
    late = Happened("only", What.SUSPENDED, date(2013, 7, 1), until=date(2013, 7, 9))
    assert one_stage(Length(days=45), started(), late, today=date(2013, 8, 1)).due_on == date(2013, 6, 14)
    stray = Happened("only", What.RESUMED, date(2013, 5, 3))
    assert one_stage(Length(days=45), started(), stray, today=date(2013, 5, 4)).due_on == date(2013, 6, 14)


def test_working_days_that_stood_still_are_given_back() -> None:
    pause = Happened("grounds", What.SUSPENDED, date(2013, 3, 6))
    again = Happened("grounds", What.RESUMED, date(2013, 3, 12))  # four working days and a weekend
    assert on(date(2013, 3, 12), RECEIVED, pause, again)[0].due_on == date(2013, 3, 15)


lengths = st.one_of(
    st.integers(1, 120).map(lambda n: Length(days=n)),
    st.integers(1, 24).map(lambda n: Length(months=n)),
    st.integers(1, 60).map(lambda n: Length(working_days=n)),
)
starts = st.dates(date(1990, 1, 1), date(2060, 1, 1))
LATER = date(2150, 1, 1)


def due(length: Length, start: date, *events: Happened) -> date:
    found = one_stage(length, started(start), *events, today=LATER).due_on
    if found is None:
        raise AssertionError("nothing is due")
    return found


@given(starts, lengths, lengths, st.integers(0, 40))
def test_an_extension_never_makes_it_earlier(start: date, length: Length, more: Length, after: int) -> None:
    plain = due(length, start)
    by = Happened("only", What.EXTENDED, start + timedelta(after), by=more)
    to_a_day = Happened("only", What.EXTENDED, start + timedelta(after), until=start + timedelta(after))
    assert due(length, start, by) > plain
    assert due(length, start, to_a_day) >= plain


@given(starts, st.integers(10, 120), st.integers(0, 9), st.integers(0, 400))
def test_a_suspension_moves_the_end_by_exactly_its_days(start: date, days: int, after: int, still: int) -> None:
    since = start + timedelta(after)
    pause, again = (
        Happened("only", What.SUSPENDED, since),
        Happened("only", What.RESUMED, since + timedelta(still)),
    )
    assert due(Length(days=days), start, pause, again) == due(Length(days=days), start) + timedelta(still)


@given(starts, st.integers(5, 60), st.integers(0, 3), st.integers(0, 90))
def test_working_days_left_are_the_same_before_and_after_it_stood_still(
    start: date, days: int, after: int, still: int
) -> None:
    since = start + timedelta(after)
    pause, again = (
        Happened("only", What.SUSPENDED, since),
        Happened("only", What.RESUMED, since + timedelta(still)),
    )
    length = Length(working_days=days)
    assert due(length, start, pause, again) >= due(length, start)
    assert due(length, start, pause, again) <= due(length, start) + timedelta(still * 2 + 14)


@given(starts, lengths, st.lists(st.integers(0, 300), max_size=5))
def test_an_appeal_keeps_it_open_whatever_day_it_is(start: date, length: Length, waits: list[int]) -> None:
    no = decided("only", start, Outcome.NEGATIVE)
    appeal = Happened("only", What.APPEALED, start)
    for wait in waits:
        line = one_stage(length, started(start), no, appeal, today=start + timedelta(wait))
        assert (line.state, line.deadline) == (State.APPEALED, None)


@pytest.mark.parametrize(("seen", "next_shown"), [(60, 30), (45, 30), (30, 14), (14, 7), (8, 7), (7, 2), (3, 2)])
def test_seen_hides_a_deadline_until_the_next_threshold(seen: int, next_shown: int) -> None:
    due_on = date(2013, 6, 30)
    assert shown_again(due_on, seen_on=due_on - timedelta(seen)) == due_on - timedelta(next_shown)
    assert may_be_put_off(due_on, due_on - timedelta(seen))


@pytest.mark.parametrize("left", [2, 1, 0, -1, -300])
def test_in_its_last_days_and_overdue_a_deadline_stays_whoever_saw_it(left: int) -> None:
    due_on = date(2013, 6, 30)
    today = due_on - timedelta(left)
    assert shown_again(due_on, seen_on=today) <= today
    assert not may_be_put_off(due_on, today)


def test_nobody_has_seen_it_two_months_ahead() -> None:
    assert first_shown(date(2013, 6, 30)) == date(2013, 5, 1)


@given(starts, st.integers(-5, 90), st.integers(0, 90))
def test_whoever_sees_it_every_day_is_still_warned_in_time(due_on: date, ahead: int, later: int) -> None:
    seen_on = due_on - timedelta(ahead)
    assert first_shown(due_on) <= shown_again(due_on, seen_on=seen_on) <= due_on - timedelta(2)
    assert shown_again(due_on, seen_on=seen_on) <= shown_again(due_on, seen_on=seen_on + timedelta(later))
