"""Background work of entitlements."""

from procrastinate.contrib.django import app

from amparo.areas.access import wall

from . import pathway_nights, rejudging


@app.periodic(cron="*/10 * * * *")
@app.task(pass_context=False, queueing_lock="judge_where_rules_changed")
def judge_where_rules_changed(timestamp: int) -> None:
    """Every ten minutes: where a rule changed, or another set came into force, list whose rights changed."""
    wall.in_each_organisation(rejudging.judge_where_rules_changed)


@app.periodic(cron="17 2 * * *")
@app.task(pass_context=False, queueing_lock="work_out_deadlines")
def work_out_deadlines(timestamp: int) -> None:
    """Every night: work out every deadline anew, since a day has passed and rules may have changed."""
    wall.in_each_organisation(pathway_nights.work_out_everything)
