"""`amparo schedule` plans and checks from files, with neither a node nor a database."""

import json
from pathlib import Path

import msgspec
import pytest

from amparo.areas.activities.scheduling.reading import written
from tests.cli.command import Amparo
from tests.scheduling.test_reading import instance_file
from tests.scheduling.test_standing import side_by_side


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An instance in which one request can be served: min_women is 5, and one asked alone."""
    alone = {"kind": "individual", "minutes": 60, "sessions": 1, "professionals": ["p1"], "sites": ["s1"]}
    return instance_file(
        tmp_path, lambda one: one["activities"][1].update(alone, language="es", asked_by=["w1"], weight=3)
    )


def test_a_plan_is_made_checked_and_says_what_it_is(amparo: Amparo, instance: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    made = amparo("schedule", "solve", str(instance), "--out", str(plan), "--time-limit", "5", "--seed", "3")
    assert (made.code, made.complaint) == (0, "")
    assert made.output == f"The best plan there is. Worth 3 of at most 3. Written to {plan}.\n"
    found = json.loads(plan.read_text())
    assert [one["activity"] for one in found["groups"]] == ["a2"]
    assert [(one["woman"], one["activity"]) for one in found["not_served"]] == [("w1", "a1"), ("w2", "a1")]
    checked = amparo("schedule", "check", str(instance), str(plan))
    assert (checked.code, checked.output) == (0, "Every rule holds.\n")
    assert not amparo.home.exists()


def test_a_broken_plan_is_told_rule_by_rule(amparo: Amparo, instance: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    amparo("schedule", "solve", str(instance), "--out", str(plan), "--time-limit", "5")
    content = json.loads(plan.read_text())
    content["groups"][0]["sessions"][0]["start"] = "2026-01-12T20:00"
    plan.write_text(json.dumps(content))
    checked = amparo("schedule", "check", str(instance), str(plan))
    assert checked.code == 1
    assert all(line.startswith("Rule 1: a2 on 2026-01-12 20:00") for line in checked.output.splitlines())
    assert len(checked.output.splitlines()) == 2
    as_json = amparo("schedule", "check", str(instance), str(plan), "--json")
    assert as_json.code == 1
    assert [one["rule"] for one in json.loads(as_json.output)["broken"]] == [1, 1]


def test_json_is_one_document(amparo: Amparo, instance: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    made = amparo("schedule", "solve", str(instance), "--out", str(plan), "--time-limit", "5", "--json")
    found = json.loads(made.output)
    assert (found["status"], found["objective"], found["groups"], found["not_served"]) == ("optimal", 3, 1, 2)
    checked = amparo("schedule", "check", str(instance), str(plan), "--json")
    assert json.loads(checked.output) == {"holds": True, "broken": []}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--time-limit", "0"], "expected seconds above 0"),
        (["--time-limit", "soon"], "expected seconds above 0"),
        (["--time-limit", "nan"], "expected seconds above 0"),
        (["--seed", "-1"], "expected a whole number from 0"),
        (["--seed", "x"], "expected a whole number from 0"),
        (["--fixed", "a1"], "name the plan with --keep"),
        (["--keep", "none.json"], "none.json: expected a file that can be read"),
    ],
)
def test_wrong_arguments_are_told_and_nothing_is_written(
    amparo: Amparo, instance: Path, tmp_path: Path, arguments: list[str], told: str
) -> None:
    plan = tmp_path / "plan.json"
    ended = amparo("schedule", "solve", str(instance), "--out", str(plan), *arguments)
    assert ended.code == 2
    assert told in ended.complaint
    assert len(ended.complaint.splitlines()) == 1
    assert not plan.exists()


def test_a_place_that_cannot_be_written_is_told_before_planning(amparo: Amparo, instance: Path, tmp_path: Path) -> None:
    for out in (tmp_path, tmp_path / "none" / "plan.json"):
        ended = amparo("schedule", "solve", str(instance), "--out", str(out))
        assert (ended.code, ended.complaint) == (2, f"amparo: --out {out}: expected a file in a folder that exists.\n")


def test_a_wrong_instance_is_told_and_an_earlier_plan_stays(amparo: Amparo, instance: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text("earlier")
    instance.write_text(instance.read_text().replace('"weight": 3', '"weight": "3"'))
    for action in (["solve", str(instance), "--out", str(plan)], ["check", str(instance), str(plan)]):
        ended = amparo("schedule", *action)
        assert ended.code == 2
        assert ended.complaint == f"amparo: {instance}: activities[2].weight: expected a whole number, found '3'\n"
    assert plan.read_text() == "earlier"


def test_what_is_fixed_has_to_be_in_the_plan(amparo: Amparo, instance: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    solving = ("schedule", "solve", str(instance), "--out", str(plan), "--time-limit", "5")
    assert amparo(*solving).code == 0
    ended = amparo(*solving, "--keep", str(plan), "--fixed", "a1")
    told = "expected an activity that has a group in the plan, or a1@2026-01-12T09:00."
    assert ended.complaint == f"amparo: --fixed a1: {told}\n"
    session = json.loads(plan.read_text())["groups"][0]["sessions"][0]
    ended = amparo(*solving, "--keep", str(plan), "--fixed", "a2@2026-01-12T03:00")
    assert (ended.code, ended.complaint) == (2, f"amparo: --fixed a2@2026-01-12T03:00: {told}\n")
    assert amparo(*solving, "--keep", str(plan), "--fixed", f"a2@{session['start']}").code == 0
    assert json.loads(plan.read_text())["groups"][0]["sessions"] == [session]
    assert amparo(*solving, "--keep", str(plan), "--fixed", "a2").code == 0


def test_fixed_sessions_that_are_in_each_others_way_are_named_by_activity_and_time(
    amparo: Amparo, tmp_path: Path
) -> None:
    both, before = side_by_side("09:00", "14:00", "14:30", enemies=[["w1a", "w2a"]])
    instance, earlier, plan = tmp_path / "instance.json", tmp_path / "earlier.json", tmp_path / "plan.json"
    instance.write_bytes(msgspec.json.encode(both, enc_hook=str))
    earlier.write_bytes(written(before))
    fixed = [argument for name in ("a1", "a2", "a3") for argument in ("--fixed", name)]
    ended = amparo("schedule", "solve", str(instance), "--out", str(plan), "--keep", str(earlier), *fixed)
    named = "a2 at 2026-01-12T14:00, a3 at 2026-01-12T14:30"
    told = f"amparo: sessions that are fixed cannot all stay as they are: {named}; let one of them go\n"
    assert (ended.code, ended.complaint) == (2, told)
    assert not plan.exists()
