"""Why a request found no place, in the reader's language: each sentence of the planner's is worded again."""

import ast
import inspect
import re

import pytest
from django.utils import translation

from amparo.areas.activities import standing
from amparo.areas.activities.rules.instance import NotServed
from amparo.areas.activities.scheduling import reasons
from amparo.areas.activities.scheduling.planning import solve
from amparo.areas.activities.scheduling.problem import Bar, Problem
from amparo.areas.activities.scheduling.reasons import NO_SAFE_TIME
from amparo.web.staff.not_served_words import is_worded, not_served_words
from tests.scheduling.test_reasons import BARRED, FEW_ROOMS, alone
from tests.scheduling.test_rules_left_out import CASES, Case, group, one_rule_less, woman

SAID = [
    (
        "No professional of the activity shares a language with her: one who speaks ro or bg would help.",
        "Nobody who holds it shares a language with her: Romanian, Bulgarian would help.",
    ),
    (
        "No professional of the activity shares a language with her: one who speaks her language would help.",
        "Nobody who holds it shares a language with her. Note which languages she speaks.",
    ),
    (
        "No professional of the activity speaks es. One who does would help.",
        "Nobody who holds it speaks Spanish. Somebody who does would help.",
    ),
    (
        "The group is for level A1 of es, and that is not her level. It would help to offer a group of her level.",
        "It is for Spanish A1, which is not her level. A group of her level would help.",
    ),
    (
        "A session of 120 minutes is longer than the 90 that are allowed. It would help to make the sessions shorter.",
        "Sessions of 120 minutes are longer than 90. Shorter ones would help.",
    ),
    (
        "She has no 60 minutes in a row. It would help to ask her for other times.",
        "She has no 60 minutes in a row. It would help to ask her for other times.",
    ),
    (
        (
            "There is no childcare for her child when she and a professional have time. "
            "Childcare at other times, or more places, would help."
        ),
        "No childcare for her child when she and a professional have time. Other times or more places would help.",
    ),
    (
        (
            "There is no childcare for her 3 children when she and a professional have time. "
            "Childcare at other times, or more places, would help."
        ),
        "No childcare for her 3 children when she and a professional have time. Other times or more places would help.",
    ),
    (
        "She and a professional have time in common, but not on enough days for 4 sessions. Other days would help.",
        "She and a professional have time in common, but not on enough days for 4 sessions. Other days would help.",
    ),
    (
        "Too few women can be in this group: it needs 5. It would help to find 2 more women.",
        "It needs 5 women: 2 more would help.",
    ),
    (
        "Too few women can be in this group: it needs 5. It would help to find 1 more woman of level A1.",
        "It needs 5 women: 1 more of level A1 would help.",
    ),
    (
        (
            "The childcare places are taken when she could come. "
            "Another place on Tuesday 24 November or near it would help."
        ),
        "The childcare places are taken when she could come. One more on 24 November or near it would help.",
    ),
    ("She has not said yes to groups: ask her, alone.", "She has not said yes to groups: ask her, alone."),
    ("Something new that nobody worded.", "Something new that nobody worded."),
]


@pytest.mark.parametrize(("reason", "words"), SAID)
def test_a_reason_is_worded_with_names_of_languages_and_no_codes(reason: str, words: str) -> None:
    with translation.override("en"):
        assert not_served_words(reason) == words


def of_the_planner() -> list[str]:
    """Every reason that the planner can give, out of instances in which it does."""
    barred = [reason for _, her, its, more in BARRED for reason in alone(her, its, **more)]
    left = [one.reason for name in ("professionals", "rooms", "women", "childcare") for one in _left(name)]
    few_rooms = [one.reason for one in solve(FEW_ROOMS.instance(), seconds=5).not_served]
    return [*barred, *left, *few_rooms, standing.NOT_ASKED_ALONE, standing.ONLY_ALONE]


def _left(name: str) -> list[NotServed]:
    return list(solve(CASES[name].instance(), seconds=5).not_served)


def test_every_reason_of_the_planner_is_worded_and_says_what_would_help() -> None:
    found = of_the_planner()
    assert [one for one in found if not is_worded(one)] == []
    assert not is_worded("Something new that nobody worded.")
    with translation.override("en"):
        told = {not_served_words(one) for one in found}
    helps = re.compile("would help|could be offered|ask her|Ask her")
    assert {one for one in told if not helps.search(one)} <= {
        NO_SAFE_TIME,
        "Nobody who holds it shares a language with her. Note which languages she speaks.",
    }


def test_every_bar_and_every_sentence_of_the_planner_is_among_them() -> None:
    found = of_the_planner()
    bars = {
        request.bar
        for _, her, its, more in BARRED
        for request in Problem(
            Case(one_rule_less, 0, [woman("w1", **her)], [group("a1", "w1", **its)], **more).instance()
        ).requests
    }
    assert set(Bar) <= bars
    tree = ast.parse(inspect.getsource(reasons))
    texts = {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    documented = (ast.Module, ast.FunctionDef)
    told = {ast.get_docstring(one, clean=False) for one in ast.walk(tree) if isinstance(one, documented)}
    sentences = {one for one in texts - told if one.endswith(".")}
    assert sentences
    assert [one for one in sentences if not any(one in reason for reason in found)] == []
