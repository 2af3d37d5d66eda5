"""Answers about her legal status: what fits a question, and which facts follow."""

from datetime import date

import pytest

from amparo.areas.entitlements.questions import groups, questions, questions_of
from amparo.areas.entitlements.rules.answers import (
    NOT_KNOWN,
    NOT_SAID,
    OF_ONE_COUNTRY,
    WAYS_OUT,
    answer_of,
    choices_of,
    country_of,
    days_among,
    facts_from,
    may_record,
    wordings_of,
)
from amparo.areas.entitlements.rules.facts import DATES, FACTS, NOTHING_KNOWN, VALUES, Facts

DAY = date(2026, 3, 1)


@pytest.mark.parametrize("key", FACTS)
def test_every_fact_takes_its_values_and_both_ways_out_and_nothing_else(key: str) -> None:
    fits = ("2026-02-01",) if key in DATES else tuple(answer_of(one) for one in VALUES[key])
    for value in (*fits, *WAYS_OUT):
        assert may_record(key, value, told_on=DAY, today=DAY), value
    for value in ("", "maybe", "20260201", "2026-02-30"):
        assert not may_record(key, value, told_on=DAY, today=DAY), value


def test_no_answer_fits_a_question_that_is_not_asked() -> None:
    assert not may_record("shoe_size", "yes", told_on=DAY, today=DAY)


def test_nobody_said_so_on_a_day_to_come() -> None:
    assert not may_record("consents", "yes", told_on=date(2026, 3, 2), today=DAY)


def test_answers_become_facts_and_both_ways_out_are_not_known() -> None:
    kept = {
        "consents": "yes",
        "cooperates": "no",
        "nationality_group": "eu",
        "identified_on": "2026-02-01",
        "asylum_claim": NOT_KNOWN,
        "suffered_violence": NOT_SAID,
    }
    expected = Facts(consents=True, cooperates=False, nationality_group="eu", identified_on=date(2026, 2, 1))
    assert facts_from(kept) == expected
    assert facts_from(dict.fromkeys(("consents", "identified_on"), NOT_KNOWN)) == NOTHING_KNOWN


def test_only_days_that_are_known_are_among_the_days() -> None:
    answers = {"identified_on": "2026-02-28", "permit_started_on": NOT_SAID, "adult": "yes"}
    assert days_among(answers) == {"identified_on": date(2026, 2, 28)}


def test_what_is_so_in_one_country_is_kept_for_it_alone() -> None:
    assert set(FACTS) > OF_ONE_COUNTRY
    assert country_of("nationality_group", "BE") == "BE"
    assert country_of("adult", "BE") == ""


def test_every_fact_is_asked_once_and_every_answer_has_words() -> None:
    assert set(questions()) == set(FACTS)
    for key, question in questions().items():
        assert set(question.says) == set(wordings_of(key)) == set(choices_of(key) or ("on",))
    assert sum(len(questions_of(one.key)) for one in groups()) == len(FACTS)
    with pytest.raises(KeyError):
        questions_of("nothing")


def test_no_question_calls_her_what_she_is_not() -> None:
    texts = [text for one in questions().values() for text in one.question.values()]
    texts += [text for one in questions().values() for says in one.says.values() for text in says.values()]
    assert len(texts) > 200
    assert [
        text for text in texts if "victim" in text.lower() or "vittim" in text.lower() or "víctim" in text.lower()
    ] == []
