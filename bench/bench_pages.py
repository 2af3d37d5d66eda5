"""Eight people at once without a pause, on a node with 20,000 cases: pages a second, waiting, bytes, memory, start.

    python -m bench.bench_pages [--cases N] [--seconds S] [--people N] [--home DIR]

Prints one JSON document. Times are wall-clock milliseconds seen by the people; bytes are those over the wire. The
processor's milliseconds a page, by kind of process, stay the same on a busy machine, where the others do not.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.node import Node
from bench.people import measure

ENTRIES = 200


def main() -> None:
    """Build the world if it is not there, start the server, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "amparo-bench")
    chosen = parser.parse_args()
    os.environ["AMPARO_HOME"] = str(chosen.home)
    node = Node(chosen.home, chosen.cases)
    filled = node.fill()
    cases = node.make_long_cases(chosen.people, ENTRIES)
    with node.serving() as address:
        before = node.processor_seconds()
        figures = measure(address, node.accounts(chosen.people), cases, chosen.seconds)
        spent = {kind: seconds - before.get(kind, 0) for kind, seconds in node.processor_seconds().items()}
        figures["processor_ms_per_page"] = {
            kind: round(1000 * each / figures["pages"], 1) for kind, each in spent.items()
        }
        figures["memory_mb"] = node.memory()
    figures |= {
        "cases": chosen.cases,
        "people": chosen.people,
        "seconds_to_fill": filled,
        "start_seconds": starts(node),
    }
    json.dump(figures, sys.stdout, indent=1)
    print()


def starts(node: Node, times: int = 3) -> list[float]:
    """Seconds from the command to the first answered page, with everything already there."""
    found = []
    for _ in range(times):
        begun = time.monotonic()
        with node.serving():
            found.append(round(time.monotonic() - begun, 2))
    return found


Figures = dict[str, Any]

if __name__ == "__main__":
    main()
