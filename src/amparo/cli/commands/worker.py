"""`amparo worker`: carry out background work until stopped."""

import argparse
import asyncio
import contextlib

from amparo.cli.django_ready import django_ready
from amparo.cli.lifeline import hold_on
from amparo.node import database
from amparo.node.backup.swap import serving as serving_home

_FINISH_SECONDS = 3


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("worker", help="carry out background work until stopped")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Take jobs one by one; at SIGTERM or Ctrl-C finish the one in hand and return.

    1, where it had to end by itself: supervision starts it again, and should see that it did.
    """
    database.connect_as_web()
    with django_ready(), serving_home():
        from procrastinate import PsycopgConnector
        from procrastinate.contrib.django import app
        from procrastinate.contrib.django.utils import connector_params

        from amparo.areas.entitlements import catalogue
        from amparo.areas.orgs import queue
        from amparo.areas.orgs.jobs import ALIVE_EVERY, SILENT

        catalogue.prepare()
        hold_on()
        connector = PsycopgConnector(kwargs=connector_params(), min_size=1, configure=queue.letting_go)
        with app.replace_connector(connector) as working:
            working.job_manager = queue.OwnJobs(working.connector)
            worker = queue.OwnWorker(
                app=working,
                install_signal_handlers=False,
                shutdown_graceful_timeout=_FINISH_SECONDS,
                delete_jobs="successful",
                update_heartbeat_interval=ALIVE_EVERY,
                stalled_worker_timeout=SILENT,
                task_middleware=[*working.worker_defaults.get("task_middleware", ()), queue.standing_still],
                worker_middleware=[queue.holding],
            )
            asyncio.run(worker.work())
        _anchor_at_the_end()
    return 1 if worker.broke else 0


def _anchor_at_the_end() -> None:
    """What was logged since the last anchor is anchored too, if the database has not gone first."""
    from django.db import OperationalError

    from amparo.areas.audit import anchors

    with contextlib.suppress(OperationalError):
        anchors.write()
