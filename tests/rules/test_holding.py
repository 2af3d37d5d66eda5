"""When a list is open, what two tabs write, and what nobody may make of who came."""

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import amparo
from amparo.areas.activities.rules.holding import (
    Use,
    is_missed,
    list_is_open,
    may_note_who_came,
    may_use_attendance,
    minutes_there,
    settled,
)
from amparo.areas.activities.rules.states import Came

STARTS = datetime(2026, 3, 10, 10, 30, tzinfo=UTC)
AREAS = Path(amparo.__file__).parent / "areas"

# Every module of an area that knows of attendance, and for what: any other use fails the test below.
READERS = {
    "activities/held/attending.py": Use.ADAPT,
    "activities/held/figures.py": Use.COUNT,
    "activities/held/hers.py": Use.CERTIFY,
    "activities/held/lists.py": Use.SHOW,
    "activities/models.py": Use.SHOW,
    "activities/publishing.py": Use.KEEP,
    "activities/replacing.py": Use.KEEP,
    "activities/rules/holding.py": Use.ADAPT,
    "activities/rules/states.py": Use.SHOW,
    "rights/copying.py": Use.SHOW,
}


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        (datetime(2026, 3, 9, 17, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 9, 18, 0, tzinfo=UTC), True),
        (STARTS, True),
        (datetime(2026, 3, 10, 23, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 11, 0, 0, tzinfo=UTC), False),
    ],
)
def test_a_list_is_open_from_the_evening_before_to_the_end_of_the_day(now: datetime, is_open: bool) -> None:
    decision = list_is_open(STARTS, now=now)
    assert decision.allowed == is_open
    assert is_open or (decision.reason and decision.source)


@pytest.mark.parametrize(("minutes", "may"), [(-12 * 60, False), (-31, False), (-30, True), (0, True), (600, True)])
def test_nobody_came_to_what_is_still_to_come(minutes: int, may: bool) -> None:
    assert may_note_who_came(STARTS, now=STARTS + timedelta(minutes=minutes)).allowed == may


def test_a_session_just_after_midnight_opens_on_the_evening_before_its_own_day() -> None:
    starts = STARTS.replace(hour=0, minute=5)
    assert list_is_open(starts, now=starts - timedelta(hours=6))
    assert not list_is_open(starts, now=starts - timedelta(hours=7))


@pytest.mark.parametrize(
    ("was", "chosen", "now", "written"),
    [
        ("", "", "", None),
        ("", "came", "", "came"),
        ("came", "came", "came", None),
        ("came", "late", "came", "late"),
        ("", "", "came", None),  # an old page whose line was left alone
        ("", "came", "came", None),  # both said the same
        ("came", "came", "late", None),  # the old page says what it was shown: nothing new
        ("came", "", "came", None),
    ],
)
def test_an_old_page_writes_only_what_was_changed_on_it(was: str, chosen: str, now: str, written: str | None) -> None:
    assert settled(was=was, chosen=chosen, now=now) == written


def test_two_who_write_different_things_into_one_line_are_told() -> None:
    with pytest.raises(ValueError, match="late"):
        settled(was="", chosen="absent", now="late")


@pytest.mark.parametrize(
    ("lately", "asks"),
    [
        ([], False),
        ([Came.ABSENT], False),
        ([Came.ABSENT, Came.ABSENT], True),
        ([Came.ABSENT, Came.CAME], False),
        ([Came.CAME, Came.ABSENT, Came.ABSENT], False),
        ([Came.ABSENT, Came.NOT_KNOWN, Came.ABSENT], True),
        ([Came.LEFT_EARLY, Came.LATE], False),
    ],
)
def test_her_referent_asks_after_two_known_sessions_without_her(lately: list[Came], asks: bool) -> None:
    assert is_missed(lately) == asks


def test_a_certificate_counts_whole_sessions_however_long_she_stayed() -> None:
    sessions = [(Came.CAME, 60), (Came.LATE, 60), (Came.LEFT_EARLY, 30), (Came.ABSENT, 60), (Came.NOT_KNOWN, 60)]
    assert minutes_there(sessions) == 150


@pytest.mark.parametrize("use", Use)
def test_nobody_excludes_marks_or_orders_by_who_came(use: Use) -> None:
    decision = may_use_attendance(use)
    assert decision.allowed == (use not in (Use.EXCLUDE, Use.MARK, Use.ORDER))
    assert decision.allowed or "R17" in decision.source


def _knows_of_attendance(path: Path) -> bool:
    text, words = path.read_text("utf-8"), {"Attendance", "Came", "attendance"}
    if not any(word in text for word in words):
        return False
    names = {
        getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
        for node in ast.walk(ast.parse(text))
    }
    return bool(names & words) or "activities.Attendance" in text


def test_no_other_code_reads_attendance() -> None:
    """Not the planner, not the lists of who waits, not the rules of who may be in a group, not statistics (R17)."""
    found = {
        path.relative_to(AREAS).as_posix()
        for path in AREAS.rglob("*.py")
        if "migrations" not in path.parts and _knows_of_attendance(path)
    }
    assert found == set(READERS), "say in READERS for what the module reads attendance; R17 allows only some uses"
    assert all(may_use_attendance(use) for use in READERS.values())
