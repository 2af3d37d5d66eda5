"""The catalogues of a case: services delivered, closing, audiences of notes, family."""

from amparo.areas.cases import catalogue
from amparo.areas.plans.catalogue import DOMAIN_KEYS


def test_every_service_belongs_to_a_domain() -> None:
    assert {kind.domain for kind in catalogue.service_kinds()} <= set(DOMAIN_KEYS)


def test_tickets_and_allowances_are_counted_in_money_and_talks_in_minutes() -> None:
    measures = {kind.key: kind.measure for kind in catalogue.service_kinds()}
    assert measures["transport_ticket"] == measures["allowance"] == "money"
    assert measures["counselling"] == measures["accompaniment"] == "minutes"


def test_every_outcome_of_the_case_import_has_a_name_and_a_reason() -> None:
    closing = catalogue.closing()
    assert tuple(outcome.key for outcome in closing.outcomes) == catalogue.OUTCOMES
    assert {reason.outcome for reason in closing.closing_reasons} == set(catalogue.OUTCOMES)


def test_no_closing_reason_blames_her() -> None:
    blaming = (
        "failed",
        "refused",
        "did not come",
        "rules",
        "expelled",
        "broke",
        "incumpl",
        "expuls",
        "rifiut",
        "mancat",
    )
    names = [name.lower() for reason in catalogue.closing().closing_reasons for name in reason.name.values()]
    assert [name for name in names if any(word in name for word in blaming)] == []


def test_follow_up_reaches_a_year_and_she_is_asked_what_helped() -> None:
    closing = catalogue.closing()
    assert closing.follow_up_months[-1] == 12
    assert closing.evaluation[0].key == "helped"


def test_every_audience_of_notes_is_worded_the_widest_first() -> None:
    audiences = [audience.key for audience in catalogue.note_audiences()]
    assert audiences == ["team", "psychologist", "lawyer", "referent"]
    assert set(audiences) == set(catalogue.AUDIENCES)


def test_children_are_told_apart_from_family() -> None:
    family = catalogue.family()
    assert {relation.side for relation in family.relations} == set(catalogue.SIDES)
    assert all(relation.dependent == (relation.side == "child") for relation in family.relations)
    assert "not_known" in {place.key for place in family.child_lives_with}
