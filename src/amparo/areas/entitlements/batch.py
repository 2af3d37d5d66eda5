"""Judge many persons fast: everything that few facts decide is written once, then only looked up.

An answer is cut into pieces. What a piece says depends on the few facts that its conditions name, or on one date; for
each combination of these it is judged once, by the same functions as a single answer, and kept as ready-made JSON.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from math import prod
from operator import itemgetter
from typing import Any

import msgspec

from amparo.areas.entitlements import json_answers
from amparo.areas.entitlements.catalogue import InForce
from amparo.areas.entitlements.json_facts import WrongFactsError, facts_of_json
from amparo.areas.entitlements.rules.conditions import facts_of
from amparo.areas.entitlements.rules.days import OutOfReach
from amparo.areas.entitlements.rules.facts import FACTS, NOTHING_KNOWN, VALUES, Facts
from amparo.areas.entitlements.rules.judging import Answer, judge
from amparo.areas.entitlements.rules.scheme import Opening, Permit, RuleSet, Stage

#: Neighbouring pieces are joined while their facts together have no more combinations than this.
_COMBINATIONS = 1000
#: So many combinations of one piece are kept; then it begins anew.
_KEPT = 20_000
#: Persons whose answers are given in one go: a few hundred kilobytes, which the processor still has at hand.
_AT_ONCE = 32
_HOLE = b'"starts_on":null,"ends_on":null'

Values = tuple[Any, ...]
Make = Callable[[Facts], bytes]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the text, and the facts that decide it."""

    facts: AbstractSet[str]
    make: Make


class _Block(dict[Any, bytes]):
    """The text of neighbouring pieces by the values of their facts, made when it is first asked for."""

    def __init__(self, pieces: Sequence[_Piece]) -> None:
        super().__init__()
        self._pieces = pieces
        self._facts = tuple(fact for fact in FACTS if any(fact in piece.facts for piece in pieces))
        #: The values of the facts among all values; of none, a value that all persons share.
        self.of = itemgetter(*map(FACTS.index, self._facts)) if self._facts else _nothing

    def __missing__(self, key: Any) -> bytes:
        if len(self) >= _KEPT:
            self.clear()
        values = key if len(self._facts) > 1 else (key,)
        facts = Facts(**dict(zip(self._facts, values, strict=False)))
        text = self[key] = b"".join(piece.make(facts) for piece in self._pieces)
        return text


class WrongLineError(ValueError):
    """A line that is no facts, or whose dates cannot be counted with; `number` counts from 1."""

    def __init__(self, number: int, reason: ValueError) -> None:
        super().__init__(str(reason))
        self.number = number


class Lines:
    """Answers for one person after another by the same rules, each a line of JSON."""

    def __init__(self, chosen: Sequence[InForce], *, as_of: date, language: str = "en", numbered: bool) -> None:
        """Prepare what these rules say on a day. `numbered`: a line holds its number and the answers of all countries;
        otherwise it is the answer of the one country."""
        self._countries = [_Country(one, as_of, language) for one in chosen]
        self._numbered = numbered

    def answered(self, texts: Iterable[bytes]) -> Iterator[bytes]:
        """The lines for these lines of facts, many at a time. Raises WrongLineError after all lines before it."""
        out: list[bytes] = []
        for number, text in enumerate(texts, 1):
            complete = len(out)
            try:
                self._write(number, facts_of_json(text), out)
            except (WrongFactsError, OutOfReach) as error:
                yield b"".join(out[:complete])
                raise WrongLineError(number, error) from error
            if not number % _AT_ONCE:
                yield b"".join(out)
                out.clear()
        yield b"".join(out)

    def _write(self, number: int, facts: Facts, out: list[bytes]) -> None:
        values = msgspec.structs.astuple(facts)
        if not self._numbered:
            self._countries[0].write(values, out)
            out.append(b"\n")
            return
        before = b'{"line":%d,"countries":[' % number
        for country in self._countries:
            out.append(before)
            country.write(values, out)
            before = b","
        out.append(b"]}\n")


class _Country:
    def __init__(self, chosen: InForce, as_of: date, language: str) -> None:
        rule_set = chosen.rule_set
        head = _json(json_answers.head_json(rule_set.country, as_of, outdated=chosen.outdated))
        pieces = [_text(head[:-1] + b',"permits":[')]
        pieces += _with_commas(_of_permit(permit, rule_set, language) for permit in rule_set.permits)
        pieces.append(_text(b'],"services":['))
        pieces += _with_commas(_of_service(number, rule_set, language) for number in range(len(rule_set.services)))
        pieces.append(_text(b'],"deadlines":['))
        self._blocks = [(block.of, block) for block in _blocks(pieces)]
        stages = [_of_stage(stage, rule_set) for path in rule_set.pathways for stage in path.stages if stage.starts]
        self._dues = [(block.of, block) for block in _blocks(stages)]

    def write(self, values: Values, out: list[bytes]) -> None:
        out += [block[of(values)] for of, block in self._blocks]
        out.append(b"".join([block[of(values)] for of, block in self._dues])[1:])
        out.append(b"]}")


def _blocks(pieces: Iterable[_Piece]) -> Iterator[_Block]:
    joined: list[_Piece] = []
    for piece in pieces:
        if joined and _combinations([*joined, piece]) > _COMBINATIONS:
            yield _Block(joined)
            joined = []
        joined.append(piece)
    yield _Block(joined)


def _combinations(pieces: Iterable[_Piece]) -> int:
    """How many ways there are to know or not to know the facts of the pieces; a date alone has too many to share."""
    facts = {fact for piece in pieces for fact in piece.facts}
    return prod(len(VALUES[fact]) + 1 if fact in VALUES else _COMBINATIONS for fact in facts)


def _of_permit(permit: Permit, rule_set: RuleSet, language: str) -> Iterator[_Piece]:
    alone = msgspec.structs.replace(rule_set, permits=(permit,), services=(), pathways=())
    conditions = [permit.conditions, *(one.when for one in permit.opens if isinstance(one, Opening))]

    def text(facts: Facts) -> bytes:
        return _json(json_answers.permit_json(_judged(alone, facts).permits[0], language))

    def days(facts: Facts) -> bytes:
        judged = _judged(alone, facts).permits[0]
        return _json(json_answers.dates_json(judged.starts_on, judged.ends_on))[1:-1]

    facts = frozenset().union(*map(facts_of, conditions))
    if permit.starts is None:
        yield _Piece(facts, text)
        return
    end = text(NOTHING_KNOWN).partition(_HOLE)[2]
    yield _Piece(facts, lambda known: text(known).partition(_HOLE)[0])
    yield _Piece({permit.starts}, days)
    yield _text(end)


def _of_service(number: int, rule_set: RuleSet, language: str) -> Iterator[_Piece]:
    service = rule_set.services[number]
    alone = msgspec.structs.replace(rule_set, permits=(), services=(service,), pathways=())
    yield _Piece(
        facts_of(service.conditions),
        lambda facts: _json(json_answers.service_json(_judged(alone, facts).services[0], language)),
    )


def _of_stage(stage: Stage, rule_set: RuleSet) -> _Piece:
    """What is due, with a comma before it; nothing where its date is not known."""
    pathway = msgspec.structs.replace(rule_set.pathways[0], stages=(stage,))
    alone = msgspec.structs.replace(rule_set, permits=(), services=(), pathways=(pathway,))

    def text(facts: Facts) -> bytes:
        return b"".join(b"," + _json(json_answers.deadline_json(one)) for one in _judged(alone, facts).deadlines)

    return _Piece({stage.starts} if stage.starts else set(), text)


def _judged(rule_set: RuleSet, facts: Facts) -> Answer:
    return judge(rule_set, facts, as_of=rule_set.valid_from)


def _with_commas(parts: Iterable[Iterator[_Piece]]) -> Iterator[_Piece]:
    for number, pieces in enumerate(parts):
        if number:
            yield _text(b",")
        yield from pieces


def _text(text: bytes) -> _Piece:
    return _Piece(frozenset(), lambda facts: text)


def _nothing(values: Values) -> None:
    return None


_json = msgspec.json.Encoder().encode
