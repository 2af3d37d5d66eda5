"""What she can have changed: because of a fact, in the same action; because of a rule, for thousands at once."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.areas.audit.models import Entry
from amparo.areas.cases import actions as cases
from amparo.areas.cases import restricting
from amparo.areas.cases.dues import due_lines
from amparo.areas.cases.models import Case, Due
from amparo.areas.cases.queries import case_for
from amparo.areas.cases.rules import DueKind, HeldBecause, Status
from amparo.areas.entitlements import case_countries, catalogue, changes, rejudging, statuses, telling
from amparo.areas.entitlements.catalogue import InForce, NoRules
from amparo.areas.entitlements.judged import judged
from amparo.areas.entitlements.models import CountryOfCase, KeptStatus, StatusChange
from amparo.areas.entitlements.rules.answers import NOT_SAID, SaidBy
from amparo.areas.entitlements.rules.scheme import Checked, Condition, RuleSet, Service, Source, Test
from amparo.areas.entitlements.telling import Told
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.areas.people.models import Person
from amparo.kernel import clock
from amparo.kernel.decision import Refused
from tests.cast import Cast

DAY = date(2026, 2, 20)
SOURCE = Source(cite="a law", where="Article 1")
WORDS = {"en": "words", "es": "palabras", "it": "parole"}


@dataclass
class Law:
    """The rules of one country, which a test changes: the condition of each service by its number."""

    services: dict[str, Condition] = field(default_factory=dict)
    country: str = "BE"

    def in_force(self, country: str, on: date, own: object = ()) -> InForce:
        if country != self.country:
            raise NoRules(country)
        made = [
            Service(
                id=name,
                kind="health",
                title=WORDS,
                conditions=condition,
                provider="both",
                free_of_charge=True,
                source=SOURCE,
            )
            for name, condition in self.services.items()
        ]
        return InForce(
            RuleSet(
                country=country,
                title=WORDS,
                valid_from=date(2012, 1, 1),
                valid_to=None,
                checked=Checked(on=date(2013, 6, 1), by="a lawyer"),
                source=SOURCE,
                permits=(),
                services=tuple(made),
            )
        )


@pytest.fixture
def law(monkeypatch: pytest.MonkeyPatch) -> Law:
    found = Law({"be.health": "consents", "be.training": Test(all=("adult", "consents"))})
    monkeypatch.setattr(catalogue, "in_force", found.in_force)
    return found


def tell(cast: Cast, who: str = "assigned", **given: str) -> None:
    told = Told(SaidBy.SHE, DAY)
    telling.record_facts(cast.case(who), by=cast[who], country="BE", told=told, given=given)


def open_ones(cast: Cast, who: str = "assigned") -> list[tuple[str, str, str]]:
    found = changes.open_changes(cast[who], cast.case(who))
    return [(one.item, one.before, one.after) for one in found]


def is_due(cast: Cast) -> bool:
    return Due.objects.filter(case=cast.case().id, kind=DueKind.ENTITLED, done_at=None).exists()


def test_what_is_judged_for_the_first_time_is_kept_and_is_no_change(cast: Cast, law: Law) -> None:
    case_countries.look_at_country(cast.case(), "BE", by=cast["assigned"], is_here=True)
    assert dict(KeptStatus.objects.values_list("item", "status")) == dict.fromkeys(law.services, "undetermined")
    assert not StatusChange.objects.exists()
    assert not is_due(cast)


def test_a_fact_changes_what_she_can_have_in_the_same_action(cast: Cast, law: Law) -> None:
    tell(cast, adult="yes")
    tell(cast, consents="yes")
    assert open_ones(cast) == [("be.health", "undetermined", "eligible"), ("be.training", "undetermined", "eligible")]
    assert set(StatusChange.objects.values_list("because", "fact")) == {("fact", "consents")}
    assert is_due(cast)
    assert dict(KeptStatus.objects.values_list("item", "status")) == dict.fromkeys(law.services, "eligible")


def test_somebody_of_her_team_looks_once_and_it_is_no_longer_due(cast: Cast, law: Law) -> None:
    tell(cast, adult="yes")
    tell(cast, consents="no")
    changes.look_at_changes(cast.case("lawyer"), by=cast["lawyer"])
    changes.look_at_changes(cast.case(), by=cast["assigned"])
    assert open_ones(cast) == []
    assert not is_due(cast)
    assert {one.name for one in changes.earlier_changes(cast["assigned"], cast.case())} == {"Lawyer"}


def test_what_went_there_and_back_is_not_listed(cast: Cast, law: Law) -> None:
    tell(cast, adult="yes")
    tell(cast, consents="yes")
    tell(cast, consents="unknown")
    assert open_ones(cast) == []


def test_a_changed_rule_lists_the_woman_to_her_team_and_leaves_the_others_alone(cast: Cast, law: Law) -> None:
    tell(cast, adult="yes", consents="no")
    law.services = {"be.health": Test(all=()), "be.housing": "adult"}
    assert rejudging.judge_where_rules_changed(cast.case().organisation) == 1
    assert sorted(open_ones(cast)) == [
        ("be.health", "not_eligible", "eligible"),
        ("be.housing", "", "eligible"),
        ("be.training", "not_eligible", ""),
    ]
    assert set(StatusChange.objects.values_list("because", flat=True)) == {"rules"}
    assert dict(KeptStatus.objects.values_list("item", "status")) == dict.fromkeys(law.services, "eligible")
    assert [line.kind for line in due_lines(cast["assigned"], until=clock.today(cast["assigned"].time_zone))].count(
        "entitled"
    ) == 1
    assert Entry.objects.filter(verb="judged again", member=None).count() == 1


def test_the_same_rules_are_not_judged_twice(cast: Cast, law: Law) -> None:
    tell(cast, adult="yes")
    organisation = cast.case().organisation
    assert rejudging.judge_where_rules_changed(organisation) == 0
    assert not Entry.objects.filter(verb="judged again").exists()


def test_a_fact_told_after_a_rule_changed_is_not_blamed_for_it(cast: Cast, law: Law) -> None:
    tell(cast, adult="yes")
    law.services["be.health"] = "adult"
    tell(cast, consents="yes")
    assert dict(StatusChange.objects.values_list("item", "because")) == {"be.health": "rules", "be.training": "fact"}


def test_where_there_are_no_rules_what_was_kept_stays(cast: Cast, law: Law) -> None:
    tell(cast, adult="yes")
    law.country = "FR"
    tell(cast, consents="yes")
    assert rejudging.judge_where_rules_changed(cast.case().organisation) == 0
    assert KeptStatus.objects.filter(status="undetermined").count() == 2
    assert not StatusChange.objects.exists()


def test_a_closed_case_waits_until_she_comes_back(cast: Cast, law: Law) -> None:
    tell(cast, adult="yes")
    Case.objects.update(status=Status.CLOSED)
    law.services["be.health"] = "adult"
    assert rejudging.judge_where_rules_changed(cast.case().organisation) == 0


def _many(cast: Cast, count: int) -> None:
    worker = cast["assigned"]
    for _ in range(count):
        person = people.create_person(by=worker, particulars=Particulars())
        cases.open_case(person, by=worker, referent=worker.member)
        case = case_for(worker, Person.objects.get(pk=person).code)
        told = Told(SaidBy.SHE, DAY)
        telling.record_facts(case, by=worker, country="BE", told=told, given={"adult": "yes", "consents": "no"})


def test_thirty_women_are_judged_again_with_as_many_queries_as_three(cast: Cast, law: Law) -> None:
    counts = []
    for number, more in enumerate((3, 27)):
        _many(cast, more)
        law.services["be.health"] = "consents" if number else "adult"
        with CaptureQueriesContext(connection) as asked:
            assert rejudging.judge_where_rules_changed(cast.case().organisation) == (3, 30)[number]
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_batches_cover_everybody_once(cast: Cast, law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    _many(cast, 5)
    monkeypatch.setattr(statuses, "BATCH", 2)
    law.services["be.health"] = "adult"
    assert rejudging.judge_where_rules_changed(cast.case().organisation) == 5
    assert StatusChange.objects.count() == 5
    assert CountryOfCase.objects.values("rules").distinct().count() == 1


def test_her_team_sees_hers_and_the_coordination_all_of_the_house(cast: Cast, law: Law) -> None:
    tell(cast, adult="yes")
    tell(cast, consents="yes")

    def listed(who: str, *, mine: bool = False) -> list[str]:
        return [one.case.code for one in changes.changed_cases(cast[who], mine=mine)[0]]

    assert listed("assigned") == listed("lawyer") == listed("coordinator") == [cast.code]
    assert listed("colleague") == listed("stranger") == listed("coordinator", mine=True) == []
    for who in ("psychologist", "mediator", "officer"):
        with pytest.raises(Refused):
            listed(who)
    wish = {"ground": HeldBecause.NOT_WANTED, "words": "not this", "since": DAY}
    restricting.restrict(cast.case(), by=cast["assigned"], thing="legal", **wish)  # type: ignore[arg-type]
    assert listed("assigned") == []


def test_what_she_does_not_want_to_say_is_never_asked_again(cast: Cast, law: Law) -> None:
    tell(cast, consents=NOT_SAID)
    found = judged(cast["assigned"], cast.case(), "BE", on=clock.today("Europe/Madrid"))
    assert [one.fact for one in found.asks()] == ["adult"]
    assert {one.judgement.status for one in found.items()} == {"undetermined"}
