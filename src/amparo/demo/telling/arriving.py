"""How she comes: her case is opened, and she says yes, not yet or no at the first interview."""

from amparo.areas.cases import actions as cases
from amparo.areas.cases import standing
from amparo.areas.cases.standing import Ending
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.areas.people.queries import person_file
from amparo.demo.names import identity
from amparo.demo.scene import Scene
from amparo.demo.unfolding import Happening
from amparo.kernel import clock


def receive(scene: Scene, one: Happening) -> None:
    """Her case is opened by the caseworker who will be her referent."""
    by, her, anonymous = scene.viewer(), scene.story.her, scene.story.anonymous
    age = her.get("age")
    particulars = Particulars(
        called=scene.called,
        gender="female",
        birth_year=clock.today().year - age if age else None,
        citizenships=(her["from"],) if "from" in her else (),
        languages=tuple(her["languages"]),
        interpreter=her.get("interpreter", ""),
    )
    words = {} if anonymous else identity(scene.called, scene.stage.chance)
    scene.person = people.create_person(by=by, particulars=particulars, identity=words)
    scene.code = person_file(by, scene.person).code
    cases.open_case(scene.person, by=by, referent=by.member, anonymous=anonymous)


def hear(scene: Scene, one: Happening) -> None:
    """What she says at the first interview."""
    by = scene.viewer()
    if one.value == "yes":
        standing.start_accompanying(scene.case(by), by=by)
    elif one.value == "no":
        standing.close_case(scene.case(by), by=by, ending=Ending("her_decision", "left", one.day, with_her=True))


def nothing(scene: Scene, one: Happening) -> None:
    """Not written down yet."""


TELLERS = {"referral": nothing, "decide": receive, "book": nothing, "said": hear}
