"""`amparo serve`: the web server for production, with a worker beside it."""

import argparse

from amparo.areas.vault import nodekey
from amparo.cli import schema, serving
from amparo.node import database
from amparo.node.backup.swap import serving as serving_home
from amparo.node.errors import NodeError


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("serve", help="start the web server and a worker, until stopped")
    serving.add_address(parser)
    parser.add_argument("--no-worker", action="store_true", help="start `amparo worker` elsewhere")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped. A new database is set up; an older one is left as it is until `amparo migrate`."""
    return serving.stopping_in_order(lambda: _serve(arguments))


def _serve(arguments: argparse.Namespace) -> None:
    with serving.listen(arguments.host, arguments.port) as listener, database.available(), serving_home():
        state = schema.node_state()
        if not state:
            serving.run_amparo("migrate")
        elif state.get(schema.FINGERPRINT) != schema.fingerprint():
            raise NodeError("The database belongs to another version: make a backup, then run `amparo migrate`.")
        nodekey.check()
        serving.serve(listener, _announce, with_worker=not arguments.no_worker)


def _announce(address: str) -> None:
    print(f"Amparo is at {address}", flush=True)
