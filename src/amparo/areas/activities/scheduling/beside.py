"""A second process that works on the same problem, so that two cores plan together.

Each is asked for so much work, and both exchange what they found when it is done: so the same seed has the same plan,
as long as the clock does not end the search.
"""

import math
import multiprocessing
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Literal, NamedTuple, Self

from .bounds import relaxed
from .improving import Improving
from .opening import Leaning
from .problem import Meeting, Problem
from .solving import TO_FINISH, Budget

#: Seconds after which whoever stopped the search is heard while it waits for the other process.
_GLANCE = 0.05
#: Seconds after which the other process notices that whoever asked is gone.
_LOOK = 0.5


class Task(NamedTuple):
    """What the other process is to do: prove a bound, plan everything at once, or better these meetings in parts.

    Where the bound is proved early, it betters the meetings too. It ends at the goal, after so much work, or after so
    many seconds.
    """

    kind: Literal["bound", "whole", "parts"]
    meetings: Sequence[Meeting]
    goal: int
    work: float
    seconds: float


class Answer(NamedTuple):
    """What it found: meetings worth no less; where it is new, what no plan exceeds and to which sessions that leans."""

    meetings: list[Meeting]
    bound: float = math.inf
    leaning: Leaning | None = None


class Beside:
    """The other process; it ends with this one."""

    def __init__(self, problem: Problem, stays: Sequence[Meeting], budget: Budget) -> None:
        self.budget = budget
        self.line, theirs = multiprocessing.Pipe()
        with theirs:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-c",
                    f"import {__name__} as it; it.work()",
                    str(theirs.fileno()),
                    str(os.getpid()),
                ],
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,  # Ctrl-C is for whoever asked, and ends this process then
            )
        self._send((problem, tuple(stays), budget.left, budget.seed + 1))

    def __enter__(self) -> Self:
        """Ready to be asked."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.wait()
        self.line.close()

    def ask(self, task: Task) -> None:
        """Let it begin."""
        self._send(task)

    def _send(self, what: object) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):
            self.line.send(what)

    def is_working(self) -> bool:
        """Whether an answer is still to come."""
        with suppress(ConnectionResetError):
            return not self.line.poll()
        return False

    def answer(self) -> Answer | None:
        """What it found; None where time is over, somebody stopped the search, or the process is gone."""
        while self.budget.left > TO_FINISH:
            if self.budget.stopped():
                return None
            try:
                if self.line.poll(_GLANCE):
                    found: Answer = self.line.recv()
                    return found
            except (EOFError, ConnectionResetError):
                return None
        return None


def work() -> None:
    """In the other process: answer one task after another until nobody asks any more."""
    threading.Thread(target=_end_with, args=(int(sys.argv[2]),), daemon=True).start()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError), Connection(int(sys.argv[1])) as line:
        problem, stays, seconds, seed = line.recv()
        chance = random.Random(seed)  # noqa: S311 -- a search, not a secret
        improving = Improving(problem, Budget(seconds, seed), [], stays=stays, chance=chance)
        while True:
            line.send(_done(improving, line.recv()))


def _end_with(asked_by: int) -> None:
    """Whoever asked was killed: nobody waits for an answer any more, however far a search is."""
    while os.getppid() == asked_by:
        time.sleep(_LOOK)
    os._exit(1)


def _done(improving: Improving, task: Task) -> Answer:
    improving.meetings = list(task.meetings)
    if task.kind == "bound":
        return _bounded(improving, task)
    if task.kind == "whole":
        bound = improving.plan_whole(task.work, task.seconds)
        return Answer(improving.meetings, bound)
    improving.climb(task.goal, task.work, task.seconds)
    return Answer(improving.meetings)


def _bounded(improving: Improving, task: Task) -> Answer:
    budget = improving.budget
    until, end = budget.work + task.work, budget.spent + task.seconds
    bound, improving.leaning = relaxed(improving.problem, budget, task.work, task.seconds)
    if improving.worth < bound:
        improving.lean(until - budget.work, end - budget.spent)
    improving.climb(task.goal, until - budget.work, end - budget.spent)
    return Answer(improving.meetings, bound, improving.leaning)
