"""What she would like, when she can come, and what she needs for it: asked alone, before any group (R4).

Nothing here looks at whether she came before (R11, R17).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import acting
from amparo.areas.cases.files import CaseFile
from amparo.areas.consent.queries import is_covered
from amparo.areas.safety.rules import is_overdue
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, Decision, NotThere, refused, require

from .models import Activity, Circumstances, FreeTime, Interest, OtherTime
from .offering import ActivityFile, activity_file
from .rules.joining import may_be_in_group
from .rules.states import Answer, InGroup, Reason
from .rules.taking_part import Stop, TakingPart, answered_by, latest
from .rules.weeks import Different, Weekly
from .taking_part import Taken, taken_of

GROUPS = "group_work"


@dataclass(frozen=True)
class Said:
    """What she said about an activity."""

    answer: Answer
    in_group: InGroup = InGroup.NOT_ASKED
    asked_alone: bool = False
    words: str = ""


@dataclass(frozen=True)
class WishFile:
    """An activity with what she said about it; `said` is None where she was not asked.

    `part`: in which weeks she has a place in it or took part, the last of them; None where in none.
    `stop`: the pause or the end of her place that stands; None where none does.
    """

    activity: ActivityFile
    said: Said | None
    asked_on: date | None
    member_name: str
    version: int
    part: TakingPart | None = None
    is_answered: bool = False  # her yes: she has a place, or took part in what ends and was not asked again since
    stop: Stop | None = None

    @property
    def to_ask_again(self) -> bool:
        """Whether she took part to the end, is in a pause or ended her place, and nobody asked her again since."""
        return self.stop is not None or (self.is_answered and self.part is not None and self.part.is_over)


@dataclass(frozen=True)
class Needs:
    """What has to fit for her to come."""

    children: int = 0
    reasons: tuple[Reason, ...] = ()
    levels: Mapping[str, str] | None = None
    words: str = ""


@dataclass(frozen=True)
class WeekFile:
    """When she is free and what has to fit. `version` 0: nobody asked her yet."""

    times: tuple[Weekly, ...]
    needs: Needs
    changed_on: date | None
    version: int


@dataclass(frozen=True)
class OtherDays:
    """Days that are not as her other weeks."""

    id: int
    days: Different
    reason: str


def wishes_of(viewer: Viewer, case: CaseFile) -> list[WishFile]:
    """Everything that is offered, and what she said: what she wants first, then what she was not asked: 4 queries."""
    require(case.readable(viewer, Part.ACTIVITIES))
    offered = Activity.objects.filter(organisation=viewer.organisation).order_by("name", "pk")
    said = {row.activity_id: row for row in _interests(viewer, case)}
    taken = taken_of(case.organisation, [case.id])
    found = [
        _wish(case, one, said.get(one.pk), taken.get((case.id, one.pk), Taken()))
        for one in offered
        if one.in_use or one.pk in said
    ]
    order = [Answer.YES, Answer.LATER, None, Answer.NO]
    return sorted(found, key=lambda one: (order.index(one.said.answer if one.said else None), one.to_ask_again))


def wish_of(viewer: Viewer, case: CaseFile, activity: int) -> WishFile:
    """One of them; raises NotThere where the house offers no such activity."""
    for one in wishes_of(viewer, case):
        if one.activity.id == activity:
            return one
    raise NotThere


def note_interest(case: CaseFile, activity: int, *, by: Viewer, said: Said, version: int, again: bool = False) -> None:
    """Note what she says. Raises Conflict where a colleague noted something else meanwhile.

    `again`: while she is in the midst of it she was asked whether she would like it once more after that. Without, a
    yes that stays a yes is the one that brought her there, whatever else about it is put right. In a pause that goes on
    every yes is a new one.
    """
    with acting(case, by=by, part=Part.ACTIVITIES, verb="interest noted") as act:
        offered = Activity.objects.filter(pk=activity, organisation=case.organisation).first()
        if offered is None:
            raise NotThere
        row = Interest.objects.select_for_update(no_key=True).filter(case=case.id, activity=activity).first()
        if (row.version if row else 0) != version:
            raise Conflict([("answer", row.answer if row else "")])
        stays = row is not None and row.answer == said.answer == Answer.YES and not again
        asked_on = clock.today(by.time_zone)
        if row is not None and stays and _is_in_midst(case, offered, row.asked_on, asked_on):
            asked_on = row.asked_on
        row = row or Interest(organisation_id=case.organisation, case_id=case.id, activity_id=activity)
        row.answer, row.in_group, row.asked_alone = said.answer, said.in_group, said.asked_alone
        row.words = sealing.seal_text(case.person, said.words, "interest.words")
        row.asked_on, row.member_id, row.version = asked_on, by.member, version + 1
        row.save()
        act.subject, act.words = row.pk, [said.answer]


def may_join(viewer: Viewer, case: CaseFile, *, asked_alone: bool, therapeutic: bool) -> Decision:
    """Whether she may be in a group, as everything stands today (R4). Tells nothing that the caller may not read."""
    today = clock.today(viewer.time_zone)
    return may_be_in_group(
        asked_alone=asked_alone,
        agreed=bool(is_covered(viewer, case.person, purpose=GROUPS, on=today)),
        level=case.risk_level,
        overdue=is_overdue(case.risk_due, today),
        therapeutic=therapeutic,
    )


def week_of(viewer: Viewer, case: CaseFile) -> WeekFile:
    """When she is free, and what has to fit."""
    require(case.readable(viewer, Part.ACTIVITIES))
    mine = {"case": case.id, "organisation": viewer.organisation}
    rows = FreeTime.objects.filter(**mine).order_by("weekday", "starts")
    times = tuple(Weekly(row.weekday, row.starts, row.ends) for row in rows)
    there = Circumstances.objects.filter(**mine).first()
    if there is None:
        return WeekFile(times, Needs(), None, 0)
    words = sealing.open_text(case.person, there.words, "circumstances.words")
    needs = Needs(there.children, tuple(Reason(one) for one in there.reasons), there.levels, words)
    return WeekFile(times, needs, there.changed_on, there.version)


def write_week(case: CaseFile, *, by: Viewer, times: Iterable[Weekly], needs: Needs, version: int) -> None:
    """Put down when she is free and what has to fit. Raises Conflict where a colleague was faster."""
    with acting(case, by=by, part=Part.ACTIVITIES, verb="free times noted") as act:
        row = Circumstances.objects.select_for_update(no_key=True).filter(case=case.id).first()
        if (row.version if row else 0) != version:
            raise Conflict([("children", str(row.children if row else 0))])
        row = row or Circumstances(organisation_id=case.organisation, case_id=case.id)
        row.children, row.reasons, row.levels = needs.children, list(needs.reasons), dict(needs.levels or {})
        row.words = sealing.seal_text(case.person, needs.words, "circumstances.words")
        row.member_id, row.changed_on, row.version = by.member, clock.today(by.time_zone), version + 1
        row.save()
        FreeTime.objects.filter(case=case.id).delete()
        mine: dict[str, int] = {"organisation_id": case.organisation, "case_id": case.id}
        FreeTime.objects.bulk_create(
            [FreeTime(**mine, weekday=one.weekday, starts=one.starts, ends=one.ends) for one in times]
        )
        act.subject = row.pk


def other_days_of(viewer: Viewer, case: CaseFile) -> list[OtherDays]:
    """The days to come that are different, the next first."""
    require(case.readable(viewer, Part.ACTIVITIES))
    rows = OtherTime.objects.filter(case=case.id, organisation=viewer.organisation)
    coming = rows.filter(last_on__gte=clock.today(viewer.time_zone)).order_by("first_on", "pk")
    return [
        OtherDays(row.pk, Different(row.first_on, row.last_on, row.starts, row.ends, row.free), row.reason)
        for row in coming
    ]


def note_other_days(case: CaseFile, *, by: Viewer, days: Different, reason: str) -> int:
    """Note days that are different; gives the number."""
    if days.last_on < days.first_on:
        require(refused("The last day lies before the first."))
    if not _is_a_span(days.starts, days.ends):
        require(refused("A time ends after it starts. Leave both empty for the whole day."))
    with acting(case, by=by, part=Part.ACTIVITIES, verb="days noted", on=days.first_on) as act:
        row = OtherTime.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            first_on=days.first_on,
            last_on=days.last_on,
            starts=days.starts,
            ends=days.ends,
            free=days.free,
            reason=reason,
            member_id=by.member,
        )
        act.subject, act.words = row.pk, [days.first_on.isoformat()]
    return row.pk


def take_back_days(case: CaseFile, number: int, *, by: Viewer) -> None:
    """They are as her other weeks after all; raises NotThere."""
    with acting(case, by=by, part=Part.ACTIVITIES, verb="days taken back") as act:
        gone, _each = OtherTime.objects.filter(pk=number, case=case.id).delete()
        if not gone:
            raise NotThere
        act.subject, act.quiet = number, True


def _is_a_span(starts: time | None, ends: time | None) -> bool:
    return starts is ends is None or (starts is not None and ends is not None and starts < ends)


def _interests(viewer: Viewer, case: CaseFile) -> list[Interest]:
    rows = Interest.objects.filter(case=case.id, organisation=viewer.organisation)
    return list(rows.select_related("member"))


def _is_in_midst(case: CaseFile, offered: Activity, asked_on: date, today: date) -> bool:
    taken = taken_of(case.organisation, [case.id]).get((case.id, offered.pk), Taken())
    parts, stop = taken.since(asked_on, goes_on=offered.goes_on)
    return stop is None and any(one.has_begun(today) for one in parts)


def _wish(case: CaseFile, offered: Activity, row: Interest | None, taken: Taken) -> WishFile:
    if row is None:
        return WishFile(activity_file(offered), None, None, "", 0, latest(taken.parts))
    said = Said(
        answer=Answer(row.answer),
        in_group=InGroup(row.in_group),
        asked_alone=row.asked_alone,
        words=sealing.open_text(case.person, row.words, "interest.words"),
    )
    it, asked = activity_file(offered), (row.asked_on, row.member.name, row.version)
    if said.answer is not Answer.YES:
        return WishFile(it, said, *asked, latest(taken.parts))
    parts, stop = taken.since(row.asked_on, goes_on=offered.goes_on)
    by = answered_by(row.asked_on, parts, goes_on=offered.goes_on)
    return WishFile(it, said, *asked, by or latest(parts), is_answered=by is not None, stop=stop)
