"""`amparo keys`: replace keys while the node works, and check that they open what they should."""

import argparse
import json
import sys
from pathlib import Path

from amparo.cli.django_ready import django_ready
from amparo.node import database, secrets
from amparo.node.errors import NodeError

_SAMPLE = 200
_WORDS_IN_A_ROW = 6


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("keys", help="replace, check, split and recover keys")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_rotate(actions)
    _add_custodians(actions)
    check = actions.add_parser("check", help="whether the keys open what is sealed")
    check.add_argument("--sample", type=int, default=_SAMPLE, help="values to try of each field (default: %(default)s)")
    check.add_argument("--json", action="store_true", help="print one JSON document")
    check.set_defaults(run=check_all)
    back = actions.add_parser("restore", help="put the copy in AMPARO_HOME/keys back into an empty database of keys")
    back.set_defaults(run=restore)


def _add_rotate(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = actions.add_parser("rotate", help="replace keys of one level while the node works")
    parser.add_argument("--level", required=True, choices=("node", "organisation", "person"))
    parser.add_argument("--organisation", metavar="CODE", help="of one organisation only (default: of all)")
    parser.add_argument(
        "--settle", type=_seconds, metavar="SECONDS", help="how long others may still use the old key (default: 130)"
    )
    parser.epilog = (
        "It may be stopped at any time and goes on when it is run again. After replacing keys of persons, backups made "
        "before do not open them any more: make a new one."
    )
    parser.set_defaults(run=rotate)


def _add_custodians(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    split_parser = actions.add_parser("split", help="print the node's key as word lists for custodians")
    split_parser.add_argument("--threshold", type=int, required=True, metavar="K", help="how many lists give it back")
    split_parser.add_argument("--shares", type=int, required=True, metavar="N", help="how many lists to print")
    split_parser.add_argument("--json", action="store_true", help="print one JSON document")
    split_parser.set_defaults(run=split)
    back = actions.add_parser("recover", help="write the node's key again from the custodians' word lists")
    back.add_argument("files", nargs="*", type=Path, metavar="FILE", help="one list or more (default: standard input)")
    back.set_defaults(run=recover)


def split(arguments: argparse.Namespace) -> int:
    """Print the lists, each for one custodian's paper; nothing of them is kept."""
    from amparo.areas.vault import custodians, nodekey

    with database.available():
        nodekey.check()
        key = secrets.node_key()
    lists = custodians.split(key, threshold=arguments.threshold, lists=arguments.shares)
    if arguments.json:
        print(json.dumps({"threshold": arguments.threshold, "key": secrets.fingerprint(key), "lists": lists}))
        return 0
    for number, words in enumerate(lists, start=1):
        print(f"# List {number} of {len(lists)}; any {arguments.threshold} give the key {secrets.fingerprint(key)}")
        print(_rows(words.split()) + "\n")
    return 0


def recover(arguments: argparse.Namespace) -> int:
    """Write the key back, only if it opens this node's keys; where there are none to try it on, say so."""
    from amparo.areas.vault import custodians, keystore, nodekey

    texts = [_text(file) for file in arguments.files] if arguments.files else [sys.stdin.read()]
    key = custodians.recover(one for text in texts for one in custodians.lists_in(text))
    with database.available():
        tried = nodekey.check_recovered(key) or keystore.exists()
        if keystore.exists():
            keystore.check_opens(key)
        secrets.restore_node_key(key, replace=tried)
    if not tried:
        print("There is nothing yet that the key could be tried on.", file=sys.stderr)
    print(f"The key {secrets.fingerprint(key)} is written to {secrets.keys_folder() / secrets.NODE_KEY}.")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Put the sealed copy of the keys back into the database of keys, which must hold none."""
    from amparo.areas.vault import keystore
    from amparo.cli.commands.migrate import migrate

    store = keystore.read()
    with django_ready():
        migrate(only_keys=True)
        keystore.put_back(store)
    print(f"The keys of {len(store.persons)} persons are back, as they were on {store.made_at:%Y-%m-%d %H:%M} UTC.")
    return 0


def check_all(arguments: argparse.Namespace) -> int:
    """Open every organisation's key and a sample of every sealed field; 1 where something does not open."""
    with django_ready():
        from amparo.areas.vault import nodekey, sampling

        nodekey.check()
        found = sampling.tried(arguments.sample)
        missing = nodekey.persons_without_keys()
    if arguments.json:
        print(json.dumps({"opened": found.opened, "unreadable": found.unreadable, "persons_without_keys": missing}))
    else:
        print(f"{found.opened} sealed values were tried and opened; {len(missing)} persons have no keys.")
        for label in found.unreadable:
            print(f"amparo: {label} does not open.", file=sys.stderr)
    return 1 if found.unreadable else 0


def rotate(arguments: argparse.Namespace) -> int:
    """Replace the keys of one level."""
    if arguments.level == "node" and arguments.organisation:
        raise NodeError("--organisation has no meaning with --level node: the node has one key.", exit_code=2)
    with django_ready():
        from amparo.areas.vault import nodekey, rotation

        nodekey.check()
        if arguments.level == "node":
            rotation.rotate_node()
        else:
            settle = rotation.SETTLE_SECONDS if arguments.settle is None else arguments.settle
            replace = rotation.rotate_persons if arguments.level == "person" else rotation.rotate_organisation
            for organisation in _organisations(arguments.organisation):
                replace(organisation, settle=settle)
    print("The keys are replaced. Copy AMPARO_HOME/keys again, and delete older copies of it.")
    return 0


def _organisations(code: str | None) -> list[int]:
    from amparo.areas.orgs import queries

    if code is None:
        return queries.every_organisation()
    known = queries.organisation_with_code(code)
    if known is None:
        raise NodeError(f"--organisation {code}: there is no organisation with this code.", exit_code=2)
    return [known.pk]


def _seconds(text: str) -> float:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return float(text)


def _rows(words: list[str]) -> str:
    """The words with their numbers, a few on a line."""
    numbered = [f"{number:2}. {word:<10}" for number, word in enumerate(words, start=1)]
    rows = (numbered[begin : begin + _WORDS_IN_A_ROW] for begin in range(0, len(numbered), _WORDS_IN_A_ROW))
    return "\n".join(" ".join(row).rstrip() for row in rows)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise NodeError(f"{file} cannot be read as a text.", exit_code=2) from wrong
