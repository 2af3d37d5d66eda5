"""R7: reminded only as she agreed, at her hours, across changes of the clock, and in words that give nothing away."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.areas.activities.catalogue import starting_catalogue
from amparo.areas.activities.rules.reminding import (
    BACKOFF,
    LEAD,
    Moment,
    Standing,
    Way,
    Why,
    as_soon_as,
    dialled,
    is_told_too,
    language_for,
    may_remind,
    message,
    tell_again_at,
    try_again_at,
    way_to_remind,
    when_to_remind,
    when_to_tell,
    why_not,
)
from amparo.areas.activities.wording import wording
from amparo.areas.consent.rules.contact import Agreed, Channel, Checked

MADRID = ZoneInfo("Europe/Madrid")
SMS = Way(Agreed(Channel.SMS, True), 1, wanted=True, has_address=True)
EMAIL = Way(Agreed(Channel.EMAIL, True), 2, wanted=True, has_address=True)
CALL = Way(Agreed(Channel.CALL, True), 3, wanted=True, has_address=False)
ALL = frozenset(Channel)
TUESDAY = datetime(2026, 6, 2, 10, tzinfo=MADRID)
LONG_BEFORE = datetime(2026, 5, 1, tzinfo=UTC)
#: What no message may say: who we are, what it is, where, or that anything is arranged at all.
BETRAYING = """
    amparo organi association asocia associaz ong ngo house casa shelter refug rifug centre center centro course curso
    corso cours class clase lezion session sesión incontro group grupo gruppo groupe workshop taller laborator atelier
    activity actividad attività activité programme programa activit appointment cita appuntamento rendez consult
    reminder record promemoria rappel lembrete therap terap psych psic legal lawyer abogad avvocat police polic
    traffick trata tratta traite trafic victim víctim vittim violen women mujer donne femmes mulheres femei help ayuda
    aiut aide ajuda ajutor team equipo equipa équipe echipa http www @ / + street calle via room sala metro stop
""".split()  # noqa: SIM905 (words read better so)


def hours(first: int, last: int, *days: int, way: Way = SMS) -> Way:
    agreed = replace(way.agreed, from_time=time(first), until_time=time(last), days=frozenset(days))
    return replace(way, agreed=agreed)


def local(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=MADRID)


# Whether, and in which way.


@pytest.mark.parametrize(
    ("standing", "why"),
    [
        (Standing(held=True, used=True), None),
        (Standing(held=True, used=False), Why.NOT_USED),
        (Standing(held=False, used=True), Why.NOT_HELD),
        (Standing(held=True, used=True, alarmed=True), Why.ALARM),
        (Standing(held=True, used=True, alarmed=True, paused=True), Why.PAUSED),
        (Standing(held=False, used=False, alarmed=True), Why.NOT_USED),
    ],
)
def test_what_does_not_stand_any_more_is_no_reason_to_write_to_her(standing: Standing, why: Why | None) -> None:
    assert why_not(standing) == why


def test_the_first_way_that_she_agreed_to_be_reminded_by_is_taken() -> None:
    assert way_to_remind([CALL, EMAIL, SMS], at_hand=ALL) == SMS
    assert way_to_remind([CALL, EMAIL], at_hand=ALL) == EMAIL
    assert way_to_remind([CALL, EMAIL], at_hand=frozenset()) == CALL
    assert way_to_remind([], at_hand=ALL) is None


@pytest.mark.parametrize(
    "changed",
    [
        replace(SMS, wanted=False),
        replace(SMS, taken_back=True),
        replace(SMS, has_address=False),
        replace(SMS, checked=Checked.YES),
        replace(SMS, agreed=Agreed(Channel.SMS, False)),
    ],
)
def test_no_way_is_used_that_she_did_not_agree_to_or_that_others_read(changed: Way) -> None:
    assert way_to_remind([changed], at_hand=ALL) is None


def test_a_call_needs_no_address_here_and_may_be_made_where_others_look_at_the_telephone() -> None:
    assert way_to_remind([replace(CALL, checked=Checked.YES)], at_hand=ALL) is not None


def test_where_nothing_can_be_sent_a_colleague_tells_her_in_a_way_that_she_chose() -> None:
    through = replace(CALL, agreed=Agreed(Channel.THROUGH_SOMEONE, True))
    assert way_to_remind([SMS, EMAIL, through], at_hand=frozenset()) == through
    assert way_to_remind([EMAIL, SMS], at_hand=frozenset()) == SMS
    assert way_to_remind([EMAIL, SMS], at_hand=frozenset({Channel.EMAIL})) == EMAIL
    assert way_to_remind([replace(SMS, checked=Checked.YES)], at_hand=frozenset()) is None


@pytest.mark.parametrize("channel", [Channel.MESSAGING_APP, Channel.LETTER])
def test_no_app_and_no_letter_ever_reminds_her(channel: Channel) -> None:
    assert way_to_remind([replace(SMS, agreed=Agreed(channel, True))], at_hand=ALL) is None


# When.


@pytest.mark.parametrize(
    ("way", "at"),
    [
        (SMS, local(2026, 6, 1, 18)),
        (EMAIL, local(2026, 6, 1, 18)),
        (hours(19, 22), local(2026, 6, 1, 19)),
        (hours(10, 13), local(2026, 6, 1, 12, 45)),
        (hours(22, 23), local(2026, 5, 31, 22, 45)),
        (hours(10, 13, 5), local(2026, 5, 30, 12, 45)),
        (hours(7, 9, 1), local(2026, 6, 2, 7)),
        (hours(7, 9, 3), None),
        (hours(10, 13, 1), None),
    ],
)
def test_the_evening_before_at_her_hours_else_the_last_ones_before_it(way: Way, at: datetime | None) -> None:
    assert when_to_remind(way, starts_at=TUESDAY, now=LONG_BEFORE) == at


@pytest.mark.parametrize(
    ("now", "at"),
    [
        (local(2026, 6, 1, 18, 50), local(2026, 6, 1, 19)),
        (local(2026, 6, 1, 20, 20), local(2026, 6, 1, 20, 30)),
        (local(2026, 6, 1, 23), local(2026, 6, 2, 8)),
        (local(2026, 6, 2, 8, 50), local(2026, 6, 2, 9)),
        (local(2026, 6, 2, 9, 5), None),
        (local(2026, 6, 3, 9), None),
    ],
)
def test_what_is_arranged_late_is_told_as_soon_as_she_allows(now: datetime, at: datetime | None) -> None:
    assert when_to_remind(SMS, starts_at=TUESDAY, now=now) == at


@pytest.mark.parametrize(("starts_at", "utc_hour"), [(local(2026, 3, 29, 12), 17), (local(2026, 10, 25, 12), 16)])
def test_on_the_eve_of_a_change_of_the_clock_her_evening_counts(starts_at: datetime, utc_hour: int) -> None:
    at = when_to_remind(SMS, starts_at=starts_at, now=starts_at - timedelta(days=9))
    assert at is not None
    assert (at.astimezone(MADRID).hour, at.astimezone(UTC).hour) == (18, utc_hour)


@pytest.mark.parametrize("on", [date(2026, 3, 29), date(2026, 10, 25)])
def test_in_the_night_of_the_change_itself_no_hour_is_made_up_or_comes_twice(on: date) -> None:
    way = hours(1, 3)
    starts_at = datetime.combine(on, time(9), MADRID)
    late = datetime.combine(on - timedelta(days=1), time(23), MADRID)
    at = when_to_remind(way, starts_at=starts_at, now=late)
    assert at is not None
    assert may_remind(way, at=at.astimezone(MADRID))
    again = try_again_at(way, attempts=1, starts_at=starts_at, now=at)
    assert again is not None
    assert again - at >= BACKOFF[0]


def test_without_hours_nothing_is_sent_at_night() -> None:
    assert not may_remind(SMS, at=TUESDAY.replace(hour=3))
    assert not may_remind(EMAIL, at=TUESDAY.replace(hour=22))
    assert may_remind(hours(22, 4), at=TUESDAY.replace(hour=3))


@given(
    first=st.integers(0, 23),
    last=st.integers(0, 23),
    days=st.frozensets(st.integers(0, 6)),
    starts=st.datetimes(datetime(2026, 3, 20), datetime(2026, 11, 10)),  # noqa: DTZ001
    ahead=st.timedeltas(timedelta(0), timedelta(days=10)),
)
def test_never_outside_her_hours_never_in_the_past_and_never_too_late(
    first: int, last: int, days: frozenset[int], starts: datetime, ahead: timedelta
) -> None:
    way = hours(first, last, *days)
    starts_at = starts.replace(tzinfo=MADRID, fold=0)
    now = starts_at.astimezone(UTC) - ahead
    for at in (
        when_to_remind(way, starts_at=starts_at, now=now),
        try_again_at(way, attempts=1, starts_at=starts_at, now=now),
    ):
        if at is not None:
            assert may_remind(way, at=at.astimezone(MADRID))
            assert now <= at <= starts_at - LEAD


def test_another_try_waits_longer_each_time_and_then_a_person_calls() -> None:
    now = local(2026, 6, 1, 18)
    tries = [try_again_at(SMS, attempts=number, starts_at=TUESDAY, now=now) for number in (1, 2, 3, 4)]
    assert tries == [now + BACKOFF[0], now + BACKOFF[1], now + BACKOFF[2], None]
    assert try_again_at(hours(10, 18), attempts=1, starts_at=TUESDAY, now=now) is None


# Told by a colleague, and what cannot wait.


@pytest.mark.parametrize(
    ("way", "at"),
    [
        (hours(10, 13, way=CALL), local(2026, 6, 1, 10)),
        (CALL, local(2026, 6, 1, 8)),
        (hours(10, 13, 4, way=CALL), None),
        (hours(10, 13, 6, way=CALL), local(2026, 5, 31, 10)),
        (hours(7, 8, 1, way=CALL), local(2026, 6, 2, 7)),
    ],
)
def test_a_colleague_tells_her_in_her_hours_of_the_day_before_else_on_what_is_left(
    way: Way, at: datetime | None
) -> None:
    assert when_to_tell(way, starts_at=TUESDAY, now=LONG_BEFORE) == at


def test_what_is_on_monday_is_told_on_friday_where_she_allows() -> None:
    monday = local(2026, 6, 1, 10)
    assert when_to_tell(CALL, starts_at=monday, now=LONG_BEFORE) == local(2026, 5, 29, 8)
    assert when_to_tell(hours(9, 21, 5, 6, way=CALL), starts_at=monday, now=LONG_BEFORE) == local(2026, 5, 31, 9)


def test_nobody_calls_on_a_public_holiday_where_a_working_day_will_do() -> None:
    off = {date(2026, 6, 1)}
    assert when_to_tell(CALL, starts_at=TUESDAY, now=LONG_BEFORE, off=off) == local(2026, 6, 1, 8)
    wednesday = local(2026, 6, 3, 10)
    assert when_to_tell(CALL, starts_at=wednesday, now=LONG_BEFORE, off=off) == local(2026, 6, 2, 8)
    assert when_to_tell(CALL, starts_at=wednesday, now=LONG_BEFORE, off={date(2026, 6, 2)}) == local(2026, 6, 1, 8)
    now = local(2026, 5, 31, 10)
    later = tell_again_at(CALL, not_today=True, starts_at=wednesday, now=now, off={date(2026, 6, 1)})
    assert later == local(2026, 6, 2, 8)
    assert tell_again_at(CALL, not_today=True, starts_at=TUESDAY, now=now, off=off) == local(2026, 6, 1, 8)


@pytest.mark.parametrize(
    ("now", "at"),
    [
        (local(2026, 6, 1, 18, 7), local(2026, 6, 1, 18, 7)),
        (local(2026, 6, 1, 23), local(2026, 6, 2, 8)),
        (local(2026, 6, 2, 9, 50), local(2026, 6, 2, 9, 50)),
        (local(2026, 6, 2, 10, 1), None),
    ],
)
def test_that_a_time_is_off_is_told_at_her_first_hour_up_to_the_time_itself(now: datetime, at: datetime | None) -> None:
    assert as_soon_as(SMS, starts_at=TUESDAY, now=now) == at


@pytest.mark.parametrize(
    ("now", "not_today", "at"),
    [
        (local(2026, 6, 1, 10), False, local(2026, 6, 1, 11)),
        (local(2026, 6, 1, 12, 30), False, local(2026, 6, 2, 7)),
        (local(2026, 5, 31, 10), True, local(2026, 6, 1, 7)),
        (local(2026, 6, 2, 8), True, None),
        (local(2026, 6, 2, 8, 30), False, None),
    ],
)
def test_a_colleague_tries_again_an_hour_later_or_another_day(
    now: datetime, not_today: bool, at: datetime | None
) -> None:
    way = hours(7, 13, way=CALL)
    assert tell_again_at(way, not_today=not_today, starts_at=TUESDAY, now=now) == at


# In which words.


def every_message() -> list[str]:
    words = wording()
    day = date(2026, 6, 2)
    found = []
    for language in words.languages:
        for ahead in (0, 1, *range(2, 9)):
            for at in (None, time(9, 30)):
                sent_on = day - timedelta(days=ahead)
                moment = Moment(day, at)
                for told in ({"when": moment}, {"when": None, "off": moment}):
                    found += message(words, language, sent_on=sent_on, name="Ana", **told)
    return found


def every_move() -> list[str]:
    """That a time is off, and which one stands instead."""
    words, day = wording(), date(2026, 6, 2)
    moved = [(Moment(day, time(9, 30)), Moment(day + timedelta(days=ahead), time(10))) for ahead in range(7)]
    return [
        message(words, language, when=when, off=off, sent_on=day, name="Ana")[1]
        for language in words.languages
        for off, when in moved
    ]


def test_a_message_says_when_and_the_name_she_knows_and_is_signed_by_it() -> None:
    words = wording()
    tomorrow = message(words, "en", when=Moment(date(2026, 6, 2), time(10)), sent_on=date(2026, 6, 1), name="Ana")
    assert tomorrow == ("Hello", "See you tomorrow at 10:00. Ana")
    named = message(words, "en", when=Moment(date(2026, 6, 2), time(10)), sent_on=None, name="Ana")[1]
    assert named == "See you on Tuesday at 10:00. Ana"
    today = message(words, "es", when=Moment(date(2026, 6, 2), None), sent_on=date(2026, 6, 2))
    assert today == ("Hola", "Nos vemos hoy.")
    friday = message(words, "it", when=Moment(date(2026, 6, 5), time(9, 5)), sent_on=date(2026, 6, 2))[1]
    assert friday == "Ci vediamo venerdì alle 09:05."


def test_a_time_that_is_off_is_told_with_the_one_that_stands_instead() -> None:
    words, day = wording(), date(2026, 6, 2)
    off = Moment(day, time(10))
    moved = message(words, "en", when=Moment(date(2026, 6, 5), time(16)), off=off, sent_on=date(2026, 6, 1), name="Ana")
    assert moved[1] == "Not tomorrow at 10:00 after all. See you on Friday at 16:00. Ana"
    assert message(words, "es", when=None, off=off, sent_on=day)[1] == "Al final no nos vemos hoy a las 10:00."


@pytest.mark.parametrize(("days", "told"), [(-1, False), (0, True), (6, True), (7, False)])
def test_a_new_time_is_told_with_it_while_the_name_of_its_day_says_which_it_is(days: int, told: bool) -> None:
    assert is_told_too(TUESDAY + timedelta(days=days), sent_on=TUESDAY.date()) is told
    assert not is_told_too(None, sent_on=TUESDAY.date())


def test_no_message_in_any_language_says_a_word_that_betrays() -> None:
    messages = every_message() + every_move()
    assert len(messages) > 200
    for text in messages:
        found = [
            word
            for word in BETRAYING
            if re.search(rf"\b{re.escape(word)}" if word.isalpha() else re.escape(word), text, re.IGNORECASE)
        ]
        assert found == [], text


def test_the_words_that_betray_would_be_found() -> None:
    told = "Reminder: workshop at the centre, https://amparo.example"
    assert [word for word in ("reminder", "workshop", "centre", "amparo") if word in BETRAYING and word in told.lower()]


def test_no_message_holds_a_word_of_an_activity() -> None:
    told = set(re.findall(r"\w{5,}", " ".join(every_message()).lower()))
    for activity in starting_catalogue():
        for texts in (activity.name, activity.neutral):
            for words in texts.values():
                assert not told & set(re.findall(r"\w{5,}", words.lower()))


def test_every_message_fits_into_one_text_message() -> None:
    assert max(len(text) for text in every_message()) <= 70  # what fits where letters have accents (GSM 03.38, UCS-2)
    assert max(len(text) for text in every_move()) <= 134  # two of them, which telephones show as one


def test_the_language_is_hers_where_there_are_words_in_it() -> None:
    words = wording()
    assert words.languages == {"en", "es", "it", "fr", "pt", "ro"}
    assert language_for(words, ["yo", "pt-br", "es"], house="it") == "pt"
    assert language_for(words, ["yo"], house="it") == "it"
    assert language_for(words, [], house="xx") == "en"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("+34 600 111 222", "+34600111222"),
        ("600 111 222", ""),
        ("+34 6", ""),
        ("+34 600 11", ""),
        ("+0", ""),
        ("her", ""),
    ],
)
def test_a_number_is_kept_as_it_is_dialled_from_anywhere(typed: str, number: str) -> None:
    assert dialled(typed) == number


def test_an_hour_before_is_an_hour_before_in_the_night_in_which_the_clocks_go_forward_too() -> None:
    always = Way(Agreed(Channel.SMS, True, from_time=time.min), 1, wanted=True, has_address=True)
    starts_at = datetime(2026, 3, 29, 3, 15, tzinfo=ZoneInfo("Europe/Madrid"))
    now = starts_at.astimezone(UTC) - timedelta(minutes=50)
    assert when_to_remind(always, starts_at=starts_at, now=now) is None
    assert when_to_remind(always, starts_at=starts_at, now=now - timedelta(minutes=15)) is not None
