"""Who works with her: the team, the one referent, handing over, standing in (R10, R20)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from amparo.areas.access.rules import TEAM_READS, Part, Viewer
from amparo.areas.orgs.queries import Colleague, colleagues
from amparo.areas.orgs.rules import Role
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, Refused, refused, require
from amparo.kernel.labels import Label
from amparo.storage.prepared import prepared

from .acting import acting
from .dues import set_due, settle_due
from .files import CaseFile
from .models import Case, Due, Handover, TeamMember
from .rules import DueKind, may_change_team, may_hand_over, may_leave_team

REFERENTS = (Role.CASEWORKER, Role.COORDINATOR)


@dataclass(frozen=True)
class TeamLine:
    """Someone of her team now."""

    member: int
    name: str
    role: Role
    since: date
    is_referent: bool


@dataclass(frozen=True)
class StandingIn:
    """Who stands in for her referent today, and until when."""

    member: int
    name: str
    until: date


@dataclass(frozen=True)
class Handing:
    """What is handed over: to whom, what the next must know, and what she was told and said, or by when she will be."""

    to: int
    text: str
    told_words: str = ""
    told_on: date | None = None
    tell_by: date | None = None
    stays: bool = True


@dataclass(frozen=True)
class HandoverFile:
    """A handover; its texts only for those whom it concerns."""

    id: int
    from_name: str
    to_name: str
    to: int
    text: str
    told_words: str
    told_on: date | None
    starts_on: date
    until: date | None
    made_at: datetime
    seen_at: datetime | None


def add_to_team(case: CaseFile, *, by: Viewer, member: int) -> None:
    """Let a colleague work with her. What she or he then sees follows from the role."""
    with acting(case, by=by, part=Part.TEAM, verb="joined the team") as act:
        require(may_change_team(coordinates=by.role is Role.COORDINATOR, is_referent=case.referent == by.member))
        _join(case, _colleague(by, member, *TEAM_READS).member, since=clock.today(by.time_zone))
        act.subject = member


def take_from_team(case: CaseFile, *, by: Viewer, member: int) -> None:
    """A colleague leaves her team, by the referent's or the coordination's hand or by her or his own."""
    with acting(case, by=by, part=Part.TEAM, verb="left the team") as act:
        if member != by.member:
            require(may_change_team(coordinates=by.role is Role.COORDINATOR, is_referent=case.referent == by.member))
        referent = Case.objects.select_for_update(no_key=True).values_list("referent", flat=True).get(pk=case.id)
        require(may_leave_team(member=member, referent=referent))
        _leave(case, member, on=clock.today(by.time_zone))
        act.subject = member


def hand_over(case: CaseFile, *, by: Viewer, what: Handing) -> int:
    """Make another colleague her referent; the next one reads what to know, and she is told (R10)."""
    with acting(case, by=by, part=Part.TEAM, verb="referent changed") as act:
        require(may_change_team(coordinates=by.role is Role.COORDINATOR, is_referent=case.referent == by.member))
        row = Case.objects.select_for_update(no_key=True).get(pk=case.id)
        before = row.referent_id
        require(may_hand_over(to=what.to, referent=before, told_on=what.told_on, tell_by=what.tell_by))
        today = clock.today(by.time_zone)
        _join(case, _colleague(by, what.to, *REFERENTS).member, since=today)
        Case.objects.filter(pk=case.id).update(referent_id=what.to, version=row.version + 1)
        if not what.stays:
            _leave(case, before, on=today)
        handover = _written(case, before, what, starts_on=today, until=None)
        if what.told_on is None and what.tell_by is not None:
            set_due(case, DueKind.REFERENT_TOLD, on=what.tell_by, subject=handover.pk)
        act.subject = handover.pk
    return handover.pk


def stand_in(case: CaseFile, *, by: Viewer, what: Handing, starts_on: date, until: date) -> int:
    """Let a colleague stand in while the referent is away (R20; C&H-L 806-811). The referent stays her referent."""
    with acting(case, by=by, part=Part.TEAM, verb="standing in agreed") as act:
        require(may_change_team(coordinates=by.role is Role.COORDINATOR, is_referent=case.referent == by.member))
        if until < starts_on:
            require(refused("The last day comes after the first."))
        require(may_hand_over(to=what.to, referent=case.referent, told_on=what.told_on, tell_by=what.tell_by))
        _join(case, _colleague(by, what.to, *REFERENTS).member, since=clock.today(by.time_zone))
        handover = _written(case, case.referent, what, starts_on=starts_on, until=until)
        if what.told_on is None and what.tell_by is not None:
            set_due(case, DueKind.REFERENT_TOLD, on=what.tell_by, subject=handover.pk)
        act.subject = handover.pk
    return handover.pk


def confirm_handover(case: CaseFile, number: int, *, by: Viewer) -> None:
    """The next referent has read it. Only she or he can say so."""
    with _about_handover(case, number, by, verb="handover read") as row:
        if row.to_member_id != by.member:
            raise Refused(refused("Only the colleague it was handed to can confirm it.", "R10"))
        Handover.objects.filter(pk=number, seen_at=None).update(seen_at=clock.now())
        settle_due(case, DueKind.HANDOVER, subject=number)


def note_she_was_told(case: CaseFile, number: int, *, by: Viewer, words: str, on: date) -> None:
    """What she was told about the change and what she said (R10)."""
    with _about_handover(case, number, by, verb="she was told", on=on):
        sealed = sealing.seal_text(case.person, words, "handover.told_her")
        Handover.objects.filter(pk=number).update(told_her=sealed, told_on=on)
        settle_due(case, DueKind.REFERENT_TOLD, subject=number)


def team_of(viewer: Viewer, case: CaseFile) -> list[TeamLine]:
    """Her team now, the referent first."""
    rows = TeamMember.objects.filter(case=case.id, organisation=viewer.organisation, until=None)
    lines = [
        TeamLine(row.member_id, row.member.name, Role(row.member.role), row.since, row.member_id == case.referent)
        for row in rows.select_related("member").order_by("member__name", "pk")
    ]
    return sorted(lines, key=lambda line: not line.is_referent)


def standing_in(viewer: Viewer, case: CaseFile) -> StandingIn | None:
    """Who stands in for her absent referent today; None where nobody does (R10, R20)."""
    found = _standing_in(case.id, viewer.organisation, case.referent, clock.today(viewer.time_zone))
    return StandingIn(*found[0]) if found else None


def may_join(viewer: Viewer, case: CaseFile) -> list[Colleague]:
    """Colleagues who could work with her and do not yet."""
    there = {line.member for line in team_of(viewer, case)}
    return [one for one in colleagues(viewer.organisation, *TEAM_READS) if one.member not in there]


def may_be_referent(viewer: Viewer, case: CaseFile) -> list[Colleague]:
    """Colleagues who could be her referent, or stand in, instead of the present one."""
    return [one for one in colleagues(viewer.organisation, *REFERENTS) if one.member != case.referent]


def handovers_of(viewer: Viewer, case: CaseFile) -> list[HandoverFile]:
    """The latest handovers; the texts only for the two of each, her referent now, and the coordination in her team."""
    rows = Handover.objects.filter(case=case.id, organisation=viewer.organisation).order_by("-made_at", "-pk")
    return [_file(viewer, case, row) for row in rows.select_related("from_member", "to_member")[:10]]


@prepared
def _standing_in(case: int, organisation: int, referent: int, today: date) -> QuerySet[Handover, tuple[Any, ...]]:
    in_team = TeamMember.objects.filter(case=OuterRef("case"), member=OuterRef("to_member"), until=None)
    agreed = Handover.objects.filter(Exists(in_team), case=case, organisation=organisation, from_member=referent)
    now = agreed.filter(starts_on__lte=today, until__gte=today).order_by("-made_at", "-pk")
    return now.values_list("to_member", "to_member__name", "until")[:1]


def _colleague(by: Viewer, member: int, *roles: Role) -> Colleague:
    for one in colleagues(by.organisation, *roles):
        if one.member == member:
            return one
    raise NotThere


def _join(case: CaseFile, member: int, *, since: date) -> None:
    TeamMember.objects.get_or_create(
        organisation_id=case.organisation, case_id=case.id, member_id=member, until=None, defaults={"since": since}
    )


def _leave(case: CaseFile, member: int, *, on: date) -> None:
    if not TeamMember.objects.filter(case=case.id, member=member, until=None).update(until=on):
        raise NotThere
    # What was this colleague's to do is the team's now, so that somebody sees it; a handover is read by one alone.
    left = Due.objects.filter(case=case.id, member=member, done_at=None).exclude(kind=DueKind.HANDOVER)
    left.update(member=None)


def _written(case: CaseFile, before: int, what: Handing, *, starts_on: date, until: date | None) -> Handover:
    row = Handover.objects.create(
        organisation_id=case.organisation,
        case_id=case.id,
        from_member_id=before,
        to_member_id=what.to,
        text=sealing.seal_text(case.person, what.text, "handover.text"),
        told_her=sealing.seal_text(case.person, what.told_words, "handover.told_her"),
        told_on=what.told_on,
        starts_on=starts_on,
        until=until,
        made_at=clock.now(),
    )
    set_due(case, DueKind.HANDOVER, on=starts_on, subject=row.pk, member=what.to)
    return row


@contextmanager
def _about_handover(
    case: CaseFile, number: int, by: Viewer, *, verb: str, on: date | None = None
) -> Iterator[Handover]:
    with acting(case, by=by, part=Part.TEAM, verb=verb, on=on) as act:
        row = Handover.objects.select_for_update(no_key=True).filter(pk=number, case=case.id).first()
        if row is None:
            raise NotThere
        act.subject = number
        yield row


def _file(viewer: Viewer, case: CaseFile, row: Handover) -> HandoverFile:
    concerned = viewer.member in (row.from_member_id, row.to_member_id, case.referent)
    near = case.shows(viewer, Part.TEAM, Label.PERSONAL)
    opened = near and (concerned or viewer.role is Role.COORDINATOR)
    return HandoverFile(
        id=row.pk,
        from_name=row.from_member.name,
        to_name=row.to_member.name,
        to=row.to_member_id,
        text=sealing.open_text(case.person, row.text, "handover.text") if opened else "",
        told_words=sealing.open_text(case.person, row.told_her, "handover.told_her") if opened else "",
        told_on=row.told_on,
        starts_on=row.starts_on,
        until=row.until,
        made_at=row.made_at,
        seen_at=row.seen_at,
    )
