"""One of each thing that an address can name: hers, and the same of a woman whom the other organisation accompanies."""

from dataclasses import dataclass, field
from datetime import date

from amparo.areas.access.rules import Audience, Viewer
from amparo.areas.cases import actions as cases
from amparo.areas.cases.queries import CaseFile, case_for
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.areas.people.models import Person
from tests.cast import Cast, make_cast
from tests.consenting import ABSENT_CONSENTS, consent_things
from tests.referring import ABSENT_INTAKE, intake_things
from tests.safeguarding import ABSENT_SAFETY, safety_things

Things = dict[str, object]
ABSENT: Things = {"code": "2222-222", "note": 987_654, "member": 987_654}
ABSENT |= ABSENT_CONSENTS | ABSENT_SAFETY
ABSENT |= ABSENT_INTAKE
FOREIGN_CALLED = "Xochitl-Called"
FOREIGN_FAMILY_NAME = "Qqwxyzova"
FOREIGN_NOTE = "canary-foreign-note"


@dataclass
class World:
    """The cast, and the arguments of addresses by their names."""

    cast: Cast
    hers: Things = field(default_factory=dict)
    foreign: Things = field(default_factory=dict)


def make_world() -> World:
    """The cast's world with one of each thing on both sides."""
    world = World(make_cast())
    world.hers = things_of(world.cast.case(), by=world.cast["assigned"], word="canary-thing")
    world.foreign = things_of(_foreign_case(world.cast), by=world.cast["stranger"], word=FOREIGN_NOTE)
    return world


def _foreign_case(cast: Cast) -> CaseFile:
    worker = cast["stranger"]
    identity = {"given_names": "Xochitl", "family_names": FOREIGN_FAMILY_NAME, "phone": "+39 333 999 8877"}
    particulars = Particulars(called=FOREIGN_CALLED, languages=("es",))
    person = people.create_person(by=worker, particulars=particulars, identity=identity)
    cases.open_case(person, by=worker, referent=worker.member, on=date(2026, 2, 12))
    return case_for(worker, Person.objects.get(pk=person).code)


def things_of(case: CaseFile, *, by: Viewer, word: str) -> Things:
    """Make one of each thing for this case; every text carries the word."""
    day = date(2026, 3, 1)
    return {
        "code": case.code,
        "member": by.member,
        "note": cases.write_note(case, by=by, text=word, audience=Audience.TEAM, happened_on=day),
        **consent_things(case, by=by, word=word, is_hers=word != FOREIGN_NOTE),
        **safety_things(case, by=by, word=word, is_hers=word != FOREIGN_NOTE),
        **intake_things(case, by=by, word=word),
    }
