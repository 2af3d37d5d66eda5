"""The cast, with one of each thing: hers, and the same of a woman whom the other organisation accompanies."""

from dataclasses import dataclass, field
from datetime import date

from amparo.areas.cases import actions as cases
from amparo.areas.cases.queries import CaseFile, case_for
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.areas.people.models import Person
from tests.cast import Cast, make_cast
from tests.desking import desk_things
from tests.holding import hold
from tests.programming import planned_things, programme_things
from tests.things import Things, things_of

THING = "canary-thing"
TOLD = "canary-told-by-the-sender"
ASKED = "canary-asked-by-the-police"
FOREIGN_ASKED = "canary-asked-elsewhere"
HELD_HERE = "canary-of-the-programme"
HELD_THERE = "canary-of-their-programme"
FOREIGN_CALLED = "Xochitl-Called"
FOREIGN_FAMILY_NAME = "Qqwxyzova"
FOREIGN_NOTE = "canary-foreign-note"
# Words of an address that name nothing of anyone's: they are the same in every case.
# A passkey is looked for after signing in once more: tests/web/test_passkeys.py.
OF_NOBODY = {"passkey", "domain", "job_area", "version", "purpose", "several", "variant", "channel", "keep"}
OF_NOBODY |= {"moment", "questions", "fact", "country", "what"}  # the same questions are asked of everybody


@dataclass
class World:
    """The cast, and the arguments of addresses by their names."""

    cast: Cast
    hers: Things = field(default_factory=dict)
    foreign: Things = field(default_factory=dict)

    @property
    def absent(self) -> Things:
        """Arguments of the same kinds that name nothing."""
        return {name: 987_654 if isinstance(thing, int) else "none" for name, thing in self.hers.items()} | {
            "code": "2222-222"
        }


def make_world() -> World:
    """The cast's world with one of each thing on both sides."""
    world = World(make_cast())
    world.hers = things_of(world.cast.case(), by=world.cast["assigned"], word=THING, told=TOLD, is_hers=True)
    world.foreign = things_of(
        _foreign_case(world.cast), by=world.cast["stranger"], word=FOREIGN_NOTE, told=FOREIGN_NOTE, is_hers=False
    )
    hers, theirs = world.cast.case(), case_for(world.cast["stranger"], str(world.foreign["code"]))
    world.hers |= desk_things(hers.person, by=world.cast["coordinator"], reader=world.cast["assigned"], word=ASKED)
    foreign = world.cast["foreign_coordinator"]
    world.foreign |= desk_things(theirs.person, by=foreign, reader=world.cast["stranger"], word=FOREIGN_ASKED)
    world.hers |= programme_things(by=world.cast["coordinator"], leader=world.cast["facilitator"], word=HELD_HERE)
    world.foreign |= programme_things(by=foreign, leader=world.cast["stranger"], word=HELD_THERE)
    here, there = world.cast["facilitator"], world.cast["stranger"]
    world.hers |= planned_things(hers, world.hers, by=world.cast["coordinator"], leader=here)
    world.foreign |= planned_things(theirs, world.foreign, by=foreign, leader=there)
    hold(int(str(world.hers["held"])), by=world.cast["facilitator"])
    return world


def _foreign_case(cast: Cast) -> CaseFile:
    worker = cast["stranger"]
    identity = {"given_names": "Xochitl", "family_names": FOREIGN_FAMILY_NAME, "phone": "+39 333 999 8877"}
    particulars = Particulars(called=FOREIGN_CALLED, languages=("es",))
    person = people.create_person(by=worker, particulars=particulars, identity=identity)
    cases.open_case(person, by=worker, referent=worker.member, on=date(2026, 2, 12))
    return case_for(worker, Person.objects.get(pk=person).code)
