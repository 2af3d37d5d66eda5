"""One of each thing of her safety that an address can name."""

from datetime import UTC, datetime

from amparo.areas.access.rules import Viewer
from amparo.areas.cases.queries import CaseFile
from amparo.areas.safety import actions, avoiding, planning, queries
from amparo.areas.safety.actions import Filled, Happened
from amparo.areas.safety.planning import Chosen, PlanWords

ABSENT_SAFETY: dict[str, object] = {
    "assessment": 987_654,
    "area": "weather",
    "change": 987_654,
    "incident": 987_654,
    "measure": 987_654,
    "plan_version": 987,
}


def safety_things(case: CaseFile, *, by: Viewer, word: str, is_hers: bool) -> dict[str, object]:
    """An assessment under way, a change that waits, an incident, and a plan with a measure; every text has the word."""
    assessment = actions.start_assessment(case, by=by)
    filled = Filled({"imminent_danger": "no"}, {}, {"imminent_danger": (word, word)})
    actions.save_answers(case, assessment, by=by, area="now", filled=filled, seen=0)
    actions.note_change(case, by=by, trigger="move", note=word)
    happened = Happened("other", datetime(2026, 3, 1, 9, tzinfo=UTC), "no", (), word, word)
    # The other woman's plan has a version that hers has not.
    for seen in range(1 if is_hers else 2):
        words = PlanWords(word, word, f"{word}: 112", word, "yes")
        planning.write_plan(case, by=by, words=words, chosen=Chosen(frozenset({"code_word"})), seen=seen)
    plan = queries.plan_of(by, case)
    if plan is None:
        raise LookupError("the plan that was just written")
    return {
        "assessment": assessment,
        "area": "now" if is_hers else "elsewhere",
        "change": queries.changes_waiting(by, case)[0].id,
        "incident": actions.report_incident(case, by=by, what=happened),
        "measure": plan.measures[0].id,
        "plan_version": plan.number,
        "avoidance": avoiding.avoid_everybody(case, by=by, why=word),
    }
