"""The cast of the tests: who works where, one woman accompanied, and things about her that could leak."""

from dataclasses import dataclass, field
from datetime import date

from amparo.areas.access.queries import viewer_of
from amparo.areas.access.rules import Audience, Viewer
from amparo.areas.cases import actions as cases
from amparo.areas.cases.models import TeamMember
from amparo.areas.cases.queries import CaseFile, case_for
from amparo.areas.orgs import actions as orgs
from amparo.areas.orgs.queries import memberships
from amparo.areas.orgs.rules import Role
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.areas.people.models import Person

# Words that must never show where they do not belong.
CALLED = "Zubaida-Called"
FAMILY_NAME = "Zzyzxova"
PHONE = "+34 600 123 987"
TEAM_NOTE = "canary-team-note"
LAWYER_NOTE = "canary-lawyer-note"
PSYCHOLOGIST_NOTE = "canary-psychologist-note"
REFERENT_NOTE = "canary-referent-note"
PASSWORD = "a long enough password"


@dataclass
class Cast:
    """Viewers by the part they play; `accounts` has each one's account number."""

    viewers: dict[str, Viewer] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    code: str = ""
    case_number: int = 0

    def __getitem__(self, name: str) -> Viewer:
        return self.viewers[name]

    def case(self, name: str = "assigned") -> CaseFile:
        """The woman's case as this one of the cast opens it."""
        return case_for(self.viewers[name], self.code)


ROLES = {
    "assigned": Role.CASEWORKER,
    "colleague": Role.CASEWORKER,
    "coordinator": Role.COORDINATOR,
    "psychologist": Role.PSYCHOLOGIST,
    "lawyer": Role.LAWYER,
    "mediator": Role.MEDIATOR,
    "facilitator": Role.FACILITATOR,
    "hotline": Role.HOTLINE_OPERATOR,
    "analyst": Role.ANALYST,
    "officer": Role.DATA_PROTECTION_OFFICER,
    "administrator": Role.ADMINISTRATOR,
}
IN_TEAM = ("psychologist", "lawyer", "mediator")


def make_cast() -> Cast:
    """Two organisations; the first accompanies one woman, with an identity and notes for every audience."""
    cast = Cast()
    here = orgs.create_organisation("here", name="Here House", country="ES")
    there = orgs.create_organisation("there", name="There House", country="IT", time_zone="Europe/Rome")
    for name, role in ROLES.items():
        _add(cast, name, role, here)
    _add(cast, "stranger", Role.CASEWORKER, there)
    _add(cast, "foreign_coordinator", Role.COORDINATOR, there)
    _add(cast, "untrained", Role.CASEWORKER, here, trained=None)
    _accompany(cast)
    return cast


def _add(cast: Cast, name: str, role: Role, organisation: int, *, trained: date | None = date(2020, 1, 1)) -> None:
    account = orgs.create_account(name, password=PASSWORD)
    member = orgs.create_member(
        account, organisation=organisation, role=role, name=name.title(), trained_on=trained, signed_on=date(2020, 1, 2)
    )
    seat = next((one for one in memberships(account) if one.member == member), None)
    assert seat is not None
    cast.accounts[name] = account
    cast.viewers[name] = viewer_of(seat)


def _accompany(cast: Cast) -> None:
    worker = cast["assigned"]
    identity = {"given_names": "Ana María", "family_names": FAMILY_NAME, "phone": PHONE}
    person = people.create_person(
        by=worker, particulars=Particulars(called=CALLED, languages=("ro",)), identity=identity
    )
    cast.case_number = cases.open_case(person, by=worker, referent=worker.member, on=date(2026, 1, 12))
    cast.code = Person.objects.get(pk=person).code
    for name in IN_TEAM:
        TeamMember.objects.create(
            organisation_id=worker.organisation,
            case_id=cast.case_number,
            member_id=cast[name].member,
            since=date(2026, 1, 12),
        )
    day = date(2026, 2, 1)
    for name, audience, text in (
        ("assigned", Audience.TEAM, TEAM_NOTE),
        ("lawyer", Audience.LAWYER, LAWYER_NOTE),
        ("psychologist", Audience.PSYCHOLOGIST, PSYCHOLOGIST_NOTE),
        ("assigned", Audience.REFERENT, REFERENT_NOTE),
    ):
        cases.write_note(cast.case(name), by=cast[name], text=text, audience=audience, happened_on=day)
