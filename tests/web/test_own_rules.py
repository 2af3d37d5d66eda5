"""Rules of the organisation's own on the screen: changed as a text, seen before they hold, marked, withdrawn."""

from html import unescape

import pytest

from amparo.areas.cases.models import TeamMember
from amparo.areas.entitlements.models import OwnRules
from amparo.areas.entitlements.rules.answers import SaidBy
from amparo.areas.entitlements.telling import Told, record_facts
from tests.areas.test_own_rules import belgium
from tests.cast import Cast
from tests.things import DAY
from tests.web.conftest import SignIn

ADDRESS = "/rules/BE/change/"
REASON = "canary-of-a-reason <b>the law of 2026</b>"
BEFORE, _, AFTER = belgium().rpartition("conditions: {all: []}")  # of help to find work
#: The same rules with a condition more, and without what the examples say of it.
STRICTER = f"{BEFORE}conditions: no_contact_with_offenders{AFTER}".replace("      be.employment: eligible\n", "")


def _look(sign_in: SignIn, text: str, who: str = "lawyer", **more: str) -> tuple[int, str]:
    answer = sign_in(who).post(ADDRESS, {"text": text, "reason": REASON, **more})
    return answer.status_code, unescape(answer.content.decode())


def _put(sign_in: SignIn, text: str, who: str = "lawyer") -> int:
    """See the differences, then put it in place, as a person does."""
    client = sign_in(who)
    seen = client.post(ADDRESS, {"text": text, "reason": REASON}).context["form"]["seen"].value()
    answer = client.post(ADDRESS, {"text": text, "reason": REASON, "seen": seen, "put_in_place": "1"})
    return answer.status_code


def test_one_starts_from_the_text_that_is_in_force(sign_in: SignIn) -> None:
    page = unescape(sign_in("coordinator").get(ADDRESS).content.decode())
    assert "id: be.reflection_period" in page
    assert "id: be.permanent_stay" in page


def test_a_mistake_is_told_with_its_line_and_what_was_typed_stays(sign_in: SignIn) -> None:
    text = belgium().replace("    lasts: {days: 45}", "    lasts: {days: forty}", 1)
    line = text.splitlines().index("    lasts: {days: forty}") + 1
    status, page = _look(sign_in, text)
    assert status == 422
    assert f"Line {line}" in page
    assert "lasts: {days: forty}" in page
    assert REASON in page
    assert not OwnRules.objects.exists()


@pytest.mark.parametrize("text", ["x", "country: [", "\tcountry: BE", "a: &a [*a]", "9" * 5000, "country: FR"])
def test_whatever_is_typed_the_page_stands_and_nothing_is_put_in_place(sign_in: SignIn, text: str) -> None:
    assert _look(sign_in, text, put_in_place="1")[0] == 422
    assert not OwnRules.objects.exists()


def test_what_would_change_is_seen_before_it_holds(sign_in: SignIn) -> None:
    status, page = _look(sign_in, belgium(months=6))
    assert status == 200
    assert "<del>3 months</del>" in page
    assert "<ins>6 months</ins>" in page
    assert "since 1 January 2026" in page
    assert not OwnRules.objects.exists()


def test_only_what_was_seen_is_put_in_place(sign_in: SignIn) -> None:
    client = sign_in("lawyer")
    seen = client.post(ADDRESS, {"text": belgium(), "reason": REASON}).context["form"]["seen"].value()
    other = {"text": belgium(months=7), "reason": REASON, "seen": seen, "put_in_place": "1"}
    assert client.post(ADDRESS, other).status_code == 200
    assert not OwnRules.objects.exists()
    assert _put(sign_in, belgium(months=7)) == 302
    assert OwnRules.objects.count() == 1


@pytest.mark.parametrize("who", ["coordinator", "lawyer"])
def test_how_many_women_would_have_another_status_is_counted_by_referent_and_names_nobody(
    cast: Cast, sign_in: SignIn, who: str
) -> None:
    case, given = cast.case(), {"no_contact_with_offenders": "no"}
    record_facts(case, by=cast["assigned"], country="BE", told=Told(by=SaidBy.SHE, on=DAY), given=given)
    status, page = _look(sign_in, STRICTER, who)
    assert status == 200
    assert (
        f'would have another status.</p><dl class="a-summary"><div><dt>{cast["assigned"].name}</dt><dd>1</dd>' in page
    )
    assert cast.code not in page
    assert "1 would have another status" not in _look(sign_in, belgium(), who)[1]


def test_a_lawyer_counts_the_women_of_her_own_teams_only(cast: Cast, sign_in: SignIn) -> None:
    TeamMember.objects.filter(case=cast.case_number, member=cast["lawyer"].member).delete()
    case, given = cast.case(), {"no_contact_with_offenders": "no"}
    record_facts(case, by=cast["assigned"], country="BE", told=Told(by=SaidBy.SHE, on=DAY), given=given)
    assert cast["assigned"].name not in _look(sign_in, STRICTER, "lawyer")[1]


@pytest.mark.parametrize("address", ["/schemes/", "/schemes/BE/", "/rules/"])
def test_what_was_put_in_place_is_marked_wherever_it_shows(sign_in: SignIn, address: str) -> None:
    assert _put(sign_in, belgium()) == 302
    page = sign_in("coordinator").get(address).content.decode()
    assert "canary-of-a-reason &lt;b&gt;" in page
    assert "Lawyer" in page


def test_a_comparison_is_marked_too(sign_in: SignIn) -> None:
    _put(sign_in, belgium())
    page = sign_in("analyst").post("/compare/", {"countries": ["BE"]}).content.decode()
    assert "Changed by your organisation" in page


def test_another_organisation_sees_nothing_of_it(sign_in: SignIn) -> None:
    _put(sign_in, belgium())
    number = OwnRules.objects.values_list("pk", flat=True).get()
    client = sign_in("foreign_coordinator")
    for address in ("/schemes/", "/schemes/BE/", "/rules/", ADDRESS):
        page = client.get(address).content.decode()
        assert "canary-of-a-reason" not in page, address
        assert "months: 60" not in page, address
    for address in (f"/rules/{number}/", f"/rules/{number}/withdraw/"):
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"reason": "x"}).status_code in (404, 405), address
    assert OwnRules.objects.filter(withdrawn_at=None).count() == 1


def test_one_set_shows_what_it_changes_why_and_its_text(sign_in: SignIn) -> None:
    _put(sign_in, belgium())
    page = unescape(sign_in("coordinator").get(f"/rules/{OwnRules.objects.get().pk}/").content.decode())
    assert "<ins>60 months</ins>" in page
    assert "stay: {average: {months: 60}}" in page
    assert "in force" in page


def test_it_is_withdrawn_with_a_reason_and_stays_in_the_list(sign_in: SignIn) -> None:
    _put(sign_in, belgium())
    number = OwnRules.objects.get().pk
    client = sign_in("coordinator")
    assert client.post(f"/rules/{number}/withdraw/", {"reason": ""}).status_code == 422
    assert client.post(f"/rules/{number}/withdraw/", {"reason": "a new law"}).status_code == 302
    assert "withdrawn" in client.get("/rules/").content.decode()
    assert "Changed by your organisation" not in client.get("/schemes/BE/").content.decode()
    assert client.get(f"/rules/{number}/withdraw/").status_code == 404


def test_rules_to_come_are_told_as_such(sign_in: SignIn) -> None:
    _put(sign_in, belgium(since="2090-01-01"))
    assert "to come" in sign_in("lawyer").get("/rules/").content.decode()
    assert "Changed by your organisation" not in sign_in("lawyer").get("/schemes/BE/").content.decode()
    assert "Changed by your organisation" in sign_in("lawyer").get("/schemes/BE/?on=2090-02-01").content.decode()
