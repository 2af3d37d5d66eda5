"""Sealing and opening text with a person's or an organisation's key. Keys are fetched in one query for many persons."""

from collections.abc import Iterable
from uuid import UUID

from cachetools import TTLCache
from django.db import transaction

from amparo.node import secrets

from . import rules
from .models import OrganisationKey, PersonKey

KEYS = "keys"
# Unwrapped keys stay in memory for a minute, so that a page does not unwrap the same key for every line.
_persons: TTLCache[UUID, bytes] = TTLCache(maxsize=4096, ttl=60)
_organisations: TTLCache[int, bytes] = TTLCache(maxsize=64, ttl=600)


def organisation_key(organisation: int) -> bytes:
    """The organisation's key, made at its first use."""
    if organisation not in _organisations:
        _organisations[organisation] = _unwrapped_organisation_key(organisation)
    return _organisations[organisation]


def create_person_key(person: UUID, *, organisation: int) -> None:
    """Make the key that seals everything about this person."""
    key = rules.new_key()
    wrapped = rules.seal(organisation_key(organisation), key, f"person {person}")
    PersonKey.objects.using(KEYS).create(person=person, organisation=organisation, wrapped=wrapped)
    _persons[person] = key


def create_person_keys(persons: Iterable[UUID], *, organisation: int) -> None:
    """The same for many persons at once; their keys stay at hand for what is sealed next."""
    key_of_all = organisation_key(organisation)
    keys = {person: rules.new_key() for person in persons}
    rows = [
        PersonKey(person=person, organisation=organisation, wrapped=rules.seal(key_of_all, key, f"person {person}"))
        for person, key in keys.items()
    ]
    PersonKey.objects.using(KEYS).bulk_create(rows, batch_size=2000)
    _persons.update(keys)


def destroy_person_key(person: UUID) -> None:
    """Destroy the key of a person: nothing that was sealed with it opens again, here or in old backups."""
    PersonKey.objects.using(KEYS).filter(person=person).delete()
    _persons.pop(person, None)


def load_keys(persons: Iterable[UUID]) -> None:
    """Fetch the keys of these persons in one query, before many of their values are opened."""
    missing = {person for person in persons if person not in _persons}
    if not missing:
        return
    for row in PersonKey.objects.using(KEYS).filter(person__in=missing):
        _persons[row.person] = rules.unseal(
            organisation_key(row.organisation), bytes(row.wrapped), f"person {row.person}"
        )


def seal_text(person: UUID, text: str, field: str) -> bytes:
    """Seal a text about this person for the named field (`note.text`); empty stays empty."""
    return rules.seal(_person_key(person), text.encode(), f"{field} {person}") if text else b""


def open_text(person: UUID, sealed: bytes | memoryview, field: str) -> str:
    """The text that was sealed for this person and field; raises Unreadable where the key was destroyed or is wrong."""
    return rules.unseal(_person_key(person), bytes(sealed), f"{field} {person}").decode() if sealed else ""


def seal_bytes(person: UUID, content: bytes, field: str) -> bytes:
    """Seal a file about this person."""
    return rules.seal(_person_key(person), content, f"{field} {person}")


def open_bytes(person: UUID, sealed: bytes | memoryview, field: str) -> bytes:
    """The file that was sealed for this person and field."""
    return rules.unseal(_person_key(person), bytes(sealed), f"{field} {person}")


def seal_reason(organisation: int, reason: str) -> bytes:
    """Seal a reason for the audit with the organisation's key."""
    return rules.seal(organisation_key(organisation), reason.encode(), "audit reason") if reason else b""


def open_reason(organisation: int, sealed: bytes | memoryview) -> str:
    """The reason that was sealed for the audit."""
    return rules.unseal(organisation_key(organisation), bytes(sealed), "audit reason").decode() if sealed else ""


def forget_keys() -> None:
    """Drop every unwrapped key from memory."""
    _persons.clear()
    _organisations.clear()


def _person_key(person: UUID) -> bytes:
    load_keys([person])
    try:
        return _persons[person]
    except KeyError as missing:
        raise rules.Unreadable("the key of this person is not there") from missing


@transaction.atomic(using=KEYS)
def _unwrapped_organisation_key(organisation: int) -> bytes:
    node_key = rules.derived(secrets.node_key(), "organisation keys")
    context = f"organisation {organisation}"
    fresh = rules.seal(node_key, rules.new_key(), context)
    row, _ = OrganisationKey.objects.using(KEYS).get_or_create(organisation=organisation, defaults={"wrapped": fresh})
    return rules.unseal(node_key, bytes(row.wrapped), context)
