"""What a plan says about itself: basic needs first, her words first, and nothing decided about her."""

from datetime import date

import pytest

from amparo.areas.plans import catalogue, rules
from amparo.areas.plans.rules import (
    GoalFacts,
    GoalStatus,
    NeedFacts,
    NeedStatus,
    PlanFacts,
    PlanWarning,
    StepFacts,
    WarningKind,
)

NOTED = date(2026, 3, 2)
HOME = NeedFacts(1, "accommodation", NeedStatus.OPEN, True)
HOME_GOAL = GoalFacts(10, 1, "accommodation", GoalStatus.GOING)
COURSE_GOAL = GoalFacts(11, None, "education_and_training", GoalStatus.GOING)


def step(**changed: object) -> StepFacts:
    facts: dict[str, object] = {
        "id": 20, "goal": 11, "open": True, "weeks": 12, "noted_on": NOTED, "due_on": None, **changed
    }  # fmt: skip
    return StepFacts(**facts)  # type: ignore[arg-type]


def kinds(plan: PlanFacts) -> list[WarningKind]:
    return [warning.kind for warning in rules.warnings(plan)]


def plan(
    needs: tuple[NeedFacts, ...] = (HOME,),
    goals: tuple[GoalFacts, ...] = (HOME_GOAL, COURSE_GOAL),
    steps: tuple[StepFacts, ...] = (),
    review_on: date | None = NOTED,
) -> PlanFacts:
    return PlanFacts(needs, goals, steps, review_on)


@pytest.mark.parametrize(
    ("needs", "goal", "step", "warned"),
    [
        ((HOME,), COURSE_GOAL, step(), True),
        ((HOME,), COURSE_GOAL, step(weeks=8), False),
        ((HOME,), COURSE_GOAL, step(weeks=9), True),
        ((HOME,), COURSE_GOAL, step(weeks=None, due_on=date(2026, 7, 1)), True),
        ((HOME,), COURSE_GOAL, step(weeks=None, due_on=date(2026, 4, 1)), False),
        ((HOME,), COURSE_GOAL, step(weeks=None), False),
        ((HOME,), COURSE_GOAL, step(open=False), False),
        ((HOME,), GoalFacts(11, None, "employment", GoalStatus.GOING), step(), True),
        ((HOME,), GoalFacts(11, None, "legal_status", GoalStatus.GOING), step(), False),
        ((HOME,), GoalFacts(11, None, "employment", GoalStatus.ASIDE), step(), False),
        ((NeedFacts(1, "accommodation", NeedStatus.MET, True),), COURSE_GOAL, step(), False),
        ((NeedFacts(1, "accommodation", NeedStatus.ASIDE, True),), COURSE_GOAL, step(), False),
        ((NeedFacts(1, "", NeedStatus.OPEN, True),), COURSE_GOAL, step(), False),
        ((), COURSE_GOAL, step(), False),
    ],
)
def test_a_plan_says_when_something_long_comes_before_a_basic_need(
    needs: tuple[NeedFacts, ...], goal: GoalFacts, step: StepFacts, warned: bool
) -> None:
    found = kinds(plan(needs, (HOME_GOAL, goal), (step,)))
    assert (WarningKind.LONG_BEFORE_BASIC in found) is warned


def test_a_warning_says_what_it_is_about_and_where_the_advice_comes_from() -> None:
    met, other = NeedFacts(2, "health", NeedStatus.MET, False), NeedFacts(3, "", NeedStatus.OPEN, False)
    food = NeedFacts(4, "food", NeedStatus.OPEN, False)
    assert rules.warnings(plan((met, HOME, other, food), steps=(step(),), review_on=None)) == (
        PlanWarning(WarningKind.LONG_BEFORE_BASIC, 20, ("accommodation", "food"), "C&H-L 5.2"),
        PlanWarning(WarningKind.HER_WORDS_MISSING, 3, (), "C&H-B 2.2.6"),
        PlanWarning(WarningKind.BASIC_WITHOUT_GOAL, 4, ("food",), "C&H-B 2.1.3"),
        PlanWarning(WarningKind.HER_WORDS_MISSING, 4, (), "C&H-B 2.2.6"),
        PlanWarning(WarningKind.NO_REVIEW, 0, (), "C&H-B 2.2.8"),
    )


@pytest.mark.parametrize(
    ("weeks", "due_on", "lasts"),
    [
        (3, date(2026, 12, 1), 3),
        (None, None, 0),
        (None, date(2026, 3, 8), 0),
        (None, date(2026, 3, 9), 1),
        (None, date(2026, 5, 3), 8),
        (None, date(2026, 5, 4), 9),
    ],
)
def test_a_step_lasts_as_was_said_or_the_whole_weeks_until_it_is_due(
    weeks: int | None, due_on: date | None, lasts: int
) -> None:
    assert repr(rules.lasts_weeks(step(weeks=weeks, due_on=due_on))) == repr(lasts)


@pytest.mark.parametrize(
    ("goals", "warned"),
    [((), True), ((HOME_GOAL,), False), ((GoalFacts(10, 1, "accommodation", GoalStatus.ASIDE),), True)],
)
def test_an_open_basic_need_asks_for_a_goal(goals: tuple[GoalFacts, ...], warned: bool) -> None:
    assert (WarningKind.BASIC_WITHOUT_GOAL in kinds(plan(goals=goals))) is warned


def test_a_need_that_is_not_basic_may_wait_for_its_goal() -> None:
    assert kinds(plan((NeedFacts(1, "", NeedStatus.OPEN, True),), ())) == []


@pytest.mark.parametrize(("status", "warned"), [(NeedStatus.OPEN, True), (NeedStatus.MET, False)])
def test_a_need_in_the_professionals_words_alone_is_named(status: NeedStatus, warned: bool) -> None:
    found = kinds(plan((NeedFacts(1, "accommodation", status, False),)))
    assert (WarningKind.HER_WORDS_MISSING in found) is warned


def test_a_plan_without_a_day_for_its_review_says_so_and_an_empty_one_does_not() -> None:
    assert kinds(plan(review_on=None)) == [WarningKind.NO_REVIEW]
    assert kinds(plan((), (COURSE_GOAL,), review_on=None)) == [WarningKind.NO_REVIEW]
    assert kinds(plan((), (), review_on=None)) == []


def test_a_plan_with_all_of_it_is_left_in_peace() -> None:
    assert kinds(plan(steps=(step(weeks=2),))) == []


@pytest.mark.parametrize(
    ("one", "up", "order"),
    [
        (2, True, [2, 1, 3]),
        (2, False, [1, 3, 2]),
        (1, True, [1, 2, 3]),
        (3, False, [1, 2, 3]),
        (9, True, [1, 2, 3]),
    ],
)
def test_a_need_moves_one_place_in_her_order(one: int, up: bool, order: list[int]) -> None:
    assert rules.moved([1, 2, 3], one, up=up) == order


@pytest.mark.parametrize(("needs", "goals", "allowed"), [(0, 0, False), (1, 0, True), (0, 1, True)])
def test_she_is_asked_to_agree_to_something(needs: int, goals: int, allowed: bool) -> None:
    assert bool(rules.may_agree(needs=needs, goals=goals)) is allowed


@pytest.mark.parametrize(("day", "allowed"), [(date(2026, 3, 1), False), (NOTED, True), (date(2026, 3, 3), True)])
def test_a_step_moves_to_today_or_later(day: date, allowed: bool) -> None:
    assert bool(rules.may_move_to(day, NOTED)) is allowed


def test_a_finished_review_stays_as_it_is() -> None:
    assert rules.may_change_review(finished=False)
    assert not rules.may_change_review(finished=True)


def test_one_answer_about_basic_needs_is_enough() -> None:
    assert not rules.may_keep_answers(0)
    assert rules.may_keep_answers(1)


def test_one_area_of_life_is_enough_for_a_review() -> None:
    assert not rules.may_finish(0)
    assert rules.may_finish(1)


@pytest.mark.parametrize(
    ("rating", "number"), [("1", 1), ("5", 5), ("unknown", None), ("", None), (None, None), ("6", None)]
)
def test_only_a_step_of_the_scale_is_a_number(rating: str | None, number: int | None) -> None:
    assert rules.number_of(rating) == number


def test_a_trajectory_has_one_place_for_every_review_and_a_gap_where_nothing_was_rated() -> None:
    reviews = [{"safety": "2"}, {"safety": "unknown", "employment": "1"}, {"safety": "4"}]
    lines = rules.trajectory(iter(reviews), ("safety", "employment"))
    assert lines == {"safety": (2, None, 4), "employment": (None, 1, None)}


def test_a_cv_begins_with_what_she_can_do_and_leaves_out_what_is_not_for_an_employer() -> None:
    private = {"unwanted_work": "nights", "safe_workplace": "not that street", "possible_hours": "mornings"}
    draft = rules.cv_draft(
        {"care": "my grandmother ", "crafts": " ", "selling": "fruit", "worked": "market", **private}
    )
    assert draft == {
        "aim": "",
        "skills": "my grandmother\nfruit",
        "strengths": "",
        "languages": "",
        "learning": "",
        "experience": "market",
    }
    assert list(draft).index("skills") < list(draft).index("experience")


def test_every_prompt_of_the_job_plan_is_for_the_cv_or_kept_from_it_on_purpose() -> None:
    shown = {key for keys in rules.CV_SECTIONS.values() for key in keys}
    kept = {"unwanted_work", "possible_hours", "next_job", "training_needed", "rights_known", "safe_workplace"}
    assert shown | kept == {prompt.key for prompt in catalogue.job_prompts()}
    assert not shown & kept


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", []), ("- one\n\n•two \n* three", ["one", "two", "three"]), ("X-ray - nights", ["X-ray - nights"]), ("-", [])],
)
def test_lines_of_a_cv_lose_their_dashes_and_blanks(text: str, lines: list[str]) -> None:
    assert rules.cv_lines(text) == lines
