"""Codes, clock, decisions, labels and folded names."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from amparo.kernel import clock, codes, labels
from amparo.kernel.decision import ALLOWED, Conflict, Refused, refused, require
from amparo.kernel.text import folded_words


def test_a_code_is_read_however_it_is_typed() -> None:
    code = codes.new_code()
    signs = code.replace("-", "")
    for typed in (code, code.lower(), signs, f" {signs[:2]} {signs[2:]} "):
        assert codes.read_code(typed) == code


@given(some.integers(0, 6), some.sampled_from(codes.ALPHABET))
def test_one_wrong_sign_is_never_read_as_a_code(place: int, sign: str) -> None:
    signs = codes.new_code().replace("-", "")
    changed = signs[:place] + sign + signs[place + 1 :]
    assert changed == signs or codes.read_code(changed) is None


@given(some.integers(0, 5))
def test_two_swapped_signs_are_never_read_as_a_code(place: int) -> None:
    signs = codes.new_code().replace("-", "")
    swapped = signs[:place] + signs[place + 1] + signs[place] + signs[place + 2 :]
    assert swapped == signs or codes.read_code(swapped) is None


@pytest.mark.parametrize("typed", ["", "2222", "2222-22", "2222-2222", "OOOO-OOO", "💥"])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert codes.read_code(typed) is None


def test_the_clock_can_stand_at_another_moment_and_days_follow_the_place() -> None:
    with clock.standing_at(datetime(2026, 3, 28, 23, 30, tzinfo=UTC)):
        assert clock.today("UTC") == date(2026, 3, 28)
        assert clock.today("Europe/Madrid") == date(2026, 3, 29)
    change = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)  # in the night in which summer time ends
    assert [clock.day_of(change + timedelta(hours=h), "Europe/Madrid").day for h in (-1, 0, 23, 24, 25)] == [
        24,
        25,
        25,
        25,
        26,
    ]
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 60


def test_what_is_kept_for_good_cannot_ask_for_the_time() -> None:
    with clock.standing_at(datetime(2026, 3, 28, tzinfo=UTC)):
        with clock.out_of_sight(), pytest.raises(RuntimeError, match="must be given the time"):
            clock.today("UTC")
        with pytest.raises(ZeroDivisionError), clock.out_of_sight():
            _ = 1 / 0
        assert clock.today("UTC") == date(2026, 3, 28)


def test_a_decision_reads_as_its_answer_and_a_no_is_raised_with_its_reason() -> None:
    require(ALLOWED)
    no = refused("Ask her first.", "R2")
    assert not no
    with pytest.raises(Refused) as raised:
        require(no)
    assert raised.value.decision is no
    assert Conflict([("note", "text")], "Ana").theirs == [("note", "text")]


def test_a_marking_stays_with_its_field() -> None:
    class Field:
        pass

    field = labels.identifying(Field())
    assert labels.marking_of(field) == labels.Marking(labels.Label.IDENTIFYING, labels.Keep.PERSON)
    assert labels.marking_of(Field()) is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [("Núñez, María", ["maria", "nunez"]), ("O'Neil-Šmit", ["neil", "o", "smit"]), ("", []), ("ﬁona", ["fiona"])],
)
def test_names_are_folded(typed: str, words: list[str]) -> None:
    assert folded_words(typed) == words
