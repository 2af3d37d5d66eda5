"""Why a request found no place, in the reader's language: each sentence of the planner's is worded again."""

import pytest
from django.utils import translation

from amparo.web.staff.not_served_words import not_served_words

SAID = [
    (
        "No professional of the activity shares a language with her: one who speaks ro or bg would help.",
        "Nobody who holds it shares a language with her: Romanian, Bulgarian would help.",
    ),
    (
        "No professional of the activity shares a language with her: one who speaks her language would help.",
        "Nobody who holds it shares a language with her. Note which languages she speaks.",
    ),
    ("No professional of the activity speaks es.", "Nobody who holds it speaks Spanish."),
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
        "She and a professional have time in common, but not on enough days for 4 sessions.",
        "She and a professional have time in common, but not on enough days for 4 sessions.",
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
