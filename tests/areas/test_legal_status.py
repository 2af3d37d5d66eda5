"""What is told of her legal status: asked once, with who said so; nothing is overwritten."""

from datetime import date

import pytest

from amparo.areas.access.rules import Part
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import Event
from amparo.areas.cases.queries import case_for
from amparo.areas.entitlements import case_countries as countries
from amparo.areas.entitlements import telling
from amparo.areas.entitlements.models import LegalFact
from amparo.areas.entitlements.rules.answers import NOT_SAID, SaidBy
from amparo.areas.entitlements.rules.facts import Facts
from amparo.areas.entitlements.telling import Told
from amparo.kernel.decision import Conflict, NotThere, Refused
from tests.cast import Cast

DAY = date(2026, 2, 20)
SHE = Told(SaidBy.SHE, DAY)
NOTE = "canary-of-her-stay"


def tell(
    cast: Cast, given: dict[str, str], *, who: str = "assigned", told: Told = SHE, seen: int | None = None
) -> None:
    telling.record_facts(cast.case(who), by=cast[who], country="BE", told=told, given=given, seen=seen)


def known(cast: Cast, country: str = "BE") -> Facts:
    return telling.facts_for(cast["assigned"], cast.case(), country)


def test_what_was_told_is_known_with_who_said_so_and_when(cast: Cast) -> None:
    tell(cast, {"consents": "yes", "identified_on": "2026-02-01"}, told=Told(SaidBy.DOCUMENT, DAY, note=NOTE))
    assert known(cast) == Facts(consents=True, identified_on=date(2026, 2, 1))
    facts = telling.facts_of_case(cast["assigned"], cast.case(), country="BE")
    assert [(one.said_by, one.told_on, one.note) for one in facts.values()] == [(SaidBy.DOCUMENT, DAY, NOTE)] * 2
    assert all(NOTE.encode() not in bytes(row.note) for row in LegalFact.objects.all())


def test_a_correction_is_added_and_what_was_said_before_stays(cast: Cast) -> None:
    tell(cast, {"consents": "no"})
    tell(cast, {"consents": "yes"}, who="lawyer", told=Told(SaidBy.AUTHORITY, DAY))
    assert known(cast) == Facts(consents=True)
    said = telling.history_of_fact(cast["assigned"], cast.case(), "consents", country="BE")
    assert [(one.value, one.ended) for one in said] == [("yes", False), ("no", True)]


def test_what_she_does_not_want_to_say_is_an_answer_and_not_a_fact(cast: Cast) -> None:
    tell(cast, {"suffered_violence": NOT_SAID})
    assert known(cast) == Facts()
    assert telling.facts_of_case(cast["assigned"], cast.case(), country="BE")["suffered_violence"].value == NOT_SAID


def test_what_is_so_in_one_country_is_not_so_in_another(cast: Cast) -> None:
    tell(cast, {"nationality_group": "eu", "adult": "yes"})
    assert known(cast, "IT") == Facts(adult=True)


def test_a_form_says_only_what_was_changed_in_it(cast: Cast) -> None:
    tell(cast, {"consents": "yes"})
    seen = LegalFact.objects.latest("pk").pk
    tell(cast, {"adult": "no"}, who="lawyer")
    tell(cast, {"consents": "yes", "asylum_claim": "no"}, seen=seen)
    assert LegalFact.objects.filter(key="consents").count() == 1
    assert known(cast) == Facts(consents=True, adult=False, asylum_claim=False)
    before = Event.objects.count()
    tell(cast, {"consents": "yes"}, seen=LegalFact.objects.latest("pk").pk)
    assert Event.objects.count() == before


def test_a_colleague_who_answered_meanwhile_is_not_overruled_unseen(cast: Cast) -> None:
    tell(cast, {"consents": "no"}, who="lawyer")
    with pytest.raises(Conflict) as conflict:
        tell(cast, {"consents": "yes"}, seen=0)
    assert conflict.value.theirs == [("consents", "no")]
    assert known(cast) == Facts(consents=False)
    tell(cast, {"consents": "no"}, seen=0)  # the same: nothing to meet over
    assert LegalFact.objects.count() == 1


def test_what_is_no_answer_is_refused_and_nothing_of_the_page_is_kept(cast: Cast) -> None:
    with pytest.raises(Refused):
        tell(cast, {"adult": "yes", "consents": "perhaps"})
    assert not LegalFact.objects.exists()
    with pytest.raises(NotThere):
        telling.history_of_fact(cast["assigned"], cast.case(), "shoe_size", country="BE")


@pytest.mark.parametrize("who", ["psychologist", "mediator"])
def test_who_accompanies_her_in_other_ways_neither_reads_nor_writes_it(cast: Cast, who: str) -> None:
    tell(cast, {"asylum_claim": "yes"})
    case = cast.case(who)
    for attempt in (
        lambda: telling.facts_of_case(cast[who], case, country="BE"),
        lambda: telling.history_of_fact(cast[who], case, "asylum_claim", country="BE"),
        lambda: countries.countries_of(cast[who], case, at_home="BE"),
        lambda: tell(cast, {"adult": "yes"}, who=who),
        lambda: countries.look_at_country(case, "IT", by=cast[who], is_here=True),
        lambda: countries.leave_country_out(case, "IT", by=cast[who]),
    ):
        with pytest.raises(Refused):
            attempt()


def test_the_coordination_reads_it_and_only_her_team_changes_it(cast: Cast) -> None:
    tell(cast, {"asylum_claim": "yes"})
    case: CaseFile = case_for(cast["coordinator"], cast.code, Part.LEGAL)
    assert telling.facts_for(cast["coordinator"], case, "BE") == Facts(asylum_claim=True)
    with pytest.raises(Refused):
        tell(cast, {"adult": "yes"}, who="coordinator")


def test_she_is_in_one_country_and_may_go_to_others(cast: Cast) -> None:
    worker = cast["assigned"]
    assert [one.country for one in countries.countries_of(worker, cast.case(), at_home="ES")] == ["ES"]
    countries.look_at_country(cast.case(), "BE", by=worker, is_here=True)
    countries.look_at_country(cast.case(), "IT", by=worker, is_here=False)
    countries.look_at_country(cast.case(), "IT", by=worker, is_here=True)
    shown = countries.countries_of(worker, cast.case(), at_home="ES")
    assert [(one.country, one.is_here) for one in shown] == [("IT", True), ("BE", False)]
    countries.leave_country_out(cast.case(), "IT", by=worker)
    with pytest.raises(NotThere):
        countries.leave_country_out(cast.case(), "IT", by=worker)
    assert [one.country for one in countries.countries_of(worker, cast.case(), at_home="ES")] == ["BE"]
