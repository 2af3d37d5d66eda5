"""A restore drill: the backup goes into a temporary node, is looked at, and the node is removed again."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from amparo.node import secrets
from amparo.node.errors import NodeError

_OTHER_SERVERS = ("DATABASE_URL", "KEYS_DATABASE_URL", "WEB_DATABASE_URL", "WEB_KEYS_DATABASE_URL", "AMPARO_ANCHORS")


def run(source: Path, *, keys: Path | None, as_json: bool) -> int:
    """Restore, migrate, open a sample, check the log; tell what was found. 1 where anything is wrong."""
    folder = keys or secrets.keys_folder()
    if not (folder / secrets.NODE_KEY).is_file():
        raise NodeError(f"There is no {secrets.NODE_KEY} in {folder}.", exit_code=2 if keys else 1)
    home = Path(tempfile.mkdtemp(prefix="amparo-drill-"))
    try:
        found = _tried(source.absolute(), folder, home / "home")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    _tell(found, as_json=as_json)
    return 0 if found["holds"] else 1


def _tried(source: Path, keys: Path, home: Path) -> dict[str, Any]:
    environment = {name: value for name, value in os.environ.items() if name not in _OTHER_SERVERS}
    environment["AMPARO_HOME"] = str(home)
    restored = _json("restore", str(source), "--keys", str(keys.absolute()), environment=environment)
    opened = _json("keys", "check", environment=environment)
    log = _json("audit", "verify", environment=environment)
    holds = bool(log["holds"]) and not opened["unreadable"] and opened["opened"] > 0
    return {"holds": holds, "log": log, "sample": opened, **restored}


def _json(*arguments: str, environment: dict[str, str]) -> dict[str, Any]:
    """What another command prints; where it says nothing, it could not begin, and its line is ours."""
    command = [sys.executable, "-m", "amparo.cli.main", *arguments, "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as wrong:
        said = done.stderr.strip().splitlines()
        line = said[-1].removeprefix("amparo: ") if said else "it gave no reason."
        raise NodeError(f"The drill failed: {line}", exit_code=done.returncode or 1) from wrong
    return answer


def _tell(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(found))
        return
    sample, without = found["sample"], len(found["persons_without_keys"])
    log = "holds" if found["log"]["holds"] else "does NOT hold"
    print(f"Restored into a temporary node, which is removed again. The log {log}: {found['log']['entries']} entries.")
    print(f"{sample['opened']} sealed values were tried and opened; {without} persons have no keys.")
    for label in sample["unreadable"]:
        print(f"amparo: {label} does not open.", file=sys.stderr)
