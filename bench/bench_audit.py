"""What it costs that reading is noted: a read of a case with and without its entry, taken in turn.

    python -m bench.bench_audit [--cases N] [--rounds N] [--home DIR]

Prints one JSON document; times are milliseconds. `read_*` is a read of a case as the web does it: a READ ONLY
transaction behind the wall, then what was read is appended in a transaction of its own. Nearly all that the entry adds
is waiting until it is on the disk: `flush_*` is that wait by itself, `added_but_the_disk_*` what is left without it.
Then eight readers read at once: alone, beside a writer whose transaction is long but logs at its end, as every action
does, and beside one that logs at its beginning, which none may do: the chain is locked until it ends.
"""

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amparo.cli.django_ready import django_ready
from amparo.node import database
from bench.node import Node

if TYPE_CHECKING:
    from amparo.areas.access.rules import Viewer

READERS = 8
WRITER_SECONDS = 0.2


def main() -> None:
    """Build the world if it is not there, measure as the web's account, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=2_000)
    parser.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "amparo-bench-audit")
    chosen = parser.parse_args()
    os.environ["AMPARO_HOME"] = str(chosen.home)
    node = Node(chosen.home, chosen.cases)
    node.fill()
    username = node.accounts(1)[0]["username"]
    database.connect_as_web()
    with django_ready():
        reading = Reading(username)
        figures = paired(reading, chosen.rounds)
        figures["with_readers_at_once"] = READERS
        figures["p95_alone"] = at_once(reading, None)
        figures["p95_beside_a_long_write"] = at_once(reading, _log_at_the_end)
        figures["p95_beside_one_that_logs_first"] = at_once(reading, _log_at_the_beginning)
    json.dump({"rounds": chosen.rounds, "writer_seconds": WRITER_SECONDS, **figures}, sys.stdout, indent=1)
    print()


class Reading:
    """One caseworker's reading of one case, as the web does it."""

    def __init__(self, username: str) -> None:
        from amparo.areas.access import wall
        from amparo.areas.cases.queries import Filters, case_list

        self.viewer = _viewer(username)
        with wall.standing_in(self.viewer.organisation):
            self.code = case_list(self.viewer, Filters(mine=True)).cases[0].code

    def once(self, *, noted: bool) -> float:
        """Read the case; gives the milliseconds until the answer could leave."""
        from django.db import transaction

        from amparo.areas.access import wall
        from amparo.areas.audit import reads
        from amparo.areas.cases.queries import case_for

        begun = time.perf_counter()
        reads.start()
        with wall.keys_in(self.viewer.organisation), transaction.atomic():
            wall.read_in(self.viewer.organisation)
            case_for(self.viewer, self.code)
            transaction.set_rollback(True)
        if noted:
            reads.flush(organisation=self.viewer.organisation, member=self.viewer.member)
        return 1000 * (time.perf_counter() - begun)


def paired(reading: Reading, rounds: int) -> dict[str, Any]:
    """The same read without and with its entry, in turn; the difference is taken pair by pair."""
    for noted in (False, True) * 20:
        reading.once(noted=noted)
    pairs, flushes = [], []
    with tempfile.TemporaryFile(dir=os.environ["AMPARO_HOME"]) as file:
        for _ in range(rounds):
            pairs.append((reading.once(noted=False), reading.once(noted=True)))
            flushes.append(_flush(file.fileno()))
    _wait_for_the_disk(is_waited_for=False)
    quick = [-reading.once(noted=False) + reading.once(noted=True) for _ in range(rounds)]
    _wait_for_the_disk(is_waited_for=True)
    without, with_entry = [one for one, _ in pairs], [two for _, two in pairs]
    added = [two - one for one, two in pairs]
    every = {"read": without, "read_noted": with_entry, "added": added, "flush": flushes, "added_but_the_disk": quick}
    return {f"{name}_{percent}": _at(found, percent) for name, found in every.items() for percent in (50, 95)}


def _flush(descriptor: int) -> float:
    begun = time.perf_counter()
    os.write(descriptor, b"x" * 8192)
    os.fsync(descriptor)
    return 1000 * (time.perf_counter() - begun)


def _wait_for_the_disk(*, is_waited_for: bool) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SET synchronous_commit = {'on' if is_waited_for else 'off'}")


def at_once(reading: Reading, write: "Callable[[Viewer], None] | None") -> float:
    """The 95th percentile of noted reads by eight readers at once, beside a writer if there is one."""
    waits: list[float] = []
    over = threading.Event()
    writer = threading.Thread(target=_until, args=(over, lambda: write(reading.viewer) if write else None))
    readers = [
        threading.Thread(target=_until, args=(over, lambda: waits.append(reading.once(noted=True))))
        for _ in range(READERS)
    ]
    everyone = [*readers, *([writer] if write else [])]
    for thread in everyone:
        thread.start()
    time.sleep(6)
    over.set()
    for thread in everyone:
        thread.join()
    return _at(waits, 95)


def _log_at_the_end(viewer: "Viewer") -> None:
    from django.db import transaction

    with transaction.atomic():
        _work()
        _log(viewer)


def _log_at_the_beginning(viewer: "Viewer") -> None:
    from django.db import transaction

    with transaction.atomic():
        _log(viewer)
        _work()


def _log(viewer: "Viewer") -> None:
    from amparo.areas.audit.actions import Trace, record

    record(Trace("measured"), organisation=viewer.organisation, member=viewer.member)


def _work() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [WRITER_SECONDS])


def _until(over: threading.Event, act: Callable[[], None]) -> None:
    from django.db import connections

    while not over.is_set():
        act()
    connections.close_all()


def _viewer(username: str) -> "Viewer":
    from amparo.areas.access import wall
    from amparo.areas.access.queries import viewer_of
    from amparo.areas.orgs.models import Account
    from amparo.areas.orgs.queries import memberships

    account = Account.objects.values_list("pk", flat=True).get(username=username)
    wall.arrive(account)
    return viewer_of(memberships(account)[0])


def _at(found: list[float], percent: int) -> float:
    ordered = sorted(found)
    return round(ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 2)


if __name__ == "__main__":
    main()
