"""A house with a course that women asked for, so that a plan can be made, checked and published."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from amparo.areas.access.rules import Viewer
from amparo.areas.activities import asking, leading, offering, periods, places, publishing
from amparo.areas.activities.asking import Needs, Said
from amparo.areas.activities.models import Group, Period, Place, Session
from amparo.areas.activities.places import RoomFile
from amparo.areas.activities.rules.states import Answer, InGroup
from amparo.areas.activities.rules.weeks import Weekly
from amparo.areas.cases import actions as cases
from amparo.areas.cases.dues import set_due
from amparo.areas.cases.models import Case
from amparo.areas.cases.queries import CaseFile, case_for
from amparo.areas.cases.rules import DueKind
from amparo.areas.consent import actions as consent
from amparo.areas.consent.actions import Asked
from amparo.areas.consent.actions import Said as Agreed
from amparo.areas.consent.rules import Answer as Consented
from amparo.areas.consent.rules import Proof
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.areas.people.models import Person
from amparo.kernel import clock
from tests.cast import Cast
from tests.programming import WHOLE_WEEK, course

YES = Said(Answer.YES, InGroup.YES, asked_alone=True)


@dataclass
class House:
    """A course in one room, held by the facilitator, and the women who asked for it."""

    cast: Cast
    activity: int
    site: int
    room: int
    women: list[CaseFile]
    period: int = 0

    @property
    def coordinator(self) -> Viewer:
        return self.cast["coordinator"]

    @property
    def first_on(self) -> date:
        """A Monday to come."""
        today = clock.today("Europe/Madrid")
        return today + timedelta(days=7 - today.weekday())

    def plan(self, *groups: list[CaseFile], hour: int = 10) -> int:
        """A draft with these groups, one session each, an hour and a half after each other; gives the period."""
        self.period = periods.begin_period(
            by=self.coordinator, first_on=self.first_on, last_on=self.first_on + timedelta(days=6)
        )
        for number, women in enumerate(groups, 1):
            self.add_group(women, number, hour + 2 * (number - 1))
        return self.period

    def add_group(self, women: list[CaseFile], number: int, hour: int) -> Group:
        house = {"organisation_id": self.coordinator.organisation}
        group = Group.objects.create(**house, period_id=self.period, activity_id=self.activity, number=number)
        for woman in women:
            Place.objects.create(**house, group=group, case_id=woman.id, since=self.first_on)
        starts = self.at(hour)
        Session.objects.create(
            **house,
            group=group,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=60),
            room_id=self.room,
            member_id=self.cast["facilitator"].member,
        )
        return group

    def at(self, hour: int, day: int = 0, minute: int = 0) -> datetime:
        return datetime.combine(self.first_on + timedelta(days=day), time(hour, minute), ZoneInfo("Europe/Madrid"))

    def publish(self) -> None:
        publishing.publish(self.period, by=self.coordinator, version=Period.objects.get(pk=self.period).version)

    @property
    def sessions(self) -> list[Session]:
        return list(Session.objects.filter(group__period=self.period).order_by("starts_at"))


def house_of(cast: Cast, women: int = 4) -> House:
    """The course and so many women of the worker's, all free, agreed and at low risk."""
    by = cast["coordinator"]
    site = places.add_site(by=by, name="Blue", meeting_point="At the tram stop")
    room = places.write_room(site, by=by, room=RoomFile(0, "Large", 12, in_use=True))
    leader = cast["facilitator"].member
    leading.write_leader(leader, by=by, languages=["en", "es"], times=WHOLE_WEEK, away=[], version=1)
    activity = offering.offer_activity(by=by, offer=course("Sewing"), leaders=[leader], sites=[site])
    return House(cast, activity, site, room, [woman_of(cast, activity) for _ in range(women)])


def woman_of(cast: Cast, activity: int, *, who: str = "assigned", risk: str = "low") -> CaseFile:
    """A woman who said yes to the activity and to groups, free the whole week."""
    worker = cast[who]
    person = people.create_person(by=worker, particulars=Particulars(languages=("es",)))
    number = cases.open_case(person, by=worker, referent=worker.member)
    Case.objects.filter(pk=number).update(status="accompanied", risk_level=risk, risk_on=clock.today("Europe/Madrid"))
    case = case_for(worker, Person.objects.get(pk=person).code)
    set_due(case, DueKind.RISK, on=clock.today("Europe/Madrid") + timedelta(days=60), why="set_time")
    asking.note_interest(case, activity, by=worker, said=YES, version=0)
    asking.write_week(case, by=worker, times=WHOLE_WEEK, needs=Needs(), version=0)
    agree_to_groups(case, worker)
    return case_for(worker, case.code)


def agree_to_groups(case: CaseFile, worker: Viewer, answer: Consented = Consented.GIVEN) -> int:
    said = Agreed(
        answer=answer,
        on=clock.today(worker.time_zone),
        language="es",
        proof=Proof.WORD,
        witness="A colleague",
    )
    return consent.record_answer(case.person, Asked("group_work"), said, by=worker).id


def weekly(day: int, first: int, last: int) -> Weekly:
    return Weekly(day, time(first), time(last))
