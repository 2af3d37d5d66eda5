"""The rules of rooms, sizes of groups and childcare, in the model; and rooms given out once all else is decided."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from .model import Literal, Model
from .problem import Kind, Meeting, Problem
from .slots import Piece, together

#: A session of a plan: the number of its meeting, and the slot in which it starts.
Held = tuple[int, int]
#: A session of an earlier plan: activity, professional, and the slot in which it started.
Had = tuple[int, int, int]
#: Work for giving rooms again on one site while something is held there without a break, in the solver's own units.
_WORK = 0.05


def sizes(model: Model) -> None:
    """Rule 2: so many women as make a group."""
    for number, opening in enumerate(model.offered):
        wanted = model.problem.activities[opening.activity]
        if wanted.kind == "group":
            women, held = sum(model.joins[number].values()), model.held[number]
            model.cp.add(women >= wanted.min_women * held)
            model.cp.add(women <= min(wanted.max_women, len(opening.requests)) * held)


def rooms(model: Model) -> None:
    """Rule 1: a free room with seats for everyone. Rooms of one kind are counted; who gets which is told later."""
    for site in range(len(model.problem.sites)):
        kinds = _worth_choosing(model, site)
        there: dict[int, list[Piece]] = defaultdict(list)
        for number in range(len(model.offered)):
            for piece in model.sessions(number):
                if piece.site == site:
                    for kind, literal in _room_for(model, number, piece, kinds).items():
                        there[kind].append(piece._replace(literal=literal))
        for kind, pieces in there.items():
            _count(model, kind, pieces)


def _worth_choosing(model: Model, site: int) -> list[int]:
    """The kinds of rooms to choose from: one where it takes everything and its rooms suffice for every professional."""
    problem = model.problem
    kinds = [number for number, kind in enumerate(problem.kinds) if kind.site == site]
    here = [activity for activity, sites in enumerate(problem.held_on) if site in sites]
    there = {one for activity in here for one in problem.held_by[activity]}
    for_all = [number for number in kinds if len(problem.kinds[number].takes) == len(here)]
    largest = max(for_all, key=lambda number: problem.kinds[number].seats, default=0)
    return [largest] if for_all and len(problem.kinds[largest].rooms) >= len(there) else kinds


def _room_for(model: Model, number: int, piece: Piece, kinds: Sequence[int]) -> Mapping[int, Literal]:
    """For each kind that could take the session, a literal that holds where it does."""
    opening, problem = model.offered[number], model.problem
    able, length = problem.kinds_for(opening.activity, piece.site), piece.end - piece.start
    fitting = [
        kind
        for kind in ([opening.rooms[piece.start]] if piece.start in opening.rooms else kinds)
        if kind in able and model.room_starts(kind, length) >> piece.start & 1
    ]
    one = len(fitting) == 1
    literals = {kind: piece.literal if one else model.cp.new_bool_var("") for kind in fitting}
    if not one:
        model.cp.add(sum(literals.values()) == piece.literal)
    for kind, literal in literals.items():
        _seat(model, number, kind, literal)
    model.kinds[number, piece.site, piece.start] = literals
    return literals


def _seat(model: Model, number: int, kind: int, literal: Literal) -> None:
    """No more women in the group than its room has seats."""
    seats, opening = model.problem.kinds[kind].seats, model.offered[number]
    most = min(model.problem.activities[opening.activity].max_women, len(opening.requests))
    if seats >= most:
        return
    key = ("few enough for", number, kind)
    if key not in model.any_of:
        model.any_of[key] = model.cp.new_bool_var("")
        model.cp.add(sum(model.joins[number].values()) <= most - (most - seats) * model.any_of[key])
    model.cp.add_implication(literal, model.any_of[key])


def _count(model: Model, kind: int, pieces: list[Piece]) -> None:
    stack, rooms_there = model.board.rooms[kind], len(model.problem.kinds[kind].rooms)
    for tick, now in together(pieces, model.starts_standing):
        left = rooms_there - stack.height(tick)
        if len({piece.alike[0] for piece in now}) > left:
            model.cp.add(sum(piece.literal for piece in now) <= left)


def childcare(model: Model) -> None:
    """Rule 3: at every moment places for all children on the site, in one window that covers the session."""
    for site in range(len(model.problem.sites)):
        pieces = [
            piece._replace(number=model.problem.women[woman].children)
            for woman in sorted(model.of_woman)
            if model.problem.women[woman].children
            for piece in model.presence(woman)
            if piece.site == site
        ]
        if pieces:
            _look_after(model, site, pieces)


def _look_after(model: Model, site: int, pieces: list[Piece]) -> None:
    places = model.problem.places(site)
    standing = model.board.children[site]
    edges = {slot for window in model.problem.care[site] for slot in (window.start, window.end)}
    for tick, now in together(pieces, edges | model.starts_standing):
        left = max(_places_at(model, site, tick, places) - standing.height(tick), 0)
        by_woman = {piece.alike[0]: piece.number for piece in now}
        if sum(by_woman.values()) > left:
            children = sum(piece.number * piece.literal for piece in now)
            model.cp.add(children <= left)
        _in_small_windows(model, site, tick, now)


def _places_at(model: Model, site: int, tick: int, places: Mapping[int, int]) -> int:
    """Places of the largest window; of the smallest where children of others are there already."""
    if model.board.children[site].layers:
        return places.get(tick, 0)
    return max((one.places for one in model.problem.care[site] if one.start <= tick < one.end), default=0)


def _in_small_windows(model: Model, site: int, tick: int, now: list[Piece]) -> None:
    """Where windows overlap: whoever is covered by a small one only counts all children against its places."""
    covered: dict[int, list[Piece]] = defaultdict(list)
    for piece in now:
        fitting = (one.places for one in model.problem.care[site] if one.start <= piece.start and piece.end <= one.end)
        covered[max(fitting, default=0)].append(piece)
    most = max(covered)
    everyone = sum(piece.number for piece in now)
    windows = [one.places for one in model.problem.care[site] if one.start <= tick < one.end]
    for places, pieces in covered.items() if len(set(windows)) > 1 else ():
        if places < max(most, *windows):
            small = model.cp.new_bool_var("")
            for piece in pieces:
                model.cp.add_implication(piece.literal, small)
            children = sum(piece.number * piece.literal for piece in now)
            model.cp.add(children <= everyone - (everyone - places) * small)


def rooms_given(
    problem: Problem, meetings: Sequence[Meeting], before: Mapping[Had, str] | None = None
) -> dict[Held, str]:
    """For each meeting (by its number) and start the room; of each kind there are enough: first come, first served.

    `before`: the rooms that an earlier plan had; as many sessions as can be are in theirs again.
    """
    wanted: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, meeting in enumerate(meetings):
        for session in meeting.sessions:
            end = session.start + problem.lengths[meeting.activity]
            wanted[session.kind].append((session.start, end, number))
    found = {}
    for kind, sessions in wanted.items():
        found.update(_given_out(problem.kinds[kind], sorted(sessions)))
    had = _had(problem, meetings, before or {})
    for pieces in _apart(problem, meetings):
        if any(had.get(held, found[held]) != found[held] for held in pieces):
            found |= _given_again(problem, pieces, had, found)
    return found


def _given_out(kind: Kind, sessions: list[tuple[int, int, int]]) -> dict[Held, str]:
    free_from = dict.fromkeys(sorted(kind.rooms), 0)
    found = {}
    for start, end, number in sessions:
        room = next(one for one, since in free_from.items() if since <= start)
        free_from[room] = end
        found[number, start] = room
    return found


def _had(problem: Problem, meetings: Sequence[Meeting], before: Mapping[Had, str]) -> dict[Held, str]:
    """The room that a session had, where it is of the site, fits and has the seats still."""
    found = {}
    for number, meeting in enumerate(meetings):
        for start, site, _ in meeting.sessions:
            room = before.get((meeting.activity, meeting.professional, start), "")
            kind = problem.kind_of_room.get(room, -1)
            if kind in problem.kinds_for(meeting.activity, site) and problem.kinds[kind].seats >= len(meeting.women):
                found[number, start] = room
    return found


def _apart(problem: Problem, meetings: Sequence[Meeting]) -> list[dict[Held, Piece]]:
    """The sessions of each site, parted wherever none is held; with the kind of room that is planned for each."""
    found, last, over = list[dict[Held, Piece]](), -1, 0
    held = ((one.site, one.start, number, one.kind) for number, each in enumerate(meetings) for one in each.sessions)
    for site, start, number, kind in sorted(held):
        end = start + problem.lengths[meetings[number].activity]
        if site != last or start >= over:
            found.append({})
            over = end
        found[-1][number, start] = Piece(start, end, site, (number, start), None, kind)
        last, over = site, max(over, end)
    return found


def _given_again(
    problem: Problem, pieces: Mapping[Held, Piece], had: Mapping[Held, str], found: Mapping[Held, str]
) -> dict[Held, str]:
    """As many as can be in the rooms that they had, each of the others in one of the kind that is planned for it."""
    cp, chosen = cp_model.CpModel(), dict[Held, dict[str, Literal]]()
    of_room: dict[str, list[Piece]] = defaultdict(list)
    for held, piece in pieces.items():
        rooms = sorted({*problem.kinds[piece.number].rooms, had.get(held, found[held])})
        chosen[held] = {room: cp.new_bool_var("") for room in rooms}
        cp.add_exactly_one(chosen[held].values())
        for room, literal in chosen[held].items():
            cp.add_hint(literal, room == found[held])
            of_room[room].append(piece._replace(literal=literal))
    for there in of_room.values():
        for _, now in together(there):
            cp.add_at_most_one(piece.literal for piece in now)
    cp.maximize(sum(rooms[had[held]] for held, rooms in chosen.items() if held in had))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.max_deterministic_time = 1, _WORK
    if solver.solve(cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return {}
    return {
        held: room for held, rooms in chosen.items() for room, is_in in rooms.items() if solver.boolean_value(is_in)
    }
