"""R7: she is reached only in ways, at hours and under a name that she agreed to."""

from datetime import datetime, time

import pytest

from amparo.areas.consent.catalogue import CONTACT_WAYS
from amparo.areas.consent.rules.contact import (
    Agreed,
    Channel,
    Checked,
    first_way,
    is_within,
    may_contact,
    terms_are_whole,
)

MONDAY_NOON = datetime(2026, 6, 1, 12, 0)  # noqa: DTZ001 (her own wall clock)
CALL = Agreed(Channel.CALL, True, frozenset({0, 1}), time(10), time(13))


def test_every_way_that_she_is_asked_about_is_a_way_and_social_media_are_none() -> None:
    assert set(CONTACT_WAYS) == set(Channel)
    assert not any("social" in channel for channel in Channel)


@pytest.mark.parametrize(
    ("agreed", "channel", "at", "allowed"),
    [
        ([CALL], "call", MONDAY_NOON, True),
        ([CALL], "call", MONDAY_NOON.replace(hour=13), True),
        ([CALL], "call", MONDAY_NOON.replace(hour=13, minute=1), False),
        ([CALL], "call", MONDAY_NOON.replace(hour=9), False),
        ([CALL], "call", MONDAY_NOON.replace(day=3), False),
        ([CALL], "sms", MONDAY_NOON, False),
        ([], "call", MONDAY_NOON, False),
        ([Agreed(Channel.SMS, False)], "sms", MONDAY_NOON, False),
        ([Agreed(Channel.SMS, True)], "sms", MONDAY_NOON.replace(hour=3), True),
        ([Agreed(Channel.SMS, True)], "social_media", MONDAY_NOON, False),
    ],
)
def test_she_is_reached_only_as_she_agreed(agreed: list[Agreed], channel: str, at: datetime, allowed: bool) -> None:
    decision = may_contact(agreed, channel, at=at)
    assert decision.allowed is allowed
    assert allowed or (decision.reason and decision.source)


@pytest.mark.parametrize(
    ("at", "first", "last", "within"),
    [
        (time(12), None, None, True),
        (time(12), time(13), None, False),
        (time(12), None, time(11), False),
        (time(23), time(22), time(2), True),
        (time(1), time(22), time(2), True),
        (time(12), time(22), time(2), False),
        (time(22), time(22), time(2), True),
        (time(2), time(22), time(2), True),
        (time(10), time(10), time(13), True),
        (time(13), time(10), time(13), True),
        (time(13), time(13), time(13), True),
        (time(12), time(13), time(13), False),
    ],
)
def test_hours_begin_and_end_with_the_minute_and_may_go_past_midnight(
    at: time, first: time | None, last: time | None, within: bool
) -> None:
    assert is_within(at, first, last) is within


def test_the_way_to_try_first_is_one_she_allows() -> None:
    no_calls = Agreed(Channel.CALL, False)
    letter, message = Agreed(Channel.LETTER, True), Agreed(Channel.SMS, True)
    assert first_way([letter, message, no_calls]) is message
    assert first_way([no_calls]) is None


@pytest.mark.parametrize(
    ("allowed", "checked", "leaves_message", "whole"),
    [
        (True, Checked.YES, True, False),
        (True, Checked.YES, False, True),
        (True, Checked.UNKNOWN, True, True),
        (False, Checked.YES, True, True),
    ],
)
def test_no_message_is_left_where_somebody_else_checks(
    allowed: bool, checked: Checked, leaves_message: bool, whole: bool
) -> None:
    agreed = Agreed(Channel.CALL, allowed)
    assert terms_are_whole(agreed, checked=checked, leaves_message=leaves_message).allowed is whole
