"""Sealing and opening text with a person's or an organisation's key. Keys are fetched in one query for many persons.

Keys have numbers. What is sealed is sealed with the newest; what is opened says which it needs. A process that meets
the number of a key that was made a moment ago looks again, so that keys can be replaced while it works.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from cachetools import TTLCache
from django.apps import apps
from django.db import transaction

from amparo.areas.access import wall
from amparo.node import secrets
from amparo.node.errors import NodeError

from . import keystore, nodekey, rules
from .models import OrganisationKey, PersonKey
from .rules import Ring

KEYS = "keys"
#: Unwrapped keys stay in memory this long, so that a page does not unwrap the same key for every line. Whoever replaces
#: a key waits until every process has looked again.
SECONDS_IN_MEMORY = 60
_persons: TTLCache[UUID, Ring] = TTLCache(maxsize=4096, ttl=SECONDS_IN_MEMORY)
_organisations: TTLCache[int, Ring] = TTLCache(maxsize=64, ttl=SECONDS_IN_MEMORY)


def organisation_keys(organisation: int) -> Ring:
    """The organisation's keys by their numbers; the first is made at its first use.

    Raises NodeError where the key file is missing, damaged or another node's.
    """
    if organisation not in _organisations:
        _organisations[organisation] = _unwrapped_organisation_keys(organisation) or _first_key(organisation)
    return _organisations[organisation]


def create_person_key(person: UUID, *, organisation: int) -> None:
    """Make the key that seals everything about this person."""
    create_person_keys([person], organisation=organisation)


def create_person_keys(persons: Iterable[UUID], *, organisation: int) -> None:
    """The same for many persons at once; their keys stay at hand for what is sealed next."""
    fresh = {person: rules.new_key() for person in persons}
    add_person_keys(fresh, organisation=organisation, numbers=dict.fromkeys(fresh, 1))
    _persons.update({person: {1: key} for person, key in fresh.items()})


def add_person_keys(keys: Mapping[UUID, bytes], *, organisation: int, numbers: Mapping[UUID, int]) -> None:
    """Keep these keys, each under its number, sealed with the organisation's newest."""
    ring = organisation_keys(organisation)
    rows = [
        PersonKey(
            person=person,
            number=numbers[person],
            organisation=organisation,
            wrapped=rules.seal_newest(ring, key, context_of(person)),
        )
        for person, key in keys.items()
    ]
    PersonKey.objects.using(KEYS).bulk_create(rows, batch_size=2000)


def destroy_person_key(person: UUID) -> None:
    """Destroy the keys of a person: nothing that was sealed with them opens again, here or in old backups.

    They leave the copy in AMPARO_HOME/keys at once too; older copies of that folder are for the operator to delete.
    """
    hers = PersonKey.objects.using(KEYS).filter(person=person)
    while hers.exists():  # a replacement may have made another meanwhile
        hers.delete()
    _persons.pop(person, None)
    keystore.forget([person])


def load_keys(persons: Iterable[UUID]) -> None:
    """Fetch the keys of these persons in one query, before many of their values are opened."""
    missing = {person for person in persons if person not in _persons}
    if not missing:
        return
    rings: dict[UUID, dict[int, bytes]] = {}
    for row in PersonKey.objects.using(KEYS).filter(person__in=missing):
        rings.setdefault(row.person, {})[row.number] = unwrapped(row)
    _persons.update(rings)


def unwrapped(row: PersonKey) -> bytes:
    """The key in this row; raises Unreadable where the organisation's key does not open it."""
    try:
        return rules.unseal_any(organisation_keys(row.organisation), bytes(row.wrapped), context_of(row.person))
    except rules.UnknownKey:
        _organisations.pop(row.organisation, None)
        return rules.unseal_any(organisation_keys(row.organisation), bytes(row.wrapped), context_of(row.person))


def context_of(person: UUID) -> str:
    """The place for which a person's key is sealed."""
    return f"person {person}"


def seal_text(person: UUID, text: str, field: str) -> bytes:
    """Seal a text about this person for the named field (`note.text`); empty stays empty."""
    return seal_bytes(person, text.encode(), field) if text else b""


def open_text(person: UUID, sealed: bytes | memoryview, field: str) -> str:
    """The text that was sealed for this person and field; raises Unreadable where the key was destroyed or is wrong."""
    return open_bytes(person, sealed, field).decode() if sealed else ""


def seal_bytes(person: UUID, content: bytes, field: str) -> bytes:
    """Seal a file about this person."""
    return rules.seal_newest(_person_keys(person), content, f"{field} {person}")


def open_bytes(person: UUID, sealed: bytes | memoryview, field: str) -> bytes:
    """The file that was sealed for this person and field."""
    try:
        return rules.unseal_any(_person_keys(person), bytes(sealed), f"{field} {person}")
    except rules.UnknownKey:
        _persons.pop(person, None)
        return rules.unseal_any(_person_keys(person), bytes(sealed), f"{field} {person}")


def seal_reason(organisation: int, reason: str) -> bytes:
    """Seal a reason for the audit with the organisation's key."""
    return rules.seal_newest(organisation_keys(organisation), reason.encode(), "audit reason") if reason else b""


def open_reason(organisation: int, sealed: bytes | memoryview) -> str:
    """The reason that was sealed for the audit."""
    return _open_for_house(organisation, sealed, "audit reason").decode()


def seal_of_house(organisation: int, content: bytes, field: str) -> bytes:
    """Seal what is about no person that is known here, with the organisation's key; empty stays empty."""
    return rules.seal_newest(organisation_keys(organisation), content, f"{field} {organisation}") if content else b""


def open_of_house(organisation: int, sealed: bytes | memoryview, field: str) -> bytes:
    """What was sealed with the organisation's key for this field."""
    return _open_for_house(organisation, sealed, f"{field} {organisation}")


def _open_for_house(organisation: int, sealed: bytes | memoryview, context: str) -> bytes:
    if not sealed:
        return b""
    try:
        return rules.unseal_any(organisation_keys(organisation), bytes(sealed), context)
    except rules.UnknownKey:
        _organisations.pop(organisation, None)
        return rules.unseal_any(organisation_keys(organisation), bytes(sealed), context)


def forget_keys() -> None:
    """Drop every unwrapped key from memory."""
    _persons.clear()
    _organisations.clear()


def wrapped_organisation_key(organisation: int, key: bytes) -> bytes:
    """An organisation's key, sealed with the node's."""
    return nodekey.seal_for_node(key, purpose=nodekey.ORGANISATIONS, context=nodekey.context_of(organisation))


def _person_keys(person: UUID) -> Ring:
    load_keys([person])
    try:
        return _persons[person]
    except KeyError as missing:
        raise rules.Unreadable("the key of this person is not there") from missing


def _unwrapped_organisation_keys(organisation: int) -> Ring:
    rows = OrganisationKey.objects.using(KEYS).filter(organisation=organisation).values_list("number", "wrapped")
    try:
        return {number: _open_organisation_key(organisation, wrapped) for number, wrapped in rows}
    except rules.Unreadable as wrong:
        raise NodeError("The key file is not the one that this node's keys were sealed with.") from wrong


def _open_organisation_key(organisation: int, wrapped: bytes | memoryview) -> bytes:
    context = nodekey.context_of(organisation)
    return nodekey.open_for_node(bytes(wrapped), purpose=nodekey.ORGANISATIONS, context=context)


def _first_key(organisation: int) -> Ring:
    """Make the organisation's first key, and the node's with it if it has sealed nothing yet."""
    people = apps.get_model("people.Person").objects
    if people.filter(organisation=organisation).exists():
        raise NodeError("The keys of this organisation are missing: put the database of keys back.")
    prepare_node_key()
    with transaction.atomic(using=KEYS):
        fresh = wrapped_organisation_key(organisation, rules.new_key())
        OrganisationKey.objects.using(KEYS).get_or_create(
            organisation=organisation, number=1, defaults={"wrapped": fresh}
        )
    return _unwrapped_organisation_keys(organisation)


def prepare_node_key() -> None:
    """Make the node's key where it has sealed nothing yet. Raises NodeError where it has, and the key is missing."""
    if not secrets.has_node_key():
        _refuse_a_second_node_key()
        secrets.make_node_key()


def _refuse_a_second_node_key() -> None:
    """A node that has sealed anything has a key: a new one beside it would only hide that it was lost."""
    if wall.any_key() or keystore.exists() or wall.any_person():
        secrets.node_key()
