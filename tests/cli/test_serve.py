"""A node that serves: sets itself up, answers, stops with everything it started, survives what is killed."""

import signal

import psutil
import psycopg
import pytest

from amparo.node import postgres
from tests.cli.command import Amparo, address_of, get_json

HEALTHY = {"status": "ok"}


# Asked where Python drops what is raised: while it tidies up, as it does at each import.
ASKED_WHILE_TIDYING_UP = """
import signal, weakref
from amparo.cli import parser
from amparo.cli.commands import {command} as starting
class Thing: pass
def {step}(*ignored, step=starting.{step}, **more):
    thing = Thing()
    watched = weakref.ref(thing, lambda gone: signal.raise_signal(signal.{asked}))
    del thing
    return step(*ignored, **more)
starting.{step} = {step}
raise SystemExit(parser.run({arguments}))
"""
SERVE = ["serve", "--port", "0"]
ASKED_WHILE_CONNECTING = """
import signal
from procrastinate import PsycopgConnector
from amparo.cli import parser
opening = PsycopgConnector.open_async
async def open_async(self, pool=None):
    signal.raise_signal(signal.SIGTERM)
    await opening(self, pool)
PsycopgConnector.open_async = open_async
raise SystemExit(parser.run(["worker"]))
"""


def wait_for_ends(processes: list[psutil.Process]) -> list[psutil.Process]:
    _, alive = psutil.wait_procs(processes, timeout=20)
    return alive


def test_a_new_node_sets_itself_up_and_answers(amparo: Amparo) -> None:
    address = address_of(amparo.start("serve", "--port", "0"))
    assert address.startswith("http://127.0.0.1:")
    assert get_json(f"{address}healthz") == HEALTHY


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_stops_when_asked_with_everything_it_started(node: Amparo, asked: signal.Signals) -> None:
    serving = node.start("serve", "--port", "0")
    assert get_json(f"{address_of(serving)}healthz") == HEALTHY
    started = node.processes()
    serving.send_signal(asked)
    _, complaint = serving.communicate(timeout=30)
    assert (serving.returncode, complaint) == (0, "Amparo has stopped.\n")
    assert len(started) >= 4
    assert wait_for_ends(started) == []


def test_other_commands_run_while_it_serves(node: Amparo) -> None:
    serving = node.start("serve", "--port", "0")
    address = address_of(serving)
    assert node("migrate").code == 0
    assert get_json(f"{address}healthz") == HEALTHY


def test_two_can_serve_from_one_home(node: Amparo) -> None:
    first, second = (node.start("serve", "--port", "0") for _ in range(2))
    addresses = [address_of(first), address_of(second)]
    assert addresses[0] != addresses[1]
    first.terminate()
    first.communicate()
    assert get_json(f"{addresses[1]}healthz") == HEALTHY


def test_it_brings_a_killed_database_back(node: Amparo) -> None:
    address = address_of(node.start("serve", "--port", "0"))
    killed = postgres._server_process(postgres.data_folder(node.home))
    if killed is None:
        pytest.fail("The database is not running.")
    killed.kill()
    psutil.wait_procs([killed], timeout=1)
    for _ in range(100):
        revived = postgres._server_process(postgres.data_folder(node.home))
        if revived and postgres._answer(node.home) == psycopg.pq.Ping.OK:
            break
        psutil.wait_procs([psutil.Process()], timeout=0.1)
    assert get_json(f"{address}healthz") == HEALTHY


def test_after_it_was_killed_its_port_and_database_are_free_for_the_next(node: Amparo) -> None:
    serving = node.start("serve", "--port", "0")
    address = address_of(serving)
    watched = [process for process in node.processes() if process.name() != "postgres"]
    serving.kill()
    assert wait_for_ends(watched) == []
    again = node.start("serve", "--port", address.rstrip("/").rsplit(":", 1)[1])
    assert address_of(again) == address
    assert get_json(f"{address}healthz") == HEALTHY


def test_when_the_web_server_ends_everything_is_stopped_and_said(node: Amparo) -> None:
    serving = node.start("serve", "--port", "0")
    address_of(serving)
    web = next(child for child in serving.children() if "gunicorn" in " ".join(child.cmdline()))
    web.kill()
    _, complaint = serving.communicate(timeout=30)
    assert serving.returncode == 1
    assert complaint.splitlines()[-1] == "amparo: The web server has ended, so everything was stopped; start again."


def test_a_database_of_another_version_is_left_alone(amparo: Amparo) -> None:
    assert amparo("migrate").code == 0
    with postgres.running(amparo.home) as socket:
        with psycopg.connect(host=socket, user="amparo", dbname="amparo") as connection:
            connection.execute("UPDATE node_state SET value = 'older' WHERE key = 'schema'")
        ended = amparo("serve", "--port", "0")
    assert ended.code == 1
    assert ended.complaint == (
        "amparo: The database belongs to another version: make a backup, then run `amparo migrate`.\n"
    )


def test_a_worker_alone_stops_when_asked(node: Amparo) -> None:
    working = node.start("worker")
    while not working.net_connections("unix"):
        psutil.wait_procs([working], timeout=0.1)
    working.terminate()
    working.communicate(timeout=30)
    assert working.returncode in {0, 128 + signal.SIGTERM}
    assert wait_for_ends(node.processes()) == []


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (ASKED_WHILE_TIDYING_UP.format(command="worker", step="hold_on", asked="SIGTERM", arguments=["worker"]), 143),
        (ASKED_WHILE_TIDYING_UP.format(command="worker", step="hold_on", asked="SIGINT", arguments=["worker"]), 130),
        (ASKED_WHILE_TIDYING_UP.format(command="serve", step="serving_home", asked="SIGTERM", arguments=SERVE), 0),
        (ASKED_WHILE_CONNECTING, 0),
    ],
    ids=["worker", "worker by Ctrl-C", "serve", "worker while it connects"],
)
def test_it_stops_also_when_asked_while_it_starts(node: Amparo, script: str, code: int) -> None:
    starting = node.start_script(script)
    starting.communicate(timeout=60)
    assert starting.returncode == code
    assert wait_for_ends(node.processes()) == []
