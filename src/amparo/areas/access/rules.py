"""Who may do what, and why (pure). Everything a screen or a command does asks here."""

from dataclasses import dataclass
from enum import StrEnum

from amparo.areas.orgs.rules import Role
from amparo.kernel.decision import ALLOWED, Decision, refused


@dataclass(frozen=True)
class Viewer:
    """Who is asking: one member of one organisation. `cleared` says that R12 is met."""

    member: int
    organisation: int
    role: Role
    name: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    cleared: bool = True


class Part(StrEnum):
    """A part of a case that is opened or closed as a whole."""

    HEAD = "head"
    CONTACT = "contact"
    IDENTITY = "identity"
    SAFETY = "safety"
    PLAN = "plan"
    LEGAL = "legal"
    ACTIVITIES = "activities"
    SERVICES = "services"
    NOTES = "notes"
    PAPERS = "papers"
    FAMILY = "family"
    CONSENTS = "consents"
    WITHDRAWALS = "withdrawals"  # taking a yes back: what every consent text promises her, with anybody of her team
    TEAM = "team"
    HISTORY = "history"
    REFERRAL = "referral"


class Task(StrEnum):
    """Something a role does outside any one case."""

    SEE_TODAY = "see today"
    LIST_CASES = "list cases"
    RECEIVE_REFERRALS = "receive referrals"
    DECIDE_REFERRALS = "decide referrals"
    OPEN_CASES = "open cases"
    READ_AUDIT = "read audit"
    RAW_FIGURES = "raw figures"
    MANAGE_MEMBERS = "manage members"
    RECORD_TRAINING = "record training"


class Audience(StrEnum):
    """Who a note is for."""

    TEAM = "team"
    PSYCHOLOGIST = "psychologist"
    LAWYER = "lawyer"
    REFERENT = "referent"


ALL_PARTS = frozenset(Part)
_AROUND = frozenset({Part.HEAD, Part.CONTACT, Part.PLAN, Part.SERVICES, Part.NOTES, Part.TEAM, Part.ACTIVITIES})

_AGREED = frozenset({Part.CONSENTS, Part.WITHDRAWALS})

# What a member of her team reads, by role. Others read nothing, whatever their role.
TEAM_READS: dict[Role, frozenset[Part]] = {
    Role.CASEWORKER: ALL_PARTS,
    Role.COORDINATOR: ALL_PARTS,
    Role.PSYCHOLOGIST: _AROUND | _AGREED | {Part.SAFETY, Part.FAMILY, Part.HISTORY},
    Role.LAWYER: _AROUND | _AGREED | {Part.LEGAL, Part.PAPERS, Part.FAMILY, Part.IDENTITY},
    Role.MEDIATOR: _AROUND | _AGREED,
}
TEAM_WRITES: dict[Role, frozenset[Part]] = {
    Role.CASEWORKER: ALL_PARTS,
    Role.COORDINATOR: ALL_PARTS,
    Role.PSYCHOLOGIST: frozenset({Part.NOTES, Part.SERVICES, Part.SAFETY, Part.PLAN, Part.WITHDRAWALS}),
    Role.LAWYER: frozenset({Part.NOTES, Part.SERVICES, Part.LEGAL, Part.PAPERS, Part.WITHDRAWALS}),
    Role.MEDIATOR: frozenset({Part.NOTES, Part.SERVICES, Part.WITHDRAWALS}),
}
# What a role reads of every case of its organisation without being in the team.
ORGANISATION_READS: dict[Role, frozenset[Part]] = {
    Role.COORDINATOR: ALL_PARTS - {Part.IDENTITY, Part.NOTES, Part.PAPERS, Part.FAMILY},
    Role.DATA_PROTECTION_OFFICER: _AGREED | {Part.HEAD, Part.HISTORY},
}
ORGANISATION_WRITES: dict[Role, frozenset[Part]] = {
    Role.COORDINATOR: frozenset({Part.TEAM, Part.REFERRAL, Part.WITHDRAWALS})
}

TASKS: dict[Role, frozenset[Task]] = {
    Role.CASEWORKER: frozenset(
        {Task.SEE_TODAY, Task.LIST_CASES, Task.RECEIVE_REFERRALS, Task.DECIDE_REFERRALS, Task.OPEN_CASES}
    ),
    Role.COORDINATOR: frozenset(
        {
            Task.SEE_TODAY,
            Task.LIST_CASES,
            Task.RECEIVE_REFERRALS,
            Task.DECIDE_REFERRALS,
            Task.OPEN_CASES,
            Task.RAW_FIGURES,
            Task.RECORD_TRAINING,
        }
    ),
    Role.PSYCHOLOGIST: frozenset({Task.SEE_TODAY, Task.LIST_CASES}),
    Role.LAWYER: frozenset({Task.SEE_TODAY, Task.LIST_CASES}),
    Role.MEDIATOR: frozenset({Task.SEE_TODAY, Task.LIST_CASES}),
    Role.FACILITATOR: frozenset({Task.SEE_TODAY}),
    Role.HOTLINE_OPERATOR: frozenset({Task.SEE_TODAY, Task.RECEIVE_REFERRALS}),
    Role.ANALYST: frozenset({Task.SEE_TODAY}),
    Role.DATA_PROTECTION_OFFICER: frozenset({Task.SEE_TODAY, Task.LIST_CASES, Task.READ_AUDIT}),
    Role.ADMINISTRATOR: frozenset({Task.SEE_TODAY, Task.MANAGE_MEMBERS}),
}

# Neither shows anything of anyone whom the house accompanies.
NEEDS_NO_CLEARANCE = frozenset({Task.SEE_TODAY, Task.MANAGE_MEMBERS})
_NOT_CLEARED = refused("Training and a signed confidentiality statement come first. Ask your coordinator.", "R12")


def may_do(viewer: Viewer, task: Task) -> Decision:
    """Whether the viewer's role includes the task (R12 first)."""
    if not viewer.cleared and task not in NEEDS_NO_CLEARANCE:
        return _NOT_CLEARED
    if task in TASKS[viewer.role]:
        return ALLOWED
    return refused("Your role in this organisation does not include this.", "R12")


def may_read(viewer: Viewer, part: Part, *, organisation: int, in_team: bool) -> Decision:
    """Whether the viewer reads this part of a case of that organisation."""
    return _decide(viewer, part, organisation, in_team, TEAM_READS, ORGANISATION_READS)


def may_write(viewer: Viewer, part: Part, *, organisation: int, in_team: bool) -> Decision:
    """Whether the viewer changes this part of a case of that organisation."""
    return _decide(viewer, part, organisation, in_team, TEAM_WRITES, ORGANISATION_WRITES)


def audiences(viewer: Viewer, *, in_team: bool, is_referent: bool) -> frozenset[Audience]:
    """The audiences of notes that the viewer belongs to, for one case."""
    if not viewer.cleared or not in_team:
        return frozenset()
    mine = {Audience.TEAM}
    if is_referent:
        mine.add(Audience.REFERENT)
    if viewer.role is Role.PSYCHOLOGIST:
        mine.add(Audience.PSYCHOLOGIST)
    if viewer.role is Role.LAWYER:
        mine.add(Audience.LAWYER)
    return frozenset(mine)


def sees_all_cases(viewer: Viewer) -> bool:
    """Whether the viewer's list holds every case of the organisation, or only those of her or his teams."""
    return viewer.cleared and viewer.role in ORGANISATION_READS


Parts = dict[Role, frozenset[Part]]


def _decide(viewer: Viewer, part: Part, organisation: int, in_team: bool, team: Parts, others: Parts) -> Decision:
    if not viewer.cleared:
        return _NOT_CLEARED
    if organisation != viewer.organisation:
        return refused("This is not here.")
    mine = others.get(viewer.role, frozenset()) | (team.get(viewer.role, frozenset()) if in_team else frozenset())
    if part in mine:
        return ALLOWED
    return refused("This part is open to other members of her team only.", "C&H-L 5.1.2")


def may_record_training(viewer: Viewer, *, cleared_coordinators: int) -> Decision:
    """Whether the viewer records that a colleague is trained and has signed (R12).

    The coordinator does, so that whoever makes accounts cannot also open them to the files; only while there is no
    cleared coordinator yet does the administrator.
    """
    if viewer.role is Role.ADMINISTRATOR and not cleared_coordinators:
        return ALLOWED
    return may_do(viewer, Task.RECORD_TRAINING)
