"""One of each thing of a house's programme that an address can name; every text of it carries the same word."""

from datetime import UTC, date, datetime, time, timedelta

from amparo.areas.access.rules import Viewer
from amparo.areas.activities import asking, leading, offering, periods, places
from amparo.areas.activities.asking import Needs
from amparo.areas.activities.models import Group, Place, Proposal, Session
from amparo.areas.activities.places import Care, RoomFile
from amparo.areas.activities.rules.offering import Offer
from amparo.areas.activities.rules.states import Kind
from amparo.areas.activities.rules.weeks import Different, Weekly
from amparo.areas.cases.files import CaseFile

DAYS = Different(date(2030, 3, 1), date(2030, 3, 2))
WHOLE_WEEK = [Weekly(day, time(9), time(19)) for day in range(7)]


def course(word: str, **more: object) -> Offer:
    """A course for a small group, easy to plan."""
    usual: dict[str, object] = {"sessions": 1, "minutes": 60, "min_women": 2, "max_women": 8}
    return Offer(name=word, neutral_name="Course", kind=Kind.GROUP, **{**usual, **more})  # type: ignore[arg-type]


def programme_things(*, by: Viewer, leader: Viewer, word: str) -> dict[str, object]:
    """An activity that somebody holds, a site with a room and childcare, somebody's hours."""
    site = places.add_site(by=by, name=word, meeting_point=word)
    room = places.write_room(site, by=by, room=RoomFile(0, word, 12, in_use=True))
    places.set_childcare(site, by=by, care=[Care(0, None, time(9), time(13), 4)], version=1)
    leading.write_leader(
        leader.member,
        by=by,
        languages=["en", "es"],
        times=WHOLE_WEEK,
        away=[(date(2026, 8, 1), date(2026, 8, 20))],
        version=1,
    )
    activity = offering.offer_activity(by=by, offer=course(word), leaders=[leader.member], sites=[site], rooms=[room])
    return {"activity": activity, "site": site, "room": room}


def asked_things(case: CaseFile, *, by: Viewer, word: str) -> dict[str, object]:
    """When she can come, and days that are different."""
    asking.write_week(case, by=by, times=WHOLE_WEEK, needs=Needs(words=word), version=0)
    return {"days": asking.note_other_days(case, by=by, days=DAYS, reason="work")}


def planned_things(case: CaseFile, things: dict[str, object], *, by: Viewer, leader: Viewer) -> dict[str, object]:
    """A draft of some weeks, a group in which she has a place, its session, and a proposal that came to nothing."""
    house = {"organisation_id": case.organisation}
    period = periods.begin_period(by=by, first_on=date(2030, 4, 1), last_on=date(2030, 4, 14))
    group = Group.objects.create(**house, period_id=period, activity_id=things["activity"], number=1)
    place = Place.objects.create(**house, case_id=case.id, group=group, since=date(2030, 4, 1))
    starts = datetime(2030, 4, 2, 9, tzinfo=UTC)
    session = Session.objects.create(
        **house,
        group=group,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=60),
        room_id=things["room"],
        member_id=leader.member,
    )
    asked = {"on": date(2030, 4, 1), "asked_at": datetime(2030, 4, 1, tzinfo=UTC), "asked_by_id": by.member}
    Proposal.objects.create(**house, period_id=period, base=1, solving="failed", **asked)
    return {"period": period, "group": group.pk, "place": place.pk, "session": session.pk}
