"""A group with a session of today, as it is held: for one woman, or for several."""

from datetime import date, datetime, timedelta

from amparo.areas.access.rules import Viewer
from amparo.areas.activities.held.models import Evaluation, InTheRoom
from amparo.areas.activities.models import (
    Activity,
    Circumstances,
    Group,
    Period,
    Place,
    Room,
    Session,
    Site,
)
from amparo.areas.activities.rules.states import PeriodState
from amparo.areas.cases.queries import CaseFile
from amparo.areas.consent.models import Consent, ConsentAnswer
from amparo.areas.vault import sealing
from amparo.kernel import clock

IN_THE_ROOM = "canary-in-the-room"
THOUGHT = "canary-what-she-thinks"
CALLED_THERE = "Roomname"


def a_group(*, by: Viewer, holder: Viewer | None = None, **about: object) -> Session:
    """A published group of sewing with one session, now, held by `holder` (or by `by`); nobody has a place in it."""
    mine = {"organisation_id": by.organisation}
    course = {"sessions": 3, "minutes": 60, "min_women": 2, "max_women": 8, "kind": "group", **about}
    activity = Activity.objects.create(**mine, name="Sewing", neutral_name="Course in sewing", **course)
    today = clock.today(by.time_zone)
    days = {"first_on": today - timedelta(30), "last_on": today + timedelta(30)}
    period = Period.objects.create(**mine, **days, state=PeriodState.PUBLISHED)
    group = Group.objects.create(**mine, period=period, activity=activity, number=1)
    return a_session(group, by=holder or by, starts=clock.now())


def a_session(group: Group, *, by: Viewer, starts: datetime) -> Session:
    """One more meeting of a group, of an hour, in a room of its own."""
    mine = {"organisation_id": group.organisation_id}
    room = Room.objects.create(**mine, site=Site.objects.create(**mine, name="Blue"), name="Two", seats=12)
    moments = {"starts_at": starts, "ends_at": starts + timedelta(hours=1)}
    return Session.objects.create(**mine, group=group, **moments, room=room, member_id=by.member)


def hold(session: int, *, by: Viewer) -> None:
    """Somebody else holds it."""
    Session.objects.filter(pk=session).update(member=by.member)


def join(case: CaseFile, group: Group, *, by: Viewer, agreed: bool = True, since: date | None = None) -> Place:
    """Her place in a group, with her yes to groups."""
    mine = {"organisation_id": case.organisation, "case_id": case.id}
    if agreed:
        agree_to_groups(case, by=by)
    return Place.objects.create(**mine, group=group, since=since or clock.today(by.time_zone) - timedelta(30))


def agree_to_groups(case: CaseFile, *, by: Viewer, answer: str = "given") -> None:
    """What she says about being in groups."""
    mine = {"organisation_id": case.organisation}
    consent, _ = Consent.objects.get_or_create(
        **mine, person_id=case.person, purpose="group_work", defaults={"created_at": clock.now()}
    )
    on = {"on": clock.today(by.time_zone), "recorded_at": clock.now()}
    ConsentAnswer.objects.create(**mine, consent=consent, answer=answer, text_version=1, member_id=by.member, **on)


def introduce(case: CaseFile, *, by: Viewer, called: str = CALLED_THERE, words: str = IN_THE_ROOM) -> None:
    """What is known of her in the room."""
    InTheRoom.objects.create(
        organisation_id=case.organisation,
        case_id=case.id,
        called=sealing.seal_text(case.person, called, "intheroom.called"),
        needs=["near_door"],
        words=sealing.seal_text(case.person, words, "intheroom.words"),
        member_id=by.member,
        changed_on=clock.today(by.time_zone),
    )


def held_things(case: CaseFile, *, by: Viewer, word: str) -> dict[str, object]:
    """A group that she is in, a session of today, and what is known of her there."""
    session = a_group(by=by, childcare=True)
    place = join(case, session.group, by=by)
    introduce(case, by=by, words=word)
    Circumstances.objects.get_or_create(
        organisation_id=case.organisation,
        case_id=case.id,
        defaults={"children": 1, "member_id": by.member, "changed_on": clock.today(by.time_zone)},
    )
    Evaluation.objects.create(
        organisation_id=case.organisation,
        case_id=case.id,
        group=session.group,
        moment="start",
        answers={"today": 4},
        words=sealing.seal_text(case.person, THOUGHT if word == IN_THE_ROOM else word, "evaluation.words"),
        on=clock.today(by.time_zone),
        member_id=by.member,
        noted_at=clock.now(),
    )
    return {"moment": "start", "held": session.pk, "course": session.group_id, "seat": place.pk}
