"""`amparo audit`: whether the log of who read and wrote what was tampered with; its anchors outside the database."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from amparo.cli.django_ready import django_ready
from amparo.node import anchor_keys
from amparo.node.errors import NodeError

if TYPE_CHECKING:
    from amparo.areas.audit.checking import Report


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("audit", help="check the log of who read and wrote what")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="check chains and anchors; exit 1 where something was tampered with")
    verify.add_argument("--anchors", type=Path, metavar="FOLDER", help="a copy of the anchors kept elsewhere")
    verify.set_defaults(run=_verify)
    anchor = actions.add_parser("anchor", help="sign how the log stands now, outside the database")
    anchor.add_argument("--new-key", action="store_true", help="sign with a new key from here on")
    anchor.add_argument("--restored", action="store_true", help="a backup was put back: later entries are gone")
    anchor.set_defaults(run=_anchor)
    for action in (verify, anchor):
        action.add_argument("--json", action="store_true", help="print one JSON document")


def _verify(arguments: argparse.Namespace) -> int:
    """Check every chain and every anchor; say what was found; 1 where something does not hold."""
    if arguments.anchors is not None and not arguments.anchors.is_dir():
        raise NodeError(f"--anchors {arguments.anchors}: expected a folder with anchors.", exit_code=2)
    with django_ready():
        from amparo.areas.audit import checking

        report = checking.check(arguments.anchors)
    if arguments.json:
        print(json.dumps(_as_json(report)))
    elif not report.breaks:
        print(f"The log holds: {report.entries} entries, each in its place; {_anchored(report)}.")
    for broken in report.breaks:
        print(f"amparo: the log was tampered with: {broken.where}: {broken.reason}.", file=sys.stderr)
    return 1 if report.breaks else 0


def _anchor(arguments: argparse.Namespace) -> int:
    """Write an anchor; with a new key one with the old key before it."""
    with django_ready():
        from amparo.areas.audit import anchors

        written = anchors.write(restored=arguments.restored)
        if arguments.new_key:
            anchor_keys.make_new_key()
            written = anchors.write() or written
        place = anchors.folder()
    number = written.number if written else None
    if arguments.json:
        print(json.dumps({"anchor": number, "folder": str(place), "key": anchor_keys.known_keys()[-1]}))
    else:
        print(f"Anchor {number} stands in {place}." if written else "Nothing was logged since the last anchor.")
    return 0


def _anchored(report: "Report") -> str:
    if not report.anchors:
        return "none is anchored yet"
    restored = "".join(f"; a backup was put back at {at}" for at in report.restored_at)
    return f"{report.anchors} anchors, the last of {report.anchored_at}{restored}"


def _as_json(report: "Report") -> dict[str, object]:
    first = report.breaks[0] if report.breaks else None
    return {
        "entries": report.entries,
        "holds": first is None,
        "first_broken": {"chain": first.chain, "number": first.number, "reason": first.reason} if first else None,
        "anchors": report.anchors,
        "anchored_at": report.anchored_at or None,
        "restored_at": report.restored_at,
    }
