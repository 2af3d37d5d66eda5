"""From where somebody asks: nobody can claim another address, with a proxy or without."""

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from amparo.areas.audit.models import Entry
from amparo.web.origin import address_of
from tests.cast import Cast
from tests.web.conftest import SignIn


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "expected"),
    [
        (False, "", "192.0.2.1"),
        (False, "203.0.113.9", "192.0.2.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (True, "127.0.0.1,2001:db8::1", "2001:db8::1"),
        (True, "", "192.0.2.1"),
        (True, "nonsense", "192.0.2.1"),
        (True, "203.0.113.9, <script>", "192.0.2.1"),
    ],
)
def test_only_what_the_proxy_itself_added_counts(
    settings: Settings, behind_proxy: bool, forwarded: str, expected: str
) -> None:
    settings.BEHIND_TLS = behind_proxy
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **headers)) == expected


def test_a_socket_without_an_address_is_nowhere() -> None:
    assert address_of(RequestFactory().get("/", REMOTE_ADDR="")) == ""


def test_the_log_keeps_from_where_she_was_read(cast: Cast, sign_in: SignIn, settings: Settings) -> None:
    settings.BEHIND_TLS = True
    sign_in("assigned").get(f"/cases/{cast.code}/", HTTP_X_FORWARDED_FOR="203.0.113.9", secure=True)
    assert Entry.objects.order_by("-pk").values_list("origin", flat=True)[0] == "203.0.113.9"
