"""What her file knows is offered, and only where it means the same."""

import pytest

from amparo.areas.entitlements.rules.suggesting import UNION, FromFile, Suggestion, suggested


def offered(file: FromFile, **answered: str) -> dict[str, tuple[str, bool]]:
    found = suggested(file, country="BE", year=2026, answered=answered)
    return {one.fact: (one.answer, one.sure) for one in found}


@pytest.mark.parametrize(
    ("citizenships", "group"),
    [
        (("BE",), "national"),
        (("NG", "BE"), "national"),
        (("RO",), "eu"),
        (("NG", "RO"), "eu"),
        (("NG",), "third_country"),
    ],
)
def test_citizenships_tell_how_she_stands_to_the_country(citizenships: tuple[str, ...], group: str) -> None:
    assert offered(FromFile(citizenships=citizenships)) == {"nationality_group": (group, True)}


@pytest.mark.parametrize(("born", "answer"), [(2007, "yes"), (2009, "no"), (1990, "yes")])
def test_the_year_of_birth_tells_whether_she_is_of_age(born: int, answer: str) -> None:
    assert offered(FromFile(birth_year=born)) == {"adult": (answer, True)}


def test_in_the_year_in_which_she_turns_18_nobody_knows_the_day() -> None:
    assert offered(FromFile(birth_year=2008)) == {}


def test_gender_is_taken_over_where_the_words_are_the_same() -> None:
    assert offered(FromFile(gender="male")) == {"gender": ("male", True)}
    assert offered(FromFile(gender="transgender")) == {}


def test_her_yes_to_us_is_only_a_suggestion() -> None:
    assert suggested(FromFile(accompanied=True), country="BE", year=2026, answered={}) == [
        Suggestion("consents", "yes", sure=False)
    ]


def test_what_was_answered_is_not_offered_again() -> None:
    assert offered(FromFile(birth_year=1990, accompanied=True), adult="unknown", consents="no") == {}


def test_the_union_has_its_27_states() -> None:
    assert len(UNION) == 27
