"""Where a case stands: the yes after the first interview, closing with her, asking how she is, coming back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from amparo.areas.access.rules import Part, Task, Viewer, may_do
from amparo.areas.orgs.models import Member
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, require

from .acting import acting
from .dues import set_due, settle_due
from .files import CaseFile, case_for
from .models import Appointment, Case, Closing, Due, Event, TeamMember
from .rules import FIRST_RISK_WITHIN, DueKind, Meeting, Move, Status, after, may_move

# Begins anew when she comes back, or was called off with the ending.
_NOT_TAKEN_UP = (DueKind.RISK, DueKind.FOLLOW_UP, DueKind.INTERVIEW, DueKind.APPOINTMENT)


@dataclass(frozen=True)
class Ending:
    """How an accompaniment ends: reason and outcome by their keys in the catalogue, and what she says herself."""

    reason: str
    outcome: str
    on: date
    with_her: bool
    ratings: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    ask_on: Sequence[date] = ()


@dataclass(frozen=True)
class ClosingFile:
    """An ending with her words opened."""

    id: int
    on: date
    reason: str
    outcome: str
    with_her: bool
    ratings: dict[str, str]
    words: dict[str, str]
    member_name: str
    came_back_on: date | None


def start_accompanying(case: CaseFile, *, by: Viewer, on: date | None = None) -> None:
    """She said yes: papers and consents may be taken from now on (C&H-L 492-508)."""
    with acting(case, by=by, part=Part.HEAD, verb="accompaniment begun", on=on):
        _move(case, Move.SAY_YES)


def close_case(case: CaseFile, *, by: Viewer, ending: Ending) -> int:
    """Close with her, or without her where contact was lost; gives the closing's number.

    What is still due is settled, but for the days on which she agreed to be asked how she is.
    """
    moment = clock.now()  # the same for the ending and for what it settles, so that coming back can take it up again
    with clock.standing_at(moment), acting(case, by=by, part=Part.HEAD, verb="case closed", on=ending.on) as act:
        _move(case, Move.CLOSE_AND_ASK if ending.ask_on else Move.CLOSE, closed_on=ending.on, outcome=ending.outcome)
        closing = Closing.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            member_id=by.member,
            on=ending.on,
            reason=ending.reason,
            outcome=ending.outcome,
            with_her=ending.with_her,
            ratings={key: answer for key, answer in ending.ratings.items() if answer},
            words=_sealed(case, ending.words),
        )
        Due.objects.filter(case=case.id, done_at=None).update(done_at=moment)
        Appointment.objects.filter(case=case.id, state=Meeting.PLANNED).update(state=Meeting.CALLED_OFF)
        for number, day in enumerate(sorted(set(ending.ask_on)), start=1):
            set_due(case, DueKind.FOLLOW_UP, on=day, subject=number, member=case.referent)
        act.subject, act.words = closing.pk, [ending.reason, ending.outcome]
    return closing.pk


def note_follow_up(case: CaseFile, number: int, *, by: Viewer) -> None:
    """She was asked how she is, or could not be reached; either way this one is done."""
    with acting(case, by=by, part=Part.HEAD, verb="followed up") as act:
        if not Due.objects.filter(case=case.id, kind=DueKind.FOLLOW_UP, subject=number, done_at=None).exists():
            raise NotThere
        settle_due(case, DueKind.FOLLOW_UP, subject=number)
        act.subject = number


def end_follow_up(case: CaseFile, *, by: Viewer) -> None:
    """Nothing more is agreed with her; the door stays open."""
    with acting(case, by=by, part=Part.HEAD, verb="follow-up ended"):
        _move(case, Move.END_FOLLOW_UP)
        Due.objects.filter(case=case.id, kind=DueKind.FOLLOW_UP, done_at=None).update(done_at=clock.now())


@transaction.atomic
def welcome_back(person: UUID, *, by: Viewer, referent: int | None = None) -> str:
    """She comes back: the same case, with its history and team, and without a question why (R17). Gives its code.

    A referent who no longer works here is replaced by the one named, or by whoever welcomes her (R10).
    """
    require(may_do(by, Task.OPEN_CASES))
    found = Case.objects.filter(person=person, organisation=by.organisation)
    row = found.select_for_update(of=("self",), no_key=True).select_related("person", "referent").first()
    if row is None:
        raise NotThere
    now_referent = referent or (row.referent_id if row.referent.is_active else by.member)
    if not Member.objects.filter(pk=now_referent, organisation=by.organisation, is_active=True).exists():
        raise NotThere
    today = clock.today(by.time_zone)
    for member in {now_referent, by.member}:
        TeamMember.objects.get_or_create(
            organisation_id=by.organisation, case=row, member_id=member, until=None, defaults={"since": today}
        )
    case = case_for(by, row.person.code, Part.HEAD, write=True)
    with acting(case, by=by, part=Part.HEAD, verb="came back") as act:
        _move(case, Move.COME_BACK, closed_on=None, outcome="", referent_id=now_referent)
        Closing.objects.filter(case=row, came_back_on=None).update(came_back_on=today)
        Due.objects.filter(case=row, kind=DueKind.FOLLOW_UP, done_at=None).update(done_at=clock.now())
        _take_up_again(case)
        set_due(case, DueKind.RISK, on=today + FIRST_RISK_WITHIN, why="entry")
        act.facts["referent"] = now_referent
    return case.code


def _take_up_again(case: CaseFile) -> None:
    """What the ending settled is due again, such as steps and reviews: leaving and coming back costs her nothing."""
    ended_at = Event.objects.filter(case=case.id, verb="case closed").aggregate(at=Max("at"))["at"]
    same = Due.objects.filter(case=case.id, kind=OuterRef("kind"), subject=OuterRef("subject"), done_at=None)
    settled = Due.objects.filter(case=case.id, done_at=ended_at).exclude(kind__in=_NOT_TAKEN_UP)
    settled.exclude(Exists(same)).update(done_at=None)


def closings_of(viewer: Viewer, case: CaseFile) -> list[ClosingFile]:
    """The endings of this accompaniment, latest first; her words only for who accompanies her."""
    rows = Closing.objects.filter(case=case.id, organisation=viewer.organisation).select_related("member")
    knows_her = case.readable(viewer, Part.NOTES)
    return [_closing(case, row, opened=bool(knows_her)) for row in rows.order_by("-on", "-pk")]


def _move(case: CaseFile, move: Move, **changes: object) -> None:
    """Lock the case, see where it stands now, and take it on."""
    row = Case.objects.select_for_update(no_key=True).get(pk=case.id)
    status = Status(row.status)
    require(may_move(status, move))
    Case.objects.filter(pk=case.id).update(status=after(status, move), version=row.version + 1, **changes)


def _sealed(case: CaseFile, words: Mapping[str, str]) -> bytes:
    said = {key: text for key, text in words.items() if text}
    return sealing.seal_text(case.person, json.dumps(said, ensure_ascii=False), "closing.words") if said else b""


def _closing(case: CaseFile, row: Closing, *, opened: bool) -> ClosingFile:
    text = sealing.open_text(case.person, row.words, "closing.words") if opened else ""
    return ClosingFile(
        id=row.pk,
        on=row.on,
        reason=row.reason,
        outcome=row.outcome,
        with_her=row.with_her,
        ratings=dict(row.ratings),
        words=json.loads(text) if text else {},
        member_name=row.member.name,
        came_back_on=row.came_back_on,
    )
