"""What she says of an activity, filled in by herself on a device that was handed to her; with or without her name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.activities.models import Session
from amparo.areas.activities.rules.evaluating import are_answers
from amparo.areas.activities.rules.states import Moment, SessionState
from amparo.areas.audit.actions import Trace, record
from amparo.areas.cases.acting import noting
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import refused, require

from .catalogue import questions
from .lists import HeldSession, Woman, held_session, woman_of
from .models import Evaluation, NamelessEvaluation

_SAID_ALREADY = refused("She has filled this in already.")


@dataclass(frozen=True)
class Said:
    """What she chose (1 to 5, or that she does not want to say) by the keys of the questions, and words of hers."""

    moment: Moment
    answers: Mapping[str, int | str]
    words: str = ""


def whom_to_ask(viewer: Viewer, session: HeldSession, place: int, moment: Moment) -> Woman:
    """The woman to whom the device is handed; raises Refused where she has said it already, with her name."""
    woman = woman_of(viewer, session, place)
    if has_said(viewer, session, woman, moment):
        require(_SAID_ALREADY)
    return woman


def moment_to_ask(viewer: Viewer, session: HeldSession, woman: Woman) -> Moment:
    """What is proposed when she is handed the device: the end, once she has said the start or no session is to come."""
    to_come = Session.objects.filter(organisation=viewer.organisation, group=session.group, starts_at__gt=clock.now())
    is_over = not to_come.exclude(state=SessionState.CANCELLED).exists()
    return Moment.END if is_over or has_said(viewer, session, woman, Moment.START) else Moment.START


def has_said(viewer: Viewer, session: HeldSession, woman: Woman, moment: Moment) -> bool:
    """Whether she has filled it in already, with her name."""
    hers = Evaluation.objects.filter(organisation=viewer.organisation, case=woman.whose.id)
    return hers.filter(group=session.group, moment=moment).exists()


@transaction.atomic
def keep_named(number: int, place: int, *, by: Viewer, said: Said, at: datetime | None = None) -> None:
    """Keep it in her file, sealed with her key, for those who accompany her; raises Refused where it is there already.

    `at`: when the device was handed to her, where that is a while ago: the list that was open then counts.
    """
    session = held_session(by, number, at=at)
    require_answers(said)
    her = whom_to_ask(by, session, place, said.moment).whose
    with noting(her, by=by, part=Part.ACTIVITIES, verb="evaluation given", on=session.on) as act:
        row, is_new = Evaluation.objects.get_or_create(
            organisation_id=her.organisation,
            case_id=her.id,
            group_id=session.group,
            moment=said.moment,
            defaults={
                "answers": dict(said.answers),
                "words": sealing.seal_text(her.person, said.words, "evaluation.words"),
                "on": session.on,
                "member_id": by.member,
                "noted_at": clock.now(),
            },
        )
        if not is_new:  # another device was faster by less than a look
            require(_SAID_ALREADY)
        act.subject, act.words, act.facts["purpose"] = row.pk, [said.moment], "group"


@transaction.atomic
def keep_nameless(number: int, *, by: Viewer, said: Said) -> None:
    """Keep it with the group alone: no woman, no day, nobody beside it; who she is is not even looked up (R19)."""
    session = held_session(by, number)
    require_answers(said)
    write_nameless(by.organisation, session.group, said)


def write_nameless(organisation: int, group: int, said: Said) -> None:
    """The same for a group that is known. Called inside an action."""
    NamelessEvaluation.objects.create(
        organisation_id=organisation,
        group_id=group,
        moment=said.moment,
        answers=dict(said.answers),
        words=sealing.seal_of_house(organisation, said.words.encode(), "namelessevaluation.words"),
    )
    record(Trace("nameless evaluation given", f"group {group}"), organisation=organisation, member=None)


def require_answers(said: Said) -> None:
    """Raises Refused where these are not answers to what is asked at that moment."""
    require(are_answers(said.answers, asked=[one.key for one in questions(said.moment)]))
