"""One person judged by the schemes of one country: what opens, from when to when, and what is due."""

from datetime import date

import pytest

from amparo.areas.entitlements.rules.days import OutOfReach
from amparo.areas.entitlements.rules.facts import NOTHING_KNOWN, Facts, known
from amparo.areas.entitlements.rules.judging import Answer, JudgedPermit, judge
from amparo.areas.entitlements.rules.scheme import (
    Checked,
    Holidays,
    Length,
    Opening,
    Pathway,
    Permit,
    RuleSet,
    Service,
    Source,
    Stage,
    Test,
)

WORDS = {"en": "words", "es": "palabras", "it": "parole"}
SOURCE = Source(cite="a law", where="Article 1")
REFLECTION = Permit(
    id="xx.reflection_period",
    kind="reflection_period",
    title=WORDS,
    conditions=Test(all=("consents", "reasonable_grounds")),
    lasts=Length(days=45),
    renewable=False,
    source=SOURCE,
    guarantees=("no_removal",),
    opens=("police_protection", "no_removal", Opening(right="work", when=Test(not_="asylum_claim"))),
    starts="reflection_started_on",
)
UNLIMITED = Permit(
    id="xx.long_term_permit",
    kind="long_term_permit",
    title=WORDS,
    conditions="offenders_convicted",
    lasts=None,
    renewable=True,
    source=SOURCE,
    starts="permit_started_on",
)
HEALTH = Service(
    id="xx.health",
    kind="health",
    title=WORDS,
    conditions=Test(all=()),
    provider="mainstream",
    free_of_charge=True,
    source=SOURCE,
)


def stage(name: str, **given: object) -> Stage:
    return Stage(id=f"xx.{name}", title=WORDS, who="competent_authority", due=WORDS, source=SOURCE, **given)  # type: ignore[arg-type]


STAGES = (
    stage("decision", lasts=Length(working_days=5), starts="referral_received_on"),
    stage("end", lasts=Length(days=45), starts="reflection_started_on"),
    stage("renewal", lasts=Length(months=3), starts="permit_started_on"),
    stage("card", lasts=Length(years=5), starts="permit_started_on"),
    stage("trial", lasts=None, starts="permit_started_on"),
    stage("after", lasts=Length(days=60), after=("xx.end",)),
)


def rules(place: Holidays | None = None) -> RuleSet:
    return RuleSet(
        country="GB",
        title=WORDS,
        valid_from=date(2012, 1, 1),
        valid_to=None,
        checked=Checked(on=date(2013, 6, 1), by="a lawyer"),
        source=SOURCE,
        permits=(REFLECTION, UNLIMITED),
        services=(HEALTH,),
        pathways=(Pathway(id="xx.mechanism", title=WORDS, stages=STAGES, source=SOURCE),),
        holidays=place,
    )


def judged(**facts: object) -> Answer:
    return judge(rules(Holidays(country="GB", part="ENG")), Facts(**facts), as_of=date(2013, 6, 1))  # type: ignore[arg-type]


def reflection(**facts: object) -> JudgedPermit:
    return judged(**facts).permits[0]


def test_where_nothing_is_known_everything_conditional_is_open() -> None:
    answer = judged()
    assert [one.judgement.status for one in answer.permits] == ["undetermined", "undetermined"]
    assert answer.permits[0].judgement.ask == ("consents", "reasonable_grounds")
    assert [one.judgement.status for one in answer.services] == ["eligible"]
    assert answer.deadlines == ()
    assert (answer.country, answer.as_of, answer.outdated) == ("GB", date(2013, 6, 1), False)
    assert known(NOTHING_KNOWN) == {}


def test_a_right_with_a_condition_of_its_own_is_promised_only_when_it_is_certain() -> None:
    unsure, sure, lost = reflection(), reflection(asylum_claim=False), reflection(asylum_claim=True)
    assert (unsure.opens, unsure.opens_if) == (("no_removal", "police_protection"), (("work", ("asylum_claim",)),))
    assert (sure.opens, sure.opens_if) == (("no_removal", "police_protection", "work"), ())
    assert (lost.opens, lost.opens_if) == (("no_removal", "police_protection"), ())


def test_the_first_day_counts_and_the_last_is_the_last_one_covered() -> None:
    found = reflection(reflection_started_on=date(2013, 6, 1))
    assert (found.starts_on, found.ends_on) == (date(2013, 6, 1), date(2013, 7, 15))
    assert (reflection().starts_on, reflection().ends_on) == (None, None)
    unlimited = judged(permit_started_on=date(2013, 6, 1)).permits[1]
    assert (unlimited.starts_on, unlimited.ends_on) == (date(2013, 6, 1), None)


def test_stages_are_due_from_the_dates_that_are_known() -> None:
    answer = judged(
        referral_received_on=date(2013, 3, 26),
        reflection_started_on=date(2013, 6, 1),
        permit_started_on=date(2013, 6, 1),
    )
    # Good Friday and Easter Monday lie between
    assert [(one.id, one.due_on, one.counts) for one in answer.deadlines] == [
        ("xx.decision", date(2013, 4, 4), "working_days"),
        ("xx.end", date(2013, 7, 15), "days"),
        ("xx.renewal", date(2013, 8, 31), "months"),
        ("xx.card", date(2018, 5, 31), "years"),
    ]


def test_holidays_are_those_of_the_place() -> None:
    facts = Facts(referral_received_on=date(2013, 3, 26))
    scotland = judge(rules(Holidays(country="GB", part="SCT")), facts, as_of=date(2013, 6, 1))
    everywhere = judge(rules(), facts, as_of=date(2013, 6, 1))
    assert scotland.deadlines[0].due_on == date(2013, 4, 3)  # Easter Monday is no holiday there
    assert everywhere.deadlines[0].due_on == date(2013, 4, 3)


def test_a_date_beyond_all_reach_is_refused_in_words() -> None:
    with pytest.raises(OutOfReach, match="cannot be counted with"):
        judged(reflection_started_on=date(9999, 12, 31))
