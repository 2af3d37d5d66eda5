"""Reading referrals, their decisions and answers, and first interviews."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from amparo.areas.access.rules import Part, Task, Viewer, may_do
from amparo.areas.audit.actions import Trace
from amparo.areas.audit.reads import note_read
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import TeamMember
from amparo.areas.cases.queries import one_page
from amparo.areas.people import queries as people
from amparo.areas.people.queries import called_by
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, require
from amparo.storage.prepared import prepared

from . import rules
from .models import Interview, Referral, Reply, Resolution
from .rules import UNDECIDED, Page, State

Words = dict[str, str]
DECIDED_PAGE = 25
FIELDS = {page: f"{page}_words" for page in Page}


@dataclass(frozen=True)
class ReferralFile:
    """A referral that the viewer reads, with its words opened, by page."""

    id: int
    person: UUID
    code: str
    organisation: int
    state: State
    known_before: bool
    taken_by: int
    taken_by_name: str
    started_at: datetime
    pages: dict[str, int]
    received_on: date | None
    sender_kind: str
    way: str
    children: int | None
    urgent_needs: tuple[str, ...]
    told: tuple[str, ...]
    channels: tuple[str, ...]
    phone_checked: str
    answers: dict[str, str]
    words: dict[Page, Words]

    def version(self, page: Page) -> int:
        """How often this page was written."""
        return self.pages.get(page, 0)


@dataclass(frozen=True)
class ReferralLine:
    """A referral in a list. `open` says whether the viewer may read it; without that, `called` stays empty."""

    id: int
    code: str
    called: str
    state: State
    sender_kind: str
    on: date
    taken_by_name: str
    urgent_needs: tuple[str, ...]
    danger_now: bool
    wait_until: date | None
    open: bool


@dataclass(frozen=True)
class ReferralLists:
    """What the list of referrals shows: those still open by where they stand, and one page of the decided."""

    open: dict[State, list[ReferralLine]]
    decided: list[ReferralLine]
    more: bool


@dataclass(frozen=True)
class ToDecide:
    """What Today says of referrals: how many wait for a decision, since when, and how many to look at again."""

    count: int
    oldest: date | None
    look_again: int


@dataclass(frozen=True)
class ResolutionFile:
    """A decision with its words opened."""

    verdict: str
    reason: str
    words: str
    where_to: str
    wait_until: date | None
    member_name: str
    at: datetime


@dataclass(frozen=True)
class ReplyFile:
    """An answer to the sender with its text opened."""

    id: int
    text: str
    way: str
    on: date
    member_name: str


@dataclass(frozen=True)
class InterviewFile:
    """A first interview, to come or held."""

    id: int
    member: int
    member_name: str
    at: datetime
    meeting_point: str
    interpreter: str
    prepared: tuple[str, ...]
    answer: str
    her_words: str
    words: str
    version: int


@dataclass(frozen=True)
class Known:
    """Somebody who has a code here already. Nothing else is told before the decision."""

    person: UUID
    code: str


def referral_for(viewer: Viewer, number: int, *, write: bool = False) -> ReferralFile:
    """The referral with this number; the read is noted.

    Raises NotThere where there is none or it is not the viewer's, Refused where it may not be changed any more.
    """
    row = _visible(viewer).filter(pk=number).first()
    if row is None or not rules.may_see(viewer, taken_by=row.taken_by_id, state=State(row.state)):
        raise NotThere
    if write:
        require(rules.may_change(State(row.state)))
    note_read(Trace("read referral", f"referral {row.pk}", row.person_id))
    return _file(row)


def referrals_of_case(viewer: Viewer, case: CaseFile) -> list[ReferralFile]:
    """How she came to us, each time, latest first; for those who read Part.REFERRAL of the case."""
    require(case.readable(viewer, Part.REFERRAL))
    rows = Referral.objects.filter(person=case.person, organisation=viewer.organisation, state=State.ACCEPTED)
    return [_file(row) for row in rows.select_related("person", "taken_by").order_by("-started_at", "-pk")]


def require_of_case(viewer: Viewer, case: CaseFile, number: int) -> None:
    """Raise NotThere unless this is a referral of her whom the case is about."""
    if not Referral.objects.filter(pk=number, person=case.person, organisation=viewer.organisation).exists():
        raise NotThere


def referral_lists(viewer: Viewer, *, page: int = 1) -> ReferralLists:
    """The referrals that are the viewer's: all that are open, oldest first, and the decided ones, latest first."""
    mine = _visible(viewer)
    undecided = list(mine.filter(state__in=UNDECIDED).order_by("started_at", "pk"))
    latest = mine.exclude(state__in=UNDECIDED).order_by("-started_at", "-pk")
    decided, more = one_page(latest, page, DECIDED_PAGE)
    waits = _waits(undecided)
    sealing.load_keys(row.person_id for row in (*undecided, *decided) if _opens(viewer, row))
    lines = [_line(viewer, row, waits) for row in undecided]
    return ReferralLists(
        open={state: [line for line in lines if line.state is state] for state in State if state in UNDECIDED},
        decided=[_line(viewer, row, waits) for row in decided],
        more=more,
    )


def to_decide(viewer: Viewer) -> ToDecide:
    """How many referrals wait for those who decide; nothing for others."""
    if not may_do(viewer, Task.DECIDE_REFERRALS):
        return ToDecide(0, None, 0)
    today = clock.today(viewer.time_zone)
    found = _awaited(viewer.organisation)
    fresh = [at for state, at, _ in found if state == State.TO_DECIDE]
    due = [until for state, _, until in found if state == State.WAITING and until is not None and until <= today]
    return ToDecide(len(fresh), clock.day_of(min(fresh), viewer.time_zone) if fresh else None, len(due))


@prepared
def _awaited(organisation: int) -> QuerySet[Referral, tuple[str, datetime, date | None]]:
    rows = Referral.objects.filter(organisation=organisation, state__in=(State.TO_DECIDE, State.WAITING))
    decided = Resolution.objects.filter(referral=OuterRef("pk")).order_by("-at", "-pk").values("wait_until")
    return rows.annotate(wait_until=Subquery(decided[:1])).values_list("state", "started_at", "wait_until")


def known_as(viewer: Viewer, typed: str) -> list[Known]:
    """Who is meant by a code or, for those who decide, by an exact name, telephone or document number (R18).

    Who only takes referrals in finds by code alone: whether a woman of some name is accompanied here is not told.
    """
    by_code = people.found_by_code(viewer, typed)
    if by_code is not None:
        return [Known(by_code, code) for code in people.codes_of(viewer, [by_code]).values()]
    if not may_do(viewer, Task.DECIDE_REFERRALS) or not typed.strip():
        return []
    found = people.codes_of(viewer, people.found_by_name(viewer, typed))
    return [Known(person, code) for person, code in found.items()]


def perhaps_known(viewer: Viewer, referral: ReferralFile) -> list[Known]:
    """Who she may be already, judged by the words in the vault; for those who decide."""
    require(may_do(viewer, Task.DECIDE_REFERRALS))
    if referral.known_before:
        return []
    found = people.codes_of(viewer, people.perhaps_same(viewer, referral.person))
    return [Known(person, code) for person, code in found.items()]


def resolutions_of(viewer: Viewer, referral: ReferralFile) -> list[ResolutionFile]:
    """What was decided about a referral that was given out, latest first."""
    rows = Resolution.objects.filter(referral=referral.id, organisation=viewer.organisation)
    return [_resolution(referral, row) for row in rows.select_related("member").order_by("-at", "-pk")]


def six_answers(viewer: Viewer, case: CaseFile) -> dict[str, str]:
    """The answers to the six safety questions as they stand for a case: those of her latest referral."""
    rows = Referral.objects.filter(person=case.person, organisation=viewer.organisation, state=State.ACCEPTED)
    return rows.order_by("-started_at", "-pk").values_list("answers", flat=True).first() or {}


def interviews_of(viewer: Viewer, case: CaseFile) -> list[InterviewFile]:
    """Her first interviews, latest first; for those who read Part.REFERRAL of the case."""
    require(case.readable(viewer, Part.REFERRAL))
    rows = Interview.objects.filter(case=case.id, organisation=viewer.organisation).select_related("member")
    return [_interview(case, row) for row in rows.order_by("-at", "-pk")]


def interview_to_come(viewer: Viewer, case: CaseFile) -> InterviewFile | None:
    """The interview that is booked; None where none is."""
    return next((one for one in interviews_of(viewer, case) if not one.answer), None)


def team_of(viewer: Viewer, case: CaseFile) -> list[tuple[int, str]]:
    """The members of her team by name, of whom one holds the interview."""
    rows = TeamMember.objects.filter(case=case.id, organisation=viewer.organisation, until=None)
    return list(rows.order_by("member__name").values_list("member", "member__name"))


def reply_file(person: UUID, row: Reply) -> ReplyFile:
    """An answer with its text opened."""
    text = sealing.open_text(person, row.text, "reply.text")
    return ReplyFile(id=row.pk, text=text, way=row.way, on=row.on, member_name=row.member.name)


def opened_words(person: UUID, sealed: bytes | memoryview, field: str) -> Words:
    """The words of one page, by field."""
    text = sealing.open_text(person, sealed, f"referral.{field}")
    words: Words = json.loads(text) if text else {}
    return words


def _visible(viewer: Viewer) -> QuerySet[Referral]:
    """The one scope of every list: all of the organisation for those who decide, else those one took in."""
    rows = Referral.objects.filter(organisation=viewer.organisation).select_related("person", "taken_by")
    if not may_do(viewer, Task.RECEIVE_REFERRALS):
        return rows.none()
    return rows if may_do(viewer, Task.DECIDE_REFERRALS) else rows.filter(taken_by=viewer.member)


def _opens(viewer: Viewer, row: Referral) -> bool:
    return rules.may_see(viewer, taken_by=row.taken_by_id, state=State(row.state)).allowed


def _waits(rows: list[Referral]) -> dict[int, date | None]:
    waiting = [row.pk for row in rows if row.state == State.WAITING]
    if not waiting:
        return {}
    decided = Resolution.objects.filter(referral__in=waiting).order_by("referral", "at", "pk")
    return dict(decided.values_list("referral", "wait_until"))  # the latest of each stands last


def _line(viewer: Viewer, row: Referral, waits: dict[int, date | None]) -> ReferralLine:
    opens = _opens(viewer, row)
    tells_name = opens and not row.known_before  # a known woman's name stands in her case, for her team
    return ReferralLine(
        id=row.pk,
        code=row.person.code,
        called=called_by(row.person_id, row.person.called) if tells_name else "",
        state=State(row.state),
        sender_kind=row.sender_kind,
        on=row.received_on or clock.day_of(row.started_at, viewer.time_zone),
        taken_by_name=row.taken_by.name,
        urgent_needs=tuple(row.urgent_needs) if opens else (),
        danger_now=opens and row.answers.get("imminent_danger") == "yes",
        wait_until=waits.get(row.pk),
        open=opens,
    )


def _file(row: Referral) -> ReferralFile:
    return ReferralFile(
        id=row.pk,
        person=row.person_id,
        code=row.person.code,
        organisation=row.organisation_id,
        state=State(row.state),
        known_before=row.known_before,
        taken_by=row.taken_by_id,
        taken_by_name=row.taken_by.name,
        started_at=row.started_at,
        pages=dict(row.pages),
        received_on=row.received_on,
        sender_kind=row.sender_kind,
        way=row.way,
        children=row.children,
        urgent_needs=tuple(row.urgent_needs),
        told=tuple(row.told),
        channels=tuple(row.channels),
        phone_checked=row.phone_checked,
        answers=dict(row.answers),
        words={page: opened_words(row.person_id, getattr(row, field), field) for page, field in FIELDS.items()},
    )


def _resolution(referral: ReferralFile, row: Resolution) -> ResolutionFile:
    return ResolutionFile(
        verdict=row.verdict,
        reason=row.reason,
        words=sealing.open_text(referral.person, row.words, "resolution.words"),
        where_to=sealing.open_text(referral.person, row.where_to, "resolution.where_to"),
        wait_until=row.wait_until,
        member_name=row.member.name,
        at=row.at,
    )


def _interview(case: CaseFile, row: Interview) -> InterviewFile:
    return InterviewFile(
        id=row.pk,
        member=row.member_id,
        member_name=row.member.name,
        at=row.at,
        meeting_point=sealing.open_text(case.person, row.meeting_point, "interview.meeting_point"),
        interpreter=row.interpreter,
        prepared=tuple(row.prepared),
        answer=row.answer,
        her_words=sealing.open_text(case.person, row.her_words, "interview.her_words"),
        words=sealing.open_text(case.person, row.words, "interview.words"),
        version=row.version,
    )
