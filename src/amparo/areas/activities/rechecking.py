"""Looking again at what is published: whenever her safety, her yes, her times, or who may hold it changed.

And every minute anyhow.

What changed stands in areas below this one, which know nothing of sessions. So whatever changes, this looks at all of
it: the same gathering, the same checker, and an alarm for each session to come that does not hold any more.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from amparo.areas.access import wall
from amparo.areas.access.rules import Viewer
from amparo.areas.audit.actions import Trace, record_all
from amparo.areas.cases.dues import set_dues
from amparo.areas.cases.models import Due
from amparo.areas.cases.rules import DueKind
from amparo.areas.orgs.queries import house_of
from amparo.kernel import clock

from .models import Alarm, Period, Session
from .rules.explaining import OF_SAFETY
from .rules.states import PeriodState, SessionState
from .standing import Standing, standing

UNSAFE, CHANGED = "session_unsafe", "session_changed"


@dataclass(frozen=True)
class Found:
    """What one session breaks: the rule, and the cases it is about."""

    session: Session
    rule: int
    cases: frozenset[int]


def soon(viewer: Viewer) -> None:
    """Let the worker look at everything of this house that is published, at once; called where something changed."""
    from .jobs import look_again

    look_again.defer(organisation=viewer.organisation)


def look_everywhere() -> int:
    """The same for every organisation of the node; gives how many alarms stand now."""
    return sum(wall.in_each_organisation(look))


def look(organisation: int) -> int:
    """Check what is published from now on; raise and end alarms. Gives how many stand now.

    Call it standing in the organisation (`wall.standing_in`, or a request).
    """
    now = clock.now()
    rows = Period.objects.filter(organisation=organisation, state=PeriodState.PUBLISHED)
    coming = rows.filter(last_on__gte=clock.today(house_of(organisation).time_zone)).order_by("pk")
    stands = sum(_look_at(number, now) for number in coming.values_list("pk", flat=True))
    over = Q(session__starts_at__lte=now) | ~Q(session__group__period__state=PeriodState.PUBLISHED)
    _end(_open_ones(organisation).filter(over), organisation, now)
    return stands


@transaction.atomic
def _look_at(number: int, now: datetime) -> int:
    """Look at one period. Whoever changes its plan waits, or is waited for: what was found stands when it is noted."""
    period = Period.objects.select_for_update(no_key=True).filter(pk=number, state=PeriodState.PUBLISHED).first()
    if period is None:
        return 0
    found = _found(standing(period), now)
    keys = {(one.session.pk, one.rule) for one in found}
    there = _open_ones(period.organisation_id).filter(session__group__period=period.pk)
    standing_now = {(one.session_id, one.rule): one for one in there}
    gone = [one.pk for key, one in standing_now.items() if key not in keys]
    _end(there.filter(pk__in=gone), period.organisation_id, now)
    new = [one for one in found if (one.session.pk, one.rule) not in standing_now]
    for one in new:
        _raise(one, period.organisation_id, now)
    entries = [Trace("sessions checked", f"session {one.session.pk}") for one in new]
    record_all(entries, organisation=period.organisation_id, member=None)
    return len(keys)


def _found(there: Standing, now: datetime) -> list[Found]:
    """Every session to come that breaks something, with the rule and those it is about."""
    cases: dict[tuple[int, int], set[int]] = {}
    sessions: dict[int, Session] = {}
    for trouble in there.troubles:
        named = {there.gathered.cases[woman] for woman in trouble.women}
        for spot in trouble.sessions:
            session = there.session(spot)
            if session.state != SessionState.PLANNED or session.starts_at <= now:
                continue
            in_it = {place.case_id for place in there.groups[spot[0]].places.all()}
            sessions[session.pk] = session
            cases.setdefault((session.pk, trouble.rule), set()).update(named & in_it or in_it)
    return [Found(sessions[session], rule, frozenset(about)) for (session, rule), about in sorted(cases.items())]


def _raise(found: Found, organisation: int, now: datetime) -> None:
    """The alarm, and a line on Today of her team and of the coordination, which says no more than that."""
    Alarm.objects.create(organisation_id=organisation, session=found.session, rule=found.rule, found_at=now)
    today = clock.today(house_of(organisation).time_zone)
    why = UNSAFE if found.rule in OF_SAFETY else CHANGED
    group = found.session.group_id  # one line for all sessions of a group
    set_dues(found.cases, DueKind.SESSION, organisation=organisation, on=today, why=why, subject=group)


def _end(alarms: QuerySet[Alarm], organisation: int, now: datetime) -> None:
    """They hold no longer; a line on Today goes with the last alarm of its group."""
    groups = set(alarms.values_list("session__group", flat=True))
    if not groups:
        return
    Alarm.objects.filter(pk__in=list(alarms.values_list("pk", flat=True))).update(ended_at=now)
    still = set(_open_ones(organisation).filter(session__group__in=groups).values_list("session__group", flat=True))
    lines = Due.objects.filter(organisation=organisation, kind=DueKind.SESSION, done_at=None)
    lines.filter(subject__in=groups - still).update(done_at=now)


def _open_ones(organisation: int) -> QuerySet[Alarm]:
    return Alarm.objects.filter(organisation=organisation, ended_at=None)
