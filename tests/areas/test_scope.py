"""Lists and single decisions agree: a case stands in someone's list exactly where its head may be read."""

from dataclasses import dataclass
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from amparo.areas.access import rules as access
from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.files import visible_cases
from amparo.areas.cases.models import Case, TeamMember
from amparo.areas.cases.queries import CaseFile, Filters, case_for, case_list
from amparo.areas.orgs.models import Account, Member, Organisation
from amparo.areas.orgs.rules import Role
from amparo.areas.people.models import Person
from amparo.kernel.codes import new_code
from amparo.kernel.decision import NotThere, Refused

DAY = date(2026, 1, 1)
Place = tuple[int, int]  # a member and a case, by their places in the world


@dataclass(frozen=True)
class Drawn:
    """A world on paper: the house of each member and of each case, and who works or once worked with whom."""

    members: list[tuple[int, Role, bool]]
    cases: list[int]
    now: set[Place]
    before: set[Place]


_places = some.sets(some.tuples(some.integers(0, 4), some.integers(0, 3)), max_size=8)
worlds = some.builds(
    Drawn,
    members=some.lists(
        some.tuples(some.integers(0, 1), some.sampled_from(Role), some.booleans()), min_size=5, max_size=5
    ),
    cases=some.lists(some.integers(0, 1), min_size=4, max_size=4),
    now=_places,
    before=_places,
)


class EveryWorld(TestCase):
    databases = ("default", "keys")

    @settings(max_examples=30, deadline=None)
    @given(worlds)
    def test_the_list_holds_exactly_the_cases_whose_head_may_be_read(self, drawn: Drawn) -> None:
        viewers, cases = _built(drawn)
        for place, viewer in enumerate(viewers):
            decided = {case.pk for number, case in enumerate(cases) if _may(drawn, viewer, place, number, case)}
            assert set(visible_cases(viewer).values_list("pk", flat=True)) == decided
            assert {file.id for file in case_list(viewer, Filters()).cases} == decided

    @settings(max_examples=30, deadline=None)
    @given(worlds, some.sampled_from(Part))
    def test_a_part_opens_exactly_where_it_may_be_read(self, drawn: Drawn, part: Part) -> None:
        viewers, cases = _built(drawn)
        for place, viewer in enumerate(viewers):
            for number, case in enumerate(cases):
                expected = _expected(drawn, viewer, place, number, case, part)
                assert _opened(viewer, case, part) == expected


def _may(drawn: Drawn, viewer: Viewer, place: int, number: int, case: Case, part: Part = Part.HEAD) -> bool:
    in_team = (place, number) in drawn.now
    return access.may_read(viewer, part, organisation=case.organisation_id, in_team=in_team).allowed


def _expected(drawn: Drawn, viewer: Viewer, place: int, number: int, case: Case, part: Part) -> str:
    if not _may(drawn, viewer, place, number, case):
        return "not there"
    return "open" if _may(drawn, viewer, place, number, case, part) else "refused"


def _opened(viewer: Viewer, case: Case, part: Part) -> str:
    try:
        found: CaseFile = case_for(viewer, case.person.code, part)
    except NotThere:
        return "not there"
    except Refused:
        return "refused"
    return "open" if found.id == case.pk else "another"


def _built(drawn: Drawn) -> tuple[list[Viewer], list[Case]]:
    houses = [Organisation.objects.create(code=f"house-{number}", name="House", country="ES") for number in (0, 1)]
    members = [_member(place, houses[house], role) for place, (house, role, _) in enumerate(drawn.members)]
    cases = [_case(houses[house], members[0]) for house in drawn.cases]
    for places, until in ((drawn.now, None), (drawn.before, DAY)):
        TeamMember.objects.bulk_create(
            TeamMember(
                organisation=cases[one].organisation, case=cases[one], member=members[who], since=DAY, until=until
            )
            for who, one in places
        )
    return [
        Viewer(row.pk, row.organisation_id, Role(row.role), cleared=cleared)
        for row, (_, _, cleared) in zip(members, drawn.members, strict=True)
    ], cases


def _member(place: int, house: Organisation, role: Role) -> Member:
    account = Account.objects.create(username=f"member-{place}")
    return Member.objects.create(account=account, organisation=house, role=role, name=f"Member {place}")


def _case(house: Organisation, referent: Member) -> Case:
    person = Person.objects.create(organisation=house, code=new_code())
    return Case.objects.create(
        organisation=house, person=person, status="accompanied", referent=referent, opened_on=DAY
    )
