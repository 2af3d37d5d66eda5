"""`amparo worker`: carry out background work until stopped."""

import argparse
from typing import cast

from amparo.cli.django_ready import django_ready
from amparo.cli.lifeline import hold_on
from amparo.node import database

_FINISH_SECONDS = 3


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("worker", help="carry out background work until stopped")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Take jobs one by one; at SIGTERM or Ctrl-C finish the one in hand and return."""
    database.connect_as_web()
    with django_ready():
        from procrastinate.contrib.django import app
        from procrastinate.contrib.django.django_connector import DjangoConnector

        hold_on()
        connector = cast("DjangoConnector", app.connector).get_worker_connector()
        with app.replace_connector(connector):
            app.run_worker(shutdown_graceful_timeout=_FINISH_SECONDS)
    return 0
