"""Appointments: planned, moved, kept or not, from Today in one tap, and nothing held against her."""

from datetime import date, time, timedelta

import pytest

from amparo.areas.cases import appointments
from amparo.areas.cases.appointments import Plan
from amparo.areas.cases.models import Appointment, Due
from amparo.areas.cases.rules import DueKind, Meeting, Topic
from amparo.kernel import clock
from amparo.kernel.decision import Refused
from tests.cast import Cast
from tests.web.conftest import SignIn

PLACE = "canary-meeting-point"


def _planned(cast: Cast, on: date | None = None) -> int:
    day = on or clock.today("Europe/Madrid")
    plan = Plan(on=day, at=time(10, 30), about=Topic.HEALTH, member=cast["assigned"].member, place=PLACE)
    return appointments.plan_appointment(cast.case(), by=cast["assigned"], plan=plan)


def _open_dues() -> int:
    return Due.objects.filter(kind=DueKind.APPOINTMENT, done_at=None).count()


def test_an_appointment_stands_on_today_and_is_settled_there(cast: Cast, sign_in: SignIn) -> None:
    number = _planned(cast)
    client = sign_in("assigned")
    came = f"/cases/{cast.code}/appointments/{number}/came/"
    today = client.get("/").text
    assert came in today
    assert PLACE not in today
    assert client.post(came, {"from": "today"}).headers["Location"] == "/"
    assert Appointment.objects.get().state == Meeting.ATTENDED
    assert _open_dues() == 0


def test_not_coming_leaves_no_mark_and_another_time_is_agreed_at_once(cast: Cast, sign_in: SignIn) -> None:
    number = _planned(cast)
    client = sign_in("assigned")
    page = client.post(f"/cases/{cast.code}/appointments/{number}/could-not-come/", follow=True).text
    assert "Nothing changes for her" in page
    assert cast.case().status == "meeting"
    assert _open_dues() == 0
    version = Appointment.objects.get().version
    later = {"on": "2026-12-01", "about": "health", "member": cast["assigned"].member, "version": version}
    assert client.post(f"/cases/{cast.code}/appointments/{number}/", later).status_code == 302
    assert Appointment.objects.get().state == Meeting.PLANNED
    assert _open_dues() == 1


def test_two_colleagues_who_move_the_same_appointment_do_not_overwrite_each_other(cast: Cast, sign_in: SignIn) -> None:
    number = _planned(cast)
    address = f"/cases/{cast.code}/appointments/{number}/"
    typed = {"on": "2026-12-01", "about": "law", "member": cast["assigned"].member, "version": 1}
    assert sign_in("assigned").post(address, typed).status_code == 302
    second = sign_in("psychologist").post(address, {**typed, "on": "2026-12-09", "place": "keep this"})
    assert second.status_code == 409
    assert "keep this" in second.text
    assert Appointment.objects.get().on == date(2026, 12, 1)


def test_somebody_of_her_team_meets_her(cast: Cast, sign_in: SignIn) -> None:
    plan = Plan(on=date(2026, 12, 1), at=None, about=Topic.TALK, member=cast["colleague"].member)
    with pytest.raises(Refused):
        appointments.plan_appointment(cast.case(), by=cast["assigned"], plan=plan)


@pytest.mark.parametrize("name", ["colleague", "stranger", "officer", "analyst", "administrator", "hotline"])
def test_others_find_neither_the_place_nor_a_button(cast: Cast, sign_in: SignIn, name: str) -> None:
    number = _planned(cast)
    client = sign_in(name)
    for address in ("appointments/", f"appointments/{number}/"):
        page = client.get(f"/cases/{cast.code}/{address}")
        assert page.status_code in (403, 404)
        assert PLACE not in page.text
    client.post(f"/cases/{cast.code}/appointments/{number}/came/")
    assert Appointment.objects.get().state == Meeting.PLANNED
    assert f"appointments/{number}/came/" not in client.get("/").text


def test_a_coordinator_outside_the_team_sees_that_something_is_due_but_not_where(cast: Cast, sign_in: SignIn) -> None:
    number = _planned(cast, clock.today("Europe/Madrid") + timedelta(days=1))
    client = sign_in("coordinator")
    assert cast.code in client.get("/").text
    assert f"appointments/{number}/came/" not in client.get("/").text
    assert PLACE not in client.get(f"/cases/{cast.code}/appointments/").text


def test_the_meeting_point_is_sealed(cast: Cast) -> None:
    _planned(cast)
    assert PLACE.encode() not in bytes(Appointment.objects.get().place)
