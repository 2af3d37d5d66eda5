"""Writing about persons. Callers check the right to the case and write the audit entry in the same transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F

from amparo.areas.access.rules import Viewer
from amparo.areas.vault import identities, sealing
from amparo.kernel.codes import new_code
from amparo.kernel.decision import Conflict, NotThere

from .models import Person, Relative
from .rules import joined


@dataclass(frozen=True)
class Particulars:
    """What is known of a person, none of it identifying but the name she wants to be called."""

    called: str = ""
    gender: str = ""
    birth_year: int | None = None
    citizenships: Sequence[str] = ()
    languages: Sequence[str] = ()
    interpreter: str = ""


@dataclass(frozen=True)
class Kin:
    """What is known of someone around her."""

    kinship: str
    name: str = ""
    birth_year: int | None = None
    lives_with: str = ""
    country: str = ""
    note: str = ""


NOBODY = Particulars()
NO_WORDS: Mapping[str, str] = {}


def create_person(*, by: Viewer, particulars: Particulars = NOBODY, identity: Mapping[str, str] = NO_WORDS) -> UUID:
    """A new person with a code and a key of her own; an identity only where words for it are given (R21)."""
    person = uuid4()
    sealing.create_person_key(person, organisation=by.organisation)
    _insert_with_fresh_code(person, by.organisation)
    write_particulars(person, by=by, particulars=particulars)
    if any(identity.values()):
        identities.write(person, identity, organisation=by.organisation)
    return person


def write_particulars(person: UUID, *, by: Viewer, particulars: Particulars, version: int | None = None) -> None:
    """Replace what is known of a person of the organisation. Raises Conflict where it is not `version` any more."""
    mine = Person.objects.filter(pk=person, organisation=by.organisation)
    shown = mine if version is None else mine.filter(version=version)
    changed = shown.update(
        version=F("version") + 1,
        called=sealing.seal_text(person, particulars.called, "person.called"),
        gender=particulars.gender,
        birth_year=particulars.birth_year,
        citizenships=list(particulars.citizenships),
        languages=list(particulars.languages),
        interpreter=particulars.interpreter,
    )
    if not changed:
        raise _changed_particulars(mine.first())


def write_identity(person: UUID, *, by: Viewer, words: Mapping[str, str], version: int) -> None:
    """Put her identifying words into the vault, in place of those of this version (0: there were none).

    Raises Conflict if others stand there now; it does not tell which, since opening them needs a reason.
    """
    if not Person.objects.filter(pk=person, organisation=by.organisation).exists():
        raise NotThere
    if not identities.write(person, words, organisation=by.organisation, version=version):
        raise Conflict([])


def add_identity_words(person: UUID, *, by: Viewer, words: Mapping[str, str]) -> None:
    """Put words that were learned into her identity: those given replace theirs, all others stay.

    Raises Conflict where a colleague changes her identity at this very moment.
    """
    given = {field: word.strip() for field, word in words.items() if word.strip()}
    if given:
        version = identities.version_of(person)
        write_identity(person, by=by, words={**identities.read(person), **given}, version=version)


def join_persons(draft: UUID, known: UUID, *, by: Viewer) -> None:
    """A new entry turned out to be somebody known: what the vault lacks of her is added, and the new entry goes.

    Nothing that stands there is replaced; another telephone or name is kept as the other one. The caller has moved
    everything else that belonged to the new entry. Its key is destroyed once all this is saved.
    """
    if not Person.objects.filter(pk=draft, organisation=by.organisation).exists():
        raise NotThere
    add_identity_words(known, by=by, words=joined(identities.read(known), identities.read(draft)))
    forget_person(draft, by=by)


def forget_person(person: UUID, *, by: Viewer) -> None:
    """Take out a person for whom nothing else stands any more; her key is destroyed once this is saved."""
    row = Person.objects.select_for_update(no_key=True).filter(pk=person, organisation=by.organisation).first()
    if row is None:
        raise NotThere
    identities.erase(person)
    row.delete()
    transaction.on_commit(lambda: sealing.destroy_person_key(person))


def take_code_away(person: UUID, *, by: Viewer) -> str:
    """Give her row a code that nobody knows, so that the old one leads nowhere; gives the old one."""
    before = Person.objects.select_for_update(no_key=True).get(pk=person, organisation=by.organisation).code
    for _ in range(20):
        try:
            with transaction.atomic():
                Person.objects.filter(pk=person).update(code=new_code(), version=F("version") + 1)
            return before
        except IntegrityError:
            continue
    raise RuntimeError("no free code was found in twenty tries")


def write_relative(person: UUID, *, by: Viewer, kin: Kin, relative: int | None = None, version: int = 0) -> int:
    """Add someone around her, or change what is known; gives the row's number. Raises Conflict if it changed."""
    values = {
        "kinship": kin.kinship,
        "name": sealing.seal_text(person, kin.name, "relative.name"),
        "birth_year": kin.birth_year,
        "lives_with": kin.lives_with,
        "country": kin.country,
        "note": sealing.seal_text(person, kin.note, "relative.note"),
    }
    if relative is None:
        return Relative.objects.create(organisation_id=by.organisation, person_id=person, **values).pk
    mine = Relative.objects.filter(pk=relative, person=person, organisation=by.organisation)
    if mine.filter(version=version).update(version=version + 1, **values):
        return relative
    row = mine.first()
    if row is None:
        raise NotThere
    raise Conflict(
        [
            ("name", sealing.open_text(person, row.name, "relative.name")),
            ("note", sealing.open_text(person, row.note, "relative.note")),
        ]
    )


def remove_relative(person: UUID, relative: int, *, by: Viewer) -> None:
    """Take out someone around her."""
    if not Relative.objects.filter(pk=relative, person=person, organisation=by.organisation).delete()[0]:
        raise NotThere


def _changed_particulars(row: Person | None) -> Exception:
    if row is None:
        return NotThere()
    return Conflict([("called", sealing.open_text(row.pk, row.called, "person.called"))])


def _insert_with_fresh_code(person: UUID, organisation: int) -> None:
    for _ in range(20):
        try:
            with transaction.atomic():
                Person.objects.create(pk=person, organisation_id=organisation, code=new_code())
            return
        except IntegrityError:
            continue
    raise RuntimeError("no free code was found in twenty tries")
