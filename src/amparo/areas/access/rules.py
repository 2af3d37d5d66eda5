"""Who may do what, and why (pure). Everything a screen or a command does asks here."""

from dataclasses import dataclass
from enum import StrEnum

from amparo.areas.orgs.rules import Role
from amparo.kernel.decision import ALLOWED, Decision, refused
from amparo.kernel.labels import Label

from .tasks import NEEDS_NO_CLEARANCE, TASKS
from .tasks import Task as Task  # noqa: PLC0414  (whoever asks for a decision finds its words here)


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
    RIGHTS = "rights"  # what she may ask about her own file: anybody of her team takes it down
    READERS = "readers"  # who read her file, when and why: hers to ask for (R14)
    REQUESTS = "requests"  # what police, courts and offices asked about her


class Audience(StrEnum):
    """Who a note is for."""

    TEAM = "team"
    PSYCHOLOGIST = "psychologist"
    LAWYER = "lawyer"
    REFERENT = "referent"


class Purpose(StrEnum):
    """For what somebody comes to a case. Each opens its own parts; the nearest one is what the log says."""

    ACCOMPANY = "accompany"  # of her team
    GROUP = "group"  # of today's group, which she agreed to
    COORDINATE = "coordinate"
    OVERSEE = "oversee"  # data protection
    DANGER = "danger"  # break-glass: her life is in danger
    APPROVED = "approved"  # a second person said yes to opening her identity


WHOLE_FILE = "file"


@dataclass(frozen=True)
class Held:
    """What of a file is kept and not used at her wish (GDPR, Art. 18), and what of that a reason opened to the viewer.

    `things` and `opened` hold `WHOLE_FILE`, parts, and single narratives such as 'note-12'.
    """

    things: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()

    def holds(self, part: Part, *, but: frozenset[Part]) -> bool:
        """Whether the part is held, by itself or with all of the file (which leaves out `but`)."""
        return part in self.things or (WHOLE_FILE in self.things and part not in but)

    def hides(self, thing: str) -> bool:
        """Whether this one narrative is held, and the viewer has not opened it."""
        return thing in self.things and thing not in self.opened


NOTHING_HELD = Held()


@dataclass(frozen=True)
class Ties:
    """How a viewer stands to one case: with the viewer and what is asked, all that a decision looks at.

    Nothing of cooperation with authorities, identification or legal status stands here (R1).
    """

    organisation: int
    in_team: bool = False
    is_referent: bool = False
    in_danger: bool = False  # the viewer opened it in danger to life, and that runs now
    approved: bool = False  # somebody else said yes to opening her identity, and that holds now
    in_group: bool = False  # she is in a session that the viewer holds, and its list is open (activities.held)
    agreed_to_groups: bool = False  # her yes to groups stands (R4), or nobody else is there
    held: Held = NOTHING_HELD


@dataclass(frozen=True)
class Asked:
    """What somebody wants of a case: a part, to read or to write, a note for an audience, words of a label."""

    part: Part
    write: bool = False
    audience: Audience | None = None
    label: Label = Label.OPERATIONAL


ALL_PARTS = frozenset(Part)
_AROUND = frozenset({Part.HEAD, Part.CONTACT, Part.PLAN, Part.SERVICES, Part.NOTES, Part.TEAM, Part.ACTIVITIES})

_TAKEN_DOWN = frozenset({Part.WITHDRAWALS, Part.RIGHTS})
_AGREED = _TAKEN_DOWN | {Part.CONSENTS, Part.READERS}

# What a member of her team reads, by role. Others read nothing, whatever their role.
TEAM_READS: dict[Role, frozenset[Part]] = {
    Role.CASEWORKER: ALL_PARTS,
    Role.COORDINATOR: ALL_PARTS,
    Role.PSYCHOLOGIST: _AROUND | _AGREED | {Part.SAFETY, Part.FAMILY, Part.HISTORY},
    Role.LAWYER: _AROUND | _AGREED | {Part.LEGAL, Part.PAPERS, Part.FAMILY, Part.IDENTITY},
    Role.MEDIATOR: _AROUND | _AGREED,
}
TEAM_WRITES: dict[Role, frozenset[Part]] = {
    Role.CASEWORKER: ALL_PARTS - {Part.READERS, Part.REQUESTS},
    Role.COORDINATOR: ALL_PARTS - {Part.READERS},
    Role.PSYCHOLOGIST: frozenset({Part.NOTES, Part.SERVICES, Part.SAFETY, Part.PLAN}) | _TAKEN_DOWN,
    Role.LAWYER: frozenset({Part.NOTES, Part.SERVICES, Part.LEGAL, Part.PAPERS}) | _TAKEN_DOWN,
    Role.MEDIATOR: frozenset({Part.NOTES, Part.SERVICES}) | _TAKEN_DOWN,
}
# What a role reads of every case of its organisation without being in the team.
ORGANISATION_READS: dict[Role, frozenset[Part]] = {
    Role.COORDINATOR: ALL_PARTS - {Part.IDENTITY, Part.NOTES, Part.PAPERS, Part.FAMILY},
    Role.DATA_PROTECTION_OFFICER: _AGREED | {Part.HEAD, Part.HISTORY, Part.REQUESTS},
}
ORGANISATION_WRITES: dict[Role, frozenset[Part]] = {
    Role.COORDINATOR: frozenset({Part.TEAM, Part.REFERRAL, Part.REQUESTS, *_TAKEN_DOWN}),
    Role.DATA_PROTECTION_OFFICER: frozenset({Part.RIGHTS, Part.REQUESTS}),
}

# Who opens a case in danger to life: the roles that accompany and sign in with a second factor. Whoever answers the
# hotline, mediates or holds a group calls one of them (docs/adr/0019).
DANGER_READS = frozenset(
    {Part.HEAD, Part.CONTACT, Part.IDENTITY, Part.SAFETY, Part.SERVICES, Part.FAMILY, Part.NOTES, Part.TEAM}
)
_BREAK_GLASS = (Role.CASEWORKER, Role.COORDINATOR, Role.PSYCHOLOGIST, Role.LAWYER)
# Who may ask for a second person's yes to open an identity.
_ASK = (*_BREAK_GLASS, Role.DATA_PROTECTION_OFFICER)

Parts = dict[Role, frozenset[Part]]
# Who may hold a group: colleagues do too, and see of women of other teams no more than any facilitator.
HOLD_GROUPS = tuple(role for role in Role if Task.HOLD_SESSIONS in TASKS[role])

# What opens for a purpose, by role: all there is. A role that does not stand under a purpose never has it.
READS: dict[Purpose, Parts] = {
    Purpose.ACCOMPANY: TEAM_READS,
    Purpose.GROUP: dict.fromkeys(HOLD_GROUPS, frozenset({Part.ACTIVITIES})),
    Purpose.COORDINATE: {Role.COORDINATOR: ORGANISATION_READS[Role.COORDINATOR]},
    Purpose.OVERSEE: {Role.DATA_PROTECTION_OFFICER: ORGANISATION_READS[Role.DATA_PROTECTION_OFFICER]},
    Purpose.DANGER: dict.fromkeys(_BREAK_GLASS, DANGER_READS),
    Purpose.APPROVED: dict.fromkeys(_ASK, frozenset({Part.HEAD, Part.IDENTITY})),
}
WRITES: dict[Purpose, Parts] = {
    Purpose.ACCOMPANY: TEAM_WRITES,
    # Who came; and a word to her team, which nobody but her team reads again.
    Purpose.GROUP: dict.fromkeys(HOLD_GROUPS, frozenset({Part.ACTIVITIES})),
    Purpose.COORDINATE: {role: parts for role, parts in ORGANISATION_WRITES.items() if role is Role.COORDINATOR},
    Purpose.OVERSEE: {role: parts for role, parts in ORGANISATION_WRITES.items() if role is not Role.COORDINATOR},
    # What happened is written down by who was there.
    Purpose.DANGER: dict.fromkeys(_BREAK_GLASS, frozenset({Part.NOTES, Part.SAFETY})),
    Purpose.APPROVED: {},
}
_SCALE = tuple(Label)
# The most sensitive words that open for a purpose, and where it is otherwise in one part. Outside her team nobody
# reads what she is called, how she is reached or where she is met (R3, R7, R13).
CEILING: dict[Purpose, Label] = {
    Purpose.ACCOMPANY: Label.SAFETY_CRITICAL,
    Purpose.GROUP: Label.PERSONAL,
    Purpose.COORDINATE: Label.PERSONAL,
    Purpose.OVERSEE: Label.PERSONAL,
    Purpose.DANGER: Label.SAFETY_CRITICAL,
    Purpose.APPROVED: Label.OPERATIONAL,
}
CEILINGS: dict[tuple[Purpose, Part], Label] = {
    (Purpose.COORDINATE, Part.HEAD): Label.OPERATIONAL,
    (Purpose.COORDINATE, Part.CONTACT): Label.OPERATIONAL,
    (Purpose.COORDINATE, Part.TEAM): Label.OPERATIONAL,
    (Purpose.COORDINATE, Part.SAFETY): Label.SAFETY_CRITICAL,
    (Purpose.COORDINATE, Part.REFERRAL): Label.SAFETY_CRITICAL,
    (Purpose.OVERSEE, Part.HEAD): Label.OPERATIONAL,
    (Purpose.OVERSEE, Part.HISTORY): Label.OPERATIONAL,
    (Purpose.APPROVED, Part.IDENTITY): Label.IDENTIFYING,
}
_PROFESSION = {Audience.PSYCHOLOGIST: Role.PSYCHOLOGIST, Audience.LAWYER: Role.LAWYER}

GRANTED: dict[Purpose, Decision] = {
    Purpose.ACCOMPANY: Decision(True, "You work with her.", "C&H-L 5.1.2"),
    Purpose.GROUP: Decision(True, "She is in your group today.", "R4"),
    Purpose.COORDINATE: Decision(True, "You coordinate this house.", "R20"),
    Purpose.OVERSEE: Decision(True, "You watch over what is kept of her.", "R14"),
    Purpose.DANGER: Decision(True, "You opened her file because her life is in danger.", "R2"),
    Purpose.APPROVED: Decision(True, "A second person agreed that you open her identity.", "R3"),
}
NOT_HERE = refused("This is not here.")
_OTHERS_OF_HER_TEAM = refused("This part is open to other members of her team only.", "C&H-L 5.1.2")
_FOR_OTHERS = refused("This note is for somebody else of her team.", "C&H-L 5.1.2")
_TOO_NEAR = refused("Only her team sees what she is called, how she is reached and where she is met.", "R3, R7, R13")
_NOT_ASKED_ABOUT_GROUPS = refused("She has not said yes to being in a group.", "R4")

# What goes on while all of her file is kept and not used: knowing that it is there, who accompanies her (R10), and
# whatever she asks about the file itself.
READ_WHILE_HELD = frozenset({Part.HEAD, Part.TEAM, Part.READERS, Part.REQUESTS, *_TAKEN_DOWN})
WRITTEN_WHILE_HELD = frozenset({Part.TEAM, Part.REQUESTS, *_TAKEN_DOWN})
HELD = refused("At her wish this part of her file is kept and not used. Read it only with a reason.", "GDPR, Art. 18")
HELD_STILL = refused(
    "At her wish this part of her file is kept and not used: nothing is changed in it until she says so.",
    "GDPR, Art. 18",
)

NOT_CLEARED = refused("Training and a signed confidentiality statement come first. Ask your coordinator.", "R12")


def may_do(viewer: Viewer, task: Task) -> Decision:
    """Whether the viewer's role includes the task (R12 first)."""
    if not viewer.cleared and task not in NEEDS_NO_CLEARANCE:
        return NOT_CLEARED
    if task in TASKS[viewer.role]:
        return ALLOWED
    return refused("Your role in this organisation does not include this.", "R12")


def may_read(viewer: Viewer, part: Part, *, organisation: int, in_team: bool) -> Decision:
    """Whether the viewer reads this part of a case of that organisation, as one of her team or of the house."""
    return decide(viewer, Asked(part), Ties(organisation, in_team))


def may_write(viewer: Viewer, part: Part, *, organisation: int, in_team: bool) -> Decision:
    """Whether the viewer changes this part of a case of that organisation, as one of her team or of the house."""
    return decide(viewer, Asked(part, write=True), Ties(organisation, in_team))


def decide(viewer: Viewer, asked: Asked, ties: Ties) -> Decision:
    """The one decision about a case: clearance, organisation, purpose, part, audience, label, and her wish."""
    if not viewer.cleared:
        return NOT_CLEARED
    if ties.organisation != viewer.organisation:
        return NOT_HERE
    purpose = purpose_of(viewer, asked, ties)
    if purpose is None:
        return _why_not(viewer, asked, ties)
    no = _against_her_wish(asked, ties)
    return GRANTED[purpose] if no is None else no


def _against_her_wish(asked: Asked, ties: Ties) -> Decision | None:
    """The no to what she had held (GDPR, Art. 18): to every change, and to reading without a reason.

    Danger to life comes before it; whoever opened her file in danger has given a reason.
    """
    if ties.in_danger:
        return None
    if asked.write:
        return HELD_STILL if ties.held.holds(asked.part, but=WRITTEN_WHILE_HELD) else None
    is_held = ties.held.holds(asked.part, but=READ_WHILE_HELD) and asked.part not in ties.held.opened
    return HELD if is_held else None


def purpose_of(viewer: Viewer, asked: Asked, ties: Ties) -> Purpose | None:
    """The nearest purpose for which this is open to the viewer; None where it is not."""
    return next((one for one in purposes(viewer, ties) if _opens(one, viewer.role, asked, ties)), None)


def purposes(viewer: Viewer, ties: Ties) -> tuple[Purpose, ...]:
    """For what the viewer may come to this case, nearest first."""
    if not viewer.cleared or ties.organisation != viewer.organisation:
        return ()
    holds = {
        Purpose.ACCOMPANY: ties.in_team,
        Purpose.GROUP: ties.in_group and ties.agreed_to_groups,
        Purpose.COORDINATE: True,
        Purpose.OVERSEE: True,
        Purpose.DANGER: ties.in_danger,
        Purpose.APPROVED: ties.approved,
    }
    return tuple(one for one, held in holds.items() if held and viewer.role in READS[one])


def audiences_of(viewer: Viewer, ties: Ties) -> frozenset[Audience]:
    """The audiences of notes that the viewer belongs to, for one case."""
    return frozenset(one for one in Audience if decide(viewer, Asked(Part.NOTES, audience=one), ties))


def sees_all_cases(viewer: Viewer) -> bool:
    """Whether the viewer's list holds every case of the organisation, or only those of her or his teams."""
    return any(opens_heads(viewer, purpose) for purpose in (Purpose.COORDINATE, Purpose.OVERSEE))


def opens_heads(viewer: Viewer, purpose: Purpose) -> bool:
    """Whether the viewer's role reads the heads of cases for this purpose: what lists hold."""
    return viewer.cleared and Part.HEAD in READS[purpose].get(viewer.role, frozenset())


def _opens(purpose: Purpose, role: Role, asked: Asked, ties: Ties) -> bool:
    parts = (WRITES if asked.write else READS)[purpose].get(role, frozenset())
    return asked.part in parts and _is_for(role, asked.audience, ties, purpose) and _reaches(purpose, asked)


def _is_for(role: Role, audience: Audience | None, ties: Ties, purpose: Purpose) -> bool:
    """Whether a note for this audience is for this reader; in danger to life, what her whole team may know."""
    if audience is None or audience is Audience.TEAM:
        return True
    if purpose is not Purpose.ACCOMPANY:
        return False
    return ties.is_referent if audience is Audience.REFERENT else role is _PROFESSION[audience]


def _reaches(purpose: Purpose, asked: Asked) -> bool:
    """Whether words of this label open in this part for this purpose."""
    highest = CEILINGS.get((purpose, asked.part), CEILING[purpose])
    return _SCALE.index(asked.label) <= _SCALE.index(highest)


def _why_not(viewer: Viewer, asked: Asked, ties: Ties) -> Decision:
    if viewer.role is Role.FACILITATOR and ties.in_group:
        return _NOT_ASKED_ABOUT_GROUPS
    if asked.audience not in (None, Audience.TEAM) and decide(viewer, Asked(asked.part), ties):
        return _FOR_OTHERS
    if asked.label is not Label.OPERATIONAL and decide(viewer, Asked(asked.part, asked.write), ties):
        return _TOO_NEAR
    return _OTHERS_OF_HER_TEAM


def may_record_training(viewer: Viewer, *, cleared_coordinators: int) -> Decision:
    """Whether the viewer records that a colleague is trained and has signed (R12).

    The coordinator does, so that whoever makes accounts cannot also open them to the files; only while there is no
    cleared coordinator yet does the administrator.
    """
    if viewer.role is Role.ADMINISTRATOR and not cleared_coordinators:
        return ALLOWED
    return may_do(viewer, Task.RECORD_TRAINING)


def may_make_token(viewer: Viewer, *, had_second_step: bool) -> Decision:
    """Whether the viewer makes a token for a program: it opens what she or he may see, without being there."""
    if not viewer.cleared:
        return NOT_CLEARED
    if had_second_step:
        return ALLOWED
    return refused("A token outlives your session. Set up a second step and sign in with it first.")
