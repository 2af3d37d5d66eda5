"""Background work of the cases."""

from procrastinate.contrib.django import app

from amparo.areas.access import wall
from amparo.areas.consent import requests

from . import papers, watching


@app.periodic(cron="23 3 * * *")
@app.task(pass_context=False, queueing_lock="sweep_papers")
def sweep_papers(timestamp: int) -> None:
    """Every night: delete the sealed files that no paper and no request knows any more."""
    papers.sweep()
    requests.sweep()


@app.periodic(cron="*/15 * * * *")
@app.task(pass_context=False, queueing_lock="watch_reading")
def watch_reading(timestamp: int) -> None:
    """Every quarter of an hour: look through the log for reading that stands out."""
    wall.in_each_organisation(watching.watch)
