"""Reading her plan. The viewer comes first; everything narrative is opened with her key."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import Due, TeamMember
from amparo.areas.cases.rules import DueKind
from amparo.areas.vault import sealing
from amparo.kernel.decision import NotThere, require
from amparo.storage.prepared import prepared

from . import rules
from .models import Goal, Need, PlanVersion, Saying, Step
from .rules import GoalStatus, NeedStatus


@dataclass(frozen=True)
class StepFile:
    """One step with its words opened; `by` is the colleague who takes it, or who else does."""

    id: int
    goal: int
    kind: str
    words: str
    who: str
    member: int | None
    by: str
    weeks: int | None
    noted_on: date
    due_on: date | None
    done_on: date | None
    version: int


@dataclass(frozen=True)
class GoalFile:
    """One goal with its steps, the open ones first."""

    id: int
    need: int | None
    domain: str
    words: str
    status: str
    noted_on: date
    version: int
    steps: tuple[StepFile, ...]


@dataclass(frozen=True)
class Said:
    """What she said, and when."""

    words: str
    on: date


@dataclass(frozen=True)
class NeedFile:
    """One need: what she said last and before, the professional's view, and the goals for it."""

    id: int
    domain: str
    basic_need: str
    said: Said | None
    said_before: tuple[Said, ...]
    our_view: str
    status: str
    noted_on: date
    version: int
    goals: tuple[GoalFile, ...]


@dataclass(frozen=True)
class VersionFile:
    """What she said to one version of her plan."""

    number: int
    asked_on: date
    agreement: str
    her_words: str
    member_name: str
    snapshot: dict[str, Any]


@dataclass(frozen=True)
class PlanFile:
    """Her plan as it stands: open needs as she ranks them, the others, and goals for no need in particular."""

    needs: tuple[NeedFile, ...]
    past_needs: tuple[NeedFile, ...]
    other_goals: tuple[GoalFile, ...]
    review_on: date | None
    agreed: VersionFile | None
    snapshot: dict[str, Any]

    @property
    def mark(self) -> str:
        """A short mark of what the plan says: two plans with the same mark say the same."""
        content = json.dumps(_content(self.snapshot), sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:20]

    @property
    def changed_since(self) -> bool:
        """Whether the plan says something else than the version she was last asked about."""
        return self.agreed is not None and _content(self.agreed.snapshot) != _content(self.snapshot)


def plan_of(viewer: Viewer, case: CaseFile) -> PlanFile:
    """Her whole plan, in a number of queries that does not grow with it."""
    require(case.readable(viewer, Part.PLAN))
    goals = _goals(viewer, case)
    needs = _needs(viewer, case, goals)
    shown = tuple(need for need in needs if need.status == NeedStatus.OPEN)
    past = tuple(need for need in needs if need.status != NeedStatus.OPEN)
    others = tuple(goal for goal in goals if goal.need is None)
    return PlanFile(
        needs=shown,
        past_needs=past,
        other_goals=others,
        review_on=next_review(viewer, case),
        agreed=next(iter(_versions(viewer, case, limit=1)), None),
        snapshot=_snapshot(needs, others),
    )


def facts_of(plan: PlanFile) -> rules.PlanFacts:
    """The plan as the rules see it: coded, without a word of hers."""
    needs = (*plan.needs, *plan.past_needs)
    goals = [goal for need in needs for goal in need.goals] + list(plan.other_goals)
    return rules.PlanFacts(
        needs=[rules.NeedFacts(one.id, one.basic_need, one.status, one.said is not None) for one in needs],
        goals=[rules.GoalFacts(one.id, one.need, one.domain, one.status) for one in goals],
        steps=[_step_facts(step) for goal in goals for step in goal.steps],
        review_on=plan.review_on,
    )


def need_of(viewer: Viewer, case: CaseFile, number: int) -> NeedFile:
    """One need of hers; raises NotThere."""
    return _one(_needs(viewer, case, _goals(viewer, case)), lambda need: need.id == number)


def goal_of(viewer: Viewer, case: CaseFile, number: int) -> GoalFile:
    """One goal of hers; raises NotThere."""
    return _one(_goals(viewer, case), lambda goal: goal.id == number)


def step_of(viewer: Viewer, case: CaseFile, number: int) -> StepFile:
    """One step of hers; raises NotThere."""
    steps = [step for goal in _goals(viewer, case) for step in goal.steps]
    return _one(steps, lambda step: step.id == number)


def versions_of(viewer: Viewer, case: CaseFile) -> list[VersionFile]:
    """Every version she was asked about, latest first."""
    require(case.readable(viewer, Part.PLAN))
    return _versions(viewer, case)


def version_of(viewer: Viewer, case: CaseFile, number: int) -> VersionFile:
    """One version she was asked about; raises NotThere."""
    return _one(versions_of(viewer, case), lambda version: version.number == number)


def next_review(viewer: Viewer, case: CaseFile) -> date | None:
    """The day on which the plan is looked at with her again."""
    dues = Due.objects.filter(case=case.id, organisation=viewer.organisation, kind=DueKind.REVIEW, done_at=None)
    return dues.order_by("on").values_list("on", flat=True).first()


def who_can(viewer: Viewer, case: CaseFile) -> list[tuple[int, str]]:
    """The members of her team now, by name: those who can take a step."""
    team = TeamMember.objects.filter(case=case.id, organisation=viewer.organisation, until=None)
    return list(team.order_by("member__name", "member").values_list("member", "member__name"))


Row = TypeVar("Row")


def wishes_of(viewer: Viewer, case: CaseFile, *, limit: int = 2) -> list[tuple[str, Said]]:
    """What she said last about what matters most to her now, with its domain; one query, for the page of a case."""
    return [
        (domain, Said(sealing.open_text(case.person, words, "saying.words"), heard_on))
        for domain, words, heard_on in _wishes(case.id, viewer.organisation, most=limit)
    ]


@prepared
def _wishes(case: int, organisation: int, *, most: int) -> QuerySet[Saying, tuple[str, bytes | memoryview, date]]:
    rows = Saying.objects.filter(case=case, organisation=organisation, need__status=rules.NeedStatus.OPEN)
    latest = rows.order_by("need__rank", "need", "-heard_on", "-pk").distinct("need__rank", "need")
    return latest.values_list("need__domain", "words", "heard_on")[:most]


def _one(rows: Iterable[Row], wanted: Callable[[Row], bool]) -> Row:
    for row in rows:
        if wanted(row):
            return row
    raise NotThere


def _needs(viewer: Viewer, case: CaseFile, goals: Iterable[GoalFile]) -> list[NeedFile]:
    goals_of: dict[int | None, list[GoalFile]] = defaultdict(list)
    for goal in goals:
        goals_of[goal.need].append(goal)
    said = _sayings(viewer, case)
    rows = Need.objects.filter(case=case.id, organisation=viewer.organisation).order_by("rank", "pk")
    return [_need(case, row, said[row.pk], tuple(goals_of[row.pk])) for row in rows]


def _need(case: CaseFile, row: Need, said: list[Said], goals: tuple[GoalFile, ...]) -> NeedFile:
    return NeedFile(
        id=row.pk,
        domain=row.domain,
        basic_need=row.basic_need,
        said=said[0] if said else None,
        said_before=tuple(said[1:]),
        our_view=sealing.open_text(case.person, row.our_view, "need.our_view"),
        status=row.status,
        noted_on=row.noted_on,
        version=row.version,
        goals=goals,
    )


def _sayings(viewer: Viewer, case: CaseFile) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = defaultdict(list)
    rows = Saying.objects.filter(case=case.id, organisation=viewer.organisation).order_by("-heard_on", "-pk")
    for row in rows:
        found[row.need_id].append(Said(sealing.open_text(case.person, row.words, "saying.words"), row.heard_on))
    return found


def _goals(viewer: Viewer, case: CaseFile) -> list[GoalFile]:
    steps: dict[int, list[StepFile]] = defaultdict(list)
    rows = Step.objects.filter(case=case.id, organisation=viewer.organisation).select_related("member")
    for row in rows.order_by("pk"):
        steps[row.goal_id].append(_step(case, row))
    goals = Goal.objects.filter(case=case.id, organisation=viewer.organisation).order_by("pk")
    return [_goal(case, row, steps[row.pk]) for row in goals]


def _goal(case: CaseFile, row: Goal, steps: list[StepFile]) -> GoalFile:
    ordered = sorted(steps, key=lambda step: (step.done_on is not None, step.due_on or date.max, step.id))
    return GoalFile(
        id=row.pk,
        need=row.need_id,
        domain=row.domain,
        words=sealing.open_text(case.person, row.words, "goal.words"),
        status=row.status,
        noted_on=row.noted_on,
        version=row.version,
        steps=tuple(ordered),
    )


def _step(case: CaseFile, row: Step) -> StepFile:
    other = sealing.open_text(case.person, row.other, "step.other")
    return StepFile(
        id=row.pk,
        goal=row.goal_id,
        kind=row.kind,
        words=sealing.open_text(case.person, row.words, "step.words"),
        who=row.who,
        member=row.member_id,
        by=row.member.name if row.member else other,
        weeks=row.weeks,
        noted_on=row.noted_on,
        due_on=row.due_on,
        done_on=row.done_on,
        version=row.version,
    )


def _step_facts(step: StepFile) -> rules.StepFacts:
    return rules.StepFacts(step.id, step.goal, step.done_on is None, step.weeks, step.noted_on, step.due_on)


def _versions(viewer: Viewer, case: CaseFile, *, limit: int | None = None) -> list[VersionFile]:
    rows = PlanVersion.objects.filter(case=case.id, organisation=viewer.organisation)
    return [_version(case, row) for row in rows.select_related("member").order_by("-number")[:limit]]


def _version(case: CaseFile, row: PlanVersion) -> VersionFile:
    return VersionFile(
        number=row.number,
        asked_on=row.asked_on,
        agreement=row.agreement,
        her_words=sealing.open_text(case.person, row.her_words, "planversion.her_words"),
        member_name=row.member.name,
        snapshot=json.loads(sealing.open_text(case.person, row.snapshot, "planversion.snapshot")),
    )


# What becomes of the plan is no change of it: she need not be asked again because a step is done or moved.
_COURSE_OF_THINGS = {"status", "due_on", "done_on"}


def _snapshot(needs: Iterable[NeedFile], others: Iterable[GoalFile]) -> dict[str, Any]:
    """What the plan says to her: the needs in her order, the goals and their steps, less what was set aside."""
    return {
        "needs": [
            {
                "domain": need.domain,
                "basic_need": need.basic_need,
                "her_words": need.said.words if need.said else "",
                "our_view": need.our_view,
                "status": need.status,
                "goals": _goals_said(need.goals),
            }
            for need in needs
            if need.status != NeedStatus.ASIDE
        ],
        "goals": _goals_said(others),
    }


def _goals_said(goals: Iterable[GoalFile]) -> list[dict[str, Any]]:
    return [
        {
            "domain": goal.domain,
            "words": goal.words,
            "status": goal.status,
            "steps": [_step_said(step) for step in sorted(goal.steps, key=lambda step: step.id)],
        }
        for goal in goals
        if goal.status != GoalStatus.ASIDE
    ]


def _step_said(step: StepFile) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "words": step.words,
        "who": step.who,
        "by": step.by,
        "weeks": step.weeks,
        "due_on": step.due_on.isoformat() if step.due_on else None,
        "done_on": step.done_on.isoformat() if step.done_on else None,
    }


def _content(snapshot: Any) -> Any:
    if isinstance(snapshot, dict):
        return {key: _content(value) for key, value in snapshot.items() if key not in _COURSE_OF_THINGS}
    return [_content(one) for one in snapshot] if isinstance(snapshot, list) else snapshot
