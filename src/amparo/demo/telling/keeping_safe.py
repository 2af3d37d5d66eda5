"""Her safety: assessments, what changed, incidents, the safety plan."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from amparo.areas.access.rules import Viewer
from amparo.areas.cases.files import CaseFile
from amparo.areas.safety import actions
from amparo.areas.safety.actions import Filled, Happened
from amparo.areas.safety.instruments import current_instrument
from amparo.areas.safety.planning import Chosen, PlanWords, finish_measure, write_plan
from amparo.areas.safety.queries import plan_of
from amparo.demo.reading import bank
from amparo.demo.scene import Scene
from amparo.demo.unfolding import Happening
from amparo.kernel import clock

IN_PLACE = 2  # measures that are seen to on the day of the plan


def assess(scene: Scene, one: Happening) -> None:
    """They look at risk together, area by area, and somebody decides."""
    by, profile = scene.viewer(), bank("risk_profiles")[one.value]
    case = scene.case(by)
    number = actions.start_assessment(case, by=by)
    asked = current_instrument()
    areas = list(dict.fromkeys(item.area for item in asked.items))
    for area in areas:
        keys = {item.key for item in asked.items if item.area == area}
        actions.save_answers(case, number, by=by, area=area, filled=_filled(scene, profile, keys), seen=0)
    _decide(scene, case, number, by, profile, version=1 + len(areas))


def change(scene: Scene, one: Happening) -> None:
    """Something changed, so risk has to be looked at again."""
    by = scene.viewer()
    note = scene.words(one.more.get("text"))
    actions.note_change(scene.case(by), by=by, trigger=one.value, note=note)


def report(scene: Scene, one: Happening) -> None:
    """Something happened; it is over, and this was done."""
    by = scene.viewer()
    moment = datetime.combine(one.day - timedelta(days=1), time(17, 30), ZoneInfo(by.time_zone))
    what = Happened(
        kind=one.value,
        at=min(moment, clock.now()),
        danger_now="no",
        told=(),
        happened=scene.words(one.more["what"]),
        done=scene.words(one.more["done"]),
    )
    actions.report_incident(scene.case(by), by=by, what=what)


def plan(scene: Scene, one: Happening) -> None:
    """Her safety plan, made with her."""
    by, stage = scene.viewer(), scene.stage
    words = PlanWords(
        her_steps=stage.phrase("plan_in_danger_hers"),
        team_steps=stage.phrase("plan_in_danger_ours"),
        calls=stage.phrase("calls"),
        her_words=stage.phrase("plan_words"),
        agreed="yes",
    )
    case = scene.case(by)
    write_plan(case, by=by, words=words, chosen=Chosen(frozenset(one.value)), seen=0)
    made = plan_of(by, case)
    ready = [one for one in made.measures if one.moment == "prepare"] if made else []
    for measure in ready[:IN_PLACE]:
        finish_measure(case, measure.id, by=by)


def _filled(scene: Scene, profile: dict[str, Any], keys: set[str]) -> Filled:
    hers = {key: answer for key, answer in profile["hers"].items() if key in keys}
    theirs = {key: answer for key, answer in profile["theirs"].items() if key in keys}
    words = {one["item"]: (scene.words(one), "") for one in bank("risk_words") if one["item"] in keys & set(hers)}
    return Filled(hers=hers, theirs=theirs, words=words)


def _decide(scene: Scene, case: CaseFile, number: int, by: Viewer, profile: dict[str, Any], *, version: int) -> None:
    reason = scene.stage.phrase("level_reason")
    actions.decide_level(case, number, by=by, level=profile["level"], reason=reason, version=version)


TELLERS = {"risk": assess, "change": change, "incident": report, "safety_plan": plan}
