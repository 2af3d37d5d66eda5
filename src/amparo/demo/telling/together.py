"""Who is around her: the team, children and family, a new referent, times agreed on."""

from datetime import time

from amparo.areas.cases.appointments import Plan, plan_appointment
from amparo.areas.cases.family import Kin, write_relative
from amparo.areas.cases.rules import Topic
from amparo.areas.cases.team import Handing, add_to_team, hand_over
from amparo.areas.orgs.rules import Role
from amparo.demo.names import CHILDREN
from amparo.demo.scene import Scene
from amparo.demo.unfolding import Happening


def join(scene: Scene, one: Happening) -> None:
    """Colleagues who begin to work with her."""
    by = scene.viewer()
    for role in one.value:
        add_to_team(scene.case(by), by=by, member=scene.viewer(role).member)


def add_relative(scene: Scene, one: Happening) -> None:
    """Somebody who belongs to her."""
    by, more = scene.viewer(), one.more
    kin = Kin(
        kinship=one.value,
        name="" if one.value == "expected_child" else scene.stage.next_of("child", CHILDREN),
        birth_year=one.day.year - more["age"] if "age" in more else None,
        lives_with=more.get("lives", ""),
        country=more.get("country", ""),
        note=scene.words(more["text"]),
    )
    write_relative(scene.case(by), by=by, kin=kin)


def appoint(scene: Scene, one: Happening) -> None:
    """A time is agreed on with her."""
    by = scene.viewer()
    meets = scene.viewer(one.more.get("with", ""))
    plan = Plan(
        on=scene.day(one.more["day"]),
        at=time.fromisoformat(one.more["time"]),
        about=Topic(one.value),
        member=meets.member,
        place=scene.stage.phrase("place"),
    )
    plan_appointment(scene.case(by), by=by, plan=plan)


def change_referent(scene: Scene, one: Happening) -> None:
    """Another colleague becomes her referent, and she knows."""
    by, to = scene.viewer(), scene.stage.house.viewer(Role.CASEWORKER, one.value)
    handing = Handing(
        to=to.member, text=scene.words(one.more["what"]), told_words=scene.words(one.more["told"]), told_on=one.day
    )
    hand_over(scene.case(by), by=by, what=handing)
    scene.referent = one.value


TELLERS = {"team": join, "family": add_relative, "appointment": appoint, "handover": change_referent}
