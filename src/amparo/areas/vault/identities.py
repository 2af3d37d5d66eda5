"""Identities, sealed as one piece each, and found by keyed hashes. Imported by `people` alone."""

import json
from collections.abc import Mapping
from uuid import UUID

from amparo.areas.orgs.queries import country_of

from . import rules, sealing
from .models import Finder, Identity
from .rules import finding

Words = Mapping[str, str]
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
    identity, finders = identity_rows(person, words, organisation=organisation, region=country_of(organisation))
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


def identity_rows(person: UUID, words: Words, *, organisation: int, region: str) -> tuple[Identity, list[Finder]]:
    """The sealed identity and the hashes by which she is found, unsaved.

    `region` is the country whose telephone numbers are written without a code there (ISO 3166).
    """
    kept = {field: word.strip() for field, word in words.items() if word and word.strip()}
    sealed = sealing.seal_text(person, json.dumps(kept, ensure_ascii=False, sort_keys=True), "identity")
    identity = Identity(person=person, organisation=organisation, sealed=sealed)
    return identity, _finders(person, kept, organisation, region)


def erase(person: UUID) -> None:
    """Take this person's identity and the hashes by which she is found out of the vault."""
    Identity.objects.filter(person=person).delete()
    Finder.objects.filter(person=person).delete()


def renewed_finders(row: Identity, region: str) -> list[Finder]:
    """The hashes of this identity with the organisation's newest key and in today's form, unsaved."""
    words: dict[str, str] = json.loads(sealing.open_text(row.person, row.sealed, "identity"))
    return _finders(row.person, words, row.organisation, region)


def _finders(person: UUID, words: Words, organisation: int, region: str) -> list[Finder]:
    number, key = _search_key(organisation)
    names = (words.get("given_names", ""), words.get("family_names", ""), words.get("alias", ""))
    tokens = finding.stored_tokens(key, names, _each(words, PHONES), _each(words, DOCUMENTS), region=region)
    return [
        Finder(organisation=organisation, person=person, token=token, key=number, form=finding.FORM)
        for token in sorted(tokens)
    ]


def find(typed: str, *, organisation: int) -> list[UUID]:
    """The persons of the organisation whose name, alias, telephone or document number is what was typed.

    Spelling, script, case, accents and the order of names do not matter; a part of a word finds nothing.
    """
    region, tokens = country_of(organisation), set[bytes]()
    for key in sealing.organisation_keys(organisation).values():
        tokens |= finding.typed_tokens(rules.derived(key, "search"), typed, region=region)
    if not tokens:
        return []
    found = Finder.objects.filter(organisation=organisation, token__in=tokens)
    return list(found.values_list("person", flat=True).distinct()[:50])


def _search_key(organisation: int) -> tuple[int, bytes]:
    """The key of the organisation's newest search hashes, and its number."""
    ring = sealing.organisation_keys(organisation)
    return max(ring), rules.derived(ring[max(ring)], "search")


def _each(words: Words, fields: tuple[str, ...]) -> list[str]:
    """The numbers in these fields; several in one field stand apart by commas."""
    return [one.strip() for field in fields for one in words.get(field, "").split(",") if one.strip()]
