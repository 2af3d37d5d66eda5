"""Several countries side by side for the same facts, and what another fact would change (pure).

It shows what the rules of states come to. It decides nothing: a person does (R8), and no help of ours hangs on it (R1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

import msgspec

from .facts import Facts
from .judging import Answer, JudgedPermit, JudgedService
from .scheme import PermitKind, ServiceKind, Status

#: At most so many countries stand side by side: more cannot be read on one screen.
MOST_COUNTRIES = 4
#: Every kind in the order of the rows: permits first.
KINDS: tuple[str, ...] = (*get_args(PermitKind), *get_args(ServiceKind))


@dataclass(frozen=True, slots=True)
class Cell:
    """One permit or service of one country; `before` is its status without what is only supposed."""

    judged: JudgedPermit | JudgedService
    before: Status | None = None

    @property
    def changes(self) -> bool:
        """Whether what is supposed changes its status."""
        return self.before is not None and self.before != self.judged.judgement.status


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of permit or service: what each country has of it, in the order of the countries."""

    kind: str
    cells: tuple[tuple[Cell, ...], ...]


def supposing(facts: Facts, supposed: dict[str, Any]) -> Facts:
    """The facts with some of them as they are only supposed to be; nothing is kept of it."""
    return msgspec.structs.replace(facts, **supposed)


def side_by_side(answers: Sequence[Answer], before: Sequence[Answer] = ()) -> tuple[Row, ...]:
    """A row for each kind that any of the countries has.

    `before` holds the same countries' answers without what is supposed, in the same order; empty: nothing is supposed.
    """
    statuses = [{one.item.id: one.judgement.status for one in _judged(answer)} for answer in before]
    rows = (Row(kind, tuple(_cells(kind, answers, statuses))) for kind in KINDS)
    return tuple(row for row in rows if any(row.cells))


def _cells(kind: str, answers: Sequence[Answer], before: Sequence[dict[str, Status]]) -> list[tuple[Cell, ...]]:
    found = []
    for place, answer in enumerate(answers):
        known = before[place] if before else {}
        of_kind = (one for one in _judged(answer) if one.item.kind == kind)
        found.append(tuple(Cell(one, known.get(one.item.id)) for one in of_kind))
    return found


def _judged(answer: Answer) -> tuple[JudgedPermit | JudgedService, ...]:
    return (*answer.permits, *answer.services)
