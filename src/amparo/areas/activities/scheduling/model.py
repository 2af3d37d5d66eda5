"""The model for CP-SAT: which of the openings are held, when, by whom, where, with which women. Every rule is hard.

Here stand the variables and what they mean; the rules stand in `constraints` and `seating`.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cached_property

from ortools.sat.python import cp_model

from .board import Board
from .opening import Choice, Opening
from .problem import Meeting, Problem, Request, Session
from .slots import Piece, Slots

Literal = cp_model.IntVar


class Model:
    """Variables for each opening (by its number) and what they mean."""

    def __init__(self, problem: Problem, board: Board, offered: Sequence[Opening]) -> None:
        self.problem, self.board, self.offered = problem, board, offered
        self.cp = cp_model.CpModel()
        self.held: list[Literal] = []
        self.led: list[dict[int, Literal]] = []
        self.chosen: list[dict[Choice, Literal]] = []
        self.joins: list[dict[int, Literal]] = []
        self.at: list[dict[tuple[int, int], Literal]] = []
        self.kinds: dict[tuple[int, int, int], dict[int, Literal]] = {}
        self.of_request: dict[int, list[int]] = defaultdict(list)
        self.of_woman: dict[int, list[Request]] = defaultdict(list)
        self._attends: dict[tuple[int, int, tuple[int, int]], Literal] = {}
        self.any_of: dict[Hashable, Literal] = {}
        self._room_starts: dict[tuple[int, int], Slots] = {}
        self._presence: dict[tuple[int, bool], list[Piece]] = {}
        for number, opening in enumerate(offered):
            self._open(number, opening)

    def _open(self, number: int, opening: Opening) -> None:
        cp, wanted = self.cp, self.problem.activities[opening.activity]
        held = cp.new_bool_var("")
        alone = len(opening.choices) == wanted.sessions == 1
        chosen = {choice: held if alone else cp.new_bool_var("") for choice in opening.choices}
        by_whom: dict[int, list[Literal]] = defaultdict(list)
        where: dict[tuple[int, int], list[Literal]] = defaultdict(list)
        for choice, literal in chosen.items():
            by_whom[choice.professional].append(literal)
            where[choice.site, choice.start].append(literal)
        led = {one: cp.new_bool_var("") for one in by_whom} if len(by_whom) > 1 else dict.fromkeys(by_whom, held)
        if len(led) > 1:
            cp.add(sum(led.values()) == held)
        for one, literals in by_whom.items() if not alone else ():
            cp.add(sum(literals) == wanted.sessions * led[one])
        self.held.append(held)
        self.led.append(led)
        self.chosen.append(chosen)
        self.at.append({spot: self._either(literals) for spot, literals in where.items()})
        self._let_join(number, opening)

    def _let_join(self, number: int, opening: Opening) -> None:
        alone = self.problem.is_alone(opening.activity)
        joins = {one.number: self.held[number] if alone else self.cp.new_bool_var("") for one in opening.requests}
        self.joins.append(joins)
        for request in opening.requests:
            if not alone:
                self.cp.add_implication(joins[request.number], self.held[number])
            if not self.of_request[request.number]:
                self.of_woman[request.woman].append(request)
            self.of_request[request.number].append(number)

    def _either(self, literals: Sequence[Literal]) -> Literal:
        """One literal for several that exclude each other."""
        if len(literals) == 1:
            return literals[0]
        either = self.cp.new_bool_var("")
        self.cp.add(sum(literals) == either)
        return either

    def block(self, opening: Opening, start: int) -> int:
        """Sessions of one group in the same block exclude each other."""
        apart = self.problem.activities[opening.activity].days_apart
        return self.problem.day(start) // apart if apart else -1 - start

    def fits(self, number: int, request: Request, spot: tuple[int, int]) -> bool:
        """Whether she can be there at all."""
        site, start = spot
        return bool(self.offered[number].fits[request.number, site] >> start & 1)

    def attends(self, number: int, request: Request, spot: tuple[int, int]) -> Literal:
        """A literal that holds where she is in the session that an opening holds there."""
        joins, there = self.joins[number][request.number], self.at[number][spot]
        if joins is self.held[number]:
            return there
        if len(self.at[number]) == 1:
            return joins
        key = (number, request.number, spot)
        if key not in self._attends:
            self._attends[key] = self.cp.new_bool_var("")
            self.cp.add_bool_or(joins.negated(), there.negated(), self._attends[key])
        return self._attends[key]

    def attended(self, number: int, request: Request) -> dict[tuple[int, int], Literal]:
        """The literals by spot that say whether she is in the sessions of an opening, as far as any rule asked."""
        keys = {(number, request.number, spot): spot for spot in self.at[number]}
        return {spot: self._attends[key] for key, spot in keys.items() if key in self._attends}

    def presence(self, woman: int, *, reach: bool = False) -> list[Piece]:
        """Every session that she could be in, with its literal; `reach`: as long as others must stay away."""
        if (woman, reach) not in self._presence:
            lengths = self.problem.reaches if reach else self.problem.lengths
            self._presence[woman, reach] = [
                piece for request in self.of_woman.get(woman, ()) for piece in self._pieces(request, lengths)
            ]
        return self._presence[woman, reach]

    def _pieces(self, request: Request, lengths: Sequence[int]) -> Iterator[Piece]:
        length = lengths[request.activity]
        for number in self.of_request[request.number]:
            for spot in sorted(self.at[number]):
                if self.fits(number, request, spot):
                    site, start = spot
                    alike = (request.woman, request.number, self.block(self.offered[number], start))
                    yield Piece(start, start + length, site, alike, self.attends(number, request, spot))

    def sessions(self, number: int, *, reach: bool = False) -> list[Piece]:
        """Every session that an opening could hold, with its literal."""
        opening = self.offered[number]
        length = (self.problem.reaches if reach else self.problem.lengths)[opening.activity]
        return [
            Piece(start, start + length, site, (("opening", number), self.block(opening, start)), literal)
            for (site, start), literal in self.at[number].items()
        ]

    @cached_property
    def starts_standing(self) -> set[int]:
        """The slots at which something that stands on the board begins or ends."""
        found = set()
        for meeting in self.board.meetings:
            for session in meeting.sessions:
                found |= {session.start, session.start + self.problem.lengths[meeting.activity]}
        return found

    def room_starts(self, kind: int, length: int) -> Slots:
        """The starts at which a room of this kind is free."""
        if (kind, length) not in self._room_starts:
            self._room_starts[kind, length] = self.board.room_starts(kind, length)
        return self._room_starts[kind, length]

    def meetings(self, value: Callable[[Literal], bool]) -> list[Meeting]:
        """What was decided, once solved."""
        found = []
        for number, opening in enumerate(self.offered):
            if value(self.held[number]):
                women = [one.woman for one in opening.requests if value(self.joins[number][one.number])]
                leader = next(one for one, literal in self.led[number].items() if value(literal))
                chosen = sorted(one for one, literal in self.chosen[number].items() if value(literal))
                sessions = tuple(
                    Session(one.start, one.site, self._kind(number, one.site, one.start, value))
                    for one in sorted(chosen, key=lambda one: one.start)
                )
                found.append(Meeting(opening.activity, tuple(sorted(women)), leader, sessions))
        return found

    def _kind(self, number: int, site: int, start: int, value: Callable[[Literal], bool]) -> int:
        kinds = self.kinds[number, site, start]
        return next(kind for kind, literal in kinds.items() if value(literal))
