"""A demonstration that a browser walks through: the real command, its own home, one language more."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.pseudo import write_catalogue

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 180  # seconds until the demonstration is made up and answers


@dataclass
class Node:
    """Where it is, and who can sign in. A code of the second factor counts once, so everyone signs in once."""

    address: str
    accounts: list[dict[str, str]]
    home: Path
    taken: set[str] = field(default_factory=set)

    def account(self, role: str, *, house: str = "") -> dict[str, str]:
        """Somebody with this role who has not signed in yet, of this organisation or of the first that has one."""
        for one in self.accounts:
            fits = one["role"] == role and house in ("", one["organisation"])
            if fits and one["username"] not in self.taken:
                self.taken.add(one["username"])
                return one
        raise LookupError(f"no {role} is left")


@contextmanager
def demonstration(home: Path) -> Iterator[Node]:
    """Serve a small demonstration until the block ends."""
    write_catalogue(home.parent / "pseudo", of=ROOT / "src/amparo/locale/es/LC_MESSAGES/django.po")
    environment = {
        **{name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "KEYS_DATABASE_URL"}},
        "AMPARO_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "tests.browser.node_settings",
        "PSEUDO_LOCALE": str(home.parent / "pseudo"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
    }
    command = [sys.executable, "-m", "amparo.cli.main", "demo", "--port", "0", "--cases", "6"]
    said = home.parent / "said"
    with said.open("w") as out, subprocess.Popen(command, env=environment, stdout=out, stderr=out) as server:
        try:
            address = _address(said, server)
            yield Node(address, json.loads((home / "demo-accounts.json").read_text(encoding="utf-8")), home)
        finally:
            server.terminate()
            server.wait(timeout=60)


def _address(said: Path, server: "subprocess.Popen[bytes]") -> str:
    begun = time.monotonic()
    while time.monotonic() < begun + PATIENCE and server.poll() is None:
        found = re.search(r"Amparo is at (http://\S+)", said.read_text())
        if found:
            return found.group(1).rstrip("/")
        time.sleep(0.2)
    raise RuntimeError(f"the demonstration did not start: {said.read_text()[-800:]}")
