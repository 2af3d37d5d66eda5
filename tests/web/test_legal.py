"""The pages of her legal status: what they show to whom, answers in place, documents, and what changed."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.areas.cases import actions as cases
from amparo.areas.cases import standing
from amparo.areas.cases.models import Due
from amparo.areas.cases.queries import case_for
from amparo.areas.cases.rules import DueKind
from amparo.areas.entitlements import applications, case_countries, changes, telling
from amparo.areas.entitlements.applications import Filled
from amparo.areas.entitlements.models import LegalFact
from amparo.areas.entitlements.rules.answers import NOT_SAID, SaidBy
from amparo.areas.entitlements.rules.applications import Days, State
from amparo.areas.entitlements.telling import Told
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.areas.people.models import Person
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, Refused
from tests.cast import Cast
from tests.web.conftest import SignIn

DAY = date(2026, 2, 20)
OFFICE, REFERENCE, NOTE = "canary-office", "canary-reference-77", "canary-note-of-a-fact"


def there(cast: Cast) -> None:
    """In Belgium, with facts, a note, and a passport that somebody could ask for by its number."""
    worker = cast["assigned"]
    case_countries.look_at_country(cast.case(), "BE", by=worker, is_here=True)
    told = Told(SaidBy.AUTHORITY, DAY, note=NOTE)
    given = {"possible_victim": "yes", "no_contact_with_offenders": "no", "suffered_violence": NOT_SAID}
    telling.record_facts(cast.case(), by=worker, country="BE", told=told, given=given)
    days = Days(requested=DAY)
    filled = Filled("passport", "BE", State.REQUESTED, days, where=OFFICE, reference=REFERENCE)
    applications.add_application(cast.case(), by=worker, filled=filled)


def page(cast: Cast, sign_in: SignIn, who: str = "assigned", name: str = "case_legal", **asked: str) -> str:
    answer = sign_in(who).get(reverse(name, args=(cast.code,)), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_permit_says_where_it_stands_why_what_to_ask_and_how_old_that_is(cast: Cast, sign_in: SignIn) -> None:
    there(cast)
    shown = page(cast, sign_in)
    assert "Not as things stand" in shown
    assert "There is still some contact with those who exploited her" in shown
    assert "She can have it" in shown
    assert "Not known yet" in shown
    assert shown.count("Checked in June 2013") > 5
    assert "Verify with a lawyer before you rely on it." in shown
    assert "Nothing that we do for her depends on it." in shown
    assert "FIIT, Belgium, access to residence permit" in shown


def test_who_said_so_and_when_stands_beside_each_answer(cast: Cast, sign_in: SignIn) -> None:
    there(cast)
    shown = page(cast, sign_in)
    assert "An authority said so, 20 Feb 2026" in shown
    assert NOTE in shown
    assert "She does not want to say" in shown


@pytest.mark.parametrize("who", ["psychologist", "mediator", "officer"])
def test_others_see_nothing_of_it_anywhere_in_her_case(cast: Cast, sign_in: SignIn, who: str) -> None:
    there(cast)
    client = sign_in(who)
    assert client.get(reverse("case_legal", args=(cast.code,))).status_code == 403
    assert client.get(reverse("legal_changes")).status_code == 403
    for name in ("case", "case_history", "today"):
        answer = client.get(reverse(name, args=() if name == "today" else (cast.code,)))
        text = answer.content.decode()
        for word in (OFFICE, REFERENCE, NOTE, "Belgium", "Passport", "legal/", "exploited"):
            assert word not in text, (name, word)


def test_the_coordination_reads_it_without_the_number_and_without_buttons(cast: Cast, sign_in: SignIn) -> None:
    there(cast)
    shown = page(cast, sign_in, "coordinator")
    assert OFFICE in shown
    assert REFERENCE not in shown
    assert REFERENCE in page(cast, sign_in, "lawyer")
    assert "Add a document" not in shown
    assert reverse("case_legal_questions", args=(cast.code, "way")) not in shown


def test_the_question_that_settles_most_is_answered_in_place(cast: Cast, sign_in: SignIn) -> None:
    there(cast)
    client = sign_in("lawyer")
    shown = client.get(reverse("case_legal", args=(cast.code,))).content.decode()
    assert "The two questions that settle most" in shown
    found = re.search(r'action="([^"]+/facts/(\w+)/answer/)\?country=BE"', shown)
    assert found
    address, fact = found.groups()
    client.post(f"{address}?country=BE", {"answer": "yes", "said_by": "document"})
    row = LegalFact.objects.get(key=fact, ended_at=None)
    assert (row.value, row.said_by, row.told_on) == ("yes", "document", clock.today(cast["lawyer"].time_zone))
    assert address not in client.get(reverse("case_legal", args=(cast.code,))).content.decode()
    for wrong in ({"answer": "perhaps"}, {}):
        client.post(address, wrong)
    assert LegalFact.objects.filter(key=fact).count() == 1


def test_what_she_does_not_want_to_say_is_not_asked_on_the_page_again(cast: Cast, sign_in: SignIn) -> None:
    there(cast)
    for key in ("lacks_means", "holds_residence_permit", "with_specialised_centre"):
        told = Told(SaidBy.SHE, DAY)
        telling.record_facts(cast.case(), by=cast["assigned"], country="BE", told=told, given={key: NOT_SAID})
        assert reverse("case_legal_answer", args=(cast.code, key)) not in page(cast, sign_in)


def test_what_her_file_knows_is_offered_and_taken_over_with_one_button(cast: Cast, sign_in: SignIn) -> None:
    there(cast)
    standing.start_accompanying(cast.case(), by=cast["assigned"])
    Person.objects.filter(code=cast.code).update(birth_year=1990, citizenships=["NG"])
    client, address = sign_in("assigned"), reverse("case_legal_take_over", args=(cast.code,))
    shown = page(cast, sign_in)
    assert "From her file, without asking her again" in shown
    assert "Suggested: ask before you take it over." in shown
    client.post(f"{address}?country=BE")
    taken = dict(LegalFact.objects.filter(said_by="file").values_list("key", "value"))
    assert taken.items() >= {"adult": "yes", "nationality_group": "third_country"}.items()
    assert "consents" not in taken
    client.post(f"{address}?country=BE", {"fact": "consents"})
    assert LegalFact.objects.get(key="consents").value == "yes"
    assert client.post(f"{address}?country=BE", {"fact": "consents"}).status_code == 404


def test_a_page_of_questions_keeps_what_was_answered_and_a_conflict_gives_it_back(cast: Cast, sign_in: SignIn) -> None:
    there(cast)
    client, address = sign_in("assigned"), reverse("case_legal_questions", args=(cast.code, "offices"))
    form = client.get(address).content.decode()
    assert "Does the prosecutor hold" in form
    typed = {
        "said_by": "she",
        "told_on": "2026-02-20",
        "seen": str(LegalFact.objects.latest("pk").pk),
        "recognised_victim": "no",
        "identified_on": "on",
        "identified_on_on": "2026-02-03",
    }
    assert client.post(address, typed).status_code == 302
    kept = dict(LegalFact.objects.filter(ended_at=None).values_list("key", "value"))
    assert (kept["recognised_victim"], kept["identified_on"]) == ("no", "2026-02-03")
    stale = client.post(address, {**typed, "recognised_victim": "yes", "note": "canary-typed"})
    assert stale.status_code == 409
    assert "canary-typed" in stale.content.decode()
    assert "It is not formally recognised that she was trafficked" in stale.content.decode()
    assert client.post(address, {**typed, "identified_on_on": ""}).status_code == 422


def test_one_question_shows_what_was_said_so_far_and_takes_another_source(cast: Cast, sign_in: SignIn) -> None:
    there(cast)
    address = reverse("case_legal_fact", args=(cast.code, "possible_victim"))
    client = sign_in("assigned")
    shown = client.get(address).content.decode()
    assert "What was said so far" in shown
    assert NOTE in shown
    typed = {"possible_victim": "yes", "said_by": "document", "told_on": "2026-02-21", "seen": "0"}
    assert client.post(address, typed).status_code == 302
    assert LegalFact.objects.filter(key="possible_victim").count() == 2
    assert client.get(reverse("case_legal_fact", args=(cast.code, "shoe-size"))).status_code == 404
    assert client.get(reverse("case_legal_questions", args=(cast.code, "shoes"))).status_code == 404


def test_an_application_moves_on_with_a_tap_and_its_last_day_is_watched(cast: Cast, sign_in: SignIn) -> None:
    there(cast)
    client = sign_in("lawyer")
    number = applications.applications_of(cast["lawyer"], cast.case("lawyer"))[0].id
    client.post(reverse("case_application_move", args=(cast.code, number)), {"state": "received"})
    address = reverse("case_application", args=(cast.code, number))
    until = clock.today("Europe/Madrid") + timedelta(days=50)
    typed = {"kind": "passport", "country": "BE", "status": "received", "version": "2", "reference": REFERENCE}
    typed |= {"received": clock.today("Europe/Madrid").isoformat(), "expires": until.isoformat()}
    assert client.post(address, typed).status_code == 302
    due = Due.objects.get(case=cast.case().id, kind=DueKind.EXPIRY, done_at=None)
    assert (due.on, due.subject) == (until, number)
    assert client.post(address, {**typed, "note": "canary-typed"}).status_code == 409  # of an older version
    client.post(address, {**typed, "version": "3", "expires": ""})
    assert not Due.objects.filter(kind=DueKind.EXPIRY, done_at=None).exists()
    assert (
        client.post(reverse("case_application_move", args=(cast.code, number)), {"state": "expired"}).status_code == 404
    )


def test_a_document_is_added_and_a_wrong_day_is_told_at_the_form(cast: Cast, sign_in: SignIn) -> None:
    there(cast)
    client, address = sign_in("assigned"), reverse("case_application_add", args=(cast.code,))
    typed = {"kind": "residence_permit", "country": "BE", "status": "requested", "permit": "be.temporary_stay"}
    ahead = (clock.today("Europe/Madrid") + timedelta(days=3)).isoformat()
    refused = client.post(f"{address}?country=BE", {**typed, "requested": ahead, "note": "canary-typed"})
    assert refused.status_code == 422
    assert "still to come" in refused.content.decode()
    assert "canary-typed" in refused.content.decode()
    assert client.post(f"{address}?country=BE", {**typed, "requested": "2026-02-20"}).status_code == 302
    assert "Temporary permit" in page(cast, sign_in)


def test_a_country_without_rules_says_so_and_keeps_what_is_known(cast: Cast, sign_in: SignIn) -> None:
    there(cast)
    client = sign_in("assigned")
    answer = client.post(reverse("case_legal_country", args=(cast.code,)), {"country": "DE"})
    assert answer.status_code == 302
    shown = page(cast, sign_in, country="DE")
    assert "We have no rules of Germany" in shown
    assert "What is known is kept all the same." in shown
    client.post(reverse("case_legal_leave", args=(cast.code, "DE")))
    assert "Germany" not in page(cast, sign_in)


@pytest.mark.parametrize(
    ("asked", "words"), [("2013-01-15", "As of 15 January 2013"), ("2000-01-01", "We have no rules")]
)
def test_another_day_can_be_looked_at(cast: Cast, sign_in: SignIn, asked: str, words: str) -> None:
    there(cast)
    shown = page(cast, sign_in, on=asked)
    assert words in shown
    assert "The two questions that settle most" not in shown
    assert "As of today" in page(cast, sign_in, on="not-a-day")


def test_what_changed_stands_in_the_case_on_today_and_in_the_list_until_somebody_looked(
    cast: Cast, sign_in: SignIn
) -> None:
    there(cast)
    told = Told(SaidBy.SHE, DAY)
    given = {"no_contact_with_offenders": "yes", "with_specialised_centre": "yes"}
    telling.record_facts(cast.case(), by=cast["assigned"], country="BE", told=told, given=given)
    client = sign_in("lawyer")
    for address in (reverse("case_legal", args=(cast.code,)), reverse("today"), reverse("legal_changes")):
        assert (
            "What she can have changed" in client.get(address).content.decode()
            or "Reflection period" in client.get(address).content.decode()
        )
    client.post(reverse("case_legal_looked", args=(cast.code,)))
    assert "Reflection period" not in client.get(reverse("legal_changes")).content.decode()
    assert "What she can have changed" not in client.get(reverse("today")).content.decode()
    assert "Lawyer looked on" in page(cast, sign_in, "lawyer", "case_legal_changes")


def _one_more(cast: Cast) -> None:
    """One more woman for whom something changed, and one more document of her whose page is looked at."""
    worker = cast["assigned"]
    person = people.create_person(by=worker, particulars=Particulars())
    cases.open_case(person, by=worker, referent=worker.member)
    case = case_for(worker, Person.objects.get(pk=person).code)
    for answer in ("unknown", "yes"):
        given = dict.fromkeys(("possible_victim", "with_specialised_centre", "no_contact_with_offenders"), answer)
        telling.record_facts(case, by=worker, country="BE", told=Told(SaidBy.SHE, DAY), given=given)
    filled = Filled("bank_account", "BE", State.TO_REQUEST, Days())
    applications.add_application(cast.case(), by=worker, filled=filled)


def test_pages_ask_the_database_as_often_for_many_as_for_one(cast: Cast, sign_in: SignIn) -> None:
    there(cast)
    client, counts = sign_in("assigned"), []
    pages = (reverse("case_legal", args=(cast.code,)), reverse("legal_changes"))
    for more in (1, 12):
        for _ in range(more):
            _one_more(cast)
        for address in pages:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_the_actions_refuse_what_the_pages_do(cast: Cast) -> None:
    there(cast)
    case, lawyer = cast.case("lawyer"), cast["lawyer"]
    number = applications.applications_of(lawyer, case)[0].id
    filled = applications.application_of(lawyer, case, number).filled
    with pytest.raises(Conflict):
        applications.change_application(case, number, by=lawyer, filled=filled, version=9)
    with pytest.raises(NotThere):
        applications.move_application(case, 987_654, by=lawyer, status=State.RECEIVED)
    with pytest.raises(NotThere):
        applications.application_of(lawyer, case, 987_654)
    for who in ("coordinator", "psychologist"):
        with pytest.raises(Refused):
            applications.move_application(cast.case(who), number, by=cast[who], status=State.RECEIVED)
        with pytest.raises(Refused):
            changes.look_at_changes(cast.case(who), by=cast[who])
