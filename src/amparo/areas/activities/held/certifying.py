"""Certificates: formal papers under a neutral name, with a number by which they can be asked about (R7)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from amparo.areas.access.rules import Part, Task, Viewer, may_do
from amparo.areas.activities.catalogue import neutral_name
from amparo.areas.activities.models import Group
from amparo.areas.activities.rules.offering import betrays
from amparo.areas.activities.rules.states import Paper
from amparo.areas.audit.actions import Trace, record
from amparo.areas.cases.acting import acting
from amparo.areas.cases.files import CaseFile
from amparo.areas.orgs.queries import house_of
from amparo.kernel import clock
from amparo.kernel.codes import new_number
from amparo.kernel.decision import Conflict, refused, require

from .hers import Course, course_of
from .models import Certificate, Issuer


@dataclass(frozen=True)
class IssuerWords:
    """Who issues, as any training centre could be called, and where."""

    name: str = ""
    place: str = ""
    version: int = 0


@dataclass(frozen=True)
class Issued:
    """All that stands on the paper but her name, which is typed for it and kept nowhere."""

    paper: Paper
    course: str
    hours: int
    first_on: date
    last_on: date
    issued_on: date
    issuer: str
    place: str
    number: str


def issuer_of(viewer: Viewer) -> IssuerWords:
    """Under which name the house issues; empty until the coordinator chose one."""
    row = Issuer.objects.filter(organisation=viewer.organisation).first()
    return IssuerWords(row.name, row.place, row.version) if row else IssuerWords()


@transaction.atomic
def name_issuer(words: IssuerWords, *, by: Viewer) -> None:
    """Choose the name; raises Conflict where a colleague was faster."""
    require(may_do(by, Task.PLAN_SESSIONS))
    house = house_of(by.organisation).name
    if betrays(words.name, house=house) or betrays(words.place, house=house):
        require(refused("This name tells who comes here, or which house this is. Choose one that says nothing.", "R7"))
    there = Issuer.objects.select_for_update(no_key=True).filter(organisation=by.organisation).first()
    if (there.version if there else 0) != words.version:
        raise Conflict([("name", there.name if there else "")])
    values = {"name": words.name, "place": words.place, "version": words.version + 1}
    Issuer.objects.update_or_create(organisation_id=by.organisation, defaults=values)
    record(Trace("issuer named"), organisation=by.organisation, member=by.member)


def issue(case: CaseFile, group: int, *, by: Viewer, paper: Paper, hours: int, language: str) -> Issued:
    """Note that she is given a certificate; gives what to print. Raises Refused where no issuer is named yet."""
    course = course_of(by, case, group)
    issuer = issuer_of(by)
    _require_fits(course, issuer, paper, hours)
    with acting(case, by=by, part=Part.ACTIVITIES, verb="certificate issued") as act:
        row = Certificate.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            group_id=group,
            kind=paper,
            number=new_number(),
            language=language,
            minutes=hours * 60,
            issued_on=clock.today(by.time_zone),
            member_id=by.member,
        )
        act.subject, act.words = row.pk, [paper]
        act.facts["number"] = row.number
    days = [one.on for one in course.held]
    return Issued(
        paper=paper,
        course=_course_in(language, group),
        hours=hours,
        first_on=min(days),
        last_on=max(days),
        issued_on=row.issued_on,
        issuer=issuer.name,
        place=issuer.place,
        number=row.number,
    )


def _require_fits(course: Course, issuer: IssuerWords, paper: Paper, hours: int) -> None:
    """The house has a name to issue under, and the paper says no more than what was held."""
    if not issuer.name:
        require(refused("Your coordinator first chooses under which neutral name certificates are issued.", "R7"))
    if not course.held:
        require(refused("No session of it is over yet. A certificate is for what was held."))
    if paper is Paper.COMPLETION and not course.is_complete:
        require(refused("Its last session is not behind her. Until then a paper can say that she took part."))
    if not 1 <= hours <= hours_of(course):
        require(refused("The hours lie between one and all that were held so far."))


def hours_of(course: Course) -> int:
    """All hours that a paper can name now: of every session that was held, rounded up."""
    return max(1, -(-sum(one.minutes for one in course.held) // 60))


def issued_on(viewer: Viewer, number: str) -> date | None:
    """The day on which this house issued the certificate with that number; None where it did not. Nothing else."""
    require(may_do(viewer, Task.LIST_CASES))
    rows = Certificate.objects.filter(organisation=viewer.organisation, number=_written(number))
    return rows.values_list("issued_on", flat=True).first()


def _course_in(language: str, group: int) -> str:
    activity = Group.objects.select_related("activity").get(pk=group).activity
    return neutral_name(activity.key, activity.neutral_name, language)


def _written(typed: str) -> str:
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return f"{signs[:5]}-{signs[5:10]}"
