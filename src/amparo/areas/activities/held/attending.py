"""Writing down who came: in one go for a session, or for one woman by her team. Nothing follows from it (R11, R17)."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from amparo.areas.access.rules import Audience, Part, Viewer
from amparo.areas.activities.models import Attendance, Session
from amparo.areas.activities.rules.holding import ASK_AFTER, is_missed, may_note_who_came, settled
from amparo.areas.activities.rules.states import Came, Reason, SessionState
from amparo.areas.cases.acting import Hers, acting, noting
from amparo.areas.cases.dues import set_due, settle_due
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import Case, Note
from amparo.areas.cases.rules import DueKind
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, refused, require

from .hers import session_line
from .lists import HeldSession, Woman, held_session, woman_of, women_of
from .models import AskedAfter

VERB = "attendance noted"


@dataclass(frozen=True)
class Line:
    """One woman's line as it was sent: what was chosen, and what the page had shown."""

    came: str
    reason: str = ""
    was: str = ""


@transaction.atomic
def note_attendance(number: int, *, by: Viewer, lines: Mapping[int, Line]) -> int:
    """Write down who came, by the numbers of their places; gives how many lines changed.

    Lines that were left alone stay as they are, so that two tabs do no harm. Raises Conflict where somebody wrote
    something else into the same line meanwhile, and NotThere where one is not on the viewer's list.
    """
    session = held_session(by, number)
    require(may_note_who_came(session.starts_at, now=clock.now()))
    Session.objects.select_for_update(no_key=True).get(pk=number)
    women = {one.place: one for one in women_of(by, session)}
    if set(lines) - set(women):
        raise NotThere
    # All lines are written before the first entry, which closes the log to others until the transaction ends.
    with ExitStack() as entries:
        changed = [_note_line(session, women[place], line, by, entries) for place, line in lines.items()]
    if any(changed):
        Session.objects.filter(pk=number).update(state=SessionState.HELD)
    return sum(changed)


def correct_attendance(case: CaseFile, session: int, *, by: Viewer, came: Came, reason: str = "") -> None:
    """Write down or correct it for one woman, by her team, on any day; raises NotThere where she has no place there."""
    with acting(case, by=by, part=Part.ACTIVITIES, verb=VERB) as act:
        line = session_line(by, case, session)
        if not line.is_over:
            require(refused("This session is still to come."))
        row = Session.objects.select_for_update(no_key=True).get(pk=session)
        _write(session, case, by=by, on=line.on, came=came, reason=reason)
        act.subject, act.words = session, [came]
        _keep_in_mind(row.group_id, case, by)


def tell_her_team(number: int, place: int, *, by: Viewer, text: str, audience: Audience) -> int:
    """Leave a word for her team or her referent, as a note of today; whoever holds the session does not read it again.

    Gives the note's number.
    """
    if audience not in (Audience.TEAM, Audience.REFERENT):
        require(refused("A word from a session is for her team or for her referent."))
    session = held_session(by, number)
    her = woman_of(by, session, place).whose
    with noting(her, by=by, part=Part.NOTES, verb="note written", on=session.on, audience=audience) as act:
        note = Note.objects.create(
            organisation_id=her.organisation,
            case_id=her.id,
            author_id=by.member,
            audience=audience,
            happened_on=session.on,
            text=sealing.seal_text(her.person, text, "note.text"),
            written_at=clock.now(),
        )
        act.subject, act.facts["purpose"] = note.pk, "group"
    return note.pk


def _note_line(session: HeldSession, woman: Woman, line: Line, by: Viewer, entries: ExitStack) -> bool:
    try:
        chosen = settled(was=line.was, chosen=line.came, now=woman.came)
    except ValueError:
        raise Conflict([(f"came_{woman.place}", woman.came)]) from None
    if chosen is None and not (line.came == Came.ABSENT == woman.came and line.reason != woman.reason):
        return False
    came = Came(chosen or woman.came)
    act = entries.enter_context(noting(woman.whose, by=by, part=Part.ACTIVITIES, verb=VERB, on=session.on))
    _write(session.id, woman.whose, by=by, on=session.on, came=came, reason=line.reason)
    act.subject, act.words, act.facts["purpose"] = session.id, [came], "group"
    _keep_in_mind(session.group, woman.whose, by)
    return True


def _write(session: int, her: Hers, *, by: Viewer, on: date, came: Came, reason: str) -> None:
    if reason and reason not in set(Reason):
        require(refused("Choose one of the reasons, or none."))
    Attendance.objects.update_or_create(
        organisation_id=her.organisation,
        case_id=her.id,
        session_id=session,
        defaults={
            "on": on,
            "state": came,
            "reason": reason if came is Came.ABSENT else "",
            "member_id": by.member,
            "noted_at": clock.now(),
        },
    )


def _keep_in_mind(group: int, her: Hers, by: Viewer) -> None:
    """Her referent asks how she is once she has not come twice, counted anew after every time she was asked."""
    asked = AskedAfter.objects.filter(case=her.id, group=group).order_by("-on").values_list("on", flat=True).first()
    rows = Attendance.objects.filter(case=her.id, session__group=group).exclude(state=Came.NOT_KNOWN)
    rows = rows.filter(on__gt=asked) if asked else rows
    lately = rows.order_by("-session__starts_at").values_list("state", flat=True)[:ASK_AFTER]
    if is_missed([Came(one) for one in lately]):
        referent = Case.objects.values_list("referent", flat=True).get(pk=her.id)
        set_due(her, DueKind.ASK_AFTER, on=clock.today(by.time_zone), subject=group, member=referent)
    else:
        settle_due(her, DueKind.ASK_AFTER, subject=group)
