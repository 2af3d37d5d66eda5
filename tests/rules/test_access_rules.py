"""Who may do what: by role, by team, by organisation, and only after training (R12)."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from amparo.areas.access import rules
from amparo.areas.access.rules import Asked, Audience, Held, Part, Purpose, Task, Ties, Viewer
from amparo.areas.orgs.rules import Role, may_see_anything, needs_second_factor
from amparo.kernel.decision import Decision
from amparo.kernel.labels import Label

HERE, THERE = 1, 2


def viewer(role: Role, *, cleared: bool = True) -> Viewer:
    return Viewer(member=7, organisation=HERE, role=role, cleared=cleared)


@pytest.mark.parametrize("role", Role)
def test_who_is_not_trained_does_nothing_but_see_an_empty_today_or_manage_members(role: Role) -> None:
    untrained = viewer(role, cleared=False)
    allowed = {task for task in Task if rules.may_do(untrained, task)}
    assert allowed <= {Task.SEE_TODAY, Task.MANAGE_MEMBERS}
    for part, in_team in product(Part, (True, False)):
        assert not rules.may_read(untrained, part, organisation=HERE, in_team=in_team)
        assert not rules.may_write(untrained, part, organisation=HERE, in_team=in_team)
    assert rules.audiences_of(untrained, Ties(HERE, in_team=True, is_referent=True)) == frozenset()
    assert not rules.sees_all_cases(untrained)


@pytest.mark.parametrize("role", Role)
def test_nothing_of_another_organisation_is_open_to_anyone(role: Role) -> None:
    for part, in_team in product(Part, (True, False)):
        assert not rules.may_read(viewer(role), part, organisation=THERE, in_team=in_team)
        assert not rules.may_write(viewer(role), part, organisation=THERE, in_team=in_team)


@pytest.mark.parametrize("role", Role)
def test_each_role_reads_and_writes_what_its_tables_say_and_nothing_else(role: Role) -> None:
    for part, in_team in product(Part, (True, False)):
        for may, of_team, of_house in (
            (rules.may_read, rules.TEAM_READS, rules.ORGANISATION_READS),
            (rules.may_write, rules.TEAM_WRITES, rules.ORGANISATION_WRITES),
        ):
            open_to = of_house.get(role, frozenset()) | (of_team.get(role, frozenset()) if in_team else frozenset())
            assert bool(may(viewer(role), part, organisation=HERE, in_team=in_team)) == (part in open_to)


@pytest.mark.parametrize("role", Role)
def test_whoever_writes_a_part_but_a_withdrawal_also_reads_it(role: Role) -> None:
    for part, in_team in product(Part, (True, False)):
        writes = rules.may_write(viewer(role), part, organisation=HERE, in_team=in_team)
        reads = rules.may_read(viewer(role), part, organisation=HERE, in_team=in_team)
        assert reads or not writes or part is Part.WITHDRAWALS


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.HOTLINE_OPERATOR, Role.ANALYST, Role.ADMINISTRATOR])
def test_roles_without_cases_read_no_part_of_any(role: Role) -> None:
    for part, in_team in product(Part, (True, False)):
        assert not rules.may_read(viewer(role), part, organisation=HERE, in_team=in_team)


def test_outside_the_team_only_coordinator_and_officer_read_and_never_an_identity_or_a_note() -> None:
    readers = {
        role
        for role, part in product(Role, Part)
        if rules.may_read(viewer(role), part, organisation=HERE, in_team=False)
    }
    assert readers == {Role.COORDINATOR, Role.DATA_PROTECTION_OFFICER}
    for role, part in product(readers, (Part.IDENTITY, Part.NOTES, Part.PAPERS, Part.FAMILY, Part.CONTACT)):
        open_to = rules.may_read(viewer(role), part, organisation=HERE, in_team=False)
        assert not open_to or (role, part) == (Role.COORDINATOR, Part.CONTACT)


@pytest.mark.parametrize("role", Role)
def test_coordinator_and_officer_list_all_cases_and_everybody_else_those_of_the_own_teams(role: Role) -> None:
    assert rules.sees_all_cases(viewer(role)) is (role in {Role.COORDINATOR, Role.DATA_PROTECTION_OFFICER})


@pytest.mark.parametrize(("role", "purpose"), list(product(Role, Purpose)))
def test_a_list_for_a_purpose_holds_the_heads_that_its_table_opens(role: Role, purpose: Purpose) -> None:
    opens = role in rules.READS[purpose] and Part.HEAD in rules.READS[purpose][role]
    assert rules.opens_heads(viewer(role), purpose) is opens
    assert rules.opens_heads(viewer(role, cleared=False), purpose) is False


@pytest.mark.parametrize(
    ("part", "highest"),
    [
        (Part.HEAD, Label.OPERATIONAL),
        (Part.CONTACT, Label.OPERATIONAL),
        (Part.TEAM, Label.OPERATIONAL),
        (Part.PLAN, Label.PERSONAL),
        (Part.SAFETY, Label.SAFETY_CRITICAL),
        (Part.REFERRAL, Label.SAFETY_CRITICAL),
    ],
)
def test_the_coordination_reads_no_more_sensitive_a_word_of_a_part_than_its_ceiling(part: Part, highest: Label) -> None:
    scale = list(Label)
    opened = [rules.decide(viewer(Role.COORDINATOR), Asked(part, label=label), Ties(HERE)).allowed for label in scale]
    assert opened == [scale.index(label) <= scale.index(highest) for label in scale]


@pytest.mark.parametrize(
    ("role", "is_referent", "audiences"),
    [
        (Role.CASEWORKER, False, {Audience.TEAM}),
        (Role.CASEWORKER, True, {Audience.TEAM, Audience.REFERENT}),
        (Role.PSYCHOLOGIST, False, {Audience.TEAM, Audience.PSYCHOLOGIST}),
        (Role.LAWYER, False, {Audience.TEAM, Audience.LAWYER}),
    ],
)
def test_a_note_is_for_its_audience(role: Role, is_referent: bool, audiences: set[Audience]) -> None:
    assert rules.audiences_of(viewer(role), Ties(HERE, in_team=True, is_referent=is_referent)) == audiences
    assert rules.audiences_of(viewer(role), Ties(HERE, in_team=False, is_referent=is_referent)) == frozenset()


def test_the_administrator_clears_only_while_no_coordinator_could() -> None:
    administrator, coordinator = viewer(Role.ADMINISTRATOR), viewer(Role.COORDINATOR)
    assert rules.may_record_training(administrator, cleared_coordinators=0)
    assert not rules.may_record_training(administrator, cleared_coordinators=1)
    assert rules.may_record_training(coordinator, cleared_coordinators=1)
    assert not rules.may_record_training(viewer(Role.CASEWORKER), cleared_coordinators=0)


@pytest.mark.parametrize(
    ("trained", "signed", "allowed"),
    [
        (None, date(2026, 1, 1), False),
        (date(2026, 1, 1), None, False),
        (date(2026, 3, 2), date(2026, 1, 1), False),
        (date(2026, 1, 1), date(2026, 3, 2), False),
        (date(2026, 3, 1), date(2026, 3, 1), True),
    ],
)
def test_training_and_signature_must_both_be_behind_one(
    trained: date | None, signed: date | None, allowed: bool
) -> None:
    decision = may_see_anything(trained_on=trained, signed_on=signed, today=date(2026, 3, 1))
    assert (decision.allowed, bool(decision.reason)) == (allowed, not allowed)


def test_whoever_can_open_an_identity_signs_in_with_a_second_factor() -> None:
    for role in Role:
        opens = rules.may_read(viewer(role), Part.IDENTITY, organisation=HERE, in_team=True)
        assert needs_second_factor(role) or not opens


@pytest.mark.parametrize("role", Role)
def test_what_she_has_held_is_read_with_a_reason_alone_and_changed_by_nobody(role: Role) -> None:
    for part, in_team in product(Part, (True, False)):
        _is_held(role, part, in_team)


def _is_held(role: Role, part: Part, in_team: bool) -> None:
    def decided(held: Held, *, write: bool = False, in_danger: bool = False) -> Decision:
        return rules.decide(viewer(role), Asked(part, write), Ties(HERE, in_team, held=held, in_danger=in_danger))

    reads, writes = decided(rules.NOTHING_HELD), decided(rules.NOTHING_HELD, write=True)
    for thing, goes_on_read, goes_on_written in (
        (part.value, frozenset[Part](), frozenset[Part]()),
        (rules.WHOLE_FILE, rules.READ_WHILE_HELD, rules.WRITTEN_WHILE_HELD),
    ):
        held, opened = Held(frozenset({thing})), Held(frozenset({thing}), frozenset({part.value}))
        assert bool(decided(held)) == (bool(reads) and part in goes_on_read)
        assert bool(decided(opened, write=True)) == (bool(writes) and part in goes_on_written)
        assert decided(opened) == reads
        # Who could not read it anyway is not told that something is held.
        assert (decided(held) == rules.HELD) == (bool(reads) and part not in goes_on_read)
        # Danger to life comes first.
        for write in (True, False):
            everyday = decided(rules.NOTHING_HELD, write=write, in_danger=True)
            assert decided(held, write=write, in_danger=True) == everyday


def test_her_wish_about_one_part_leaves_every_other_as_it_was() -> None:
    held = Held(frozenset({Part.SAFETY.value, "note-12"}))
    for part in rules.TEAM_WRITES[Role.CASEWORKER] - {Part.SAFETY}:
        assert rules.decide(viewer(Role.CASEWORKER), Asked(part, write=True), Ties(HERE, in_team=True, held=held))
    assert held.hides("note-12")
    assert not held.hides("note-13")
    assert not Held(frozenset({"note-12"}), frozenset({"note-12"})).hides("note-12")


def test_a_token_needs_training_and_a_second_step() -> None:
    cleared = viewer(Role.MEDIATOR)
    assert rules.may_make_token(cleared, had_second_step=True)
    assert "second step" in rules.may_make_token(cleared, had_second_step=False).reason
    assert not rules.may_make_token(replace(cleared, cleared=False), had_second_step=True)
