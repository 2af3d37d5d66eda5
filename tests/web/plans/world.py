"""A plan for the woman of the cast, with words in it that could leak."""

from datetime import timedelta

from amparo.areas.plans import actions, agreeing, queries
from amparo.areas.plans.actions import StepWords
from amparo.areas.plans.rules import Agreement
from amparo.kernel import clock
from tests.cast import Cast

SAYS = "canary-she-says"
VIEW = "canary-our-view"
GOAL = "canary-her-goal"
STEP = "canary-her-step"
ANSWER = "canary-her-answer"
# Who reads her plan, and what the others are told.
READERS = ("assigned", "psychologist", "lawyer", "mediator", "coordinator")
OUTSIDERS = (
    ("colleague", 404),
    ("stranger", 404),
    ("foreign_coordinator", 404),
    ("officer", 403),
    ("facilitator", 403),
    ("hotline", 403),
    ("analyst", 403),
    ("administrator", 403),
    ("untrained", 403),
)
ALL = (SAYS, VIEW, GOAL, STEP, ANSWER)


def make_plan(cast: Cast, *, needs: int = 1) -> None:
    case, worker = cast.case(), cast["assigned"]
    for _ in range(needs):
        need = actions.note_need(
            case, by=worker, domain="economic_situation", basic_need="food", her_words=SAYS, our_view=VIEW
        )
        goal = actions.set_goal(case, by=worker, domain="employment", words=GOAL, need=need)
        due_on = clock.today("Europe/Madrid") + timedelta(days=2)
        actions.add_step(case, goal, by=worker, step=StepWords("course", STEP, weeks=20, due_on=due_on))
    agreeing.record_agreement(
        case,
        by=worker,
        agreement=Agreement.PARTLY,
        her_words=ANSWER,
        asked_on=clock.today("Europe/Madrid"),
        mark=queries.plan_of(worker, case).mark,
    )
