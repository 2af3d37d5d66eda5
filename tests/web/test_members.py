"""Colleagues: the administrator makes accounts, the coordinator clears them, and nobody does both alone (R12)."""

import re

import pytest
from django.test import Client

from amparo.areas.access import members
from amparo.areas.orgs.models import Account, Member
from amparo.areas.orgs.rules import Role
from amparo.kernel.decision import NotThere, Refused
from tests.cast import Cast
from tests.web.conftest import SignIn


def test_a_new_colleague_sees_nothing_until_a_coordinator_records_training(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("administrator")
    once = client.get("/colleagues/add/").context["once"]
    form = {"once": once, "username": "New.One", "name": "New One", "role": "mediator", "language": "es"}
    shown = client.post("/colleagues/add/", form)
    password = re.search(r'a-secret">([^<]+)<', shown.text)
    assert password
    newcomer = Client()
    newcomer.post("/accounts/login/", {"login": "new.one", "password": password[1]})
    assert newcomer.get("/").headers["Location"] == "/accounts/password/"
    own = "one of her own, long"
    newcomer.post("/accounts/password/", {"oldpassword": password[1], "password1": own, "password2": own})
    assert newcomer.get("/cases/").status_code == 403
    number = Member.objects.get(account__username="new.one").pk
    training = {"trained_on": "2026-01-01", "signed_on": "2026-01-02"}
    assert client.post(f"/colleagues/{number}/training/", training).status_code == 403
    assert newcomer.get("/cases/").status_code == 403
    assert sign_in("coordinator").post(f"/colleagues/{number}/training/", training).status_code == 302
    assert newcomer.get("/cases/").status_code == 200


def test_where_no_coordinator_is_cleared_yet_the_administrator_clears_the_first(cast: Cast) -> None:
    coordinator = Member.objects.get(pk=cast["coordinator"].member)
    day = coordinator.trained_on
    Member.objects.filter(pk=coordinator.pk).update(trained_on=None)
    members.record_training(coordinator.pk, by=cast["administrator"], trained_on=day, signed_on=day)
    with pytest.raises(Refused):
        members.record_training(cast["untrained"].member, by=cast["administrator"], trained_on=day, signed_on=day)


def test_nobody_changes_or_clears_oneself(cast: Cast) -> None:
    me = cast["administrator"]
    with pytest.raises(Refused):
        members.change_member(me.member, by=me, name="x", role=Role.COORDINATOR, language="en", is_active=True)
    me = cast["coordinator"]
    with pytest.raises(Refused):
        members.record_training(me.member, by=me, trained_on=None, signed_on=None)


def test_members_of_another_organisation_are_not_there(cast: Cast) -> None:
    with pytest.raises(NotThere):
        members.member_of(cast["administrator"], cast["stranger"].member)
    with pytest.raises(NotThere):
        members.renew_sign_in(cast["stranger"].member, by=cast["administrator"])


def test_a_renewed_sign_in_ends_every_open_session(cast: Cast, sign_in: SignIn) -> None:
    theirs = sign_in("mediator")
    assert theirs.get("/").status_code == 200
    members.renew_sign_in(cast["mediator"].member, by=cast["administrator"])
    assert theirs.get("/").status_code == 302
    assert Account.objects.get(pk=cast.accounts["mediator"]).password_is_temporary


@pytest.mark.parametrize("name", ["assigned", "analyst", "officer", "facilitator", "hotline"])
def test_others_do_not_see_the_list_of_colleagues(cast: Cast, sign_in: SignIn, name: str) -> None:
    assert sign_in(name).get("/colleagues/").status_code == 403
