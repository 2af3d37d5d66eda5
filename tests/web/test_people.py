"""The people around her: who sees and changes what, and that two who write at once overwrite nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.areas.audit.models import Entry
from amparo.areas.cases import family
from amparo.areas.cases.models import Case, Handover
from amparo.areas.people.actions import Kin
from amparo.areas.people.models import Person, Relative
from amparo.areas.vault.models import Identity
from tests.cast import CALLED, FAMILY_NAME, PHONE, Cast
from tests.web.conftest import SignIn

CHILD = "canary-name-of-a-child"
WORRY = "canary-worry-about-a-child"
HANDED = "canary-what-the-next-must-know"


def _child(cast: Cast) -> int:
    kin = Kin(kinship="daughter", name=CHILD, birth_year=2019, lives_with="her", note=WORRY)
    return family.write_relative(cast.case(), by=cast["assigned"], kin=kin)


@pytest.mark.parametrize(
    ("name", "sees_family"),
    [("assigned", True), ("psychologist", True), ("lawyer", True), ("mediator", False), ("coordinator", False)],
)
def test_family_is_for_those_of_her_team_whose_work_needs_it(
    cast: Cast, sign_in: SignIn, name: str, sees_family: bool
) -> None:
    _child(cast)
    page = sign_in(name).get(f"/cases/{cast.code}/people/")
    assert page.status_code == 200
    assert (CHILD in page.text) is (WORRY in page.text) is sees_family


@pytest.mark.parametrize("name", ["coordinator", "colleague", "stranger", "officer", "analyst", "untrained"])
def test_outside_her_team_nobody_reads_a_name(cast: Cast, sign_in: SignIn, name: str) -> None:
    number = _child(cast)
    client = sign_in(name)
    for address in ("people/", f"people/family/{number}/", "people/about/", "identity/", "identity/write/"):
        page = client.get(f"/cases/{cast.code}/{address}")
        for word in (CHILD, WORRY, CALLED, FAMILY_NAME, PHONE):
            assert word not in page.text


@pytest.mark.parametrize("name", ["psychologist", "lawyer", "mediator", "coordinator", "colleague", "stranger"])
def test_only_caseworkers_and_coordination_of_her_team_write_family(cast: Cast, sign_in: SignIn, name: str) -> None:
    number = _child(cast)
    client = sign_in(name)
    typed = {"kinship": "son", "name": "other", "version": 1}
    for address in ("family/new/", f"family/{number}/", f"family/{number}/remove/"):
        assert client.post(f"/cases/{cast.code}/people/{address}", typed).status_code in (403, 404)
    assert Relative.objects.count() == 1
    assert Relative.objects.get().version == 1


def test_two_who_change_the_same_child_do_not_overwrite_each_other(cast: Cast, sign_in: SignIn) -> None:
    number = _child(cast)
    client = sign_in("assigned")
    address = f"/cases/{cast.code}/people/family/{number}/"
    typed = {"kinship": "daughter", "name": "first", "version": 1}
    assert client.post(address, typed).status_code == 302
    page = client.post(address, {**typed, "name": "second", "note": "keep this"})
    assert page.status_code == 409
    assert "keep this" in page.text
    assert "first" in page.text
    again = {**typed, "name": "second", "version": page.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 302
    assert client.get(address).context["form"].initial["name"] == "second"


def test_a_child_of_another_case_is_not_there(cast: Cast, sign_in: SignIn) -> None:
    from amparo.areas.cases import actions
    from amparo.areas.people import actions as people

    number = _child(cast)
    other = people.create_person(by=cast["stranger"])
    actions.open_case(other, by=cast["stranger"], referent=cast["stranger"].member)
    code = Person.objects.get(pk=other).code
    client = sign_in("stranger")
    assert client.get(f"/cases/{code}/people/family/{number}/").status_code == 404
    assert client.post(f"/cases/{code}/people/family/{number}/remove/").status_code == 404
    assert Relative.objects.count() == 1


def test_a_wrong_year_comes_back_with_everything_typed(cast: Cast, sign_in: SignIn) -> None:
    typed = {"kinship": "son", "name": "keep me", "birth_year": "19"}
    page = sign_in("assigned").post(f"/cases/{cast.code}/people/family/new/", typed)
    assert page.status_code == 422
    assert "keep me" in page.text
    assert "four digits" in page.text


def test_her_referent_hands_over_and_the_next_one_finds_it_on_today(cast: Cast, sign_in: SignIn) -> None:
    typed = {
        "member": cast["colleague"].member,
        "text": HANDED,
        "told": "told",
        "told_words": "She likes her.",
        "told_on": "2026-03-01",
        "stays": "yes",
    }
    assert sign_in("assigned").post(f"/cases/{cast.code}/people/hand-over/", typed).status_code == 302
    assert Case.objects.get().referent_id == cast["colleague"].member
    client = sign_in("colleague")
    assert f"/cases/{cast.code}/people/" in client.get("/").text
    assert HANDED not in client.get("/").text
    assert HANDED in client.get(f"/cases/{cast.code}/people/").text
    assert HANDED not in sign_in("mediator").get(f"/cases/{cast.code}/people/").text
    client.post(f"/cases/{cast.code}/people/handovers/{Handover.objects.get().pk}/read/")
    assert "handover" not in client.get("/").text.lower()


def test_a_handover_without_a_word_to_her_comes_back(cast: Cast, sign_in: SignIn) -> None:
    typed = {"member": cast["colleague"].member, "text": HANDED, "told": "not_yet", "stays": "yes"}
    page = sign_in("assigned").post(f"/cases/{cast.code}/people/hand-over/", typed)
    assert page.status_code == 422
    assert HANDED in page.text
    assert "tell_by" in page.context["form"].errors


@pytest.mark.parametrize("name", ["psychologist", "colleague", "stranger", "mediator", "lawyer", "officer"])
def test_the_team_is_not_changed_by_others(cast: Cast, sign_in: SignIn, name: str) -> None:
    client = sign_in(name)
    base = f"/cases/{cast.code}/people"
    for address in (f"{base}/join/", f"{base}/hand-over/", f"{base}/stand-in/"):
        assert client.post(address, {"member": cast["colleague"].member}).status_code in (403, 404, 422)
    client.post(f"{base}/{cast['assigned'].member}/leave/")
    assert cast.case().referent == cast["assigned"].member
    assert cast.case().in_team


def test_the_referent_has_no_button_to_leave_and_a_post_does_not_help(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    address = f"/cases/{cast.code}/people/{cast['assigned'].member}/leave/"
    assert address not in client.get(f"/cases/{cast.code}/people/").text
    assert "Hand over first" in client.post(address, follow=True).text
    assert cast.case().in_team


def test_who_leaves_by_her_own_hand_is_led_away_from_the_case(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    client.post(f"/cases/{cast.code}/people/join/", {"member": cast["colleague"].member})
    colleague = sign_in("colleague")
    left = colleague.post(f"/cases/{cast.code}/people/{cast['colleague'].member}/leave/")
    assert left.headers["Location"] == "/cases/"
    assert colleague.get(f"/cases/{cast.code}/").status_code == 404


def test_what_is_known_of_her_changes_with_a_version(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    address = f"/cases/{cast.code}/people/about/"
    version = client.get(address).context["form"].initial["version"]
    typed = {"called": "Mira", "languages": ["ro", "en"], "citizenship": "RO", "version": version}
    assert client.post(address, typed).status_code == 302
    person = Person.objects.get()
    assert (person.languages, person.citizenships) == (["ro", "en"], ["RO"])
    assert client.post(address, {**typed, "called": "Other"}).status_code == 409
    assert "Mira" in client.get(f"/cases/{cast.code}/").text


def test_a_rare_language_and_a_third_citizenship_survive_a_change_of_something_else(
    cast: Cast, sign_in: SignIn
) -> None:
    Person.objects.update(languages=["ro", "rup"], citizenships=["RO", "MD", "UA"])
    client = sign_in("assigned")
    address = f"/cases/{cast.code}/people/about/"
    shown = client.get(address).context["form"]
    assert 'value="rup"' in client.get(address).text
    typed = {**{name: value for name, value in shown.initial.items() if value}, "called": "Mira"}
    assert client.post(address, typed).status_code == 302
    person = Person.objects.get()
    assert (person.languages, person.citizenships) == (["ro", "rup"], ["RO", "MD", "UA"])


def _identity(cast: Cast, **changes: object) -> dict[str, object]:
    return {"given_names": "Ana", "family_names": "Nueva", "reason": "She has a new passport.", **changes}


def test_an_identity_is_changed_after_opening_it_and_with_a_reason(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    assert client.get(f"/cases/{cast.code}/identity/write/").status_code == 302
    opened = client.post(f"/cases/{cast.code}/identity/", {"reason": "A doctor's appointment."}, follow=True)
    assert FAMILY_NAME in opened.text
    address = f"/cases/{cast.code}/identity/write/"
    version = client.get(address).context["form"].initial["version"]
    assert client.post(address, _identity(cast, version=version, reason="")).status_code == 422
    assert client.post(address, _identity(cast, version=version)).status_code == 302
    assert f"/cases/{cast.code}/" in client.get("/cases/", {"q": "Nueva"}).text
    assert f"/cases/{cast.code}/" not in client.get("/cases/", {"q": FAMILY_NAME}).text
    assert Entry.objects.filter(verb="identity written").exclude(reason=b"").exists()


def test_two_who_change_her_identity_at_once_do_not_overwrite_each_other_and_nothing_is_opened(
    cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in("assigned")
    address = f"/cases/{cast.code}/identity/write/"
    assert client.post(address, _identity(cast, version=1)).status_code == 302
    page = client.post(address, _identity(cast, family_names="Segunda", version=1))
    assert page.status_code == 409
    assert "Segunda" in page.text
    assert "Nueva" not in page.text


def test_an_anonymous_case_gets_a_name_only_by_her_wish(cast: Cast, sign_in: SignIn) -> None:
    Identity.objects.all().delete()
    Case.objects.update(anonymous=True)
    client = sign_in("assigned")
    address = f"/cases/{cast.code}/identity/write/"
    assert client.post(address, _identity(cast, version=0)).status_code == 422
    assert Case.objects.get().anonymous
    assert client.post(address, _identity(cast, version=0, her_wish="on")).status_code == 302
    assert not Case.objects.get().anonymous
    assert Identity.objects.count() == 1


@pytest.mark.parametrize("name", ["psychologist", "mediator", "lawyer"])
def test_those_who_may_not_write_an_identity_do_not(cast: Cast, sign_in: SignIn, name: str) -> None:
    page = sign_in(name).post(f"/cases/{cast.code}/identity/write/", _identity(cast, version=1))
    assert page.status_code == 403
    assert Identity.objects.get().version == 1


def test_a_large_family_takes_as_many_queries_as_a_small_one(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    counts = []
    for more in (1, 29):
        for _ in range(more):
            _child(cast)
        client.get(f"/cases/{cast.code}/people/")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/cases/{cast.code}/people/")
        counts.append(len(seen))
    assert counts[0] == counts[1]
