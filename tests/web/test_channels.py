"""The administrator's page of channels: what works, what does not, and nothing of anybody."""

from pathlib import Path

import pytest

from amparo.areas.activities.reminders import working
from amparo.areas.activities.reminders.models import ChannelTry
from amparo.kernel import clock
from amparo.node.channels import Channels
from amparo.node.channels.gateway import Gateway
from amparo.node.errors import NodeError
from tests.cast import Cast
from tests.web.conftest import SignIn

GATEWAY = Gateway("https://sms.post.example/send?key=canary-key", {}, {"Authorization": "canary-token"})


def test_what_is_set_up_and_how_it_went_is_told_without_a_secret(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "channels", lambda: Channels(sms=GATEWAY))
    client = sign_in("administrator")
    assert "Not used yet" in client.get("/channels/").text
    house = cast["administrator"].organisation
    row = ChannelTry.objects.create(organisation_id=house, channel="sms", sent_at=clock.now())
    assert "Works" in client.get("/channels/").text
    row.failed_at, row.problem = clock.now(), "not_trusted"
    row.save()
    page = client.get("/channels/").text
    for words in ("Failed last", "certificate is not valid", "sms.post.example:443", "Not set up"):
        assert words in page
    assert "canary" not in page


def test_how_it_went_in_another_house_is_not_shown(cast: Cast, sign_in: SignIn) -> None:
    there = cast["stranger"].organisation
    ChannelTry.objects.create(organisation_id=there, channel="sms", failed_at=clock.now(), problem="busy")
    assert "too busy" not in sign_in("administrator").get("/channels/").text


def test_a_broken_file_is_told_with_its_field(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Channels:
        raise NodeError(f"{Path('channels.toml')}: email.port: expected a number from 1 to 65535.")

    monkeypatch.setattr(working, "channels", broken)
    page = sign_in("administrator").get("/channels/").text
    assert "channels.toml: email.port: expected a number" in page
    assert "nothing is sent" in page
