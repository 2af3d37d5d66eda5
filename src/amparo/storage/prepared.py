"""Queries that are put into words once and then asked again and again.

Django builds and words a query anew each time, which costs more than PostgreSQL takes to answer it. Where a page asks
the same question at every request, `prepared` keeps the wording. What is asked stays written with the ORM.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, wraps
from typing import Any, ParamSpec, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from amparo.kernel import clock

Asked = ParamSpec("Asked")
Rows = list[tuple[Any, ...]]

MOST_SHAPES = 200
# Stand-ins for values while a query is worded: nothing that a program would ask for.
_FIRST_NUMBER = -1_999_000_000
_FIRST_DAY = date(1, 3, 1)
_FIRST_ID = 0xA3A9 << 100


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
        sql, parameters, places = wording(tuple(map(type, values)), tuple(shape.items()))
        if not sql:
            return []
        asked = [one if place is None else values[place] for one, place in zip(parameters, places, strict=True)]
        with connections["default"].cursor() as cursor:
            cursor.execute(sql, cast("list[str]", asked))
            return cast("Rows", cursor.fetchall())

    return ask


def in_few_lengths(numbers: Sequence[int]) -> list[int]:
    """The numbers, the first repeated until their count is a multiple of six: few lengths, so that few wordings."""
    return [*numbers, *[numbers[0]] * (-len(numbers) % 6)] if numbers else []


_Wording = tuple[str, tuple[Any, ...], tuple[int | None, ...]]  # SQL, its parameters, and which value each stands for


def _worded(build: Callable[..., QuerySet[Any, Any]], kinds: tuple[type, ...], shape: dict[str, Any]) -> _Wording:
    standing_in = [_stand_in(kind, place) for place, kind in enumerate(kinds)]
    with clock.out_of_sight():
        compiler = build(*standing_in, **shape).query.get_compiler("default")
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return "", (), ()  # who may see nothing finds nothing, whatever is asked
    if compiler.get_converters([column for column, *_ in compiler.select]):
        raise TypeError(f"{build.__qualname__} reads a column that Django converts")
    place_of = {one: place for place, one in enumerate(standing_in)}
    places = tuple(place_of.get(one) for one in parameters)
    if set(place_of.values()) - set(places):
        raise TypeError(f"{build.__qualname__} does not ask with every value as it was given")
    return sql, tuple(parameters), places


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
