"""A line between `amparo serve` and the processes it starts: they report over it, and end when it breaks."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time

_VARIABLE = "AMPARO_LIFELINE"
_READY = b"ready"
_FINISH_SECONDS = 5
# Large blocks, such as scrypt's 16 MB at each sign-in, go back to the system at once (glibc, mallopt(3)).
_LEAVING_LITTLE = {"MALLOC_MMAP_THRESHOLD_": str(1 << 20), "MALLOC_TRIM_THRESHOLD_": str(1 << 20)}


class Child:
    """A process that ends when this one does, even if this one is killed."""

    def __init__(self, command: list[str], *, pass_fds: tuple[int, ...] = (), **environment: str) -> None:
        """Start `command` with this Python, apart from the terminal's Ctrl-C."""
        self._line, end = socket.socketpair()
        with end:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                env={**_LEAVING_LITTLE, **os.environ, **environment, _VARIABLE: str(end.fileno())},
                stdin=subprocess.DEVNULL,
                pass_fds=(end.fileno(), *pass_fds),
                start_new_session=True,
            )

    def wait_until_ready(self) -> bool:
        """Wait until the process says that it is ready, or ends; tell which."""
        return self._line.recv(len(_READY)) == _READY

    def has_ended(self) -> bool:
        """Tell whether the process is gone."""
        return self.process.poll() is not None

    def stop(self, *, seconds: float) -> None:
        """End the process, giving it `seconds` to finish what it has in hand."""
        self.process.terminate()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._line.close()


def hold_on() -> None:
    """In the process that was started: report that it is ready, and end by SIGTERM when the line breaks."""
    descriptor = os.environ.pop(_VARIABLE, "")
    if not descriptor:
        return
    line = socket.socket(fileno=int(descriptor))
    with contextlib.suppress(BrokenPipeError):  # then the line is broken already, as the thread will notice
        line.sendall(_READY)
    threading.Thread(target=_end_with, args=(line,), daemon=True).start()


def _end_with(line: socket.socket) -> None:
    with contextlib.suppress(ConnectionError):
        line.recv(1)  # nothing is ever sent this way: it returns when the other end is closed
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_FINISH_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
