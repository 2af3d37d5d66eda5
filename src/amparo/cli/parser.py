"""The command line: finds the commands, reads the arguments, turns errors into one line and an exit code."""

import argparse
import importlib
import os
import pkgutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from amparo import __version__
from amparo.cli import commands
from amparo.node.errors import NodeError
from amparo.node.home import explained

_SOON = 0.001
type_of_command = Callable[[argparse.Namespace], int]


class OneLineParser(argparse.ArgumentParser):
    """A parser whose complaint about an argument is one line and a pointer to --help."""

    def error(self, message: str) -> NoReturn:
        """Write the complaint to standard error and leave with exit code 2."""
        self.exit(2, f"amparo: {message}. See `{self.prog} --help`.\n")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with every command: each module in `amparo.cli.commands` adds its own."""
    parser = OneLineParser(prog="amparo", description="Case system for accompanying women who were trafficked.")
    parser.add_argument("--version", action="version", version=f"amparo {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in pkgutil.iter_modules(commands.__path__):
        importlib.import_module(f"{commands.__name__}.{module.name}").add(subparsers)
    return parser


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code: 0 done, 2 wrong input, 1 anything else."""
    parsed = build_parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _leave_in_order)
    command: type_of_command = parsed.run
    try:
        with _never_lost(), explained("The command could not be finished"):
            return command(parsed)
    except NodeError as error:
        print(f"amparo: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    finally:
        _flush_quietly()


def _leave_in_order(number: int, frame: FrameType | None) -> None:
    """Leave every block on the way out, so that the database is stopped too. Commands that serve do it their way."""
    raise SystemExit(128 + number)


@contextmanager
def _never_lost() -> Iterator[None]:
    """Being asked to leave is said again where Python dropped it: it drops what is raised while it tidies up.

    Importing tidies up often, so that about one in a hundred who asked meanwhile would not be heard.
    """
    earlier = sys.unraisablehook

    def say_again(unraisable: "sys.UnraisableHookArgs") -> None:
        lost = unraisable.exc_value
        if not isinstance(lost, (SystemExit, KeyboardInterrupt)):
            earlier(unraisable)
            return

        def leave(number: int, frame: FrameType | None) -> None:
            raise lost

        signal.signal(signal.SIGALRM, leave)
        signal.setitimer(signal.ITIMER_REAL, _SOON)

    sys.unraisablehook = say_again
    try:
        yield
    finally:
        sys.unraisablehook = earlier


def _flush_quietly() -> None:
    """Write out what was printed; a reader who went away (`amparo … | head`) is no error."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
