"""A smaller question whose answer no plan exceeds (a relaxation): every plan answers it too.

Sessions may be held in part. Groups of one activity and professional are not told apart; women are counted by kind
where there are too many to be told apart, and then only their days are kept, not their hours. Rooms are counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .companies import Companies, Spot, spots_of
from .linear import Program
from .problem import Problem, Request, grouped
from .slots import Piece, Slots, numbers, together

#: Up to so many (request, professional, start) women are told apart.
_TOLD_APART = 20_000
Class = tuple[int, int]


@dataclass
class Held:
    """What one professional could hold of one activity: by spot whoever could be there, by class, and variables.

    `there`: how many of a class are in a session. `held`: sessions of groups. `days`: by request, whether she comes.
    """

    activity: int
    professional: int
    able: Sequence[Request]
    suits: dict[Spot, dict[Class, list[Request]]]
    there: dict[tuple[Spot, Class], int] = field(default_factory=dict)
    held: dict[Spot, int] = field(default_factory=dict)
    days: dict[tuple[int, int], int] = field(default_factory=dict)


class Relaxation:
    """The smaller question as a linear program."""

    def __init__(self, problem: Problem, possible: Mapping[int, Sequence[Request]]) -> None:
        self.problem = problem
        self.program = Program()
        self.companies: dict[tuple[int, int], Companies] = {}
        suits = {
            (activity, one): found
            for activity, asked in possible.items()
            for one in problem.held_by[activity]
            if (found := self._suits(activity, one, asked))
        }
        starts = {
            (one.number, key, spot[1]) for key, by in suits.items() for spot, there in by.items() for one in there
        }
        self.told_apart = len(starts) <= _TOLD_APART
        self.alone_with = _grouped_alone(problem, possible)
        self.with_whom: dict[tuple[int, int], int] = {}
        self.comes: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.led: dict[int, list[Piece]] = defaultdict(list)
        self.alone: dict[tuple[int, int], list[Piece]] = defaultdict(list)
        self.rooms: dict[int, list[Piece]] = defaultdict(list)
        self.children: dict[int, list[Piece]] = defaultdict(list)
        self.hers: dict[tuple[int, int], list[Piece]] = defaultdict(list)
        self.of_activity: dict[int, list[Held]] = defaultdict(list)
        self._activity_at: dict[int, int] = {}
        for activity, asked in possible.items():
            self._serve(
                activity,
                asked,
                {one: suits[activity, one] for one in problem.held_by[activity] if (activity, one) in suits},
            )
        own = len(self.program)
        self._limits()
        self.shared = [number for number in range(own, len(self.program)) if self._is_shared(number)]

    def _is_shared(self, number: int) -> bool:
        """Whether activities meet in a sum of the program."""
        return len({self._activity_at.get(one) for one in self.program.variables_of(number)}) > 1

    def _suits(self, activity: int, one: int, asked: Sequence[Request]) -> dict[Spot, list[Request]]:
        """For each spot of a professional who could be there, where they are enough: for a group, in some company."""
        able = [request for request in asked if one in request.professionals]
        found = spots_of(self.problem, activity, one, able)
        if self.problem.is_alone(activity):
            return found
        companies = self.companies[activity, one] = Companies(self.problem, activity, able, found)
        return companies.suits()

    def _serve(
        self, activity: int, asked: Sequence[Request], suits: Mapping[int, Mapping[Spot, list[Request]]]
    ) -> None:
        """Each request once, with one professional."""
        first = len(self.program.largest)
        could = {one: {request.number for there in by.values() for request in there} for one, by in suits.items()}
        for request in asked:
            options = {one: self.program.variable(1.0, request.weight) for one in could if request.number in could[one]}
            self.program.at_most([(one, 1) for one in options.values()], 1)
            self.with_whom.update({(request.number, one): number for one, number in options.items()})
        for one, by in suits.items():
            able = [request for request in asked if request.number in could[one]]
            told = {spot: grouped((self.class_of(each, one), each) for each in there) for spot, there in by.items()}
            self._hold(Held(activity, one, able, told))
        self._activity_at.update(dict.fromkeys(range(first, len(self.program.largest)), activity))

    def class_of(self, request: Request, professional: int) -> Class:
        """Her children, and herself where she has to be told apart."""
        told = self.told_apart or (
            self.problem.is_alone(request.activity)
            and (len(self.alone_with[request.woman, professional]) > 1 or request.woman in self.problem.meets_nobody)
        )
        return request.children, request.woman if told else -1

    def _hold(self, what: Held) -> None:
        self.of_activity[what.activity].append(what)
        wanted = self.problem.activities[what.activity]
        for spot, by in what.suits.items():
            self._at(what, spot, by)
        if wanted.kind == "group":
            self._groups(what)
        self._come(what)

    def _at(self, what: Held, spot: Spot, by: Mapping[Class, Sequence[Request]]) -> None:
        """One session that could be held: how many of each class are there, and that it is held for them."""
        problem, program, (site, start) = self.problem, self.program, spot
        wanted, end = problem.activities[what.activity], start + problem.lengths[what.activity]
        alone = problem.is_alone(what.activity)
        seats = (problem.kinds[one].seats for one in problem.kinds_for(what.activity, site))
        most = min(wanted.max_women, max(seats))
        variables = {one: program.variable(1.0 if alone else min(len(asked), most)) for one, asked in by.items()}
        what.there.update({(spot, one): variable for one, variable in variables.items()})
        if not alone:
            held = what.held[spot] = program.variable()
            for one, variable in variables.items():
                program.at_most([(variable, 1), (held, -min(len(by[one]), most))], 0)
            women = [(variable, 1.0) for variable in variables.values()]
            program.at_most([*women, (held, -most)], 0)
            program.at_most([*((one, -1.0) for one, _ in women), (held, wanted.min_women)], 0)
        for (children, woman), variable in variables.items():
            piece = Piece(start, end, site, (woman,), variable, children)
            self._where(what, piece, alone=alone)
        for held in variables.values() if alone else [what.held[spot]]:
            piece = Piece(start, end, site, (what.activity,), held, wanted.min_women)
            self.led[what.professional].append(piece)
            self.rooms[site].append(piece)

    def _where(self, what: Held, piece: Piece, *, alone: bool) -> None:
        (woman,) = piece.alike
        wanted = self.problem.activities[what.activity]
        if alone and (wanted.days_apart or wanted.sessions == 1):
            self.alone[what.professional, piece.site].append(piece._replace(number=what.activity))
        if piece.number:
            self.children[piece.site].append(piece)
        if isinstance(woman, int) and woman >= 0:
            self.hers[woman, what.activity].append(piece)

    def _groups(self, what: Held) -> None:
        """So many groups hold so many sessions, and are so full."""
        wanted, program = self.problem.activities[what.activity], self.program
        groups = program.variable(len(what.able) // wanted.min_women)
        program.equal([*((one, 1.0) for one in what.held.values()), (groups, -wanted.sessions)])
        women = [(self.with_whom[one.number, what.professional], 1.0) for one in what.able]
        program.at_most([*women, (groups, -wanted.max_women)], 0)
        program.at_most([*((one, -1.0) for one, _ in women), (groups, wanted.min_women)], 0)

    def _come(self, what: Held) -> None:
        """Whoever is served comes to all sessions, on days that suit her, far enough apart."""
        wanted, program, day = self.problem.activities[what.activity], self.program, self.problem.day
        most = 1 if wanted.days_apart else wanted.sessions
        suiting: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        there: dict[tuple[Class, int], list[int]] = defaultdict(list)
        for (spot, kind), variable in what.there.items():
            there[kind, day(spot[1])].append(variable)
            for request in what.suits[spot][kind]:
                suiting[request.number][day(spot[1])].append(what.held.get(spot, variable))
        coming: dict[tuple[Class, int], list[int]] = defaultdict(list)
        for request in what.able:
            served = self.with_whom[request.number, what.professional]
            days = {}
            for at, sessions in sorted(suiting[request.number].items()):
                days[at] = program.variable(most)
                program.at_most([(days[at], 1), (served, -most)], 0)
                program.at_most([(days[at], 1.0), *((one, -1.0) for one in sessions)], 0)
                what.days[request.number, at] = days[at]
                coming[self.class_of(request, what.professional), at].append(days[at])
                self.comes[request.number, at].append(days[at])
            program.equal([*((one, 1.0) for one in days.values()), (served, -wanted.sessions)])
            for at in days if wanted.days_apart > 1 else ():
                near = [(days[other], 1.0) for other in range(at, at + wanted.days_apart) if other in days]
                program.at_most([*near, (served, -1)], 0)
        for key, variables in there.items():
            program.equal([*((one, 1.0) for one in variables), *((one, -1.0) for one in coming[key])])

    def _limits(self) -> None:
        for pieces in self.led.values():
            for _, now in together(pieces):
                self.program.at_most(_sum(now), 1)
        for pieces in self.alone.values():
            self._gaps(pieces)
        for site, pieces in self.rooms.items():
            self._rooms(site, pieces)
        for site, pieces in self.children.items():
            for tick, now in together(pieces):
                windows = (one.places for one in self.problem.care[site] if one.start <= tick < one.end)
                self.program.at_most([(one.literal, one.number) for one in now], max(windows, default=0))
        self._kept_apart()
        self._women()

    def _gaps(self, pieces: Sequence[Piece]) -> None:
        """Rule 6. Sessions of a woman that follow each other within the gap are a row, with one gap at its end."""
        counted = [self._wide([one], one.literal) for one in pieces]
        in_rows: dict[int, list[int]] = defaultdict(list)
        for row in _rows(pieces, self.problem.reaches):
            held = self.program.variable()
            counted += [self._wide(row, held), *(self._wide([one], held, -1) for one in row)]
            for one in row:
                in_rows[one.literal].append(held)
        for session, rows in in_rows.items():
            self.program.at_most([*((one, 1.0) for one in rows), (session, -1.0)], 0)
        for _, now in together(counted):
            self.program.at_most([(one.literal, float(one.number)) for one in now], 1)

    def _wide(self, row: Sequence[Piece], literal: int, sign: int = 1) -> Piece:
        """A row of sessions with the gap at its end, counted so often."""
        end = row[-1].start + self.problem.reaches[row[-1].number]
        return Piece(row[0].start, end, row[0].site, row[0].alike, literal, sign)

    def _gap(self, activity: int) -> int:
        """The slots after a session of it in which whoever must stay away may not come."""
        return self.problem.reaches[activity] - self.problem.lengths[activity]

    def _rooms(self, site: int, pieces: Sequence[Piece]) -> None:
        """No more sessions at once than rooms with seats enough for the smallest group, and than rooms for them."""
        kinds = [one for one in self.problem.kinds if one.site == site]
        for seats in sorted({0, *(one.seats for one in kinds)}):
            rooms = sum(len(one.rooms) for one in kinds if one.seats > seats)
            for _, now in together(one for one in pieces if one.number > seats):
                self.program.at_most(_sum(now), rooms)
        for fitting in self._few_rooms(site):
            able = {one for one in self.of_activity if fitting.issuperset(self.problem.kinds_for(one, site))}
            for _, now in together(one for one in pieces if one.alike[0] in able):
                self.program.at_most(_sum(now), sum(len(self.problem.kinds[one].rooms) for one in fitting))

    def _few_rooms(self, site: int) -> set[frozenset[int]]:
        """The kinds of rooms of each activity that cannot be held in all rooms of a site."""
        activities = (number for number, one in enumerate(self.problem.activities) if one.rooms is not None)
        return {frozenset(fitting) for one in activities if (fitting := self.problem.kinds_for(one, site))}

    def _kept_apart(self) -> None:
        """Rule 5, as far as women are told apart: around a session of hers no session of whom she must not meet."""
        by_woman = self._by_woman()
        for (woman, activity), pieces in self.hers.items():
            wanted = self.problem.activities[activity]
            if wanted.sessions == 1 or wanted.days_apart:
                around = self._around(activity, pieces)
                if woman in self.problem.meets_nobody:
                    own = {one.literal for one in by_woman[woman]}
                    for led in self.led.values():
                        self._never_both(around, [one for one in led if one.literal not in own])
                if self.told_apart:
                    for other in self.problem.avoided_women[woman]:
                        self._never_both(around, by_woman.get(other, ()))

    def _by_woman(self) -> dict[int, list[Piece]]:
        """Every session that each woman who is told apart could be in."""
        return grouped((woman, piece) for (woman, _), pieces in self.hers.items() for piece in pieces)

    def _around(self, activity: int, pieces: Iterable[Piece]) -> list[Piece]:
        gap = self._gap(activity)
        return [one._replace(start=one.start - gap, end=one.end + gap, alike=("hers",)) for one in pieces]

    def _never_both(self, hers: Sequence[Piece], others: Sequence[Piece]) -> None:
        for site in {one.site for one in hers}:
            for _, now in together([one for one in (*hers, *others) if one.site == site]):
                mine = sum(1 for one in now if one.alike == ("hers",))
                if 0 < mine < len(now):
                    self.program.at_most(_sum(now), 1)

    def _women(self) -> None:
        """Nobody is in two places at once: by the slot where she is told apart, else what fits into her day."""
        for pieces in self._by_woman().values() if self.told_apart else ():
            for _, now in together(pieces):
                self.program.at_most(_sum(now), 1)
        for woman, asked in sorted(self.problem.of_woman.items()) if not self.told_apart else ():
            for day, windows in self._days(woman).items():
                self._fit(asked, day, windows)

    def _days(self, woman: int) -> dict[int, list[int]]:
        """How long her windows of each day are."""
        found: dict[int, list[int]] = defaultdict(list)
        for start, end in _windows(self.problem.woman_free[woman]):
            for day in range(self.problem.day(start), self.problem.day(end - 1) + 1):
                found[day].append(end - start)
        return found

    def _fit(self, asked: Sequence[Request], day: int, windows: Sequence[int]) -> None:
        """Counted in pieces of every length that she asked for."""
        lengths = self.problem.lengths
        coming = [(one, variable) for one in asked for variable in self.comes.get((one.number, day), ())]
        for piece in {lengths[one.activity] for one, _ in coming}:
            room = sum(window // piece for window in windows)
            self.program.at_most([(variable, lengths[one.activity] // piece) for one, variable in coming], room)


def _sum(pieces: Iterable[Piece]) -> list[tuple[int, float]]:
    return [(one.literal, 1.0) for one in pieces]


def _rows(pieces: Iterable[Piece], reaches: Sequence[int]) -> Iterator[tuple[Piece, ...]]:
    """Two sessions or more of one woman, of different activities, each beginning before the gap of the last is over."""
    hers: dict[object, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.alike != (-1,):
            hers[piece.alike].append(piece)
    for sessions in hers.values():
        rows: list[tuple[Piece, ...]] = [(one,) for one in sessions]
        while rows:
            rows = [
                (*row, one)
                for row in rows
                for one in sessions
                if row[-1].end <= one.start < row[-1].start + reaches[row[-1].number]
                if one.number not in {other.number for other in row}
            ]
            yield from rows


def _grouped_alone(problem: Problem, possible: Mapping[int, Sequence[Request]]) -> dict[tuple[int, int], set[int]]:
    """For each woman and professional the individual activities that she asked for."""
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for activity, asked in possible.items():
        for request in asked if problem.is_alone(activity) else ():
            for professional in request.professionals:
                found[request.woman, professional].add(activity)
    return found


def _windows(free: Slots) -> list[tuple[int, int]]:
    """The windows of free slots, each from its first up to past its last."""
    starts, ends = free & ~(free << 1), free & ~(free >> 1)
    return [(start, end + 1) for start, end in zip(numbers(starts), numbers(ends), strict=True)]
