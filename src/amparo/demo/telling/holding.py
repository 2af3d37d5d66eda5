"""Sessions that were held: who came, what was said of them, what followed, and certificates."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from amparo.areas.access.rules import Audience, Viewer
from amparo.areas.activities.held import attending, certifying, evaluating, figures, hers
from amparo.areas.activities.held.attending import Line
from amparo.areas.activities.held.certifying import IssuerWords
from amparo.areas.activities.held.evaluating import Said
from amparo.areas.activities.held.figures import Spent
from amparo.areas.activities.held.hers import RoomWords
from amparo.areas.activities.held.lists import HeldSession, Woman, own_sessions, women_of
from amparo.areas.activities.rules.states import Agreed, Came, CostKind, Found, Moment, Paper, Reason
from amparo.areas.cases.dues import due_of_case
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.rules import DueKind
from amparo.demo.reading import bank
from amparo.demo.scene import Stage, lines_on_today
from amparo.kernel import clock

Referred = tuple[CaseFile, Viewer]  # her case, as her referent opens it
MATERIALS = 1500
_FOUND = ((Found.TIME, Agreed.OTHER_TIME), (Found.CHILDREN, Agreed.CHILDCARE), (Found.REST, Agreed.PAUSE))
_WAYS = ((Came.CAME, ""), (Came.LATE, ""), (Came.ABSENT, Reason.WORK), (Came.CAME, ""), (Came.LEFT_EARLY, ""))


def introduce_women(stage: Stage, women: Sequence[Referred]) -> None:
    """What is known of some of them in the room; of the others, their code."""
    rooms = bank("held")["rooms"]
    for number, (case, worker) in enumerate(women):
        if number % 3 != 2:
            room = rooms[number % len(rooms)]
            said = RoomWords(room["called"], tuple(room["needs"]), stage.words(room["words"]))
            hers.write_room_words(case, by=worker, said=said)


def tell_sessions(stage: Stage, leaders: Sequence[Viewer], women: Sequence[Referred], by: Viewer) -> None:
    """The weeks behind us: every session with who came, one who stopped coming, what was said, one certificate."""
    certifying.name_issuer(IssuerWords(stage.words(bank("held")["issuer"])), by=by)
    for leader, session in _held(stage, leaders):
        with clock.standing_at(min(session.ends_at, clock.now())):
            _hold(stage, leader, session, by)
    _ask_after(women)
    for case, worker in women:
        course = next((one for one in hers.courses_of(worker, case) if one.minutes), None)
        if course is not None:
            language = stage.house.house.language
            certifying.issue(case, course.group, by=worker, paper=Paper.PARTICIPATION, hours=1, language=language)
            return


def _ask_after(women: Sequence[Referred]) -> None:
    """Those who had not come were asked how they are; one still waits, with the colleague whose Today has most room."""
    missed = [
        (case, worker, line.subject)
        for case, worker in women
        for line in due_of_case(worker, case)
        if line.kind == DueKind.ASK_AFTER
    ]
    missed.sort(key=lambda one: lines_on_today(one[1]))
    for number, (case, worker, group) in enumerate(missed[1:]):
        found, agreed = _FOUND[number % len(_FOUND)]
        hers.note_asked_after(case, group, by=worker, found=found, agreed=[agreed], words="")


def _held(stage: Stage, leaders: Sequence[Viewer]) -> Iterator[tuple[Viewer, HeldSession]]:
    for back in range(21, 0, -1):
        day = stage.today - timedelta(days=back)
        for leader in leaders:
            with stage.standing_on(day):
                mine = [one for one in own_sessions(leader) if one.on == day]
            yield from ((leader, one) for one in mine)


def _hold(stage: Stage, leader: Viewer, session: HeldSession, by: Viewer) -> None:
    women = women_of(leader, session)
    lines = {one.place: _line(number, one) for number, one in enumerate(women)}
    attending.note_attendance(session.id, by=leader, lines=lines)
    if session.materials:
        spent = Spent(session.activity_number, CostKind.MATERIALS, session.on, MATERIALS)
        figures.note_cost(spent, by=by, currency=stage.house.house.currency)
    _say(stage, leader, session, women)


def _line(number: int, woman: Woman) -> Line:
    """The third of every group has not come for a while; the others in changing ways."""
    came, reason = _WAYS[2] if number == 2 else _WAYS[(woman.place + number) % len(_WAYS)]
    return Line(came, reason)


def _say(stage: Stage, leader: Viewer, session: HeldSession, women: Sequence[Woman]) -> None:
    said = bank("held")["said"]
    for number, woman in enumerate(women[:2]):
        about = Said(Moment.START, {"today": 3 + number, "safe": 4 + number % 2}, stage.words(said[number]))
        if number:
            evaluating.keep_nameless(session.id, by=leader, said=about)
        elif not evaluating.has_said(leader, session, woman, Moment.START):
            evaluating.keep_named(session.id, woman.place, by=leader, said=about)
            text = stage.words(bank("held")["word"])
            attending.tell_her_team(session.id, woman.place, by=leader, text=text, audience=Audience.TEAM)
