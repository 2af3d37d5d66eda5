"""Queries that are put into words once and then asked again and again.

Django builds and words a query anew each time, and PostgreSQL plans it anew, which both cost more than to answer it.
Where a page asks the same question at every request, `prepared` keeps the wording, and each connection has PostgreSQL
keep its plan (PREPARE). What is asked stays written with the ORM.

psycopg's own prepared statements do not serve here: it lets them all go at every ROLLBACK, with which each GET ends.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, wraps
from itertools import count
from typing import Any, NamedTuple, ParamSpec, cast
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from amparo.kernel import clock

Asked = ParamSpec("Asked")
Rows = list[tuple[Any, ...]]

MOST_SHAPES = 200
MOST_PLANS = 60  # kept by one connection
# Stand-ins for values while a query is worded: nothing that a program would ask for.
_FIRST_NUMBER = -1_999_000_000
_FIRST_DAY = date(1, 3, 1)
_FIRST_ID = 0xA3A9 << 100
# A moment is a day too, so it comes first.
_TYPES = {int: "bigint", str: "text", datetime: "timestamptz", date: "date", UUID: "uuid"}
# The names under which each connection has plans, by their wording, the one asked last at the end. What is prepared
# outlives a transaction that is taken back.
_names: WeakKeyDictionary[psycopg.Connection[Any], OrderedDict[str, str]] = WeakKeyDictionary()
_numbers = count()


def prepared(build: Callable[Asked, QuerySet[Any, tuple[Any, ...]]]) -> Callable[Asked, Rows]:
    """Give a function that asks this `values_list` query and gives its rows; its wording is made once.

    Positional arguments are the values asked with (int, str, date, datetime, UUID): the query is built without them,
    so it can only pass them on. Keyword arguments shape the query, and each combination of them is worded by itself.
    Raises TypeError where the query does anything else with a value, or reads a column that Django converts.
    """

    @lru_cache(maxsize=MOST_SHAPES)
    def wording(kinds: tuple[type, ...], shape: tuple[tuple[str, Any], ...]) -> _Wording:
        return _worded(build, kinds, dict(shape))

    @wraps(build)
    def ask(*values: Asked.args, **shape: Asked.kwargs) -> Rows:
        worded = wording(tuple(map(type, values)), tuple(shape.items()))
        return _asked(worded, values) if worded.sql else []

    return ask


def in_few_lengths(numbers: Sequence[int]) -> list[int]:
    """The numbers, the first repeated until their count is a multiple of six: few lengths, so that few wordings."""
    return [*numbers, *[numbers[0]] * (-len(numbers) % 6)] if numbers else []


class _Wording(NamedTuple):
    """A query for PREPARE, with $1, $2 and so on for its values, and their types; no SQL where nothing is asked."""

    sql: str
    types: str = ""
    call: str = ""


def _asked(worded: _Wording, values: tuple[Any, ...]) -> Rows:
    with connections["default"].cursor() as cursor:
        names = _names.setdefault(cursor.connection, OrderedDict())
        if worded.sql not in names:
            _plan(cursor, worded, names)
        names.move_to_end(worded.sql)
        cursor.execute(f"EXECUTE {names[worded.sql]}{worded.call}", values)
        return cast("Rows", cursor.fetchall())


def _plan(cursor: CursorWrapper, worded: _Wording, names: OrderedDict[str, str]) -> None:
    if len(names) >= MOST_PLANS:
        cursor.execute(f"DEALLOCATE {names.popitem(last=False)[1]}")
    name = f"amparo_{next(_numbers)}"
    cursor.execute(f"PREPARE {name}{worded.types} AS {worded.sql}")
    names[worded.sql] = name


def _worded(build: Callable[..., QuerySet[Any, Any]], kinds: tuple[type, ...], shape: dict[str, Any]) -> _Wording:
    standing_in = [_stand_in(kind, place) for place, kind in enumerate(kinds)]
    with clock.out_of_sight():
        compiler = build(*standing_in, **shape).query.get_compiler("default")
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return _Wording("")  # who may see nothing finds nothing, whatever is asked
    if compiler.get_converters([column for column, *_ in compiler.select]):
        raise TypeError(f"{build.__qualname__} reads a column that Django converts")
    place_of = {one: f"${place}" for place, one in enumerate(standing_in, start=1)}
    if not set(place_of) <= set(parameters):
        raise TypeError(f"{build.__qualname__} does not ask with every value as it was given")
    written = sql % tuple(place_of.get(one) or _literal(one) for one in parameters)
    if not kinds:
        return _Wording(written)
    types = ", ".join(_TYPES[next(known for known in _TYPES if issubclass(kind, known))] for kind in kinds)
    return _Wording(written, f"({types})", f"({', '.join(['%s'] * len(kinds))})")


def _literal(value: object) -> str:
    connections["default"].ensure_connection()
    return psycopg.sql.Literal(value).as_string(connections["default"].connection)


def _stand_in(kind: type, place: int) -> int | str | date | UUID:
    day = _FIRST_DAY + timedelta(days=place)
    if issubclass(kind, bool):
        raise TypeError("yes or no shapes a query: give it by keyword")
    if issubclass(kind, int):
        return _FIRST_NUMBER + place
    if issubclass(kind, str):
        return f"\x02{place}\x03"
    if issubclass(kind, datetime):
        return datetime.combine(day, datetime.min.time(), UTC)
    if issubclass(kind, date):
        return day
    if issubclass(kind, UUID):
        return UUID(int=_FIRST_ID + place)
    raise TypeError(f"{kind.__name__} cannot stand in a prepared query")
