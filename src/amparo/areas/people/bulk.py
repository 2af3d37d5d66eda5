"""Many persons at once, for demonstrations and imports: the same rows as one by one, in few round trips."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from amparo.areas.access.rules import Viewer
from amparo.areas.orgs.queries import country_of
from amparo.areas.vault import sealing
from amparo.areas.vault.identities import identity_rows
from amparo.areas.vault.models import Finder, Identity
from amparo.kernel.codes import new_code

from .actions import Particulars
from .models import Person

BATCH = 2000


@dataclass(frozen=True)
class NewPerson:
    """Someone to be created; an identity only where words are given."""

    particulars: Particulars
    identity: dict[str, str] = field(default_factory=dict)
    id: UUID = field(default_factory=uuid4)


def create_persons(persons: Sequence[NewPerson], *, by: Viewer) -> None:
    """Create all of them, with keys and codes of their own. The caller holds the transaction."""
    ids = [one.id for one in persons]
    sealing.create_person_keys(ids, organisation=by.organisation)
    codes = _fresh_codes(len(persons))
    rows = [_row(one, code, by) for one, code in zip(persons, codes, strict=True)]
    Person.objects.bulk_create(rows, batch_size=BATCH)
    identities: list[Identity] = []
    finders: list[Finder] = []
    region = country_of(by.organisation)
    for one in persons:
        if one.identity:
            identity, its_finders = identity_rows(one.id, one.identity, organisation=by.organisation, region=region)
            identities.append(identity)
            finders += its_finders
    Identity.objects.bulk_create(identities, batch_size=BATCH)
    Finder.objects.bulk_create(finders, batch_size=BATCH)


def _row(one: NewPerson, code: str, by: Viewer) -> Person:
    known = one.particulars
    return Person(
        id=one.id,
        organisation_id=by.organisation,
        code=code,
        called=sealing.seal_text(one.id, known.called, "person.called"),
        gender=known.gender,
        birth_year=known.birth_year,
        citizenships=list(known.citizenships),
        languages=list(known.languages),
        interpreter=known.interpreter,
    )


def _fresh_codes(count: int) -> list[str]:
    """That many codes which nobody has."""
    codes: set[str] = set()
    while len(codes) < count:
        codes |= {new_code() for _ in range(count - len(codes))}
        codes -= set(Person.objects.filter(code__in=codes).values_list("code", flat=True))
    return list(codes)
