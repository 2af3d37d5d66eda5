"""Background work of the vault."""

from procrastinate.contrib.django import app

from . import keystore


@app.periodic(cron="7 * * * *")
@app.task(pass_context=False, queueing_lock="copy_keys")
def copy_keys(timestamp: int) -> None:
    """Every hour: renew the sealed copy of the keys beside the node's key."""
    keystore.refresh()
