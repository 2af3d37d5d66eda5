"""What the meetings that stand already leave free for others."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from .problem import Meeting, Problem, Request
from .slots import Slots, span, starts_within


class Stack:
    """Counts how many sessions share each slot: layer n holds the slots with more than n."""

    def __init__(self) -> None:
        self.layers: list[Slots] = []

    def add(self, slots: Slots, count: int = 1) -> None:
        """Put so many more on these slots."""
        last = len(self.layers)
        self.layers = [
            self.at_least(number) | slots & self.at_least(number - count) for number in range(1, last + count + 1)
        ]
        self._drop_empty()

    def take(self, slots: Slots, count: int = 1) -> None:
        """Take so many away from these slots, on each of which there are as many."""
        left = ~slots
        self.layers = [
            layer & left | slots & self.at_least(number + count) for number, layer in enumerate(self.layers, 1)
        ]
        self._drop_empty()

    def _drop_empty(self) -> None:
        while self.layers and not self.layers[-1]:
            self.layers.pop()

    def at_least(self, count: int) -> Slots:
        """The slots with `count` or more."""
        return self.layers[count - 1] if 0 < count <= len(self.layers) else 0 if count > 0 else ~0

    def height(self, slot: int) -> int:
        """How many share a slot."""
        return sum(1 for layer in self.layers if layer >> slot & 1)


#: How much more it is to see where a woman has time than to see whether she fits into a company.
_LOOK = 3


class Board:
    """The meetings that stand, and where another could be added without touching them.

    `effort`: how much was looked at, counted so that it is the same on every machine.
    """

    def __init__(self, problem: Problem, meetings: Iterable[Meeting] = ()) -> None:
        self.problem = problem
        self.effort = 0
        self.meetings: dict[Meeting, None] = {}
        self.professional_busy = [0] * len(problem.professionals)
        self.woman_busy = [0] * len(problem.women)
        self.reach: dict[tuple[int, int], Slots] = defaultdict(int)
        self.of_woman: dict[int, list[Meeting]] = defaultdict(list)
        self.alone: dict[tuple[int, int], list[tuple[int, Slots]]] = defaultdict(list)
        self.rooms = [Stack() for _ in problem.kinds]
        self.children = [Stack() for _ in problem.sites]
        for meeting in meetings:
            self.add(meeting)

    def add(self, meeting: Meeting) -> None:
        """Let a meeting stand."""
        problem, activity = self.problem, meeting.activity
        length, reach = problem.lengths[activity], problem.reaches[activity]
        children = sum(problem.women[woman].children for woman in meeting.women)
        self.meetings[meeting] = None
        for woman in meeting.women:
            self.of_woman[woman].append(meeting)
        for session in meeting.sessions:
            slots, wide = span(session.start, session.start + length), span(session.start, session.start + reach)
            self.professional_busy[meeting.professional] |= slots
            self.rooms[session.kind].add(slots)
            if problem.is_alone(activity):
                self.alone[meeting.professional, session.site].append((meeting.women[0], wide))
            for woman in meeting.women:
                self.woman_busy[woman] |= slots
                self.reach[woman, session.site] |= wide
            if children:
                self.children[session.site].add(slots, children)

    def remove(self, meeting: Meeting) -> None:
        """Take a meeting away that stands."""
        problem, activity = self.problem, meeting.activity
        length, reach = problem.lengths[activity], problem.reaches[activity]
        children = sum(problem.women[woman].children for woman in meeting.women)
        del self.meetings[meeting]
        for woman in meeting.women:
            self.of_woman[woman].remove(meeting)
        for session in meeting.sessions:
            slots, wide = span(session.start, session.start + length), span(session.start, session.start + reach)
            self.professional_busy[meeting.professional] &= ~slots
            self.rooms[session.kind].take(slots)
            if problem.is_alone(activity):
                self.alone[meeting.professional, session.site].remove((meeting.women[0], wide))
            for woman in meeting.women:
                self.woman_busy[woman] &= ~slots
                self.reach[woman, session.site] &= ~wide
            if children:
                self.children[session.site].take(slots, children)
        for woman in meeting.women:
            for other in self.of_woman[woman]:
                self._reach(woman, other)

    def _reach(self, woman: int, meeting: Meeting) -> None:
        reach = self.problem.reaches[meeting.activity]
        for session in meeting.sessions:
            self.reach[woman, session.site] |= span(session.start, session.start + reach)

    @cached_property
    def _everything(self) -> Slots:
        return span(0, self.problem.horizon + max(self.problem.reaches, default=1))

    def free_from(self, taken: Slots, length: int) -> Slots:
        """The starts from which `length` slots in a row are not among those taken."""
        return starts_within(self._everything & ~taken, length)

    def starts_for_her(self, request: Request, site: int) -> Slots:
        """The starts that suit her on a site beside everything that stands."""
        self.effort += _LOOK
        problem = self.problem
        starts = request.starts[site]
        if not starts:
            return 0
        length, reach = problem.lengths[request.activity], problem.reaches[request.activity]
        starts &= self.free_from(self.woman_busy[request.woman], length)
        shunned = self.shunned(request.woman, site)
        if shunned:
            starts &= self.free_from(shunned, reach)
        if request.children and starts:
            starts &= self.with_care(site, request.children, length)
        return starts

    def starts_for_professional(self, activity: int, professional: int, woman: int | None = None) -> dict[int, Slots]:
        """For each site the starts that the professional has; `woman` where it is for her alone."""
        problem = self.problem
        length, reach = problem.lengths[activity], problem.reaches[activity]
        own = problem.professional_starts(activity, professional)
        own &= self.free_from(self.professional_busy[professional], length)
        found = {}
        for site in problem.held_on[activity]:
            starts = own
            if problem.is_alone(activity):
                others = 0
                for whose, wide in self.alone[professional, site]:
                    others |= wide if whose != woman else 0
                starts &= self.free_from(others, reach) if others else ~0
            found[site] = starts
        return found

    def room_starts(self, kind: int, length: int) -> Slots:
        """The starts at which a room of this kind is free."""
        return self.free_from(self.rooms[kind].at_least(len(self.problem.kinds[kind].rooms)), length)

    def starts_with_room(self, activity: int, site: int) -> Slots:
        """The starts at which a room in which the activity can be held is free."""
        free = 0
        for kind in self.problem.kinds_for(activity, site):
            free |= self.room_starts(kind, self.problem.lengths[activity])
        return free

    def care_left(self, site: int, start: int, length: int) -> int:
        """For how many more children there is a place at every moment of a session."""
        places, stack = self.problem.places(site), self.children[site]
        return min(places.get(slot, 0) - stack.height(slot) for slot in range(start, start + length))

    def shunned(self, woman: int, site: int) -> Slots:
        """The reach of everyone on the site whom she must not meet."""
        problem = self.problem
        if woman in problem.meets_nobody:
            whom: Iterable[int] = (one for one in range(len(problem.women)) if one != woman)
        else:
            whom = (problem.meets_nobody | problem.avoided_women[woman]) - {woman}
        shunned = 0
        for one in whom:
            shunned |= self.reach.get((one, site), 0)
        return shunned

    def serves(self, woman: int, activity: int) -> bool:
        """Whether she has a place in this activity."""
        return any(one.activity == activity for one in self.of_woman[woman])

    def with_care(self, site: int, children: int, length: int) -> Slots:
        """The starts at which the smallest open window still has places for so many children more."""
        if not self.children[site].layers:
            return ~0
        free = 0
        for places, open_then in self.problem.open_windows[site].items():
            free |= open_then if places >= children else 0
        for places, open_then in self.problem.open_windows[site].items():
            left = places - children
            free &= ~(self.children[site].at_least(left + 1) & open_then) if left >= 0 else ~open_then
        return starts_within(free, length)
