"""The rules of people and time, in the model (contract: scheduling, "Rules that always hold").

Rules 1 to 6 as far as they concern more than one request; what forbids a request alone stands in `problem`.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from .model import Literal, Model
from .problem import Request
from .slots import Piece, together


def one_answer(model: Model) -> None:
    """A request is served once."""
    for request, numbers in model.of_request.items():
        if len(numbers) > 1:
            model.cp.add_at_most_one(model.joins[one][request] for one in numbers)


def days_apart(model: Model) -> None:
    """Rule 1: sessions of one group lie so many days apart."""
    for number, opening in enumerate(model.offered):
        apart = model.problem.activities[opening.activity].days_apart
        by_day: dict[int, list[Literal]] = defaultdict(list)
        for (_, start), literal in model.at[number].items():
            by_day[model.problem.day(start)].append(literal)
        for day in by_day if apart else ():
            near = [literal for other in range(day, day + apart) for literal in by_day.get(other, ())]
            model.cp.add(sum(near) <= model.held[number])


def her_starts(model: Model) -> None:
    """Rules 1 and 3: nobody is in a session outside her time, on a site she avoids, or without childcare."""
    for number, opening in enumerate(model.offered):
        for request in opening.requests:
            joins = model.joins[number][request.number]
            if joins is model.held[number]:
                continue
            _all_sessions(model, number, request)
            by_block: dict[int, list[Literal]] = defaultdict(list)
            for spot, literal in model.at[number].items():
                if not model.fits(number, request, spot):
                    by_block[model.block(opening, spot[1])].append(literal)
            for unfit in by_block.values():
                model.cp.add_at_most_one(joins, *unfit)


def _all_sessions(model: Model, number: int, request: Request) -> None:
    """The same once more in sums: who joins is in as many sessions that suit her as there are (a closer bound)."""
    joins, at = model.joins[number][request.number], model.at[number]
    if len(at) == 1:
        return
    there = {spot: model.attends(number, request, spot) for spot in at if model.fits(number, request, spot)}
    for spot, literal in there.items():
        model.cp.add_implication(literal, at[spot])
    model.cp.add(sum(there.values()) == model.problem.activities[request.activity].sessions * joins)


def languages(model: Model) -> None:
    """Rule 2: where the activity names no language, she and the professional share one."""
    for number, opening in enumerate(model.offered):
        for request in opening.requests:
            strange = [led for one, led in model.led[number].items() if one not in request.professionals]
            if strange:
                model.cp.add_at_most_one(model.joins[number][request.number], *strange)


def professionals(model: Model) -> None:
    """Rule 1: no professional is in two places at once."""
    for pieces in _of_professionals(model, model.problem.lengths).values():
        for _, clash in together(pieces):
            _at_most_one(model, clash)


def individual_gaps(model: Model) -> None:
    """Rule 6: time between individual sessions of different women with one professional on one site."""
    for pieces in _of_professionals(model, model.problem.reaches, only_alone=True).values():
        _parties_apart(model, pieces)


def women(model: Model) -> None:
    """Rule 1: no woman is in two places at once."""
    for woman, asked in model.of_woman.items():
        if len(asked) > 1:
            for _, clash in together(model.presence(woman)):
                _at_most_one(model, clash)


def separated(model: Model) -> None:
    """Rule 5: two who must not meet are not near each other on one site, so in no group together either."""
    for woman in sorted(model.of_woman):
        for other in sorted(model.problem.avoided_women[woman]):
            if woman < other and other in model.of_woman:
                _in_no_group_together(model, woman, other)
                _parties_apart(model, [*model.presence(woman, reach=True), *model.presence(other, reach=True)])


def nobody_near(model: Model) -> None:
    """Rule 5: no other woman on the site near the session of a woman who meets nobody."""
    for woman in sorted(model.problem.meets_nobody & model.of_woman.keys()):
        hers = model.presence(woman, reach=True)
        for number, opening in enumerate(model.offered):
            if {one.woman for one in opening.requests} != {woman}:
                _parties_apart(model, [*hers, *model.sessions(number, reach=True)])


def _of_professionals(model: Model, lengths: list[int], *, only_alone: bool = False) -> dict[int, list[Piece]]:
    """Every session that each professional could hold; the party is the woman where she is alone."""
    found: dict[int, list[Piece]] = defaultdict(list)
    for number, opening in enumerate(model.offered):
        if only_alone and not model.problem.is_alone(opening.activity):
            continue
        for choice, literal in model.chosen[number].items():
            party = ("with", choice.professional, opening.requests[0].woman)
            alike = (party, number, model.block(opening, choice.start))
            end = choice.start + lengths[opening.activity]
            found[choice.professional].append(Piece(choice.start, end, choice.site, alike, literal))
    return found


def _in_no_group_together(model: Model, woman: int, other: int) -> None:
    for mine in model.of_woman[woman]:
        for yours in model.of_woman[other]:
            if mine.activity == yours.activity:
                for number in set(model.of_request[mine.number]) & set(model.of_request[yours.number]):
                    joins = model.joins[number]
                    model.cp.add_bool_or(joins[mine.number].negated(), joins[yours.number].negated())


def _parties_apart(model: Model, pieces: Iterable[Piece]) -> None:
    """At no slot of a site are two parties there."""
    by_site: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_site[piece.site].append(piece)
    for site, there in sorted(by_site.items()):
        if len({piece.alike[0] for piece in there}) > 1:
            for tick, near in together(there):
                _one_party(model, near, (site, tick))


def _one_party(model: Model, near: list[Piece], where: tuple[int, int]) -> None:
    parties: dict[Hashable, list[Piece]] = defaultdict(list)
    for piece in near:
        parties[piece.alike[0]].append(piece)
    if len(parties) > 1:
        literals = [one for party, pieces in parties.items() for one in _as_one(model, pieces, (party, where))]
        model.cp.add_at_most_one(literals)


def _as_one(model: Model, pieces: list[Piece], key: Hashable) -> list[Literal]:
    """Literals of which at most one holds, and one does where any of the pieces does."""
    if len({piece.alike for piece in pieces}) == 1:
        return [piece.literal for piece in pieces]
    if key not in model.any_of:
        model.any_of[key] = model.cp.new_bool_var("")
        alike: dict[Hashable, list[Literal]] = defaultdict(list)
        for piece in pieces:
            alike[piece.alike].append(piece.literal)
        for literals in alike.values():
            model.cp.add_at_most_one(*literals, model.any_of[key].negated())
    return [model.any_of[key]]


def _at_most_one(model: Model, pieces: list[Piece]) -> None:
    if len(pieces) > 1:
        model.cp.add_at_most_one(piece.literal for piece in pieces)
