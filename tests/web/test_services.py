"""What was done, in two taps; who sees it; and that money depends on nothing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.areas.cases import services, team
from amparo.areas.cases.models import ServiceDelivered
from amparo.areas.cases.services import Delivered
from tests.cast import Cast
from tests.web.conftest import SignIn

CANARY = "canary-service-note"
OUTSIDE = ["colleague", "stranger", "foreign_coordinator", "facilitator", "hotline", "analyst", "administrator"]


def _done(cast: Cast, **changes: object) -> int:
    what = {"kind": "counselling", "on": date(2026, 3, 2), "minutes": 30, "note": CANARY} | changes
    return services.note_service(cast.case(), by=cast["assigned"], what=Delivered(**what))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["assigned", "psychologist", "lawyer", "mediator", "coordinator"])
def test_her_team_and_the_coordination_see_what_was_done(cast: Cast, sign_in: SignIn, name: str) -> None:
    _done(cast)
    page = sign_in(name).get(f"/cases/{cast.code}/services/")
    assert page.status_code == 200
    assert CANARY in page.text


@pytest.mark.parametrize("name", [*OUTSIDE, "officer", "untrained"])
def test_nobody_else_does(cast: Cast, sign_in: SignIn, name: str) -> None:
    number = _done(cast)
    client = sign_in(name)
    for address in ("services/", "services/new/", f"services/{number}/", "appointments/", "appointments/new/"):
        page = client.get(f"/cases/{cast.code}/{address}")
        assert page.status_code in (403, 404)
        assert CANARY not in page.text
    assert client.post(f"/cases/{cast.code}/services/{number}/back/").status_code in (403, 404)
    assert ServiceDelivered.objects.count() == 1


def test_what_one_usually_does_is_chosen_already_so_that_two_taps_from_today_are_enough(
    cast: Cast, sign_in: SignIn
) -> None:
    for _ in range(3):
        _done(cast, kind="mediation", minutes=45)
    client = sign_in("assigned")
    address = f"/cases/{cast.code}/services/new/?from=today"
    assert address in client.get("/").text
    form = client.get(address).context["form"]
    assert (form.initial["kind"], form.initial["length"]) == ("mediation", "45")
    typed = {"kind": "mediation", "length": "45", "on": "2026-03-03"}
    assert client.post(address, typed).headers["Location"] == "/"
    assert ServiceDelivered.objects.filter(kind="mediation", minutes=45).count() == 4


def test_a_rare_kind_another_length_and_a_cost_with_a_comma_are_kept_as_typed(cast: Cast, sign_in: SignIn) -> None:
    typed = {"kind": "more", "other_kind": "clothing", "length": "more", "minutes": "75", "cost": "12,50"}
    sign_in("assigned").post(f"/cases/{cast.code}/services/new/", {**typed, "on": "2026-03-03"})
    row = ServiceDelivered.objects.get()
    assert (row.kind, row.minutes, row.cost_cents) == ("clothing", 75, 1250)


def test_a_wrong_form_comes_back_with_what_was_typed(cast: Cast, sign_in: SignIn) -> None:
    typed = {"kind": "more", "length": "more", "on": "2026-03-03", "cost": "a lot", "note": "keep me"}
    page = sign_in("assigned").post(f"/cases/{cast.code}/services/new/", typed)
    assert page.status_code == 422
    assert "keep me" in page.text
    assert set(page.context["form"].errors) == {"other_kind", "minutes", "cost"}


def test_the_months_add_up(cast: Cast, sign_in: SignIn) -> None:
    _done(cast, minutes=30)
    _done(cast, minutes=45, cost_cents=250)
    _done(cast, on=date(2026, 4, 1), minutes=None, cost_cents=1000, kind="allowance")
    totals = services.monthly_totals(cast["assigned"], cast.case())
    found = [(one.month, one.times, one.minutes, one.cost_cents) for one in totals]
    assert found == [(date(2026, 4, 1), 1, 0, 1000), (date(2026, 3, 1), 2, 75, 250)]
    page = sign_in("assigned").get(f"/cases/{cast.code}/services/").text
    assert "1 h 15 min" in page
    assert "10.00 EUR" in page


def test_an_entry_is_corrected_or_taken_back_by_its_author_only(cast: Cast, sign_in: SignIn) -> None:
    number = _done(cast)
    address = f"/cases/{cast.code}/services/{number}/"
    typed = {"kind": "counselling", "length": "60", "on": "2026-03-04"}
    assert sign_in("psychologist").post(address, typed).status_code == 403
    assert ServiceDelivered.objects.get().minutes == 30
    assert sign_in("assigned").post(address, typed).status_code == 302
    assert ServiceDelivered.objects.get().minutes == 60
    sign_in("psychologist").post(f"{address}back/")
    assert ServiceDelivered.objects.count() == 1
    sign_in("assigned").post(f"{address}back/")
    assert ServiceDelivered.objects.count() == 0


def test_the_note_is_sealed_and_stands_in_no_history_or_address(cast: Cast, sign_in: SignIn) -> None:
    from amparo.areas.audit.models import Entry

    _done(cast)
    assert CANARY.encode() not in bytes(ServiceDelivered.objects.get().note)
    assert CANARY not in sign_in("assigned").get(f"/cases/{cast.code}/history/").text
    assert not [entry for entry in Entry.objects.all() if CANARY in entry.facts]


def test_thirty_entries_take_as_many_queries_as_one(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    counts = []
    for more in (1, 29):
        for _ in range(more):
            _done(cast)
        client.get(f"/cases/{cast.code}/services/")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(f"/cases/{cast.code}/services/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_who_has_just_joined_finds_her_on_today_and_who_left_does_not(cast: Cast, sign_in: SignIn) -> None:
    address = f"/cases/{cast.code}/services/new/?from=today"
    assert address not in sign_in("colleague").get("/").text
    team.add_to_team(cast.case(), by=cast["assigned"], member=cast["colleague"].member)
    assert address in sign_in("colleague").get("/").text
    _done(cast)
    team.take_from_team(cast.case(), by=cast["assigned"], member=cast["colleague"].member)
    assert address not in sign_in("colleague").get("/").text
    assert address in sign_in("assigned").get("/").text
