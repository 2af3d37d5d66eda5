"""Whether what was read has the shape of a type, told in plain words, every mistake at once.

`msgspec.convert` stops at the first mistake and speaks of objects and arrays; these words are for whoever writes files.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any

from msgspec import inspect

from amparo.kernel.marked import Place

Mistake = tuple[Place, str]
_LONGEST = 60
_MANY = 12


def misfits(content: object, kind: type) -> Iterator[Mistake]:
    """Where `content` is not what `kind` (a msgspec Struct) holds: the place, and what is expected there."""
    return _misfits(content, _shape(kind), ())


@cache
def _shape(kind: type) -> inspect.Type:
    return inspect.type_info(kind)


def _misfits(content: object, kind: inspect.Type, place: Place) -> Iterator[Mistake]:
    fitting = [one for one in _members(kind) if _fits(content, one)]
    if not fitting:
        yield place, f"{_words(kind)}, found {_found(content)}"
        return
    kind = fitting[0]
    if isinstance(kind, inspect.LiteralType) and content not in kind.values:
        yield place, f"{_words(kind)}, found {_found(content)}"
    for sort, inside in _INSIDE.items():
        if isinstance(kind, sort):
            yield from inside(content, kind, place)


def _misfits_of_items(content: list[object], kind: inspect.VarTupleType, place: Place) -> Iterator[Mistake]:
    for number, item in enumerate(content, 1):
        yield from _misfits(item, kind.item_type, (*place, number))


def _misfits_of_values(content: dict[str, object], kind: inspect.DictType, place: Place) -> Iterator[Mistake]:
    for key, value in content.items():
        yield from _misfits(key, kind.key_type, (*place, key))
        yield from _misfits(value, kind.value_type, (*place, key))


def _misfits_of_row(content: list[object], kind: inspect.TupleType, place: Place) -> Iterator[Mistake]:
    if len(content) != len(kind.item_types):
        yield place, f"a list of {len(kind.item_types)}, found {len(content)}"
    for number, (item, wanted) in enumerate(zip(content, kind.item_types, strict=False), 1):
        yield from _misfits(item, wanted, (*place, number))


def _misfits_of_size(content: int, kind: inspect.IntType, place: Place) -> Iterator[Mistake]:
    if kind.ge is not None and content < kind.ge:
        yield place, f"{kind.ge} or more, found {content}"
    if kind.le is not None and content > kind.le:
        yield place, f"{kind.le} or less, found {content}"


def _misfits_of_text(content: str, _kind: inspect.StrType, place: Place) -> Iterator[Mistake]:
    """JSON can hold half of a character, which can be written nowhere again."""
    if any("\ud800" <= one <= "\udfff" for one in content):
        yield place, f"whole characters, found {_found(content)}"


def _misfits_of_fields(content: dict[str, object], kind: inspect.StructType, place: Place) -> Iterator[Mistake]:
    fields = {field.encode_name: field for field in kind.fields}
    for name in content:
        if name not in fields:
            yield (*place, name), _one_of_the_fields(name, fields)
    for name, field in fields.items():
        if name in content:
            yield from _misfits(content[name], field.type, (*place, name))
        elif field.required:
            empty = " (null where there is none)" if _fits(None, *_members(field.type)) else ""
            yield (*place, name), f"a value{empty}, found nothing"


def _one_of_the_fields(name: str, fields: Collection[str]) -> str:
    near = get_close_matches(name, fields, n=1)
    if near or len(fields) > _MANY:
        return "a field that exists" + "".join(f", perhaps '{one}'" for one in near)
    return f"one of the fields {', '.join(fields)}"


def _members(kind: inspect.Type) -> tuple[inspect.Type, ...]:
    return kind.types if isinstance(kind, inspect.UnionType) else (kind,)


def _fits(content: object, *kinds: inspect.Type) -> bool:
    """Whether the content is of the sort that one of the kinds takes, whatever is inside it."""
    return any(type(content) in _SORTS[type(kind)][0] for kind in kinds)


def _words(kind: inspect.Type) -> str:
    members = [one for one in _members(kind) if not isinstance(one, inspect.NoneType)]
    return " or ".join(dict.fromkeys(_word(one) for one in members))


def _word(kind: inspect.Type) -> str:
    if isinstance(kind, inspect.LiteralType):
        return f"one of {', '.join(map(str, kind.values))}"
    return _SORTS[type(kind)][1]


def _found(content: object) -> str:
    if content is None:
        return "nothing"
    if isinstance(content, bool | date):
        return str(content).lower()
    if isinstance(content, dict):
        return "fields with values"
    if isinstance(content, list):
        return "a list"
    shown = repr(content)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


#: What each kind of type takes, and what a person calls that.
_SORTS: dict[type[Any], tuple[tuple[type[Any], ...], str]] = {
    inspect.StructType: ((dict,), "fields with values"),
    inspect.DictType: ((dict,), "fields with values"),
    inspect.VarTupleType: ((list,), "a list"),
    inspect.TupleType: ((list,), "a list"),
    inspect.CustomType: ((str,), "a text"),
    inspect.LiteralType: ((str,), "a word"),
    inspect.StrType: ((str,), "a text (in quotes where it looks like a number, a date or true)"),
    inspect.IntType: ((int,), "a whole number"),
    inspect.FloatType: ((int, float), "a number"),
    inspect.BoolType: ((bool,), "true or false"),
    inspect.DateType: ((date,), "a day such as 2013-06-01, without quotes"),
    inspect.NoneType: ((type(None),), "nothing"),
}
#: Where mistakes can be further inside.
_INSIDE: dict[type[Any], Callable[[Any, Any, Place], Iterator[Mistake]]] = {
    inspect.StructType: _misfits_of_fields,
    inspect.VarTupleType: _misfits_of_items,
    inspect.TupleType: _misfits_of_row,
    inspect.DictType: _misfits_of_values,
    inspect.IntType: _misfits_of_size,
    inspect.StrType: _misfits_of_text,
}
