"""`amparo serve` and `amparo demo` while they run: one light process that watches over the others."""

import argparse
import contextlib
import errno
import signal
import socket
import sys
import time
from collections.abc import Callable
from types import FrameType

from amparo.cli.lifeline import Child
from amparo.node import database, postgres
from amparo.node.errors import NodeError, NoSpace
from amparo.node.home import home

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
_AMPARO = ["-m", "amparo.cli.main"]
_STOP_SECONDS = 5
_WATCH_SECONDS = 0.2
_AGAIN_SECONDS = 2


class StopRequested(SystemExit):
    """SIGTERM, SIGINT or SIGHUP arrived: stop in good order."""


def add_address(parser: argparse.ArgumentParser) -> None:
    """Add --port and --host."""
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT, help="0 takes a free port (default: %(default)s)")
    parser.add_argument("--host", default=DEFAULT_HOST, help="address to listen on (default: %(default)s)")


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `host` and `port`. Raises NodeError where that address cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise NodeError(f"--host {host} is not an address of this machine.", exit_code=2) from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(256)
    except OSError as error:
        listener.close()
        raise _no_address(host, port, error) from error
    return listener


def run_amparo(*arguments: str) -> None:
    """Run another command in a process of its own, which gives its memory back; leave as it left if it failed."""
    child = Child([*_AMPARO, *arguments])
    try:
        code = child.process.wait()
    finally:
        child.stop(seconds=_STOP_SECONDS)
    if code != 0:
        raise SystemExit(code)


def serve(listener: socket.socket, announce: Callable[[str], None], *, with_worker: bool) -> None:
    """Serve on `listener` until stopped; call `announce` with the address once pages are answered.

    Only inside `database.available`. Raises NodeError when one of the processes ends by itself.
    """
    children = [_start_web(listener)]
    try:
        if not children[0].wait_until_ready():
            raise NodeError("The web server could not start; the lines above say why.")
        announce(_address(listener))
        if with_worker:
            children.append(_start_worker())
        _watch(children)
    finally:
        for child in children:
            child.process.terminate()
        for child in children:
            child.stop(seconds=_STOP_SECONDS)


def stopping_in_order(serving: Callable[[], None]) -> int:
    """Call `serving` until it is asked to stop by a signal, and return the exit code."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _raise_stopped)
    try:
        serving()
    except StopRequested:
        print("Amparo has stopped.", file=sys.stderr)
    return 0


def _start_web(listener: socket.socket) -> Child:
    descriptor = listener.fileno()
    command = ["-m", "gunicorn", "--config", "python:amparo.cli.gunicorn_conf", "--bind", f"fd://{descriptor}"]
    return Child(command, pass_fds=(descriptor,))


def _start_worker() -> Child:
    return Child([*_AMPARO, "worker"])


def _watch(children: list[Child]) -> None:
    """Keep the database and the worker alive; return never."""
    web, *workers = children
    while True:
        time.sleep(_WATCH_SECONDS)
        if web.has_ended():
            raise NodeError("The web server has ended, so everything was stopped; start again.")
        revived = database.is_embedded() and _brought_back()
        for worker in workers:
            if revived or worker.has_ended():
                worker.stop(seconds=1)
                time.sleep(_AGAIN_SECONDS)
                children[1:] = workers = [_start_worker()]


def _brought_back() -> bool:
    """Start the database again if it stopped, and tell whether it had; on a full disk, once there is space."""
    try:
        return postgres.revive(home())
    except NoSpace as full:
        print(f"amparo: {full} Nothing saved is lost; it goes on by itself once there is space.", file=sys.stderr)
    while True:
        time.sleep(_AGAIN_SECONDS)
        with contextlib.suppress(NoSpace):
            postgres.revive(home())
            print("amparo: The database is back.", file=sys.stderr)
            return True


def _raise_stopped(number: int, frame: FrameType | None) -> None:
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)  # it is stopping: asking again changes nothing
    raise StopRequested


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _no_address(host: str, port: int, error: OSError) -> NodeError:
    if isinstance(error, PermissionError):
        return NodeError(f"Port {port} is reserved for root: choose one above 1023 with --port.")
    if error.errno == errno.EADDRINUSE:
        return NodeError(f"Port {port} is taken: choose another with --port, or a free one with --port 0.")
    return NodeError(f"--host {host} is not an address of this machine.", exit_code=2)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: expected a number from 0 to 65535")
    return int(text)
