"""A node whose worker has something to do: a plan that somebody asked for, and reminders that are due now."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time as hour
from pathlib import Path

import psycopg
import pytest

from amparo.node import postgres
from tests.cli.command import Amparo

FILL = "from tests.cli.working import {name}; {name}()"
# Runs the worker, says when it begins to plan, and goes on with it once it has to end.
HOLDING = """
import sys, time
from amparo.areas.activities.scheduling import planning
from amparo.cli.parser import run
kept = planning.solve
def held(*args, stopped, **more):
    print("planning", flush=True)
    while not stopped():
        time.sleep(0.02)
    return kept(*args, stopped=stopped, **more)
planning.solve = held
sys.exit(run(["worker"]))
"""
# Runs the worker, says when it comes to a function, and goes on with it once the file is there.
HELD = """
import importlib, pathlib, sys, time
from amparo.cli.parser import run
module = importlib.import_module("{module}")
kept = module.{name}
def held(*args, **more):
    print("there", flush=True)
    while not pathlib.Path("{until}").exists():
        time.sleep(0.02)
    return kept(*args, **more)
module.{name} = held
sys.exit(run(["worker"]))
"""
# Runs the worker, and freezes in the midst of a transaction of the queue, which may stand still for a second.
FROZEN = """
import pathlib, sys, time
from amparo.cli.django_ready import django_ready
from amparo.cli.parser import run
from amparo.node import database
database.connect_as_web()
with django_ready():
    from procrastinate import PsycopgConnector
    from procrastinate.psycopg_connector import wrap_exceptions
    from amparo.areas.orgs import queue
queue.STANDS_STILL = 1
kept, until = PsycopgConnector.execute_query_all_async, pathlib.Path("{until}")
@wrap_exceptions()
async def held(self, query, **arguments):
    if query is not queue._FORGET or until.exists():
        return await kept(self, query, **arguments)
    async with self._get_cursor() as cursor:
        await cursor.execute(query, arguments)
        print("there", flush=True)
        while not until.exists():
            time.sleep(0.02)
PsycopgConnector.execute_query_all_async = held
sys.exit(run(["worker"]))
"""
# The same in a transaction of a job.
FROZEN_IN_JOB = """
import pathlib, sys, time
from amparo.cli.django_ready import django_ready
from amparo.cli.parser import run
from amparo.node import database
database.connect_as_web()
with django_ready():
    from django.db import connection, transaction
    from amparo.areas.orgs import queue, sessions
queue.STANDS_STILL = 1
def sweep():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        print("there", flush=True)
        while not pathlib.Path("{until}").exists():
            time.sleep(0.02)
        cursor.execute("SELECT 1")
sessions.sweep = sweep
sys.exit(run(["worker"]))
"""
# Runs a worker that cannot listen for new jobs.
DEAF = """
import sys
from amparo.cli.django_ready import django_ready
from amparo.cli.parser import run
from amparo.node import database
database.connect_as_web()
with django_ready():
    from amparo.areas.orgs import queue
async def listen(self, **more):
    raise RuntimeError("nothing is heard")
queue.OwnJobs.listen_for_jobs = listen
sys.exit(run(["worker"]))
"""
CHANNELS = """
[sms]
url = "https://localhost:{port}/"
fields = {{to = "{{to}}", text = "{{text}}"}}
trusted = "{pem}"
"""
_DEFER = """INSERT INTO procrastinate_jobs (queue_name, task_name, args, queueing_lock)
VALUES ('default', %s, '{"timestamp": 0}', %s)"""


@dataclass(frozen=True)
class Tables:
    """The database of a running node, as its owner sees it."""

    connection: psycopg.Connection

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        return self.connection.execute(sql).fetchall()  # type: ignore[call-overload, no-any-return]

    def wait_until(self, sql: str, expected: list[tuple[object, ...]]) -> None:
        """Look again until the answer is the expected one."""
        end = time.monotonic() + 40
        while (found := self.ask(sql)) != expected:
            if time.monotonic() > end:
                pytest.fail(f"{sql}: {found}")
            time.sleep(0.05)

    def defer(self, task: str, lock: str | None = None) -> None:
        """Let it come now, as it comes by the clock."""
        self.connection.execute(_DEFER, [task, lock])

    def let_time_pass(self) -> None:
        """Whoever was killed has been silent for a quarter of an hour, and whatever began did so before that."""
        self.connection.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '15 minutes'")
        self.connection.execute("UPDATE activities_reminder SET handed_at = handed_at - interval '15 minutes'")


@contextmanager
def tables_of(node: Amparo) -> Iterator[Tables]:
    """Keep the node's database running during the block."""
    with (
        postgres.running(node.home) as socket,
        psycopg.connect(host=socket, user="amparo", dbname="amparo", autocommit=True) as connection,
    ):
        yield Tables(connection)


def ask_for_plan() -> None:
    """Four women want a course, and their coordinator asks for a plan. Runs in a process of the node."""
    from amparo.cli.django_ready import django_ready

    with django_ready():
        from django.db import transaction

        from amparo.areas.activities import solving
        from tests.cast import make_cast
        from tests.gathering import house_of

        with transaction.atomic():
            house = house_of(make_cast())
            house.plan()
            solving.ask_for_plan(house.period, by=house.coordinator)


def leave_reminders_due() -> None:
    """A woman has three appointments, and is to be reminded of each now. Runs in a process of the node."""
    from amparo.cli.django_ready import django_ready

    with django_ready():
        from django.db import transaction

        from amparo.areas.activities.models import Reminder
        from amparo.areas.activities.reminders import planning
        from amparo.kernel import clock
        from tests.areas.test_reminding import agree, meet
        from tests.cast import make_cast

        with transaction.atomic():
            cast = make_cast()
            agree(cast, from_time=hour.min)  # at any hour
            for _ in range(3):
                meet(cast)
            planning.plan(cast["assigned"].organisation)
            Reminder.objects.update(planned_at=clock.now())


def set_up_gateway(node: Amparo, port: int, pem: Path) -> None:
    """Text messages leave the node over this port."""
    file = node.home / "channels.toml"
    file.write_text(CHANNELS.format(port=port, pem=pem))
    file.chmod(0o600)
