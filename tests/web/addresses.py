"""Every address of the node, as the resolver knows it."""

from collections.abc import Iterable, Iterator, Mapping

from django.urls import URLPattern, URLResolver, get_resolver, reverse


def every_pattern(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[URLPattern]:
    """All patterns, at any depth."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from every_pattern(pattern.url_patterns)
        else:
            yield pattern


# What `number` counts and `area` names, by the beginning of the address's name.
NUMBERED = {
    "plan_version": "version",
    "plan_review": "review",
    "plan_rating": "review",
    "follow_up": "follow_up",
    "job_talk": "job_area",
}
AMBIGUOUS = ("number", "area")


def arguments_of(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """The arguments that each of these names takes, with the thing that each of them names."""
    every = {str(one.name): one.pattern.converters for one in every_pattern()}
    return {name: {argument: _thing(name, argument) for argument in every[name]} for name in names}


def _thing(name: str, argument: str) -> str:
    if argument not in AMBIGUOUS or (name, argument) == ("safety_area", "area"):
        return argument
    return next(thing for start, thing in NUMBERED.items() if name.startswith(start))


def address(name: str, things: Mapping[str, object]) -> str:
    """The address with this name for these things."""
    return reverse(name, kwargs={wanted: things[thing] for wanted, thing in arguments_of([name])[name].items()})
