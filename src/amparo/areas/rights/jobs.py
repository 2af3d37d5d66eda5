"""Background work about her rights: finishing what was interrupted, and listing what is due to go."""

from procrastinate.contrib.django import app

from amparo.areas.access import wall

from . import erasing, keeping


@app.periodic(cron="*/10 * * * *")
@app.task(pass_context=False, queueing_lock="finish_erasures")
def finish_erasures(timestamp: int) -> None:
    """Every ten minutes: destroy the keys of those whose erasure a stop of the node interrupted."""
    wall.in_each_organisation(erasing.finish_all)


@app.periodic(cron="41 3 * * *")
@app.task(pass_context=False, queueing_lock="list_what_is_due")
def list_what_is_due(timestamp: int) -> None:
    """Every night: list what is due to go, for people to look at; and forget what is kept for one day only."""
    keeping.list_everywhere()
    keeping.forget_fleeting()
