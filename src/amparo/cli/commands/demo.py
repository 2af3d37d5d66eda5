"""`amparo demo`: a node full of fictional people, to try everything out."""

import argparse
import json
import shutil
from pathlib import Path

from amparo.areas.vault import nodekey
from amparo.cli import schema, serving
from amparo.cli.commands.migrate import migrate
from amparo.cli.django_ready import django_ready
from amparo.node import database
from amparo.node.backup.swap import serving as serving_home
from amparo.node.errors import NodeError
from amparo.node.home import home, prepare_home

DEFAULT_CASES = 60
ACCOUNTS = "demo-accounts.json"


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("demo", help="start with fictional people, to try everything out")
    serving.add_address(parser)
    parser.add_argument("--cases", type=_count, help=f"how many cases to make up (default: {DEFAULT_CASES})")
    parser.add_argument("--fresh", action="store_true", help="throw an earlier demonstration away")
    parser.add_argument("--fill-only", action="store_true", help="fill the database and stop")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Fill the database if that was not done yet, and serve until stopped."""
    if arguments.fill_only:
        return _fill(arguments)
    return serving.stopping_in_order(lambda: _demonstrate(arguments))


def _demonstrate(arguments: argparse.Namespace) -> None:
    with serving.listen(arguments.host, arguments.port) as listener, database.available(), serving_home():
        if not _is_ready(arguments):
            serving.run_amparo(*_fill_command(arguments))
        nodekey.check()
        serving.serve(listener, _announce, with_worker=True)


def _is_ready(arguments: argparse.Namespace) -> bool:
    state = schema.node_state()
    made = state.get(schema.DEMONSTRATION)
    same_size = arguments.cases is None or str(arguments.cases) == made
    current = state.get(schema.FINGERPRINT) == schema.fingerprint()
    return bool(made) and same_size and current and not arguments.fresh and (home() / ACCOUNTS).exists()


def _fill_command(arguments: argparse.Namespace) -> list[str]:
    cases = [] if arguments.cases is None else ["--cases", str(arguments.cases)]
    return ["demo", "--fill-only", *cases, *(["--fresh"] if arguments.fresh else [])]


def _fill(arguments: argparse.Namespace) -> int:
    with django_ready():
        migrate()
        _refuse_real_data()
        if arguments.fresh:
            _throw_away()
        _fill_with_people(arguments.cases or DEFAULT_CASES)
    return 0


def _throw_away() -> None:
    from django.db import connections

    connections.close_all()
    database.drop_databases()
    for kept in ("files", "anchors"):
        shutil.rmtree(home() / kept, ignore_errors=True)
    for name in (ACCOUNTS, "demo-identities.json"):
        (home() / name).unlink(missing_ok=True)
    migrate()


def _fill_with_people(cases: int) -> None:
    from amparo import demo

    if not demo.is_demonstration():
        print(f"Making up {cases} cases …", flush=True)
        demo.fill(cases=cases)
        schema.remember(schema.DEMONSTRATION, str(cases))
    elif str(cases) != schema.node_state().get(schema.DEMONSTRATION, str(cases)):
        raise NodeError("There is a demonstration of another size: add --fresh to throw it away.", exit_code=2)


def _refuse_real_data() -> None:
    """Nothing is deleted or added where one organisation of the node is real."""
    from amparo import demo

    if demo.holds_real_data():
        raise _holds_real_data()


def _holds_real_data() -> NodeError:
    where = f"AMPARO_HOME {home()}" if database.is_embedded() else "The database of DATABASE_URL"
    return NodeError(f"{where} holds real data: a demonstration needs one of its own.", exit_code=2)


def _announce(address: str) -> None:
    print(_accounts_table(prepare_home() / ACCOUNTS))
    print(f"Amparo is at {address}", flush=True)


def _accounts_table(file: Path) -> str:
    accounts = json.loads(file.read_text(encoding="utf-8"))
    names = ("role", "organisation", "username", "password", "totp_secret")
    rows = [names, *(tuple(str(account.get(name) or "") for name in names) for account in accounts)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(names))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(lines)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of cases: expected 1 or more")
    return int(text)
