"""`amparo backup`: one encrypted file with everything a node keeps but its keys."""

import argparse
import json
from pathlib import Path

from amparo.node import database, secrets
from amparo.node.errors import NodeError


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("backup", help="write everything but the keys into one encrypted file")
    parser.add_argument("file", type=Path, metavar="FILE", help="what to write; interrupted, it goes on from FILE.part")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.epilog = (
        "It opens with AMPARO_HOME/keys alone: copy that folder too, to another place, and keep it for days."
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the backup, read it back, and renew the copy of the keys beside the node's key."""
    from amparo.areas.vault import keystore, nodekey
    from amparo.node.backup.saving import save
    from amparo.node.backup.sharing import alone_with_the_keys

    with database.available(), alone_with_the_keys(shared=True):
        nodekey.check()
        if not secrets.has_node_key():
            raise NodeError("This node has sealed nothing yet: there is nothing to keep.")
        held = save(arguments.file)
        keystore.refresh()
    if arguments.json:
        size = arguments.file.stat().st_size
        print(json.dumps({"file": str(arguments.file), "bytes": size, "files": held.files, "made_at": held.made_at}))
    else:
        print(f"{arguments.file} holds this node and was read back in full. Copy {secrets.keys_folder()} too.")
    return 0
