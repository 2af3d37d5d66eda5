"""What the vault costs: sealing, opening a case with 200 sealed entries, finding one name among many, backup and back.

    python -m bench.bench_vault [--identities N] [--entries N] [--cases N] [--home DIR]

Prints one JSON document. Sealing is compared with the bare cipher over the same bytes; a case is opened with its real
cipher and with one that only takes the seal's length away, in turn, in one process.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.node import AMPARO, Node

Figures = dict[str, Any]
KILOBYTES = 100
ROUNDS = 400


def main() -> None:
    """Build the world if it is not there, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--identities", type=int, default=200_000)
    parser.add_argument("--entries", type=int, default=200)
    parser.add_argument("--cases", type=int, default=2_000)
    parser.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "amparo-bench-vault")
    chosen = parser.parse_args()
    os.environ["AMPARO_HOME"] = str(chosen.home)
    node = Node(chosen.home, chosen.cases)
    node.fill()
    codes = node.make_long_cases(1, chosen.entries)
    figures: Figures = {"sealing": sealing()}
    arguments = [str(chosen.identities), codes[0], node.accounts(1)[0]["username"]]
    inside = subprocess.run(
        [sys.executable, "-m", "bench.vault_inside", *arguments], check=True, capture_output=True, text=True
    )
    figures |= json.loads(inside.stdout)
    figures["backup"] = backup(chosen.home)
    json.dump(figures, sys.stdout, indent=1)
    print()


def sealing() -> Figures:
    """MB/s of sealing and opening 100 kB, and of the bare cipher, in turn."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from amparo.areas.vault import rules

    content, ring = os.urandom(KILOBYTES * 1000), {1: rules.new_key()}
    cipher, sealed = AESGCM(ring[1]), rules.seal_newest(ring, content, "note.text x")
    found = in_turn(
        {
            "bare": lambda: cipher.encrypt(os.urandom(12), content, b""),
            "seal": lambda: rules.seal_newest(ring, content, "note.text x"),
            "open": lambda: rules.unseal_any(ring, sealed, "note.text x"),
        },
        ROUNDS,
    )
    speed = {name: round(KILOBYTES / 1000 / statistics.median(times), 1) for name, times in found.items()}
    return {"mb_a_second": speed, "of_bare_cipher": round(speed["seal"] / speed["bare"], 2)}


def backup(home: Path) -> Figures:
    """Seconds and MB/s of a backup, and of a restore of it in place."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "bench.bak"
        made, restored = (_seconds(*arguments) for arguments in (("backup", file), ("restore", "--replace", file)))
        papers = sum(path.stat().st_size for path in (home / "files").rglob("*") if path.is_file())
        size = file.stat().st_size / 1e6
    return {
        "mb": round(size, 1),
        "mb_of_papers": round(papers / 1e6, 1),
        "backup_seconds": made,
        "restore_seconds": restored,
        "backup_mb_a_second": round(size / made, 1),
        "restore_mb_a_second": round(size / restored, 1),
    }


def in_turn(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each way, one after the other in every round, so that what slows one slows all."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            times[name].append(time.perf_counter() - begun)
    return times


def _seconds(*arguments: object) -> float:
    begun = time.monotonic()
    subprocess.run([*AMPARO, *map(str, arguments)], check=True, stdout=sys.stderr)
    return round(time.monotonic() - begun, 2)


if __name__ == "__main__":
    main()
