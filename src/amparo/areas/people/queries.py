"""Reading about persons. Identities are opened only here and in actions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from amparo.areas.access.rules import Asked, Part, Ties, Viewer, decide
from amparo.areas.audit.actions import Trace
from amparo.areas.audit.reads import note_read
from amparo.areas.vault import identities, sealing
from amparo.kernel.codes import read_code
from amparo.kernel.decision import NotThere
from amparo.kernel.labels import Label

from .models import Person, Relative


@dataclass(frozen=True)
class PersonFile:
    """A person as those who work with her see her; no identifying word."""

    id: UUID
    code: str
    called: str
    gender: str
    birth_year: int | None
    citizenships: tuple[str, ...]
    languages: tuple[str, ...]
    interpreter: str
    has_identity: bool
    version: int


@dataclass(frozen=True)
class RelativeFile:
    """Someone around her, with the name and note opened."""

    id: int
    kinship: str
    name: str
    birth_year: int | None
    lives_with: str
    country: str
    note: str
    version: int


def person_file(viewer: Viewer, person: UUID) -> PersonFile:
    """The person, for a viewer of the same organisation whose right to the case was decided by the caller."""
    row = Person.objects.filter(pk=person, organisation=viewer.organisation).first()
    if row is None:
        raise NotThere
    return PersonFile(
        id=row.pk,
        code=row.code,
        called=called_by(row.pk, row.called),
        gender=row.gender,
        birth_year=row.birth_year,
        citizenships=tuple(row.citizenships),
        languages=tuple(row.languages),
        interpreter=row.interpreter,
        has_identity=identities.exists(row.pk),
        version=row.version,
    )


def called_by(person: UUID, sealed: bytes | memoryview) -> str:
    """The name she wants to be called, from its sealed form."""
    return sealing.open_text(person, sealed, "person.called")


def relatives_of(viewer: Viewer, person: UUID) -> list[RelativeFile]:
    """Those around her, children first; the caller has decided about Part.FAMILY."""
    rows = Relative.objects.filter(organisation=viewer.organisation, person=person).order_by(
        "kinship", "birth_year", "pk"
    )
    return [
        RelativeFile(
            id=row.pk,
            kinship=row.kinship,
            name=sealing.open_text(person, row.name, "relative.name"),
            birth_year=row.birth_year,
            lives_with=row.lives_with,
            country=row.country,
            note=sealing.open_text(person, row.note, "relative.note"),
            version=row.version,
        )
        for row in rows
    ]


def found_by_name(viewer: Viewer, typed: str, *, shown: Callable[[list[UUID]], int] = len) -> list[UUID]:
    """Persons of the viewer's organisation with exactly this name, alias, telephone or document number.

    The search itself is noted, without what was searched. The caller narrows the result to whom the viewer may know;
    `shown` counts whom that leaves, so that the log tells a name that belongs to a woman of other teams.
    """
    found = identities.find(typed, organisation=viewer.organisation)
    mine = shown(found) if found else 0
    note_read(Trace("searched by name", facts={"found": mine, "elsewhere": len(found) - mine}))
    return found


def found_by_code(viewer: Viewer, typed: str) -> UUID | None:
    """The person of the viewer's organisation with this code; None where there is none."""
    code = read_code(typed)
    if code is None:
        return None
    return Person.objects.filter(organisation=viewer.organisation, code=code).values_list("pk", flat=True).first()


def codes_of(viewer: Viewer, persons: Iterable[UUID]) -> dict[UUID, str]:
    """The codes of these persons of the viewer's organisation."""
    rows = Person.objects.filter(organisation=viewer.organisation, pk__in=list(persons))
    return dict(rows.order_by("code").values_list("pk", "code"))


def perhaps_same(viewer: Viewer, person: UUID) -> list[UUID]:
    """Others of the organisation with exactly her name, telephone or document number; her words are not given out.

    The search itself is noted. The caller has decided that the viewer may ask who she is.
    """
    words = identities.read(person)
    name = f"{words.get('given_names', '')} {words.get('family_names', '')}".strip() if "family_names" in words else ""
    asked = [name, words.get("phone", ""), words.get("document_number", "")]
    found = {one for typed in asked if typed for one in identities.find(typed, organisation=viewer.organisation)}
    note_read(Trace("compared with those known", person=person, facts={"found": len(found - {person})}))
    return sorted(found - {person})


def identity_of(viewer: Viewer, person: UUID, ties: Ties) -> dict[str, str]:
    """Her identifying words by field; empty where she is anonymous. The caller records the opening and its reason."""
    decision = decide(viewer, Asked(Part.IDENTITY, label=Label.IDENTIFYING), ties)
    if not decision or not Person.objects.filter(pk=person, organisation=viewer.organisation).exists():
        raise NotThere
    return identities.read(person)


def identity_version(viewer: Viewer, person: UUID) -> int:
    """The version of her identity that a change refers to; 0 where there is none."""
    if not Person.objects.filter(pk=person, organisation=viewer.organisation).exists():
        raise NotThere
    return identities.version_of(person)
