"""`amparo schedule solve` stopped while it searches: the best plan so far or none, and never half of one."""

import json
import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from bench.instances import MIDDLE, make
from tests.cli.command import Amparo

EARLIER = "the plan of last week"
LONG = "90"  # seconds, which no test waits for


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """What takes long to plan to the end."""
    file = tmp_path / "instance.json"
    file.write_text(json.dumps(make("separation", MIDDLE)))
    return file


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where a plan stands already."""
    file = tmp_path / "plans" / "plan.json"
    file.parent.mkdir()
    file.write_text(EARLIER)
    return file


@pytest.fixture
def searching(amparo: Amparo, instance: Path, out: Path) -> Iterator[psutil.Popen]:
    """The command, once it says how far it is."""
    process, screen = amparo.start_at_terminal(
        "schedule", "solve", str(instance), "--out", str(out), "--time-limit", LONG
    )
    assert b"Worth " in os.read(screen, 1000)
    yield process
    os.close(screen)


def only(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_who_stops_it_gets_the_best_plan_so_far(
    amparo: Amparo, searching: psutil.Popen, instance: Path, out: Path, sign: signal.Signals
) -> None:
    searching.send_signal(sign)
    said, _ = searching.communicate(timeout=30)
    assert searching.returncode == 0
    assert said.startswith("A good plan; the search was stopped before it was shown to be the best. Worth ")
    plan = json.loads(out.read_text())
    assert (plan["status"], len(plan["groups"]) > 0, plan["seconds"] < float(LONG)) == ("feasible", True, True)
    assert amparo("schedule", "check", str(instance), str(out)).code == 0
    assert only(out.parent) == [out.name]


def test_who_stops_it_twice_gets_nothing_and_keeps_what_was_there(searching: psutil.Popen, out: Path) -> None:
    searching.send_signal(signal.SIGTERM)
    searching.send_signal(signal.SIGTERM)
    searching.communicate(timeout=30)
    if searching.returncode:  # the second came before the first had its plan
        assert (searching.returncode, out.read_text()) == (143, EARLIER)
    else:
        assert json.loads(out.read_text())["status"] == "feasible"
    assert only(out.parent) == [out.name]


def test_killed_it_leaves_what_was_there(searching: psutil.Popen, out: Path) -> None:
    searching.kill()
    searching.communicate(timeout=30)
    assert out.read_text() == EARLIER
    assert only(out.parent) == [out.name]


def test_stopped_before_it_searches_it_leaves_what_was_there(amparo: Amparo, out: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "instance.json"
    os.mkfifo(pipe)
    process = amparo.start("schedule", "solve", str(pipe), "--out", str(out))
    with pipe.open("w"):  # it reads from now on, and nothing comes
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=30)
    assert (process.returncode, complaint, out.read_text()) == (130, "", EARLIER)


def test_a_full_disk_is_told_and_what_was_there_stays(amparo: Amparo, instance: Path, out: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        ended = amparo("schedule", "solve", str(instance), "--out", str(out), "--time-limit", "1")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert ended.code == 1
    assert ended.complaint == (
        f"amparo: The plan could not be written to {out}: a limit keeps files from growing; raise it and start again.\n"
    )
    assert (out.read_text(), only(out.parent)) == (EARLIER, [out.name])


def test_a_folder_that_is_closed_is_told_before_planning(amparo: Amparo, instance: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    ended = amparo("schedule", "solve", str(instance), "--out", str(closed / "plan.json"), "--time-limit", "1")
    if os.geteuid():
        assert ended.complaint.endswith("expected a folder that this account may write to.\n")
    assert only(closed) == ([] if os.geteuid() else ["plan.json"])
