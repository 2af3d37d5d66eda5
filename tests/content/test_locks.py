"""Locks keep others from changing a row, and from nothing else."""

import re
from pathlib import Path

from amparo import cli

SOURCE = Path(cli.__file__).parents[1]
LOCK = re.compile(r"select_for_update\((.*)")


def test_every_lock_lets_others_refer_to_the_row() -> None:
    """Who adds something to a case that is locked has the log for herself when her transaction ends: she must not wait
    for whoever locked it, and waits for the log (docs/architecture.md, a write)."""
    found = [(file.name, lock) for file in SOURCE.rglob("*.py") for lock in LOCK.findall(file.read_text())]
    assert len(found) > 50
    assert [one for one in found if "no_key=True" not in one[1]] == []
