"""Calling `amparo` and watching what it does."""

import contextlib
import json
import os
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

_ELSEWHERE = {"DATABASE_URL", "KEYS_DATABASE_URL", "WEB_DATABASE_URL", "WEB_KEYS_DATABASE_URL"}
_AMPARO = [sys.executable, "-m", "amparo.cli.main"]


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it wrote."""

    code: int
    output: str
    complaint: str


class Amparo:
    """The command against one home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._started: list[psutil.Popen] = []

    def __call__(self, *arguments: str, typed: str = "", **environment: str) -> Ended:
        """Run a command to its end."""
        done = subprocess.run(
            [*_AMPARO, *arguments],
            env=self._environment(environment),
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def python(self, script: str) -> None:
        """Run a script of our own against the home, as whoever holds the machine could."""
        subprocess.run([sys.executable, "-c", script], env=self._environment({}), check=True, timeout=120)

    def start(self, *arguments: str, **environment: str) -> psutil.Popen:
        """Start a command that runs until it is stopped."""
        return self._start([*_AMPARO, *arguments], environment)

    def start_script(self, script: str) -> psutil.Popen:
        """Start a script of our own that runs until it is stopped."""
        return self._start([sys.executable, "-c", script], {})

    def _start(self, command: list[str], environment: dict[str, str]) -> psutil.Popen:
        process = psutil.Popen(
            command,
            env=self._environment(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._started.append(process)
        return process

    def start_at_terminal(self, *arguments: str) -> tuple[psutil.Popen, int]:
        """The same for somebody who sits before it: what it writes to the terminal can be read from the descriptor."""
        screen, terminal = os.openpty()
        process = psutil.Popen(
            [*_AMPARO, *arguments],
            env=self._environment({}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=terminal,
            text=True,
        )
        os.close(terminal)
        self._started.append(process)
        return process, screen

    def processes(self) -> list[psutil.Process]:
        """Every living process that was started with this home, and its database."""
        return [each for each in psutil.process_iter() if self._is_ours(each)]

    def end_everything(self) -> None:
        """Leave nothing running, whatever the test did."""
        for process in self._started:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
            process.communicate()
        left = self.processes()
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(left, timeout=20)

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
        return {**kept, "AMPARO_HOME": str(self.home), **more}

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            in_home = process.cwd().startswith(str(self.home))
            return in_home or process.environ().get("AMPARO_HOME") == str(self.home)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False


def address_of(process: psutil.Popen) -> str:
    """Wait for the line with the address and return the address."""
    for line in process.stdout:
        if line.startswith("Amparo is at "):
            return str(line.split()[-1])
    return ""


def get_json(address: str) -> Any:
    """Return what the node answers there."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        return json.load(answer)
