"""`amparo audit verify`: whether every entry of the log follows from the one before it."""

import argparse
import json
import sys

from amparo.cli.django_ready import django_ready


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("audit", help="check the log of who read and wrote what")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="check the whole chain; exit 1 where an entry was tampered with")
    verify.add_argument("--json", action="store_true", help="print one JSON document")
    verify.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check every chain; print what was found; 1 where one is broken."""
    with django_ready():
        from amparo.areas.audit import queries

        broken, entries = queries.first_break(), queries.count()
    if arguments.json:
        found = {"chain": broken.chain, "number": broken.number, "reason": broken.reason} if broken else None
        print(json.dumps({"entries": entries, "holds": broken is None, "first_broken": found}))
    elif broken is None:
        print(f"The log holds: {entries} entries, each in its place.")
    if broken is not None:
        where = f"chain {broken.chain}, entry {broken.number}"
        print(f"amparo: the log was tampered with: {where}: {broken.reason}.", file=sys.stderr)
    return 0 if broken is None else 1
