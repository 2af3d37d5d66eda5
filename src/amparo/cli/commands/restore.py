"""`amparo restore`: a backup back into a node, or into a temporary one to try it."""

import argparse
import json
import sys
from pathlib import Path

from amparo.cli import drill
from amparo.cli.serving import run_amparo
from amparo.node import database, secrets
from amparo.node.errors import NodeError

_NAMED = 20


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("restore", help="put a backup back, or try whether it could be")
    parser.add_argument("file", type=Path, metavar="FILE", help="what `amparo backup` wrote")
    parser.add_argument("--keys", type=Path, metavar="FOLDER", help="a copy of AMPARO_HOME/keys (default: the node's)")
    parser.add_argument("--replace", action="store_true", help="put it in the place of what this node holds now")
    parser.add_argument("--drill", action="store_true", help="restore into a temporary node, check it, remove it")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check the whole file, then restore it beside what is there, then swap; or the drill."""
    if not arguments.file.is_file():
        raise NodeError(f"{arguments.file} is not a file.", exit_code=2)
    if arguments.keys and not arguments.keys.is_dir():
        raise NodeError(f"--keys {arguments.keys} is not a folder.", exit_code=2)
    if arguments.drill:
        return drill.run(arguments.file, keys=arguments.keys, as_json=arguments.json)
    missing = _restore(arguments)
    if arguments.json:
        print(json.dumps({"file": str(arguments.file), "persons_without_keys": missing}))
    else:
        _tell(missing)
    return 0


def _restore(arguments: argparse.Namespace) -> list[str]:
    from amparo.areas.vault import keystore, nodekey
    from amparo.node.backup import restoring
    from amparo.node.backup.sharing import alone_with_the_keys

    with database.available():
        held = restoring.check(arguments.file, arguments.keys)
        if not arguments.replace:
            restoring.refuse_to_overwrite()
        restoring.refuse_while_used()
        restoring.refuse_without_room(held)
        if arguments.keys:
            restoring.bring_keys(arguments.keys)
        if not nodekey.has_keys():
            run_amparo("migrate", "--only-keys", "--quiet")
            keystore.put_back(keystore.read())
        nodekey.check()
        with alone_with_the_keys():
            restoring.restore(arguments.file)
        run_amparo("migrate", "--quiet")
        keystore.refresh()
        return nodekey.persons_without_keys()


def _tell(missing: list[str]) -> None:
    print("The backup is restored: start `amparo serve` again.")
    if missing:
        named = ", ".join(missing[:_NAMED]) + (" …" if len(missing) > _NAMED else "")
        print(
            f"amparo: the keys of {len(missing)} persons are not there, so that their words do not open: {named}. "
            f"They were erased, or came after {secrets.keys_folder()} was copied.",
            file=sys.stderr,
        )
