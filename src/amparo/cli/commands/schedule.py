"""`amparo schedule`: plans sessions in which nobody meets whom she must not meet, and checks plans.

Neither Django nor the database is needed: an instance and a plan are files.
"""

import argparse
import json
import math
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from amparo.node.errors import NodeError
from amparo.node.home import explained, write_private

if TYPE_CHECKING:
    from amparo.areas.activities.rules.instance import Group, Plan
    from amparo.areas.activities.scheduling.keeping import Fixed

_WORDS = {
    "optimal": "The best plan there is.",
    "feasible": "A good plan; time ran out before it was shown to be the best.",
    "infeasible": "No request can be served; the plan says why.",
}
_STOPPED = "A good plan; the search was stopped before it was shown to be the best."


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("schedule", help="plan sessions that are safe to hold; check a plan")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    solve = actions.add_parser("solve", help="make the best plan that keeps every rule")
    solve.add_argument("instance", type=Path, metavar="INSTANCE", help="who asked for what, and when it could be held")
    solve.add_argument("--out", type=Path, required=True, metavar="PLAN", help="the file to write")
    solve.add_argument("--time-limit", type=_seconds, default=20.0, metavar="S", help="seconds (default: %(default)g)")
    solve.add_argument("--seed", type=_whole, default=0, metavar="N", help="of what is left to chance (default: 0)")
    solve.add_argument("--keep", type=Path, metavar="PLAN", help="an earlier plan, of which as much stays as can")
    solve.add_argument(
        "--fixed",
        action="append",
        metavar="ACTIVITY[@START]",
        help="its groups in --keep stay as they are; with a start (a1@2026-01-12T09:00) only those sessions do",
    )
    solve.set_defaults(run=_solve)
    check = actions.add_parser("check", help="check a plan against every rule; exit 1 where one does not hold")
    check.add_argument("instance", type=Path, metavar="INSTANCE", help="who asked for what")
    check.add_argument("plan", type=Path, metavar="PLAN", help="who meets when and where")
    check.set_defaults(run=_check)
    for action in (solve, check):
        action.add_argument("--json", action="store_true", help="print one JSON document")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not math.isfinite(seconds) or seconds <= 0:
        raise argparse.ArgumentTypeError(f"expected seconds above 0, found {text}")
    return seconds


def _whole(text: str) -> int:
    if not text.isdecimal() or int(text) >= 2**31:
        raise argparse.ArgumentTypeError(f"expected a whole number from 0 to {2**31 - 1}, found {text}")
    return int(text)


def _solve(arguments: argparse.Namespace) -> int:
    """Write the best plan found, whole or not at all; Ctrl-C and SIGTERM end the search with the best plan so far."""
    from amparo.areas.activities.scheduling.keeping import CannotStayError
    from amparo.areas.activities.scheduling.planning import solve
    from amparo.areas.activities.scheduling.reading import WrongFileError, read_instance, read_plan, written

    begun = time.monotonic()
    try:
        _refuse_unwritable(arguments.out)
        instance = read_instance(arguments.instance)
        before = read_plan(arguments.keep) if arguments.keep else None
        fixed = _fixed(before, arguments.fixed or [])
        seconds = max(arguments.time_limit - (time.monotonic() - begun), 0.1)
        with _stopped_by_signals() as stop:
            plan = solve(
                instance,
                seconds=seconds,
                seed=arguments.seed,
                before=before,
                fixed=fixed,
                stopped=stop.is_set,
                told=_told(),
            )
    except (WrongFileError, CannotStayError) as error:
        raise NodeError(str(error), exit_code=2) from error
    with explained(f"The plan could not be written to {arguments.out}"):
        write_private(arguments.out, written(plan))
    if arguments.json:
        shown = ("status", "objective", "bound", "seconds")
        counts = {"groups": len(plan.groups), "not_served": len(plan.not_served)}
        print(json.dumps({**{name: getattr(plan, name) for name in shown}, **counts}))
    else:
        words = _STOPPED if stop.is_set() and plan.status == "feasible" else _WORDS[plan.status]
        print(f"{words} Worth {plan.objective} of at most {plan.bound:g}. Written to {arguments.out}.")
    return 0


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """Ctrl-C or SIGTERM sets the event, for a search to end with what it has; a second one leaves with nothing."""
    stop = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            os._exit(128 + number)  # nothing is open; in order, Python would wait for the solver's thread
        stop.set()

    earlier = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


def _refuse_unwritable(out: Path) -> None:
    if not out.parent.is_dir() or (out.exists() and not out.is_file()):
        raise NodeError(f"--out {out}: expected a file in a folder that exists.", exit_code=2)
    if not os.access(out.parent, os.W_OK | os.X_OK):
        raise NodeError(f"--out {out}: expected a folder that this account may write to.", exit_code=2)


def _fixed(before: "Plan | None", wanted: list[str]) -> "list[Fixed]":
    """The groups of the earlier plan that stay as they are, and the single sessions that do."""
    if wanted and before is None:
        raise NodeError("--fixed says what stays of a plan: name the plan with --keep.", exit_code=2)
    found: list[Fixed] = []
    for one in wanted:
        named = _named(before.groups if before else (), one)
        if not named:
            raise NodeError(
                f"--fixed {one}: expected an activity that has a group in the plan, or a1@2026-01-12T09:00.",
                exit_code=2,
            )
        found += named
    return found


def _named(groups: "Sequence[Group]", wanted: str) -> "list[Fixed]":
    whole: list[Fixed] = [number for number, group in enumerate(groups) if group.activity == wanted]
    activity, _, start = wanted.rpartition("@")
    return whole or [
        (number, place)
        for number, group in enumerate(groups)
        for place, session in enumerate(group.sessions)
        if (group.activity, str(session.start)) == (activity, start)
    ]


def _told() -> "Callable[[int, int, float], None]":
    """Tells a person who waits how far the search is."""
    waits = sys.stderr.isatty()

    def tell(worth: int, bound: int, spent: float) -> None:
        if waits:
            print(f"\rWorth {worth} of at most {bound} after {spent:.0f} s ", end="", file=sys.stderr, flush=True)

    return tell


def _check(arguments: argparse.Namespace) -> int:
    """Tell every rule that does not hold; 1 where there is one."""
    from amparo.areas.activities.rules.checking import broken_rules
    from amparo.areas.activities.scheduling.reading import WrongFileError, read_instance, read_plan

    try:
        broken = broken_rules(read_instance(arguments.instance), read_plan(arguments.plan))
    except WrongFileError as error:
        raise NodeError(str(error), exit_code=2) from error
    if arguments.json:
        found = [{"rule": one.rule, "says": one.says} for one in broken]
        print(json.dumps({"holds": not broken, "broken": found}, ensure_ascii=False))
    elif not broken:
        print("Every rule holds.")
    else:
        for one in broken:
            print(f"Rule {one.rule}: {one.says}." if one.rule else f"The plan: {one.says}.")
    return 1 if broken else 0
