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


def arguments_of(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The arguments that each of these names takes."""
    every = {one.name: tuple(one.pattern.converters) for one in every_pattern()}
    return {name: every[name] for name in names}


def address(name: str, things: Mapping[str, object]) -> str:
    """The address with this name for these things."""
    return reverse(name, kwargs={wanted: things[wanted] for wanted in arguments_of([name])[name]})
