"""`amparo keys`: replace keys while the node works, and check that they open what they should."""

import argparse

from amparo.cli.django_ready import django_ready
from amparo.node.errors import NodeError


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("keys", help="replace, check, split and recover keys")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_rotate(actions)


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
