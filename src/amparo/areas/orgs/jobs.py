"""Background work of the organisations."""

from procrastinate.contrib.django import app

from . import sessions


@app.periodic(cron="41 * * * *")
@app.task(pass_context=False, queueing_lock="sweep_sessions")
def sweep_sessions(timestamp: int) -> None:
    """Every hour: forget the sessions that are over."""
    sessions.sweep()
