"""What an evaluation may hold, and from how many on it is shown."""

import pytest

from amparo.areas.activities.held.catalogue import SCALES, page_words, questions
from amparo.areas.activities.rules.evaluating import FEWEST, HIGHEST, LOWEST, UNSAID, are_answers, mean_answer
from amparo.areas.activities.rules.states import Moment
from amparo.kernel.language import LANGUAGES


@pytest.mark.parametrize(
    ("answers", "allowed"),
    [
        ({}, True),
        ({"safe": 1, "useful": 5}, True),
        ({"safe": UNSAID}, True),
        ({"safe": 0}, False),
        ({"safe": 6}, False),
        ({"safe": "story"}, False),
        ({"where_from": 3}, False),
    ],
)
def test_she_answers_what_was_asked_or_leaves_it_out(answers: dict[str, int | str], allowed: bool) -> None:
    decision = are_answers(answers, asked=["safe", "useful"])
    assert decision.allowed == allowed
    assert allowed or decision.reason


def test_too_few_answers_are_shown_to_nobody() -> None:
    assert mean_answer([5] * (FEWEST - 1)) is None
    assert mean_answer([1, 2, 5]) == 2.7


@pytest.mark.parametrize("moment", Moment)
def test_every_moment_has_a_few_questions_in_every_language(moment: Moment) -> None:
    asked = questions(moment)
    assert 3 <= len(asked) <= 5
    assert all(set(LANGUAGES) <= set(one.text) for one in asked)
    assert all(len(text.split()) <= 14 for one in asked for text in one.text.values())


def test_the_words_of_the_faces_answer_their_question() -> None:
    scales = {one.key: one.scale for moment in Moment for one in questions(moment)}
    assert scales["today"] == scales["treated"] == "how"
    assert scales["safe"] == scales["again"] == "agree"


def test_every_word_around_them_stands_in_every_language() -> None:
    words = page_words()
    faces = {f"{scale}_{one}" for scale in SCALES for one in range(LOWEST, HIGHEST + 1)}
    assert faces | {UNSAID, "thanks", "back", "closed", "too_late"} <= set(words)
    assert all(set(LANGUAGES) <= set(texts) for texts in words.values())
