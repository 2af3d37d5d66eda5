"""Background work of the log."""

from procrastinate.contrib.django import app

from . import anchors


@app.periodic(cron="*/10 * * * *")
@app.task(pass_context=False, queueing_lock="anchor_log")
def anchor_log(timestamp: int) -> None:
    """Every ten minutes: sign how the log stands, if anything was logged."""
    anchors.write()
