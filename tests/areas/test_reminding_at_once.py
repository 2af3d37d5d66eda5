"""Two workers at the same moment send a reminder once."""

from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connections

from amparo.areas.activities.models import Reminder
from amparo.areas.activities.reminders import planning, sending
from amparo.areas.activities.rules.reminding import Sending
from amparo.kernel import clock
from amparo.node.channels import Channels
from amparo.node.channels.gateway import Gateway
from tests.areas.test_reminding import EVENING, agree, meet, set_up
from tests.cast import Cast
from tests.receiving import certificate, gateway


def test_two_workers_and_two_planners_at_once_send_it_once(
    committed_cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation = committed_cast["assigned"].organisation
    pem = certificate(tmp_path)
    agree(committed_cast)
    for _ in range(5):
        meet(committed_cast)
    start = Barrier(2)

    def work() -> None:
        try:
            start.wait()
            planning.plan(organisation)
            with clock.standing_at(EVENING + timedelta(minutes=1)):
                start.wait()
                sending.send_due(organisation)
        finally:
            connections.close_all()

    with gateway(pem) as received:
        url = f"https://localhost:{received.port}/"
        set_up(monkeypatch, Channels(sms=Gateway(url, {"to": "{to}", "text": "{text}"}, trusted=str(pem), timeout=5)))
        workers = [Thread(target=work) for _ in range(2)]
        for one in workers:
            one.start()
        for one in workers:
            one.join()
        with clock.standing_at(EVENING + timedelta(minutes=2)):
            sending.send_due(organisation)  # what each passed over, since the other noted something of hers just then
    assert len(received.messages) == 5
    assert list(Reminder.objects.values_list("state", "attempts")) == [(Sending.SENT, 1)] * 5
