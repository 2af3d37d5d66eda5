"""Changing needs, goals and steps. Each action is one transaction with one line of history and one audit entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import acting
from amparo.areas.cases.dues import set_due, settle_due
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import Case, TeamMember
from amparo.areas.cases.rules import DueKind
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, require

from . import rules
from .catalogue import domain_of_basic_need
from .models import Goal, Need, Saying, Step
from .rules import BasicAnswer, GoalStatus, NeedStatus, Who


@dataclass(frozen=True)
class StepWords:
    """What a step is: its kind, in words, who takes it, and until when."""

    kind: str
    words: str
    who: Who = Who.SHE
    member: int | None = None
    other: str = ""
    weeks: int | None = None
    due_on: date | None = None


def note_need(
    case: CaseFile, *, by: Viewer, domain: str, basic_need: str = "", her_words: str = "", our_view: str = ""
) -> int:
    """Note a need, last in her order until she moves it; gives its number (R8)."""
    with acting(case, by=by, part=Part.PLAN, verb="need noted") as act:
        need = _add_need(case, by=by, domain=domain, basic_need=basic_need, our_view=our_view)
        _say(case, need, by=by, words=her_words)
        act.subject, act.words = need.pk, [basic_need or domain]
    return need.pk


def ask_basic_needs(case: CaseFile, *, by: Viewer, answers: Mapping[str, str], her_words: Mapping[str, str]) -> None:
    """Keep her answers about basic needs; each that is missing becomes a need, or adds what she says to the open one.

    What is there again is not marked as met: she and the professional say so (R8, R9; C&H-B 2.1.3).
    """
    require(rules.may_keep_answers(len(answers)))
    with acting(case, by=by, part=Part.PLAN, verb="basic needs asked") as act:
        # Two colleagues asking at once must not note a need twice.
        Case.objects.select_for_update(no_key=True).get(pk=case.id)
        open_ones = {need.basic_need: need for need in _open_needs(case)}
        for key, answer in answers.items():
            if answer == BasicAnswer.MISSING:
                need = open_ones.get(key) or _add_need(
                    case, by=by, domain=domain_of_basic_need(key), basic_need=key, our_view=""
                )
                _say(case, need, by=by, words=her_words.get(key, ""))
        act.words = [f"{key}.{answer}" for key, answer in answers.items()]


def change_need(case: CaseFile, number: int, *, by: Viewer, her_words: str, our_view: str, version: int) -> None:
    """Change the professional's view, and add what she says now; what she said before stays (R8).

    Raises Conflict where a colleague changed the view since it was shown.
    """
    with acting(case, by=by, part=Part.PLAN, verb="need changed") as act:
        need = _need(case, number)
        if need.version != version:
            raise Conflict([("our_view", sealing.open_text(case.person, need.our_view, "need.our_view"))])
        need.our_view = sealing.seal_text(case.person, our_view, "need.our_view")
        need.version += 1
        need.save(update_fields=("our_view", "version"))
        _say(case, need, by=by, words=her_words)
        act.subject, act.words = number, [need.basic_need or need.domain]


def move_need(case: CaseFile, number: int, *, by: Viewer, up: bool) -> None:
    """Move a need one place in her order. At either end nothing changes."""
    with acting(case, by=by, part=Part.PLAN, verb="need moved") as act:
        needs = {need.pk: need for need in _open_needs(case)}
        if number not in needs:
            raise NotThere
        ranks = [need.rank for need in needs.values()]
        for rank, one in zip(ranks, rules.moved(list(needs), number, up=up), strict=True):
            needs[one].rank = rank
        Need.objects.bulk_update(needs.values(), ("rank",))
        act.subject, act.quiet = number, True


def mark_need(case: CaseFile, number: int, *, by: Viewer, status: NeedStatus) -> None:
    """Say that a need is met, set aside, or open again."""
    with acting(case, by=by, part=Part.PLAN, verb=f"need {status}") as act:
        need = _need(case, number)
        need.status = status
        need.save(update_fields=("status",))
        act.subject, act.words = number, [need.basic_need or need.domain]


def set_goal(case: CaseFile, *, by: Viewer, domain: str, words: str, need: int | None = None) -> int:
    """Set a goal, for a need or for its own sake; gives its number."""
    with acting(case, by=by, part=Part.PLAN, verb="goal set") as act:
        behind = _need(case, need) if need is not None else None
        goal = Goal.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            need=behind,
            domain=domain,
            words=sealing.seal_text(case.person, words, "goal.words"),
            status=GoalStatus.GOING,
            noted_on=clock.today(by.time_zone),
        )
        act.subject, act.words = goal.pk, [domain]
    return goal.pk


def change_goal(case: CaseFile, number: int, *, by: Viewer, domain: str, words: str, version: int) -> None:
    """Word a goal anew. Raises Conflict where a colleague did since it was shown."""
    with acting(case, by=by, part=Part.PLAN, verb="goal changed") as act:
        goal = _goal(case, number)
        if goal.version != version:
            raise Conflict([("words", sealing.open_text(case.person, goal.words, "goal.words"))])
        goal.domain, goal.version = domain, version + 1
        goal.words = sealing.seal_text(case.person, words, "goal.words")
        goal.save(update_fields=("domain", "words", "version"))
        act.subject, act.words = number, [domain]


def mark_goal(case: CaseFile, number: int, *, by: Viewer, status: GoalStatus) -> None:
    """Say that a goal is reached, set aside, or going on again; its open steps stop or start to be due."""
    with acting(case, by=by, part=Part.PLAN, verb=f"goal {status}") as act:
        goal = _goal(case, number)
        goal.status = status
        goal.save(update_fields=("status",))
        for step in Step.objects.filter(goal=goal, done_on=None):
            _keep_due(case, step, going=status is GoalStatus.GOING)
        act.subject, act.words = number, [goal.domain]


def add_step(case: CaseFile, goal: int, *, by: Viewer, step: StepWords) -> int:
    """Add a small step to a goal; it is due on its day. Gives its number."""
    with acting(case, by=by, part=Part.PLAN, verb="step added") as act:
        row = Step(
            organisation_id=case.organisation,
            case_id=case.id,
            goal=_goal(case, goal),
            noted_on=clock.today(by.time_zone),
        )
        _fill_step(case, row, step)
        row.save()
        _keep_due(case, row, going=row.goal.status == GoalStatus.GOING)
        act.subject, act.words = row.pk, [step.kind]
    return row.pk


def change_step(case: CaseFile, number: int, *, by: Viewer, step: StepWords, version: int) -> None:
    """Word a step anew. Raises Conflict where a colleague did since it was shown."""
    with acting(case, by=by, part=Part.PLAN, verb="step changed") as act:
        row = _step(case, number)
        if row.version != version:
            raise Conflict([("words", sealing.open_text(case.person, row.words, "step.words"))])
        _fill_step(case, row, step)
        row.version += 1
        row.save()
        _keep_due(case, row, going=row.goal.status == GoalStatus.GOING)
        act.subject, act.words = number, [step.kind]


def finish_step(case: CaseFile, number: int, *, by: Viewer) -> None:
    """Say that a step is done today. Said twice, it is done once."""
    with acting(case, by=by, part=Part.PLAN, verb="step done") as act:
        step = _step(case, number)
        act.subject, act.words, act.quiet = number, [step.kind], step.done_on is not None
        step.done_on = step.done_on or clock.today(by.time_zone)
        step.save(update_fields=("done_on",))
        _keep_due(case, step, going=True)


def reopen_step(case: CaseFile, number: int, *, by: Viewer) -> None:
    """Say that a step is not done after all."""
    with acting(case, by=by, part=Part.PLAN, verb="step open again") as act:
        step = _step(case, number)
        step.done_on = None
        step.save(update_fields=("done_on",))
        _keep_due(case, step, going=step.goal.status == GoalStatus.GOING)
        act.subject, act.words = number, [step.kind]


def move_step(case: CaseFile, number: int, *, by: Viewer, to: date) -> None:
    """Move a step to another day; nothing is held against her for it (R17)."""
    require(rules.may_move_to(to, clock.today(by.time_zone)))
    with acting(case, by=by, part=Part.PLAN, verb="step moved") as act:
        step = _step(case, number)
        step.due_on = to  # how often it moved is counted nowhere
        step.save(update_fields=("due_on",))
        _keep_due(case, step, going=step.goal.status == GoalStatus.GOING)
        act.subject, act.words = number, [step.kind]


def set_next_review(case: CaseFile, *, by: Viewer, on: date) -> None:
    """Set the day on which the plan is looked at with her again."""
    require(rules.may_move_to(on, clock.today(by.time_zone)))
    with acting(case, by=by, part=Part.PLAN, verb="review planned") as act:
        set_due(case, DueKind.REVIEW, on=on)
        act.facts["on"] = on.isoformat()


def _add_need(case: CaseFile, *, by: Viewer, domain: str, basic_need: str, our_view: str) -> Need:
    last = Need.objects.filter(case=case.id).order_by("-rank").values_list("rank", flat=True).first()
    return Need.objects.create(
        organisation_id=case.organisation,
        case_id=case.id,
        domain=domain,
        basic_need=basic_need,
        our_view=sealing.seal_text(case.person, our_view, "need.our_view"),
        rank=(last or 0) + 1,
        status=NeedStatus.OPEN,
        noted_on=clock.today(by.time_zone),
    )


def _say(case: CaseFile, need: Need, *, by: Viewer, words: str) -> None:
    if not words:
        return
    Saying.objects.create(
        organisation_id=case.organisation,
        case_id=case.id,
        need=need,
        words=sealing.seal_text(case.person, words, "saying.words"),
        heard_on=clock.today(by.time_zone),
        member_id=by.member,
    )


def _fill_step(case: CaseFile, row: Step, step: StepWords) -> None:
    if step.who is Who.MEMBER and not _in_team(case, step.member):
        raise NotThere
    row.kind, row.who, row.weeks, row.due_on = step.kind, step.who, step.weeks, step.due_on
    row.member_id = step.member if step.who is Who.MEMBER else None
    row.words = sealing.seal_text(case.person, step.words, "step.words")
    row.other = sealing.seal_text(case.person, step.other if step.who is Who.OTHER else "", "step.other")


def _in_team(case: CaseFile, member: int | None) -> bool:
    return TeamMember.objects.filter(case=case.id, member=member, until=None).exists()


def _keep_due(case: CaseFile, step: Step, *, going: bool) -> None:
    """A step is due while it is open, has a day, and its goal is going on; a colleague's step is theirs alone."""
    if going and step.done_on is None and step.due_on is not None:
        set_due(case, DueKind.STEP, on=step.due_on, subject=step.pk, member=step.member_id, why=f"step_{step.kind}")
    else:
        settle_due(case, DueKind.STEP, subject=step.pk)


def _open_needs(case: CaseFile) -> list[Need]:
    rows = Need.objects.select_for_update(no_key=True).filter(case=case.id, status=NeedStatus.OPEN)
    return list(rows.order_by("rank", "pk"))


def _need(case: CaseFile, number: int) -> Need:
    row = Need.objects.select_for_update(no_key=True).filter(pk=number, case=case.id).first()
    if row is None:
        raise NotThere
    return row


def _goal(case: CaseFile, number: int) -> Goal:
    row = Goal.objects.select_for_update(no_key=True).filter(pk=number, case=case.id).first()
    if row is None:
        raise NotThere
    return row


def _step(case: CaseFile, number: int) -> Step:
    rows = Step.objects.select_for_update(of=("self",), no_key=True).select_related("goal")
    row = rows.filter(pk=number, case=case.id).first()
    if row is None:
        raise NotThere
    return row
