"""The worker stopped in the middle of a job: nothing is half written or lost, and no reminder goes out twice."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.cli.command import Amparo
from tests.cli.keeping import copied, cut_at
from tests.cli.working import DEAF, FILL, FROZEN, FROZEN_IN_JOB, HELD, HOLDING, Tables, set_up_gateway, tables_of
from tests.receiving import LATE, SLOW, Received, certificate, gateway

PERIOD = "SELECT solving, version FROM activities_period"
GROUPS = "SELECT count(*) FROM activities_group"
PLACES = "SELECT count(*) FROM activities_place"
JOBS = "SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name LIKE '%.compute_plan'"
REMINDERS = "SELECT state, attempts FROM activities_reminder ORDER BY planned_at, id"
TOLD = "SELECT why FROM cases_due WHERE kind = 'reminder' AND done_at IS NULL"
TAKE_UP, SEND = "amparo.areas.orgs.jobs.take_up_interrupted", "amparo.areas.activities.jobs.send_reminders"
SWEEP, COMPUTE = "amparo.areas.orgs.jobs.sweep_sessions", "amparo.areas.activities.jobs.compute_plan"
LEFT = f"SELECT task_name FROM procrastinate_jobs WHERE task_name IN ('{SWEEP}', '{COMPUTE}')"
LEFT_STATE = f"SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name = '{SWEEP}'"
UNDER_WAY = """SELECT count(*) FROM pg_stat_activity
WHERE query LIKE '%procrastinate%' AND pid <> pg_backend_pid() AND state <> 'idle'"""
FORGET = "amparo.areas.orgs.jobs.forget_old_jobs"
STANDING_STILL = "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'"
SOLVE = {"module": "amparo.areas.activities.scheduling.planning", "name": "solve"}
ANY_JOB = {"module": "procrastinate.tasks", "name": "Task.__call__"}
WRITING = "django.db.models.query:QuerySet.bulk_create", 2  # the sessions, after the places
SOLVING = "amparo.areas.activities.scheduling.planning:solve", 1
WRITTEN = "procrastinate.worker:Worker._persist_job_status", 1


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def idle(home_set_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stopped node whose worker has nothing to do, whatever other tests left to it."""
    node = copied(home_set_up, tmp_path_factory.mktemp("idle") / "home")
    with tables_of(node) as tables:
        tables.connection.execute("TRUNCATE procrastinate_jobs CASCADE")
    return node.home


@pytest.fixture(scope="module")
def asked_for(idle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stopped node in which somebody has just asked for a plan."""
    return filled(idle, tmp_path_factory.mktemp("asked"), "ask_for_plan")


@pytest.fixture(scope="module")
def due(idle: Path, tmp_path_factory: pytest.TempPathFactory, pem: Path) -> Path:
    """A stopped node with three reminders that are due now."""
    return filled(idle, tmp_path_factory.mktemp("due"), "leave_reminders_due", pem)


def filled(home: Path, to: Path, what: str, pem: Path | None = None) -> Path:
    node = copied(home, to / "home")
    if pem:
        set_up_gateway(node, 1, pem)
    node.python(FILL.format(name=what))
    return node.home


@pytest.fixture
def planning(asked_for: Path, tmp_path: Path) -> Iterator[Amparo]:
    node = copied(asked_for, tmp_path / "home")
    yield node
    node.end_everything()


@pytest.fixture
def texts(pem: Path) -> Iterator[Received]:
    """The gateway of the node that reminds."""
    with gateway(pem) as received:
        yield received


@pytest.fixture
def reminding(due: Path, tmp_path: Path, pem: Path, texts: Received) -> Iterator[Amparo]:
    node = copied(due, tmp_path / "home")
    set_up_gateway(node, texts.port, pem)
    yield node
    node.end_everything()


def end(worker: psutil.Popen, sign: signal.Signals) -> None:
    worker.send_signal(sign)
    worker.communicate(timeout=30)


def work_on(node: Amparo, tables: Tables, task: str) -> psutil.Popen:
    """The next worker, a while later."""
    tables.let_time_pass()
    tables.defer(task)
    return node.start("worker")


@pytest.mark.parametrize("where", [WRITING, WRITTEN], ids=["half written", "written"])
def test_killed_while_it_writes_a_plan_all_of_it_stands_in_the_end_and_once(
    planning: Amparo, where: tuple[str, int]
) -> None:
    with tables_of(planning) as tables:
        assert cut_at(planning, *where, "worker") == -signal.SIGKILL
        written = where == WRITTEN
        assert tables.ask(PERIOD) == [("done", 2) if written else ("running", 1)]
        assert tables.ask(PLACES) == [(4 if written else 0,)]
        assert tables.ask(JOBS) == [("doing", 0)]
        worker = work_on(planning, tables, TAKE_UP)
        tables.wait_until(JOBS, [])
        assert tables.ask(PERIOD) == [("done", 2)]
        assert (tables.ask(GROUPS), tables.ask(PLACES)) == ([(1,)], [(4,)])
        end(worker, signal.SIGTERM)


def test_a_plan_that_killed_its_worker_twice_is_not_begun_again_by_itself(planning: Amparo) -> None:
    with tables_of(planning) as tables:
        for before in range(2):
            assert cut_at(planning, *SOLVING, "worker") == -signal.SIGKILL
            assert tables.ask(JOBS) == [("doing", before)]
            tables.let_time_pass()
            tables.defer(TAKE_UP)
        worker = planning.start("worker")
        tables.wait_until(
            "SELECT status::text FROM procrastinate_jobs WHERE task_name LIKE '%.compute_plan'", [("failed",)]
        )
        assert (tables.ask(PERIOD), tables.ask(GROUPS)) == ([("running", 1)], [(0,)])
        end(worker, signal.SIGTERM)


@pytest.mark.parametrize("second_is_done", [True, False], ids=["after the second was done", "while the second works"])
def test_a_worker_that_only_slept_finds_that_its_job_is_no_longer_its_own(
    planning: Amparo, tmp_path: Path, second_is_done: bool
) -> None:
    with tables_of(planning) as tables:
        first = asleep(planning, tables, tmp_path / "first", SOLVE)
        tables.let_time_pass()
        tables.defer(TAKE_UP)
        second = planning.start_script(HELD.format(**SOLVE, until=tmp_path / "second"))
        assert second.stdout.readline() == "there\n"
        assert tables.ask(JOBS) == [("doing", 1)]
        if second_is_done:
            let_go_on(second, tmp_path / "second")
            tables.wait_until(JOBS, [])
        let_go_on(first, tmp_path / "first")
        tables.defer(SWEEP)
        tables.wait_until(LEFT, [] if second_is_done else [(COMPUTE,)])  # the first works on, and has ended nothing
        assert tables.ask(PERIOD) == [("done", 2) if second_is_done else ("running", 1)]
        let_go_on(second, tmp_path / "second")
        tables.wait_until(LEFT, [])
        assert (tables.ask(PERIOD), tables.ask(PLACES)) == ([("done", 2)], [(4,)])
        assert complaints(first, second) == ["", ""]


def test_what_comes_by_the_clock_has_not_failed_where_its_worker_only_slept(idle: Path, tmp_path: Path) -> None:
    node = copied(idle, tmp_path / "home")
    with tables_of(node) as tables:
        tables.defer(SWEEP, "sweep_sessions")
        first = asleep(node, tables, tmp_path / "first", ANY_JOB)
        tables.let_time_pass()
        tables.defer(TAKE_UP)
        second = node.start("worker")
        tables.wait_until(LEFT_STATE, [("failed", 0)])
        let_go_on(first, tmp_path / "first")
        tables.wait_until(LEFT_STATE, [])
        assert complaints(first, second) == ["", ""]
    node.end_everything()


@pytest.mark.parametrize("where", ["at the queue", "in a job"])
def test_a_worker_that_froze_in_a_transaction_holds_nobody_up_for_long(idle: Path, tmp_path: Path, where: str) -> None:
    node = copied(idle, tmp_path / "home")
    with tables_of(node) as tables:
        tables.defer(SWEEP, "sweep_sessions")
        first = node.start_script((FROZEN if where == "at the queue" else FROZEN_IN_JOB).format(until=tmp_path / "on"))
        assert first.stdout.readline() == "there\n"
        freeze(first, tables, under_way=1 if where == "at the queue" else 0)
        tables.wait_until(STANDING_STILL, [(0,)])  # a second later, although it still sleeps
        assert first.status() == psutil.STATUS_STOPPED
        let_go_on(first, tmp_path / "on")
        tables.defer(FORGET)
        tables.wait_until(f"SELECT count(*) FROM procrastinate_jobs WHERE task_name = '{FORGET}'", [(0,)])
        # What it had in hand at the queue is ended by another connection; what a job had begun is nobody's.
        assert tables.ask(LEFT_STATE) == ([] if where == "at the queue" else [("failed", 1)])
        end(first, signal.SIGTERM)
        assert first.returncode == 0
    node.end_everything()


def test_it_ends_with_an_error_where_what_it_lives_on_fails(idle: Path, tmp_path: Path) -> None:
    node = copied(idle, tmp_path / "home")
    with tables_of(node) as tables:
        deaf = node.start_script(DEAF)
        assert "ERROR procrastinate.worker" in deaf.communicate(timeout=60)[1]
        assert deaf.returncode == 1
        asked = node.start("worker")
        tables.wait_until("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'", [(1,)])
        end(asked, signal.SIGTERM)
        assert asked.returncode == 0
    node.end_everything()


def asleep(node: Amparo, tables: Tables, until: Path, where: dict[str, str]) -> psutil.Popen:
    """A worker in the middle of a job, as on a machine that fell asleep; it tells the queue nothing just then."""
    worker = node.start_script(HELD.format(**where, until=until))
    assert worker.stdout.readline() == "there\n"
    freeze(worker, tables)
    return worker


def freeze(worker: psutil.Popen, tables: Tables, under_way: int = 0) -> None:
    """Let it sleep while just so much of the queue is under way: anything else would end, and the worker with it."""
    worker.send_signal(signal.SIGSTOP)
    while tables.ask(UNDER_WAY) != [(under_way,)]:
        worker.send_signal(signal.SIGCONT)
        time.sleep(0.1)
        worker.send_signal(signal.SIGSTOP)


def let_go_on(worker: psutil.Popen, until: Path) -> None:
    until.touch()
    worker.send_signal(signal.SIGCONT)


def complaints(*workers: psutil.Popen) -> list[str]:
    """What they said that was not well, once they are asked to end."""
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    return [worker.communicate(timeout=30)[1] for worker in workers]


def test_asked_to_end_while_it_plans_it_keeps_the_best_plan_so_far(planning: Amparo) -> None:
    with tables_of(planning) as tables:
        worker = planning.start_script(HOLDING)
        assert worker.stdout.readline() == "planning\n"
        end(worker, signal.SIGTERM)
        assert worker.returncode in {0, 128 + signal.SIGTERM}
        assert tables.ask(PERIOD) == [("done", 2)]
        assert tables.ask(PLACES) == [(4,)]
        assert tables.ask(JOBS) == []


def test_killed_between_sending_and_noting_it_is_not_sent_again_and_her_team_is_told(
    reminding: Amparo, texts: Received
) -> None:
    texts.answers = [SLOW]
    with tables_of(reminding) as tables:
        worker = reminding.start("worker")
        wait_for(texts, 1)
        end(worker, signal.SIGKILL)
        assert tables.ask(REMINDERS) == [("sending", 1), ("planned", 0), ("planned", 0)]
        worker = work_on(reminding, tables, SEND)
        tables.wait_until(REMINDERS, [("unknown", 1), ("sent", 1), ("sent", 1)])
        assert tables.ask(TOLD) == [("perhaps_reminded",)]
        end(worker, signal.SIGTERM)
    assert len(texts.messages) == 3


def test_asked_to_end_while_it_sends_it_notes_that_one_and_leaves_the_others_to_the_next(
    reminding: Amparo, texts: Received
) -> None:
    texts.answers = [LATE]
    with tables_of(reminding) as tables:
        worker = reminding.start("worker")
        wait_for(texts, 1)
        end(worker, signal.SIGTERM)
        assert tables.ask(REMINDERS) == [("sent", 1), ("planned", 0), ("planned", 0)]
        worker = work_on(reminding, tables, SEND)
        tables.wait_until(REMINDERS, [("sent", 1)] * 3)
        assert tables.ask(TOLD) == []
        end(worker, signal.SIGTERM)
    assert len(texts.messages) == 3


def wait_for(texts: Received, count: int) -> None:
    last = time.monotonic() + 30
    while len(texts.messages) < count and time.monotonic() < last:
        time.sleep(0.02)
    assert len(texts.messages) == count
