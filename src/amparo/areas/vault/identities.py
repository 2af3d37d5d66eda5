"""Identities, sealed as one piece each, and found by keyed hashes. Imported by `people` alone."""

import json
from collections.abc import Mapping
from uuid import UUID

from . import rules, sealing
from .models import Finder, Identity

Words = Mapping[str, str]
NAMES = ("given_names", "family_names", "alias")
PHONES = ("phone", "other_phone")
DOCUMENTS = ("document_number",)


def read(person: UUID) -> dict[str, str]:
    """The identifying words of this person by field; empty where she is anonymous."""
    row = Identity.objects.filter(person=person).first()
    if row is None:
        return {}
    words: dict[str, str] = json.loads(sealing.open_text(person, row.sealed, "identity"))
    return words


def exists(person: UUID) -> bool:
    """Whether the vault holds an identity of this person."""
    return Identity.objects.filter(person=person).exists()


def version_of(person: UUID) -> int:
    """How often this identity was written; 0 where there is none."""
    return Identity.objects.filter(person=person).values_list("version", flat=True).first() or 0


def write(person: UUID, words: Words, *, organisation: int, version: int = 0) -> bool:
    """Seal these words as the person's identity and renew the hashes by which she is found.

    False, and nothing written, where the identity is no longer the version that was shown.
    """
    identity, finders = identity_rows(person, words, organisation=organisation)
    if version:
        shown = Identity.objects.filter(person=person, version=version)
        if not shown.update(sealed=identity.sealed, version=version + 1):
            return False
    elif Identity.objects.filter(person=person).exists():
        return False
    else:
        identity.save(force_insert=True)
    Finder.objects.filter(organisation=organisation, person=person).delete()
    Finder.objects.bulk_create(finders)
    return True


def identity_rows(person: UUID, words: Words, *, organisation: int) -> tuple[Identity, list[Finder]]:
    """The sealed identity and the hashes by which she is found, unsaved."""
    kept = {field: word.strip() for field, word in words.items() if word and word.strip()}
    sealed = sealing.seal_text(person, json.dumps(kept, ensure_ascii=False, sort_keys=True), "identity")
    return Identity(person=person, organisation=organisation, sealed=sealed), _finders(person, kept, organisation)


def erase(person: UUID) -> None:
    """Take this person's identity and the hashes by which she is found out of the vault."""
    Identity.objects.filter(person=person).delete()
    Finder.objects.filter(person=person).delete()


def _finders(person: UUID, words: Words, organisation: int) -> list[Finder]:
    key = search_key(organisation)
    full = f"{words.get('given_names', '')} {words.get('family_names', '')}"
    tokens = rules.name_tokens(key, full)
    for field in NAMES:
        tokens |= rules.name_tokens(key, words.get(field, ""))
    tokens |= {rules.phone_token(key, number) for number in _each(words, PHONES) if rules.phone_digits(number)}
    tokens |= {rules.document_token(key, number) for number in _each(words, DOCUMENTS)}
    return [Finder(organisation=organisation, person=person, token=token) for token in sorted(tokens)]


def find(typed: str, *, organisation: int) -> list[UUID]:
    """The persons of the organisation whose name, alias, telephone or document number is exactly what was typed."""
    token = rules.search_token(search_key(organisation), typed)
    if token is None:
        return []
    return list(Finder.objects.filter(organisation=organisation, token=token).values_list("person", flat=True)[:50])


def search_key(organisation: int) -> bytes:
    """The key of the organisation's search hashes."""
    return rules.derived(sealing.organisation_key(organisation), "search")


def _each(words: Words, fields: tuple[str, ...]) -> list[str]:
    """The numbers in these fields; several in one field stand apart by commas."""
    return [one.strip() for field in fields for one in words.get(field, "").split(",") if one.strip()]
