"""A proposal changed by the forms of a draft, in the pages of the coordination, and compared anew before it counts."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.areas.activities import replacing, replanning
from amparo.areas.activities.models import Group, Period, Place, Session
from amparo.areas.safety import avoiding
from tests.cast import Cast
from tests.gathering import House, house_of, woman_of
from tests.web.conftest import SignIn
from tests.web.test_activities import said
from tests.web.test_replanning import pressed

WHY = "canary-why-they-must-not-meet"


@pytest.fixture
def house(cast: Cast) -> House:
    """Two groups of two, published, and a proposal in which nothing moves."""
    made = house_of(cast)
    made.plan(made.women[:2], made.women[2:])
    made.publish()
    replanning.ask_again(made.period, by=made.coordinator)
    replanning.compute(made.coordinator.organisation, made.period, seconds=2)
    return made


def draft() -> Period:
    return Period.objects.get(state="proposed")


def sessions() -> list[Session]:
    return list(Session.objects.filter(group__period=draft().pk).order_by("starts_at"))


def moved(client: Client, house: House, session: Session, hour: int, version: int = 1) -> tuple[int, str]:
    typed = {
        "on": house.first_on,
        "at": f"{hour}:00",
        "room": house.room,
        "member": session.member_id,
        "version": version,
    }
    answer = client.post(reverse("session_move", args=(draft().pk, session.pk)), typed, follow=True)
    return answer.status_code, answer.content.decode()


def test_from_a_proposal_changed_by_hand_to_a_plan_in_force(house: House, sign_in: SignIn) -> None:
    client, (first, _) = sign_in("coordinator"), sessions()
    page = said(client, "period_proposal", house.period)
    assert "Nothing would change" in page
    assert "Groups as they would be" in page
    assert reverse("period_group", args=(draft().pk, first.group_id)) in page
    page = said(client, "period_group", draft().pk, first.group_id)
    assert "Proposed, not in force" in page
    assert f'href="{reverse("period_proposal", args=(house.period,))}"' in page
    assert "Change" in page
    assert "Fix<" not in page
    status, page = moved(client, house, first, 16)
    assert (status, "Saved. The plan keeps every rule." in page) == (200, True)
    page = said(client, "period_proposal", house.period)
    assert "would be" in page
    assert "16:00" in page
    assert [one.starts_at for one in house.sessions] == [house.at(10), house.at(12)]
    page = pressed(client, "period_proposal_publish", house, proposal=proposal(), version=draft().version)
    assert "The new plan is in force." in page
    assert [one.starts_at for one in house.sessions] == [house.at(12), house.at(16)]


def proposal() -> int:
    return replanning.Proposal.objects.get().pk


def test_places_are_given_moved_and_ended_in_a_proposal(house: House, sign_in: SignIn) -> None:
    client, new = sign_in("coordinator"), woman_of(house.cast, house.activity)
    first, second = Group.objects.filter(period=draft().pk).order_by("number")
    assert new.code in said(client, "group_seat", draft().pk, first.pk)
    client.post(reverse("group_seat", args=(draft().pk, first.pk)), {"case": new.id})
    there = Place.objects.get(group=first, case=house.women[0].id)
    client.post(reverse("place_move", args=(draft().pk, there.pk)), {"group": second.pk})
    ends = Place.objects.get(group=second, case=house.women[2].id)
    client.post(reverse("place_end", args=(draft().pk, ends.pk)))
    page = said(client, "period_proposal", house.period)
    parts = {
        heading: page.split(heading)[1].split("</section>")[0]
        for heading in ("Who gains a place", "Who loses a place", "Who comes into another group")
    }
    expected = (new, house.women[2], house.women[0])
    assert [one.code in part for one, part in zip(expected, parts.values(), strict=True)] == [True] * 3
    assert Place.objects.filter(group__period=house.period, until=None).count() == 4


def test_what_is_wrong_stands_on_top_and_the_button_is_gone_until_it_is_right(house: House, sign_in: SignIn) -> None:
    client, (first, second) = sign_in("coordinator"), sessions()
    _, page = moved(client, house, second, 10)
    assert "to be put right: see the plan" in page
    page = said(client, "period_proposal", house.period)
    assert "To be put right before it is in force" in page
    assert "Two sessions would be in this room at once." in page
    assert reverse("session_move", args=(draft().pk, first.pk)) in page
    assert "Put this in force" not in page
    page = pressed(client, "period_proposal_publish", house, proposal=proposal(), version=draft().version)
    assert "Two sessions would be in this room at once." in page
    moved(client, house, second, 14, version=2)
    assert "Put this in force" in said(client, "period_proposal", house.period)


def test_an_old_tab_is_told_what_happened_and_loses_nothing(house: House, sign_in: SignIn) -> None:
    client, (first, second) = sign_in("coordinator"), sessions()
    moved(client, house, first, 16)
    status, page = moved(client, house, first, 17)
    assert (status, 'value="17:00"' in page) == (409, True)
    page = pressed(client, "period_proposal_publish", house, proposal=proposal(), version=1)
    assert "A colleague changed this proposal meanwhile" in page
    client.post(reverse("session_fix", args=(house.period, house.sessions[0].pk)))
    status, page = moved(client, house, second, 18)
    assert (status, 'value="18:00"' in page) == (422, True)
    assert "Something changed since this proposal was made" in page
    assert "Groups as they would be" not in said(client, "period_proposal", house.period)
    assert [one.starts_at for one in house.sessions] == [house.at(10), house.at(12)]


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("in force", "It was put in force meanwhile"),
        ("dropped", "It was dropped meanwhile"),
        ("replaced", "A new one was asked for meanwhile"),
    ],
)
def test_whoever_still_edits_a_proposal_that_is_no_more_is_told_and_led_to_the_weeks_as_they_stand(
    house: House, sign_in: SignIn, how: str, told: str
) -> None:
    client, number, (first, _) = sign_in("coordinator"), draft().pk, sessions()
    place = Place.objects.filter(group=first.group_id)[0]
    pages = [("session_move", first.pk), ("period_group", first.group_id), ("place_move", place.pk)]
    by = house.coordinator
    if how == "in force":
        replacing.put_in_force(house.period, by=by, proposal=proposal(), version=draft().version)
    elif how == "dropped":
        replanning.drop(house.period, by=by)
    else:
        replanning.ask_again(house.period, by=by)
    for name, key in pages:
        for answer in (client.get(reverse(name, args=(number, key))), client.post(reverse(name, args=(number, key)))):
            assert (answer.status_code, told in answer.content.decode()) == (410, True)
            assert f'href="{reverse("period", args=(house.period,))}"' in answer.content.decode()
        for who in ("foreign_coordinator", "assigned"):
            assert "meanwhile" not in sign_in(who).get(reverse(name, args=(number, key))).content.decode()
            assert sign_in(who).get(reverse(name, args=(number, key))).status_code in (403, 404)


def test_the_page_of_a_proposal_that_is_no_more_says_so_and_leads_on(house: House, sign_in: SignIn) -> None:
    client, page = sign_in("coordinator"), reverse("period_proposal", args=(house.period,))
    replanning.drop(house.period, by=house.coordinator)
    answer = client.get(page)
    assert (answer.status_code, "It was dropped meanwhile" in answer.content.decode()) == (410, True)
    assert "was not saved" not in answer.content.decode()
    for who, status in (("foreign_coordinator", 404), ("assigned", 403)):
        assert sign_in(who).get(page).status_code == status
    Period.objects.update(ended_proposals={})
    assert client.get(page).status_code == 404


def test_a_proposal_says_to_nobody_who_must_not_meet_whom(house: House, sign_in: SignIn) -> None:
    avoiding.avoid_woman(house.women[0], by=house.cast["assigned"], code=house.women[2].code, why=WHY)
    client = sign_in("coordinator")
    target = Place.objects.get(group__period=draft().pk, case=house.women[0].id).group_id
    place = Place.objects.get(group__period=draft().pk, case=house.women[2].id)
    client.post(reverse("place_move", args=(draft().pk, place.pk)), {"group": target})
    page = said(client, "period_proposal", house.period)
    assert "Two women who must not meet would be near each other." in page  # she reads their safety
    assert WHY not in page


@pytest.mark.parametrize("who", ["assigned", "facilitator", "psychologist", "officer", "foreign_coordinator"])
def test_nobody_else_opens_or_changes_what_is_proposed(house: House, sign_in: SignIn, who: str) -> None:
    client, number, session = sign_in(who), draft().pk, sessions()[0]
    place = Place.objects.filter(group__period=number).order_by("pk")[0]
    pages = [("period_group", session.group_id), ("session_move", session.pk), ("place_move", place.pk)]
    posts = [("session_cancel", session.pk), ("place_end", place.pk), ("group_seat", session.group_id)]
    before = list(Place.objects.order_by("pk").values()), list(Session.objects.order_by("pk").values())
    for name, key in (*pages, *posts):
        assert client.get(reverse(name, args=(number, key))).status_code in (403, 404, 405)
        assert client.post(reverse(name, args=(number, key))).status_code in (403, 404)
    assert (list(Place.objects.order_by("pk").values()), list(Session.objects.order_by("pk").values())) == before


def test_a_proposal_is_no_period_of_its_own(house: House, sign_in: SignIn) -> None:
    client, number, session = sign_in("coordinator"), draft().pk, sessions()[0]
    for name in ("period", "period_again", "period_proposal"):
        assert client.get(reverse(name, args=(number,))).status_code == 404
    for name in ("period_compute", "period_publish", "period_back", "period_proposal_publish", "period_proposal_drop"):
        assert client.post(reverse(name, args=(number,)), {"version": 1}).status_code == 404
    assert client.post(reverse("session_fix", args=(number, session.pk))).status_code == 404
    assert f'"{reverse("period", args=(number,))}"' not in said(client, "periods")


def test_a_group_of_a_proposal_takes_as_many_queries_for_many_as_for_few(house: House, sign_in: SignIn) -> None:
    client, group = sign_in("coordinator"), sessions()[0].group_id
    counts = []
    for _round in range(2):
        said(client, "period_group", draft().pk, group)
        with CaptureQueriesContext(connection) as asked:
            said(client, "period_group", draft().pk, group)
        counts.append(len(asked))
        for _ in range(3):
            new = woman_of(house.cast, house.activity)
            client.post(reverse("group_seat", args=(draft().pk, group)), {"case": new.id})
    assert counts[0] == counts[1]
