"""Background work of the cases."""

from procrastinate.contrib.django import app

from . import papers


@app.periodic(cron="23 3 * * *")
@app.task(pass_context=False, queueing_lock="sweep_papers")
def sweep_papers(timestamp: int) -> None:
    """Every night: delete the sealed files that no paper knows any more."""
    papers.sweep()
