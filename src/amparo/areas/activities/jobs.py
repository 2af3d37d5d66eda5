"""Background work of activities: computing plans, and looking again at what is published."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from amparo.areas.access import wall

from . import rechecking, replanning, solving
from .reminders import planning, sending


@app.task(pass_context=True)
def compute_plan(context: JobContext, organisation: int, period: int) -> None:
    """Compute the plan of a period that somebody asked for; a worker that has to end keeps what it has."""
    solving.compute(organisation, period, stopped=context.should_abort)


@app.task(pass_context=True)
def compute_proposal(context: JobContext, organisation: int, period: int) -> None:
    """Compute how a published period would be planned again."""
    replanning.compute(organisation, period, stopped=context.should_abort)


@app.task(pass_context=False)
def look_again(organisation: int) -> None:
    """Something changed: look at once at what is published in this house."""
    with wall.standing_in(organisation):
        rechecking.look(organisation)


@app.periodic(cron="* * * * *")
@app.task(pass_context=False, queueing_lock="look_everywhere")
def look_everywhere(timestamp: int) -> None:
    """Every minute: look at what is published in every house, since whatever changed."""
    rechecking.look_everywhere()


@app.periodic(cron="*/5 * * * *")
@app.task(pass_context=False, queueing_lock="plan_reminders")
def plan_reminders(timestamp: int) -> None:
    """Every five minutes: bring the reminders of what comes next up to date, in every house."""
    wall.in_each_organisation(planning.plan)


@app.periodic(cron="* * * * *")
@app.task(pass_context=True, queueing_lock="send_reminders")
def send_reminders(context: JobContext, timestamp: int) -> None:
    """Every minute: send the reminders that are due, in every house."""
    wall.in_each_organisation(lambda organisation: sending.send_due(organisation, stopped=context.should_abort))
