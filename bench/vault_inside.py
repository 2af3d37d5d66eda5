"""The part of bench_vault that runs inside a node: identities, searching, opening a long case."""

import itertools
import json
import random
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from amparo.cli.django_ready import django_ready
from bench.bench_vault import in_turn

Figures = dict[str, Any]
SYLLABLES = [
    "ma",
    "ri",
    "a",
    "lo",
    "pez",
    "na",
    "ta",
    "li",
    "go",
    "nza",
    "ka",
    "ro",
    "vi",
    "sa",
    "de",
    "mi",
    "ho",
    "zu",
]
BATCH = 5_000
CHEAP_SEAL = 31  # head, nonce and tag


def main() -> None:
    """Measure inside Django and print the figures."""
    identities, code, username = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    with django_ready():
        json.dump({"search": search(identities, username), "case": case(code, username)}, sys.stdout)


def search(wanted: int, username: str) -> Figures:
    """Milliseconds of finding one name, one word and one telephone among so many identities."""
    from django.db import connection

    from amparo.areas.vault import identities
    from amparo.areas.vault.models import Identity

    organisation = _viewer(username).organisation
    names = _fill(organisation, wanted - Identity.objects.filter(organisation=organisation).count())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE vault_finder")
    ways = {
        "full name": lambda: identities.find(next(names)[0], organisation=organisation),
        "one word": lambda: identities.find(next(names)[0].split()[1], organisation=organisation),
        "telephone": lambda: identities.find(next(names)[1], organisation=organisation),
    }
    found = {name: _milliseconds(times) for name, times in in_turn(ways, 200).items()}
    return {"identities": Identity.objects.filter(organisation=organisation).count(), "ms": found}


def case(code: str, username: str) -> Figures:
    """Milliseconds of reading all notes of a long case with sealed words, and with words that are not."""
    from amparo.areas.cases import queries
    from amparo.areas.vault import sealing

    viewer = _viewer(username)

    def read() -> int:
        sealing.forget_keys()
        return len(queries.notes_of(viewer, queries.case_for(viewer, code), size=1000)[0])

    def unsealed() -> int:
        with _words_in_clear():
            return read()

    entries = read()
    found = {name: _milliseconds(times) for name, times in in_turn({"sealed": read, "unsealed": unsealed}, 60).items()}
    more = round(found["sealed"]["median"] - found["unsealed"]["median"], 2)
    return {"entries": entries, "ms": found, "more_ms": more}


@contextmanager
def _words_in_clear() -> Iterator[None]:
    """Opening a value takes its seal's length away and does nothing else; no key is fetched."""
    from amparo.areas.vault import sealing

    kept = sealing.open_text
    sealing.open_text = lambda person, sealed, field: bytes(sealed)[CHEAP_SEAL:].decode("latin-1")
    try:
        yield
    finally:
        sealing.open_text = kept


def _viewer(username: str) -> Any:
    from amparo.areas.access.queries import viewer_of
    from amparo.areas.orgs.queries import membership_of

    seat = membership_of(username, username.partition(".")[2])
    if seat is None:
        raise LookupError(username)
    return viewer_of(seat)


def _fill(organisation: int, missing: int) -> Iterator[tuple[str, str]]:
    """Add identities until there are enough; gives names and telephones that are there, again and again."""
    from amparo.areas.vault import sealing
    from amparo.areas.vault.identities import identity_rows
    from amparo.areas.vault.models import Finder, Identity

    chance, known = random.Random(7), []
    for begin in range(0, max(missing, BATCH), BATCH):
        persons = [(uuid4(), _words(chance)) for _ in range(BATCH)]
        if begin < missing:
            sealing.create_person_keys([person for person, _ in persons], organisation=organisation)
            rows = [identity_rows(who, words, organisation=organisation, region="ES") for who, words in persons]
            Identity.objects.bulk_create([identity for identity, _ in rows])
            Finder.objects.bulk_create([finder for _, finders in rows for finder in finders], batch_size=20_000)
            sealing.forget_keys()
        known += [(f"{words['given_names']} {words['family_names']}", words["phone"]) for _, words in persons[:10]]
    return itertools.cycle(known)


def _words(chance: random.Random) -> dict[str, str]:
    def name() -> str:
        return "".join(chance.choices(SYLLABLES, k=3)).title()

    phone = f"+34 6{chance.randrange(10**8):08}"
    return {"given_names": name(), "family_names": f"{name()} {name()}", "phone": phone}


def _milliseconds(times: list[float]) -> dict[str, float]:
    ordered = sorted(1000 * one for one in times)
    return {"median": round(statistics.median(ordered), 2), "p95": round(ordered[int(len(ordered) * 0.95)], 2)}


if __name__ == "__main__":
    main()
