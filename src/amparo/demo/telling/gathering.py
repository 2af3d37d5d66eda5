"""The programme of a house: places, who holds what, what women would like, and sessions that are safe to hold."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db import transaction

from amparo.areas.access.rules import Viewer
from amparo.areas.activities import (
    asking,
    editing,
    leading,
    offering,
    periods,
    places,
    publishing,
    rechecking,
    solving,
    standing,
    ticketing,
)
from amparo.areas.activities.asking import Needs, Said
from amparo.areas.activities.places import Care, RoomFile
from amparo.areas.activities.rules.states import Answer, InGroup, Kind, Reason
from amparo.areas.activities.rules.weeks import Weekly
from amparo.areas.activities.ticketing import Tickets
from amparo.areas.cases.consenting import record_answer
from amparo.areas.cases.files import CaseFile, case_for
from amparo.areas.cases.queries import Filters, case_list
from amparo.areas.cases.rules import Status
from amparo.areas.consent.actions import Asked
from amparo.areas.consent.actions import Said as Agreed
from amparo.areas.consent.queries import is_covered
from amparo.areas.consent.rules import Answer as Consented
from amparo.areas.consent.rules import Proof
from amparo.areas.orgs.rules import Role
from amparo.areas.people.queries import person_file
from amparo.areas.safety import avoiding
from amparo.demo.reading import bank
from amparo.demo.scene import FULL, Stage, lines_on_today
from amparo.kernel import clock
from amparo.kernel.decision import Refused

from .holding import Referred, introduce_women, tell_sessions

OFFERED = ("language_course", "digital_literacy", "sewing", "womens_circles", "psychological_support", "work_guidance")
IN_ONE_ROOM = "sewing"  # where the machines stand
MORNINGS, AFTERNOONS = (time(9), time(13)), (time(15), time(19))
LEADERS = {
    Role.FACILITATOR: ("language_course", "digital_literacy", "sewing"),
    Role.PSYCHOLOGIST: ("psychological_support", "womens_circles"),
    Role.MEDIATOR: ("womens_circles", "work_guidance"),
}
WEEKS = timedelta(days=13)
SINCE = timedelta(days=21)  # when everybody was asked; the weeks that were planned then lie behind us
SINCE_THEN = timedelta(days=7)  # when those who took part were asked whether they would like it again
SECONDS = 3.0
HOURS_OF_TODAY = (9, 11, 15, 17)
A_TICKET = 240
SPOKEN = ("en", "es", "fr", "ro", "it", "sq")


def tell_programme(stage: Stage) -> None:
    """What is offered and asked for, weeks that were held, two published weeks with what does not fit, one alarm."""
    by = stage.house.viewer(Role.COORDINATOR)
    with stage.standing_on(stage.today - SINCE):
        women = women_of(stage)
        if not women:
            return
        _furnish(stage, by)
        _offer(stage, by)
        activities = {one.key: one for one in offering.activities_of(by)}
        for number, (case, worker) in enumerate(women):
            _ask(stage, case, worker, number, activities)
            if number % 5 != 4:
                _agree(stage, case, worker)
        _keep_apart(stage, women, "why", 0, 1)
        introduce_women(stage, women)
        _publish_weeks(stage, by)
    tell_sessions(stage, [stage.house.viewer(role) for role in LEADERS], women, by)
    with stage.standing_on(stage.today - SINCE_THEN):
        _ask_again(women)
    _plan(stage, by, women)


def women_of(stage: Stage) -> list[Referred]:
    """Those who are accompanied, each with her referent."""
    found: list[Referred] = []
    for worker in stage.workers:
        mine = case_list(worker, Filters(status=Status.ACCOMPANIED)).cases
        found += [(case_for(worker, one.code), worker) for one in mine if _is_hers(stage, one, worker)]
    return found


def _is_hers(stage: Stage, case: CaseFile, worker: Viewer) -> bool:
    return case.referent == worker.member and case.opened_on <= stage.today


def _furnish(stage: Stage, by: Viewer) -> None:
    care = [Care(day, None, time(9), time(13), 4, 6000) for day in range(5)]
    for site in bank("programme")["sites"]:
        number = places.add_site(by=by, name=stage.words(site["name"]), meeting_point=stage.words(site["point"]))
        for room in site["rooms"]:
            places.write_room(number, by=by, room=RoomFile(0, stage.words(room), 12, in_use=True))
        places.set_childcare(number, by=by, care=care, version=1)
    for role in LEADERS:
        times = [Weekly(day, *span) for day in range(5) for span in (MORNINGS, AFTERNOONS)]
        languages = list(dict.fromkeys((stage.house.house.language, *SPOKEN)))
        member = stage.house.members[role][0]
        leading.write_leader(member, by=by, languages=languages, times=times, away=[], version=1)


def _offer(stage: Stage, by: Viewer) -> None:
    offering.take_from_catalogue(OFFERED, by=by)
    for one in offering.activities_of(by):
        leaders = [stage.house.members[role][0] for role, held in LEADERS.items() if one.key in held]
        offer = one.offer
        least = 2 if offer.kind is Kind.GROUP else offer.min_women
        few, near = min(offer.sessions, 2), min(offer.days_apart, 3)
        # A group is held in the language of the house; alone, in any that both share.
        language = stage.house.house.language if offer.kind is Kind.GROUP else ""
        changed = replace(offer, sessions=few, days_apart=near, min_women=least, language=language)
        rooms = [number for number, _name in places.names_of_rooms(by)[:1]] if one.key == IN_ONE_ROOM else []
        where: dict[str, list[int]] = {"sites": [], "rooms": rooms}
        offering.change_activity(one.id, by=by, offer=changed, leaders=leaders, **where, version=one.version)


def _ask(
    stage: Stage, case: CaseFile, worker: Viewer, number: int, activities: dict[str, offering.ActivityFile]
) -> None:
    """Each would like two or three things; not everybody was asked alone yet, and not everybody likes groups."""
    keys = [OFFERED[(number + step) % len(OFFERED)] for step in range(2 + number % 2)]
    for step, key in enumerate(keys):
        words = stage.words(bank("programme")["said"][number % 4]) if not step else ""
        answer = Answer.LATER if (number + step) % 7 == 6 else Answer.YES
        said = Said(answer, InGroup.YES, asked_alone=number % 6 != 5, words=words)
        asking.note_interest(case, activities[key].id, by=worker, said=said, version=0)
    spans = (MORNINGS, AFTERNOONS) if number % 3 else (MORNINGS,)
    times = [Weekly(day, *span) for day in range(5) for span in spans]
    reasons = (Reason.SCHOOL, Reason.WORK)[number % 2]
    needs = Needs(children=1 if number % 4 == 1 else 0, reasons=(reasons,))
    asking.write_week(case, by=worker, times=times, needs=needs, version=0)
    if number % 2:
        on = stage.today - timedelta(days=number % 5)
        ticketing.hand_out(case, by=worker, tickets=Tickets(on, 2, 2 * A_TICKET, activities[keys[0]].id))


def _ask_again(women: Sequence[Referred]) -> None:
    """Most of those who took part would like it again; one of four was not asked yet."""
    for number, (case, worker) in enumerate(women):
        for wish in asking.wishes_of(worker, case) if number % 4 != 2 else ():
            if wish.said and wish.to_ask_again and wish.stop is None:  # in a pause nobody asks on the same day
                asking.note_interest(case, wish.activity.id, by=worker, said=wish.said, version=wish.version)


def _agree(stage: Stage, case: CaseFile, worker: Viewer) -> None:
    """Her yes to being with others, unless she was asked before."""
    if is_covered(worker, case.person, purpose=asking.GROUPS, on=stage.today):
        return
    spoken = person_file(worker, case.person).languages
    said = Agreed(
        answer=Consented.GIVEN,
        on=stage.today,
        language=spoken[0] if spoken else stage.house.house.language,
        proof=Proof.WORD,
        witness=stage.house.names[stage.house.members[Role.MEDIATOR][0]],
    )
    record_answer(case, Asked(asking.GROUPS), said, by=worker)


def _keep_apart(stage: Stage, women: Sequence[Referred], why: str, one: int, other: int) -> None:
    if len(women) > max(one, other):
        (case, worker), (theirs, _) = women[one], women[other]
        words = stage.words(bank("programme")[why])
        avoiding.avoid_woman(case, by=worker, code=theirs.code, why=words)


def _plan(stage: Stage, by: Viewer, women: Sequence[Referred]) -> None:
    there = _publish_weeks(stage, by)
    if there is not None:
        raise_alarm(stage, there, women, but=_hold_one_today(stage, by, there))
        _begin_next(by, _monday(stage))
        rechecking.look(by.organisation)


def _publish_weeks(stage: Stage, by: Viewer) -> standing.Standing | None:
    """Two weeks, published where the checker finds nothing; None where it did, or nothing could be planned."""
    first = _monday(stage)
    number = periods.begin_period(by=by, first_on=first, last_on=first + WEEKS)
    solving.compute_now(number, by=by, seconds=SECONDS)
    there = standing.standing(periods.found(by, number))
    if not there.groups or there.troubles:
        return None
    publishing.publish(number, by=by, version=periods.period_of(by, number).version)
    return there


def _monday(stage: Stage) -> date:
    return stage.today - timedelta(days=stage.today.weekday())


def raise_alarm(stage: Stage, there: standing.Standing, women: Sequence[Referred], *, but: int) -> None:
    """Two who have a place in one group, not in `but`, must not meet, as it turns out.

    How many groups that touches lies with the plan, and the plan with how fast the machine is: it is those two after
    whom Today is still one look for everybody.
    """
    before = [max(FULL, lines_on_today(worker)) for worker in stage.workers]
    for one, other in sorted(_in_one_group(there, women, but), key=lambda two: _fuller(women, two)):
        with transaction.atomic():
            _keep_apart(stage, women, "later", one, other)
            rechecking.look(stage.house.organisation)
            after = [lines_on_today(worker) for worker in stage.workers]
            is_one_look = all(lines <= most for lines, most in zip(after, before, strict=True))
            transaction.set_rollback(not is_one_look)
        if is_one_look:
            return


def _in_one_group(there: standing.Standing, women: Sequence[Referred], but: int) -> Iterator[tuple[int, int]]:
    """Two of each group, by their places among the women."""
    numbers = {case.id: place for place, (case, _) in enumerate(women)}
    for group in (one for one in there.groups if one.pk != but):
        placed = [numbers[place.case_id] for place in group.places.all() if place.case_id in numbers]
        if len(placed) > 1 and {placed[0], placed[1]} != {0, 1}:
            yield placed[0], placed[1]


def _fuller(women: Sequence[Referred], two: tuple[int, int]) -> int:
    """How many lines the Today of that referent of the two has who has more."""
    return max(lines_on_today(women[place][1]) for place in two)


def _hold_one_today(stage: Stage, by: Viewer, there: standing.Standing) -> int:
    """A group of the facilitator meets today where that breaks no rule, so that a list is open; gives which, or 0."""
    holder, zone = stage.house.members[Role.FACILITATOR][0], there.gathered.zone
    held = [one for sessions in there.sessions for one in sessions if one.member_id == holder]
    for session in sorted(held, key=lambda one: (one.starts_at, one.pk)):
        for hour in HOURS_OF_TODAY:
            at = datetime.combine(stage.today, time(hour))
            if at.replace(tzinfo=zone) <= clock.now():
                continue
            with suppress(Refused):
                when = editing.When(at, session.room_id, holder)
                editing.move_session(there.groups[0].period_id, session.pk, by=by, when=when, version=session.version)
                return session.group_id
    return 0


def _begin_next(by: Viewer, first: date) -> None:
    after = first + WEEKS + timedelta(days=1)
    periods.begin_period(by=by, first_on=after, last_on=after + WEEKS)
