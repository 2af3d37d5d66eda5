"""A node of its own for measuring."""

import json
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

AMPARO = [sys.executable, "-m", "amparo.cli.main"]


class Node:
    """A demonstration of a given size in a folder of its own, kept from run to run."""

    def __init__(self, home: Path, cases: int) -> None:
        self.home, self.cases = home, cases
        self.processes: list[psutil.Process] = []

    def fill(self) -> float | None:
        """Fill it; gives the seconds that took, or None where it was there already."""
        if (self.home / "demo-accounts.json").exists():
            return None
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        begun = time.monotonic()
        subprocess.run([*AMPARO, "demo", "--fill-only", "--cases", str(self.cases)], check=True, stdout=sys.stderr)
        return round(time.monotonic() - begun, 1)

    def accounts(self, count: int) -> list[dict[str, str]]:
        """The accounts of that many caseworkers."""
        every = json.loads((self.home / "demo-accounts.json").read_text(encoding="utf-8"))
        return [account for account in every if account["role"] == "caseworker"][:count]

    def make_long_cases(self, people: int, entries: int) -> list[str]:
        """For each of them one case with that many notes; gives the codes."""
        wanted = [account["username"] for account in self.accounts(people)]
        script = [sys.executable, "-m", "bench.long_cases", str(entries), *wanted]
        return json.loads(subprocess.run(script, check=True, capture_output=True, text=True).stdout)

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve as `amparo demo` does, until the block ends; gives the address once it answers."""
        command = [*AMPARO, "demo", "--port", "0", "--cases", str(self.cases)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                address = _address(server)
                urllib.request.urlopen(f"{address}healthz", timeout=30).read()  # noqa: S310
                self.processes = [psutil.Process(server.pid)]
                yield address
            finally:
                server.terminate()
                server.wait(timeout=30)

    def memory(self) -> dict[str, float]:
        """Proportional memory (PSS, MB) of the web server and the database together, and of all processes."""
        sizes: dict[str, float] = {}
        for process in self._every_process():
            try:
                kind = _kind(process)
                sizes[kind] = sizes.get(kind, 0) + process.memory_full_info().pss / 1e6
            except psutil.Error:
                continue
        rounded = {kind: round(size, 1) for kind, size in sizes.items()}
        return {**rounded, "web_and_database": round(sizes.get("web", 0) + sizes.get("database", 0), 1)}

    def processor_seconds(self) -> dict[str, float]:
        """What the processor has spent on each kind of process so far."""
        spent: dict[str, float] = {}
        for process in self._every_process():
            try:
                times, kind = process.cpu_times(), _kind(process)
            except psutil.Error:
                continue
            spent[kind] = spent.get(kind, 0) + times.user + times.system
        return spent

    def _every_process(self) -> list[psutil.Process]:
        root = self.processes[0]
        every = [root, *root.children(recursive=True), *_postgres(self.home)]
        return list({one.pid: one for one in every}.values())


def _kind(process: psutil.Process) -> str:
    line = " ".join(process.cmdline())
    if "postgres" in process.name():
        return "database"
    if "gunicorn" in line:
        return "web"
    return "worker" if "worker" in line else "watch"


def _postgres(home: Path) -> list[psutil.Process]:
    every = psutil.process_iter(["name", "cwd"])
    return [one for one in every if "postgres" in (one.info["name"] or "") and str(home) in (one.info["cwd"] or "")]


def _address(server: "subprocess.Popen[str]") -> str:
    if server.stdout is None:
        raise RuntimeError("the server's output is not read")
    for line in server.stdout:
        match = re.search(r"http://\S+", line)
        if match:
            return match.group()
    raise RuntimeError("the server ended without an address")
