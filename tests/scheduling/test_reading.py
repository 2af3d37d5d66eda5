"""What is wrong in a file is told with its place and what is expected there, and nothing is written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from amparo.areas.activities.scheduling.reading import WrongFileError, read_instance, read_plan, written

RIGHT: dict[str, Any] = {
    "grid_minutes": 15,
    "rules": {"gap_minutes": 30, "max_minutes": 90},
    "sites": [
        {
            "id": "s1",
            "rooms": [{"id": "r1", "seats": 12}],
            "childcare": [{"from": "2026-01-12T09:00", "to": "2026-01-12T13:00", "places": 4}],
        },
        {"id": "s2", "rooms": [{"id": "r2", "seats": 3}]},
    ],
    "professionals": [
        {"id": "p1", "languages": ["es"], "available": [["2026-01-12T09:00", "2026-01-12T13:00"]]},
    ],
    "women": [
        {"id": "w1", "languages": ["en"], "available": [["2026-01-12T09:00", "2026-01-12T18:00"]], "risk": "low"},
        {"id": "w2", "available": [], "risk": "high", "avoids_sites": ["s2"]},
    ],
    "must_not_meet": [["w1", "w2"]],
    "activities": [
        {
            "id": "a1",
            "kind": "group",
            "minutes": 90,
            "sessions": 4,
            "language": "es",
            "level": "A1",
            "min_women": 5,
            "max_women": 10,
            "professionals": ["p1"],
            "sites": ["s1"],
            "asked_by": ["w1", "w2"],
        },
        {
            "id": "a2",
            "kind": "individual",
            "minutes": 60,
            "sessions": 1,
            "professionals": [],
            "sites": [],
            "asked_by": [],
        },
    ],
}
Change = Callable[[dict[str, Any]], object]


def instance_file(folder: Path, change: Change = lambda one: None) -> Path:
    content = json.loads(json.dumps(RIGHT))
    change(content)
    file = folder / "instance.json"
    file.write_text(json.dumps(content))
    return file


def setting(*path: Any) -> Change:
    """Set the last but one step of a path to its last."""
    *way, field, value = path

    def change(content: Any) -> None:
        for step in way:
            content = content[step]
        content[field] = value

    return change


def without(*path: Any) -> Change:
    *way, field = path

    def change(content: Any) -> None:
        for step in way:
            content = content[step]
        del content[field]

    return change


def test_a_right_file_is_read(tmp_path: Path) -> None:
    instance = read_instance(instance_file(tmp_path))
    assert [one.id for one in instance.women] == ["w1", "w2"]
    assert str(instance.sites[0].childcare[0].to) == "2026-01-12T13:00"


@pytest.mark.parametrize(("rooms", "read"), [(None, None), (["r1"], ("r1",))])
def test_the_rooms_of_an_activity_may_be_left_open(tmp_path: Path, rooms: object, read: object) -> None:
    assert read_instance(instance_file(tmp_path)).activities[0].rooms is None
    assert read_instance(instance_file(tmp_path, setting("activities", 0, "rooms", rooms))).activities[0].rooms == read


WRONG: list[tuple[str, Change]] = [
    ("women: expected a value, found nothing", without("women")),
    ("women[1].risk: expected a value, found nothing", without("women", 0, "risk")),
    ("women[1].risk: expected one of high, low, medium, found 'none'", setting("women", 0, "risk", "none")),
    ("women[2].children: expected 0 or more, found -1", setting("women", 1, "children", -1)),
    ("women[2].children: expected a whole number, found true", setting("women", 1, "children", True)),
    ("women[1].available[1][2]: expected a local moment", setting("women", 0, "available", 0, 1, "18:00")),
    ("women[1].available[1]: expected a list of 2, found 1", setting("women", 0, "available", 0, ["2026-01-12T09:00"])),
    (
        "women[1].available[1][1]: expected a time on the grid",
        setting("women", 0, "available", 0, 0, "2026-01-12T09:10"),
    ),
    ("women[1].available[1]: expected an end after", setting("women", 0, "available", 0, 0, "2026-01-12T18:00")),
    ("women[2].avoids_sites[1]: expected the id of a site, found 's9'", setting("women", 1, "avoids_sites", ["s9"])),
    ("women[2].id: expected an id of its own, found 'w1' again", setting("women", 1, "id", "w1")),
    ("women[2].id: expected an id, found an empty text", setting("women", 1, "id", " ")),
    ("perhaps 'must_not_meet'", lambda one: one.update({"must_not_meat": []})),
    ("must_not_meet[1][2]: expected the id of a woman, found 'w9'", setting("must_not_meet", 0, 1, "w9")),
    ("must_not_meet[1]: expected two different women, found w1 twice", setting("must_not_meet", 0, 1, "w1")),
    ("must_not_meet[1]: expected a list of 2, found 3", setting("must_not_meet", 0, ["w1", "w2", "w1"])),
    ("sites[2].rooms[1].id: expected an id of its own", setting("sites", 1, "rooms", 0, "id", "r1")),
    ("sites[1].childcare[1]: expected an end after", setting("sites", 0, "childcare", 0, "to", "2026-01-12T08:00")),
    ("sites[1].childcare[1].from: expected a time on", setting("sites", 0, "childcare", 0, "from", "2026-01-12T09:01")),
    ("professionals[1].languages: expected a list, found 'es'", setting("professionals", 0, "languages", "es")),
    ("activities[1].professionals[1]: expected the id of a prof", setting("activities", 0, "professionals", ["p2"])),
    ("activities[1].sites[1]: expected the id of a site", setting("activities", 0, "sites", ["p1"])),
    ("activities[1].rooms: expected a list, found 'r1'", setting("activities", 0, "rooms", "r1")),
    ("activities[1].rooms[1]: expected a text", setting("activities", 0, "rooms", [1])),
    ("activities[1].rooms[1]: expected the id of a room, found 'r9'", setting("activities", 0, "rooms", ["r9"])),
    ("activities[1].rooms[2]: expected each room once", setting("activities", 0, "rooms", ["r1", "r1"])),
    (
        "activities[1].rooms[2]: expected a room of its sites, found 'r2' of site 's2'",
        setting("activities", 0, "rooms", ["r1", "r2"]),
    ),
    (
        "activities[1].rooms: expected a room or more (null where any room of its sites will do), found an empty list",
        setting("activities", 0, "rooms", []),
    ),
    ("activities[1].asked_by[2]: expected each woman once", setting("activities", 0, "asked_by", ["w1", "w1"])),
    ("activities[1].asked_by[1]: expected the id of a woman", setting("activities", 0, "asked_by", ["W1"])),
    ("activities[1].min_women: expected at most max_women (10)", setting("activities", 0, "min_women", 11)),
    ("activities[2].max_women: expected 1 for an individual", setting("activities", 1, "max_women", 2)),
    ("activities[1].level: expected a level only where", setting("activities", 0, "language", None)),
    ("activities[1].minutes: expected 1 or more, found 0", setting("activities", 0, "minutes", 0)),
    ("activities[1].kind: expected one of group, individual", setting("activities", 0, "kind", "both")),
    ("grid_minutes: expected minutes that divide a day evenly, found 7", setting("grid_minutes", 7)),
    ("grid_minutes: expected 120 or less, found 240", setting("grid_minutes", 240)),
    ("grid_minutes: expected 1 or more, found 0", setting("grid_minutes", 0)),
    ("rules.gap_minutes: expected 10080 or less, found 1000", setting("rules", "gap_minutes", 10**40)),
    ("rules.max_minutes: expected 1440 or less", setting("rules", "max_minutes", 10**9)),
    ("activities[1].minutes: expected 1440 or less", setting("activities", 0, "minutes", 10**9)),
    ("activities[1].weight: expected 1000000 or less", setting("activities", 0, "weight", 10**12)),
    ("women[1].children: expected 1000 or less", setting("women", 0, "children", 10**9)),
    ("sites[1].childcare[1].places: expected 1000 or less", setting("sites", 0, "childcare", 0, "places", 10**9)),
    ("activities[1].days_apart: expected 366 or less", setting("activities", 0, "days_apart", 10**40)),
    ("activities[1].sessions: expected 366 or less", setting("activities", 0, "sessions", 10**40)),
    ("women[1].id: expected whole characters, found '\\ud800'", setting("women", 0, "id", "\ud800")),
    ("women[1].levels", setting("women", 0, "levels", {"\ud800": "A1"})),
    (
        "women[1].available[1][1]: expected times within two years of each other, found 0206-01-12T09:00 here",
        setting("women", 0, "available", 0, 0, "0206-01-12T09:00"),
    ),
]


@pytest.mark.parametrize(("told", "change"), WRONG, ids=[told for told, _ in WRONG])
def test_a_mistake_is_told_with_its_place(tmp_path: Path, told: str, change: Change) -> None:
    file = instance_file(tmp_path, change)
    with pytest.raises(WrongFileError) as wrong:
        read_instance(file)
    assert told in str(wrong.value)
    assert str(wrong.value).startswith(f"{file}: ")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b'{"a": [1,\n  }', "line 2, column 3: expected JSON"),
        (b"", "line 1, column 1: expected JSON"),
        (b'{"women": [], "women": []}', "the field 'women' once, found twice"),
        (b'{"grid_minutes": NaN}', "expected JSON: a number, found NaN"),
        (b"\xff\xfe", "expected text in UTF-8"),
        (b"[]", "the file: expected fields with values, found a list"),
        (b"[" * 100_000, "expected JSON"),
    ],
)
def test_what_is_no_json_is_told(tmp_path: Path, text: bytes, told: str) -> None:
    file = tmp_path / "instance.json"
    file.write_bytes(text)
    with pytest.raises(WrongFileError) as wrong:
        read_instance(file)
    assert told in str(wrong.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WrongFileError, match="expected a file that can be read"):
        read_plan(tmp_path / "none.json")


def test_a_file_without_end_is_refused_before_it_is_understood(tmp_path: Path) -> None:
    file = tmp_path / "instance.json"
    with file.open("wb") as opened:
        opened.truncate(50_000_001)
    with pytest.raises(WrongFileError, match="expected a file of at most 50 MB"):
        read_instance(file)


def test_mistakes_without_end_are_not_counted_to_the_end(tmp_path: Path) -> None:
    file = instance_file(tmp_path, lambda one: one.update(women=[0] * 5_000))
    with pytest.raises(WrongFileError, match="and at least 995 more"):
        read_instance(file)


def test_many_mistakes_are_a_few_lines(tmp_path: Path) -> None:
    file = instance_file(tmp_path, lambda one: one.update(women=[{"id": f"w{n}"} for n in range(50)]))
    with pytest.raises(WrongFileError) as wrong:
        read_instance(file)
    lines = str(wrong.value).splitlines()
    assert len(lines) == 6
    assert lines[-1] == "and 95 more"


def test_a_plan_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    session = {"start": "2026-01-12T09:00", "room": "r1", "professional": "p1"}
    group = {"activity": "a1", "women": ["w1"], "sessions": [session]}
    file.write_text(json.dumps({"status": "feasible", "objective": 1, "bound": 2, "groups": [group], "not_served": []}))
    plan = read_plan(file)
    assert str(plan.groups[0].sessions[0].start) == "2026-01-12T09:00"
    file.write_bytes(written(plan))
    assert read_plan(file) == plan
    assert json.loads(file.read_bytes())["groups"] == [group]
