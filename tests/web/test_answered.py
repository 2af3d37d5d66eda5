"""What the pages say of a yes that was answered: hers, the catalogue's, and that of the weeks to be planned."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from amparo.areas.activities import asking
from amparo.areas.activities.held.hers import note_asked_after
from amparo.areas.activities.models import Activity, Interest, Place
from amparo.areas.activities.rules.states import Agreed, Answer, Found
from amparo.kernel import clock
from tests.cast import Cast
from tests.gathering import House, house_of
from tests.web.conftest import SignIn

DAY = timedelta(days=1)
ASK = "Ask her whether she would like it again."


@pytest.fixture
def house(cast: Cast) -> House:
    """Two of four women are in published weeks; they said yes some days ago."""
    found = house_of(cast)
    Interest.objects.update(asked_on=clock.today("Europe/Madrid") - 3 * DAY)
    found.plan(found.women[:2])
    found.publish()
    return found


def said(client: Client, name: str, /, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def sent(client: Client, name: str, /, *args: object, **typed: object) -> str:
    page = client.get(reverse(name, args=args))
    form = page.context["form"]
    there = {key: value for key, value in form.initial.items() if value not in ("", False, None)}
    answer = client.post(reverse(name, args=args), {**there, "once": page.context["once"], **typed}, follow=True)
    assert answer.status_code in (200, 422)
    return answer.content.decode()


def answer_of(house: House) -> Interest:
    return Interest.objects.get(case=house.women[0].id)


def test_her_page_says_that_she_has_a_place_takes_part_and_took_part(house: House, sign_in: SignIn) -> None:
    code, client = house.women[0].code, sign_in("assigned")
    before = said(client, "case_activities", code)
    assert "She has a place from" in before
    assert "has a place</span>" in before
    assert ASK not in before
    assert "She has a place" not in said(client, "case_activities", house.women[2].code)
    with clock.standing_at(house.at(9)):
        assert "She takes part until" in said(sign_in("assigned"), "case_activities", code)
    with clock.standing_at(house.at(12, day=1)):
        later = said(sign_in("assigned"), "case_activities", code)
        assert "She took part until" in later
        assert ASK in later
        assert "took part</span>" in later


def test_asked_again_in_the_list_of_everything_her_yes_counts_again(house: House, sign_in: SignIn) -> None:
    code = house.women[0].code
    with clock.standing_at(house.at(12, day=1)):
        client = sign_in("assigned")
        name = f"wish_{house.activity}"
        page = said(client, "activities_ask", code)
        assert ASK in page
        assert name not in client.get(reverse("activities_ask", args=(code,))).context["form"].initial
        sent(client, "activities_ask", code)  # nothing was tapped
        assert answer_of(house).version == 1
        after = sent(client, "activities_ask", code, **{name: "yes"})
        assert ASK not in after
        assert "She would like it again." in after
        found = answer_of(house)
        assert (found.asked_on, found.in_group, found.asked_alone) == (clock.today("Europe/Madrid"), "yes", False)
        assert "not asked alone yet" in after  # this time nobody said that she was


def test_asked_again_about_one_thing_her_yes_counts_again(house: House, sign_in: SignIn) -> None:
    code = house.women[0].code
    with clock.standing_at(house.at(12, day=1)):
        client = sign_in("assigned")
        sent(client, "activity_ask", code, house.activity)  # what she says is asked for anew
        assert answer_of(house).version == 1
        assert (
            not client.get(reverse("activity_ask", args=(code, house.activity))).context["form"].initial["asked_alone"]
        )
        page = sent(client, "activity_ask", code, house.activity, answer="yes", asked_alone="on")
        assert "She would like it again." in page
        assert "not asked alone yet" not in page


def test_in_the_midst_of_it_only_a_tick_says_that_she_would_like_it_once_more(house: House, sign_in: SignIn) -> None:
    code, words = house.women[0].code, "Yes, and once more after these weeks"
    assert words not in said(sign_in("assigned"), "activity_ask", code, house.activity)  # it has not begun
    with clock.standing_at(house.at(9)):
        client = sign_in("assigned")
        assert words in said(client, "activity_ask", code, house.activity)
        assert words not in said(client, "activity_ask", house.women[2].code, house.activity)
        sent(client, "activity_ask", code, house.activity, words="In the front row")
        assert answer_of(house).asked_on < clock.today("Europe/Madrid")
        page = sent(client, "activity_ask", code, house.activity, again="on")
        assert "She would like it again." in page
        assert answer_of(house).asked_on == clock.today("Europe/Madrid")
        assert words not in said(client, "activity_ask", code, house.activity)


def test_how_she_feels_with_others_is_changed_without_asking_for_it_again(house: House, sign_in: SignIn) -> None:
    with clock.standing_at(house.at(9)):
        sent(sign_in("assigned"), "activities_ask", house.women[0].code, in_group="alone")
    found = answer_of(house)
    assert (found.in_group, found.asked_on) == ("alone", clock.today("Europe/Madrid") - 3 * DAY)


def test_whoever_plans_reads_why_she_is_not_among_those_to_be_planned(house: House, sign_in: SignIn) -> None:
    why = "her yes was answered in other weeks"
    assert why not in said(sign_in("coordinator"), "period", house.period)
    with clock.standing_at(house.at(12, day=1)):
        page = said(sign_in("coordinator"), "period", house.plan())
        assert why in page
        assert "She took part until" in page
        assert [woman.code in page for woman in house.women] == [True, True, False, False]
        asked = asking.Said(Answer.NO)
        for woman in house.women[:2]:
            asking.note_interest(woman, house.activity, by=house.cast["assigned"], said=asked, version=1)
        assert why not in said(sign_in("coordinator"), "period", house.period)


def test_the_catalogue_counts_who_waits(house: House, sign_in: SignIn) -> None:
    assert "2 wait for it" in said(sign_in("coordinator"), "activities")


GOES_ON = "It goes on until she says otherwise."


def test_of_what_goes_on_her_page_says_so_and_asks_for_nothing_anew(house: House, sign_in: SignIn) -> None:
    code, hers = house.women[0].code, "case_activities"
    assert GOES_ON not in said(sign_in("assigned"), hers, code)
    Activity.objects.update(goes_on=True)
    before = said(sign_in("assigned"), hers, code)
    assert "She has a place from" in before
    assert GOES_ON in before
    assert GOES_ON in said(sign_in("assigned"), hers, house.women[2].code)  # she has no place yet
    with clock.standing_at(house.at(9)):
        page = said(sign_in("assigned"), "activity_ask", code, house.activity)
        assert GOES_ON in page
        assert "once more after these weeks" not in page
    with clock.standing_at(house.at(12, day=1)):
        client = sign_in("assigned")
        later = said(client, hers, code)
        assert "She took part until" in later
        assert GOES_ON in later
        assert ASK not in later
        assert "took part</span>" not in later
        form = client.get(reverse("activities_ask", args=(code,))).context["form"]
        assert form.initial[f"wish_{house.activity}"] == Answer.YES


def agreed(house: House, agreed: Agreed) -> None:
    woman, by = house.women[0], house.cast["assigned"]
    group = Place.objects.get(case=woman.id).group_id
    note_asked_after(woman, group, by=by, found=Found.REST, agreed=[agreed], words="")


@pytest.mark.parametrize(
    ("what", "goes_on", "words", "tag"),
    [
        (Agreed.PAUSE, True, "A pause was agreed with her on %s: ask her whether she comes again.", "in a pause"),
        (Agreed.LEAVES, False, "She ended her place on %s; she may come back: ask her when she wants to.", "ended her"),
    ],
)
def test_who_is_in_a_pause_or_ended_her_place_is_asked_again(
    house: House, sign_in: SignIn, what: Agreed, goes_on: bool, words: str, tag: str
) -> None:
    Activity.objects.update(goes_on=goes_on)
    code, monday = house.women[0].code, house.first_on
    words = words % date_format(monday, "SHORT_DATE_FORMAT")
    with clock.standing_at(house.at(12)):
        agreed(house, what)
    with clock.standing_at(house.at(12, day=1)):
        client, number = sign_in("assigned"), house.plan()
        page = said(client, "case_activities", code)
        assert words in page
        assert f'">{tag}' in page
        assert "Her yes stands" not in page
        assert GOES_ON not in page
        planning = said(sign_in("coordinator"), "period", number)
        assert words in planning
        assert [woman.code in planning for woman in house.women] == [True, not goes_on, False, False]
        client = sign_in("assigned")
        assert words in said(client, "activity_ask", code, house.activity)
        sent(client, "activity_ask", code, house.activity)  # what she says is asked for anew
        assert answer_of(house).version == 1
        page = sent(client, "activity_ask", code, house.activity, answer="yes", asked_alone="on")
        assert words not in page
        assert "yes</span>" in page.lower()
        assert words not in said(sign_in("coordinator"), "period", number)


def test_a_pause_while_her_weeks_go_on_says_until_when_her_place_waits(house: House, sign_in: SignIn) -> None:
    Activity.objects.update(goes_on=True)
    with clock.standing_at(house.at(9)):
        agreed(house, Agreed.PAUSE)
        page = said(sign_in("assigned"), "case_activities", house.women[0].code)
        assert "Her place waits in a pause; it goes on until" in page
        assert "A pause was agreed with her on" in page
        name = f"wish_{house.activity}"
        client = sign_in("assigned")
        form = client.get(reverse("activities_ask", args=(house.women[0].code,))).context["form"]
        assert name not in form.initial


def test_before_she_says_yes_to_what_goes_on_she_hears_that_it_stands(house: House, sign_in: SignIn) -> None:
    client, code = sign_in("assigned"), house.women[0].code
    words = "A yes stands until she says otherwise."
    Interest.objects.filter(case=house.women[0].id).delete()
    assert words not in said(client, "activities_ask", code)
    Activity.objects.update(goes_on=True)
    assert words in said(client, "activities_ask", code)
    assert words in said(client, "activity_ask", code, house.activity)
    assert GOES_ON not in said(client, "case_activities", code)
    page = sent(client, "activity_ask", code, house.activity, answer="no", version=0)
    assert GOES_ON not in page
    page = sent(client, "activity_ask", code, house.activity, answer="yes", asked_alone="on", in_group="yes")
    assert GOES_ON in page
    assert words not in said(client, "activities_ask", code)


def test_the_catalogue_has_a_tick_for_what_goes_on_and_says_so(house: House, sign_in: SignIn) -> None:
    client, words = sign_in("coordinator"), "It goes on until she says otherwise"
    assert words not in said(client, "activity", house.activity)
    assert words in said(client, "activity_change", house.activity)
    assert words in sent(client, "activity_change", house.activity, goes_on="on")
    assert Activity.objects.get().goes_on
    assert sent(client, "activity_change", house.activity).count(words) == 1  # it stays ticked
    page = client.get(reverse("activity_change", args=(house.activity,)))
    there = {key: value for key, value in page.context["form"].initial.items() if value not in ("", False, None)}
    there.pop("goes_on")
    client.post(
        reverse("activity_change", args=(house.activity,)), {**there, "once": page.context["once"]}, follow=True
    )
    assert not Activity.objects.get().goes_on
    assert "goes on until she says otherwise" in said(client, "activities_take")


def test_of_what_goes_on_whoever_plans_the_next_weeks_reads_of_nobody_that_she_is_left_out(
    house: House, sign_in: SignIn
) -> None:
    Activity.objects.update(goes_on=True)
    with clock.standing_at(house.at(12, day=1)):
        client, number = sign_in("coordinator"), house.plan()
        assert "her yes was answered in other weeks" not in said(client, "period", number)
        Activity.objects.update(goes_on=False)
        assert "her yes was answered in other weeks" in said(client, "period", number)
