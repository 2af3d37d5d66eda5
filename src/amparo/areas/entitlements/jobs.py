"""Background work of entitlements."""

from procrastinate.contrib.django import app

from amparo.areas.access import wall

from . import rejudging


@app.periodic(cron="*/10 * * * *")
@app.task(pass_context=False, queueing_lock="judge_where_rules_changed")
def judge_where_rules_changed(timestamp: int) -> None:
    """Every ten minutes: where a rule changed, or another set came into force, list whose rights changed."""
    for organisation in wall.each_organisation():
        rejudging.judge_where_rules_changed(organisation)
