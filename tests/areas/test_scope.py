"""Lists and single decisions agree: what stands in someone's list is exactly what the decision opens.

In generated worlds of two houses, with teams of now and of before, cases in every standing, openings in danger to life
and second persons' answers that run or are over, referents inside and outside the team, and notes for every audience.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from amparo.areas.access import rules as access
from amparo.areas.access.rules import Asked, Audience, Part, Ties, Viewer
from amparo.areas.cases.dues import due_lines
from amparo.areas.cases.files import visible_cases
from amparo.areas.cases.models import BreakGlass, Case, Due, Handover, IdentityAsk, Note, TeamMember
from amparo.areas.cases.queries import CaseFile, Filters, case_for, case_list, notes_of
from amparo.areas.cases.rules import DueKind, Status
from amparo.areas.orgs.models import Account, Member, Organisation
from amparo.areas.orgs.rules import Role
from amparo.areas.people.models import Person
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.codes import new_code
from amparo.kernel.decision import NotThere, Refused

DAY = date(2026, 1, 1)
NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
Place = tuple[int, int]  # a member and a case, by their places in the world


@dataclass(frozen=True)
class Drawn:
    """A world on paper: the house of each member and of each case, and how each stands to which."""

    members: list[tuple[int, Role, bool]]
    cases: list[tuple[int, Status, int]]  # house, standing, who is the referent
    now: set[Place]
    before: set[Place]
    in_danger: set[Place]
    was_in_danger: set[Place]
    approved: set[Place]
    was_approved: set[Place]
    refused_or_waiting: set[Place]
    standing_in: set[Place]


_places = some.sets(some.tuples(some.integers(0, 4), some.integers(0, 3)), max_size=6)
worlds = some.builds(
    Drawn,
    members=some.lists(
        some.tuples(some.integers(0, 1), some.sampled_from(Role), some.sampled_from((True, True, True, False))),
        min_size=5,
        max_size=5,
    ),
    cases=some.lists(
        some.tuples(some.integers(0, 1), some.sampled_from(Status), some.integers(0, 4)), min_size=4, max_size=4
    ),
    now=_places,
    before=_places,
    in_danger=_places,
    was_in_danger=_places,
    approved=_places,
    was_approved=_places,
    refused_or_waiting=_places,
    standing_in=_places,
)


class EveryWorld(TestCase):
    databases = ("default", "keys")

    @settings(max_examples=40, deadline=None)
    @given(worlds)
    def test_the_list_holds_exactly_the_cases_whose_head_may_be_read(self, drawn: Drawn) -> None:
        viewers, cases = _built(drawn)
        with clock.standing_at(NOW):
            for place, viewer in enumerate(viewers):
                decided = {case.pk for number, case in enumerate(cases) if _may(drawn, viewer, (place, number), case)}
                assert set(visible_cases(viewer).values_list("pk", flat=True)) == decided
                assert {file.id for file in case_list(viewer, Filters()).cases} == decided

    @settings(max_examples=40, deadline=None)
    @given(worlds, some.sampled_from(Part))
    def test_a_part_opens_exactly_where_it_may_be_read(self, drawn: Drawn, part: Part) -> None:
        viewers, cases = _built(drawn)
        with clock.standing_at(NOW):
            for place, viewer in enumerate(viewers):
                for number, case in enumerate(cases):
                    expected = _expected(drawn, viewer, (place, number), case, part)
                    assert _opened(viewer, case, part) == expected

    @settings(max_examples=30, deadline=None)
    @given(worlds)
    def test_the_notes_shown_are_exactly_those_whose_audience_the_reader_is(self, drawn: Drawn) -> None:
        viewers, cases = _built(drawn)
        with clock.standing_at(NOW):
            for place, viewer in enumerate(viewers):
                for number, case in enumerate(cases):
                    if _may(drawn, viewer, (place, number), case):
                        ties = _ties(drawn, viewer, (place, number), case)
                        shown = {note.audience for note in notes_of(viewer, case_for(viewer, case.person.code))[0]}
                        asked = {one: Asked(Part.NOTES, audience=one) for one in Audience}
                        assert shown == {one for one in Audience if access.decide(viewer, asked[one], ties)}

    @settings(max_examples=30, deadline=None)
    @given(worlds)
    def test_today_holds_the_things_of_ones_own_cases_of_whom_one_stands_in_for_or_of_the_house(
        self, drawn: Drawn
    ) -> None:
        viewers, cases = _built(drawn)
        with clock.standing_at(NOW):
            for place, viewer in enumerate(viewers):
                expected = {
                    case.person.code
                    for number, case in enumerate(cases)
                    if _stands_on_today(drawn, viewer, (place, number), case)
                }
                assert {line.code for line in due_lines(viewer, until=DAY + timedelta(days=9))} == expected


def _ties(drawn: Drawn, viewer: Viewer, place: Place, case: Case) -> Ties:
    return Ties(
        organisation=case.organisation_id,
        in_team=place in drawn.now,
        is_referent=case.referent_id == viewer.member,
        in_danger=place in drawn.in_danger,
        approved=place in drawn.approved,
    )


def _may(drawn: Drawn, viewer: Viewer, place: Place, case: Case, part: Part = Part.HEAD) -> bool:
    return access.decide(viewer, Asked(part), _ties(drawn, viewer, place, case)).allowed


def _stands_on_today(drawn: Drawn, viewer: Viewer, place: Place, case: Case) -> bool:
    """The one thing due in each case is its referent's: for all of the house, its referent, and who stands in."""
    if case.organisation_id != viewer.organisation or not viewer.cleared:
        return False
    if access.sees_all_cases(viewer):
        return True
    of_the_team = access.may_read(viewer, Part.HEAD, organisation=case.organisation_id, in_team=place in drawn.now)
    return bool(of_the_team) and (case.referent_id == viewer.member or place in drawn.standing_in)


def _expected(drawn: Drawn, viewer: Viewer, place: Place, case: Case, part: Part) -> str:
    if not _may(drawn, viewer, place, case):
        return "not there"
    return "open" if _may(drawn, viewer, place, case, part) else "refused"


def _opened(viewer: Viewer, case: Case, part: Part) -> str:
    try:
        found: CaseFile = case_for(viewer, case.person.code, part)
    except NotThere:
        return "not there"
    except Refused:
        return "refused"
    return "open" if found.id == case.pk else "another"


def _built(drawn: Drawn) -> tuple[list[Viewer], list[Case]]:
    sealing.forget_keys()
    houses = [Organisation.objects.create(code=f"house-{number}", name="House", country="ES") for number in (0, 1)]
    members = [_member(place, houses[house], role) for place, (house, role, _) in enumerate(drawn.members)]
    cases = [_case(houses[house], status, members[referent]) for house, status, referent in drawn.cases]
    for places, until in ((drawn.now, None), (drawn.before, DAY)):
        _rows(TeamMember, places, members, cases, since=DAY, until=until)
    for places, until in ((drawn.in_danger, NOW + HOUR), (drawn.was_in_danger - drawn.in_danger, NOW)):
        _rows(BreakGlass, places, members, cases, reason=b"", opened_at=NOW - HOUR, until=until)
    answers = ((drawn.approved, NOW + HOUR), (drawn.was_approved, NOW), (drawn.refused_or_waiting, None))
    for places, until in answers:
        _rows(IdentityAsk, places, members, cases, reason=b"", asked_at=NOW - HOUR, until=until)
    Handover.objects.bulk_create(
        Handover(
            organisation=cases[one].organisation,
            case=cases[one],
            from_member=cases[one].referent,
            to_member=members[who],
            text=b"",
            starts_on=DAY,
            until=DAY + timedelta(days=3),
            made_at=NOW,
        )
        for who, one in drawn.standing_in
    )
    return [
        Viewer(row.pk, row.organisation_id, Role(row.role), cleared=cleared)
        for row, (_, _, cleared) in zip(members, drawn.members, strict=True)
    ], cases


def _rows(model: Any, places: set[Place], members: list[Member], cases: list[Case], **values: object) -> None:
    model.objects.bulk_create(
        model(organisation=cases[one].organisation, case=cases[one], member=members[who], **values)
        for who, one in places
    )


def _member(place: int, house: Organisation, role: Role) -> Member:
    account = Account.objects.create(username=f"member-{place}")
    return Member.objects.create(account=account, organisation=house, role=role, name=f"Member {place}")


def _case(house: Organisation, status: Status, referent: Member) -> Case:
    """A case with a note for each audience and one thing that is due, the referent's to do."""
    person = Person.objects.create(organisation=house, code=new_code())
    case = Case.objects.create(organisation=house, person=person, status=status, referent=referent, opened_on=DAY)
    Due.objects.create(organisation=house, case=case, kind=DueKind.FOLLOW_UP, on=DAY, member=referent)
    Note.objects.bulk_create(
        Note(
            organisation=house,
            case=case,
            author=referent,
            audience=audience,
            happened_on=DAY,
            text=b"",
            written_at=NOW,
        )
        for audience in Audience
    )
    return case
