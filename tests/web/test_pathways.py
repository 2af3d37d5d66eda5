"""Her pathways on the screen: followed, written down, corrected, and on Today until they are dealt with."""

import html
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amparo.areas.cases.queries import CaseFile
from amparo.areas.entitlements import pathway_acts, pathways
from amparo.areas.entitlements.models import PathwayEvent, PathwayRun, PathwayStage
from amparo.areas.entitlements.rules.pathways import Happened, Outcome, State, What
from amparo.kernel import clock
from tests.cast import Cast
from tests.web.conftest import SignIn

REFLECTION = "be.reflection"
WHY = "canary-of-the-letter"


def ago(days: int) -> date:
    return clock.today("Europe/Madrid") - timedelta(days)


def begin(cast: Cast, on: date, *, country: str = "BE", pathway: str = "be.pathway", stage: str = "") -> int:
    return pathway_acts.start_pathway(
        cast.case(), by=cast["assigned"], country=country, pathway=pathway, on=on, stage=stage
    )


def stage_number(run: int, name: str = REFLECTION) -> int:
    return PathwayStage.objects.get(run=run, stage=name).pk


def legal(case: CaseFile | str) -> str:
    return f"/cases/{case if isinstance(case, str) else case.code}/legal/"


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def send(client: Client, address: str, **typed: object) -> int:
    form = client.get(address).context
    hidden = {name: form["form"].initial.get(name, "") for name in ("version",) if name in form["form"].fields}
    return client.post(address, {"once": form["once"], **hidden, **typed}).status_code


def look(client: Client, cast: Cast) -> str:
    return page(client, f"{legal(cast.code)}pathways/")


def test_a_scheme_is_chosen_from_those_of_the_country_and_followed_from_a_day(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    assert "Here stands, stage by stage" in look(client, cast)
    from amparo.areas.entitlements import case_countries

    case_countries.look_at_country(cast.case(), "BE", by=cast["assigned"], is_here=True)
    address = f"{legal(cast.code)}pathways/new/"
    assert "Checked in" in page(client, address), "how old the rules are stands in plain sight"
    assert send(client, address, stage=f"be.pathway {REFLECTION}", on=ago(10)) == 302
    text = look(client, cast)
    for words in ("Reflection period", "Running", "First permit", "To come", "Act".lower(), "FIIT", "Checked in"):
        assert words in text, words
    assert PathwayRun.objects.get().begun_on == ago(10)


def test_a_second_click_follows_it_once(cast: Cast, sign_in: SignIn) -> None:
    from amparo.areas.entitlements import case_countries

    case_countries.look_at_country(cast.case(), "BE", by=cast["assigned"], is_here=True)
    client, address = sign_in("assigned"), f"{legal(cast.code)}pathways/new/"
    form = {"once": client.get(address).context["once"], "stage": f"be.pathway {REFLECTION}", "on": ago(10)}
    assert [client.post(address, form).status_code for _ in range(2)] == [302, 302]
    assert PathwayRun.objects.count() == 1


def test_what_nobody_can_mean_comes_back_with_the_reason(cast: Cast, sign_in: SignIn) -> None:
    from amparo.areas.entitlements import case_countries

    case_countries.look_at_country(cast.case(), "BE", by=cast["assigned"], is_here=True)
    client, address = sign_in("assigned"), f"{legal(cast.code)}pathways/new/"
    assert send(client, address, stage=f"be.pathway {REFLECTION}", on="0001-01-01") == 422
    assert send(client, address, stage="be.pathway nothing", on=ago(1)) == 422
    assert PathwayRun.objects.count() == 0


@pytest.mark.parametrize(
    ("what", "typed", "state"),
    [
        ("decided", {"outcome": "positive"}, State.DONE),
        ("decided", {"outcome": "withdrawn"}, State.DONE),
        ("extended", {"how": "by", "count": "20", "unit": "days"}, State.RUNNING),
        ("suspended", {}, State.SUSPENDED),
        ("handled", {}, State.DONE),
    ],
)
def test_what_happened_is_written_down_with_its_reason(
    cast: Cast, sign_in: SignIn, what: str, typed: dict[str, str], state: State
) -> None:
    run, client = begin(cast, ago(10)), sign_in("assigned")
    address = f"{legal(cast.code)}stages/{stage_number(run)}/{what}/"
    assert send(client, address, on=ago(1), words=WHY, **typed) == 302
    assert pathways.pathway_for(cast["assigned"], cast.case(), run).stages[0].line.state is state
    assert WHY in look(client, cast)


def test_an_extension_says_by_how_long_or_until_when(cast: Cast, sign_in: SignIn) -> None:
    run, client = begin(cast, ago(10)), sign_in("assigned")
    address = f"{legal(cast.code)}stages/{stage_number(run)}/extended/"
    for typed in ({}, {"how": "by", "count": "3"}, {"how": "until"}, {"how": "by", "count": "0", "unit": "days"}):
        assert send(client, address, on=ago(1), **typed) == 422
    assert send(client, address, on=ago(1), how="until", until=ago(20)) == 422
    assert send(client, address, on=ago(1), how="until", until=ago(-90)) == 302
    assert PathwayStage.objects.get(run=run, stage=REFLECTION).due_on == ago(-90)


def test_a_whole_path_with_an_appeal(cast: Cast, sign_in: SignIn) -> None:
    name = "gb.reasonable_grounds_decision"
    run = begin(cast, ago(8), country="GB", pathway="gb.pathway", stage=name)
    client, address = sign_in("lawyer"), f"{legal(cast.code)}stages/{stage_number(run, name)}/"
    assert "Not followed here" in look(client, cast), "the stage before"
    assert send(client, f"{address}decided/", outcome="negative", on=ago(3)) == 302
    assert "appeal until" in look(client, cast)
    assert "Appeal: " in page(client, "/")
    assert send(client, f"{address}appealed/", on=ago(2)) == 302
    assert "Appealed against" in look(client, cast)
    assert send(client, f"{address}appeal_decided/", outcome="positive", on=ago(0)) == 302
    assert PathwayStage.objects.get(run=run, stage="gb.conclusive_decision").state == State.RUNNING


def test_today_says_what_who_must_act_and_how_far_ahead(cast: Cast, sign_in: SignIn) -> None:
    begin(cast, ago(14))
    text = page(sign_in("assigned"), "/")
    for words in ("Reflection period", "In 30 days.", "To act: she herself.", cast.code, "Seen", "Dealt with"):
        assert words in text, words
    assert "Reflection period" not in page(sign_in("mediator"), "/")
    coordinator = page(sign_in("coordinator"), "/")
    assert "Reflection period" in coordinator
    assert "Dealt with" not in coordinator, "it is not hers to say"


def _press(client: Client, address: str, word: str) -> None:
    text = client.get(address).content.decode()
    form = re.search(rf'<form method="post" action="([^"]+)"(?:(?!</form>).)*>{word}<', text, re.DOTALL)
    assert form
    assert client.post(form[1], {"from": "today"}).headers["Location"] == "/"


def test_seen_takes_it_off_today_until_the_next_warning(cast: Cast, sign_in: SignIn) -> None:
    begin(cast, ago(14))
    client = sign_in("assigned")
    _press(client, "/", "Seen")
    assert "Reflection period" not in page(client, "/")
    assert "Reflection period" in page(client, f"/cases/{cast.code}/")
    with clock.standing_at(clock.now() + timedelta(days=16)):
        assert "Reflection period" in page(sign_in("assigned"), "/")


def test_overdue_it_stays_until_it_is_dealt_with_in_place(cast: Cast, sign_in: SignIn) -> None:
    begin(cast, ago(60))
    client = sign_in("assigned")
    text = page(client, "/")
    assert "Reflection period" in text
    assert ">Seen<" not in text
    _press(client, "/", "Dealt with")
    assert "Reflection period" not in page(client, "/")
    assert "First permit" in page(client, f"/cases/{cast.code}/"), "the next stage counts from its end"


def test_a_wrong_day_is_corrected_and_what_never_happened_is_taken_back(cast: Cast, sign_in: SignIn) -> None:
    run, client = begin(cast, ago(10)), sign_in("assigned")
    address = f"{legal(cast.code)}events/{PathwayEvent.objects.get().pk}/"
    assert send(client, address, happened="it_was", on="") == 422
    assert send(client, address, happened="it_was", on=ago(12), words=WHY) == 302
    assert PathwayStage.objects.get(run=run, stage=REFLECTION).starts_on == ago(12)
    assert "corrected since" in look(client, cast)
    assert client.get(address).status_code == 200
    assert send(client, address, happened="it_was", on=ago(13)) == 404, "it does not stand any more"
    latest = PathwayEvent.objects.latest("pk").pk
    assert send(client, f"{legal(cast.code)}events/{latest}/", happened="it_was_not") == 302
    assert PathwayStage.objects.get(run=run, stage=REFLECTION).state == State.TO_COME
    assert "Taken back: Began" in look(client, cast)


def test_two_colleagues_meet_over_a_conflict_and_nothing_typed_is_lost(cast: Cast, sign_in: SignIn) -> None:
    run, client = begin(cast, ago(10)), sign_in("assigned")
    address = f"{legal(cast.code)}stages/{stage_number(run)}/suspended/"
    form = client.get(address).context
    theirs = Happened(REFLECTION, What.EXTENDED, ago(1), until=ago(-80))
    pathway_acts.record_event(cast.case("lawyer"), run, by=cast["lawyer"], event=theirs, words="They said so.")
    typed = {"once": form["once"], "version": form["form"].initial["version"], "on": ago(0), "words": WHY}
    answer = client.post(address, typed)
    assert answer.status_code == 409
    assert WHY in answer.content.decode()
    assert "They said so." in answer.content.decode()
    again = answer.context
    assert (
        client.post(address, {**typed, "once": again["once"], "version": again["form"].data["version"]}).status_code
        == 302
    )


def test_it_can_be_followed_no_longer(cast: Cast, sign_in: SignIn) -> None:
    run, client = begin(cast, ago(60)), sign_in("assigned")
    client.post(f"{legal(cast.code)}pathways/{run}/end/")
    assert "Reflection period" not in page(client, "/")
    assert "Followed until" in look(client, cast)


def test_nothing_of_another_case_is_reached_through_ones_own(cast: Cast, sign_in: SignIn) -> None:
    run = begin(cast, ago(10))
    client = sign_in("assigned")
    for path in (f"stages/{stage_number(run) + 99}/decided/", "events/999/", f"stages/{stage_number(run)}/nothing/"):
        assert client.get(f"{legal(cast.code)}{path}").status_code == 404
    assert client.post(f"{legal(cast.code)}stages/{stage_number(run) + 99}/dealt-with/").status_code == 404
    assert client.post(f"{legal(cast.code)}pathways/{run + 99}/end/").status_code == 404


def test_the_page_and_today_ask_as_often_for_ten_events_as_for_one(cast: Cast, sign_in: SignIn) -> None:
    run, client, counts = begin(cast, ago(10)), sign_in("assigned"), []
    for events in (1, 9):
        for _ in range(events):
            event = Happened(REFLECTION, What.EXTENDED, ago(1), until=ago(-70 - PathwayEvent.objects.count()))
            pathway_acts.record_event(cast.case(), run, by=cast["assigned"], event=event, words=WHY)
        for address in ("/", f"{legal(cast.code)}pathways/", legal(cast.code)):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
    assert counts[:3] == counts[3:]


def test_the_history_tells_it_in_words(cast: Cast, sign_in: SignIn) -> None:
    run = begin(cast, ago(10))
    event = Happened(REFLECTION, What.DECIDED, ago(1), outcome=Outcome.POSITIVE)
    pathway_acts.record_event(cast.case(), run, by=cast["assigned"], event=event)
    text = page(sign_in("assigned"), f"/cases/{cast.code}/history/")
    assert "Reflection period: Decided: Yes" in text
    assert "Followed for her: " in text
