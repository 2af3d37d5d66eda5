"""Computing a plan in the background: asked for on a page, made by the worker, kept as a draft. A person publishes."""

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction

from amparo.areas.access import wall
from amparo.areas.access.rules import Viewer
from amparo.areas.audit.actions import Trace, record
from amparo.areas.orgs.queue import is_ours
from amparo.kernel import clock
from amparo.kernel.decision import refused, require

from .models import Period
from .periods import is_computing, locked, note
from .rules.computing import seconds_for
from .rules.instance import Instance, Plan
from .rules.states import PeriodState, Solving
from .standing import Standing, standing, to_solve, write_plan
from .staying import Stays, Stuck, stuck

Stopped = Callable[[], bool]


def _never() -> bool:
    return False


def ask_for_plan(number: int, *, by: Viewer) -> None:
    """Let the worker compute a plan of this draft; what is fixed stays, and the rest moves as little as possible."""
    from .jobs import compute_plan

    with transaction.atomic():
        row = locked(by, number)
        if row.state != PeriodState.DRAFT:
            require(refused("This plan is published. Take it back into draft first, or change single sessions."))
        if is_computing(row):
            require(refused("A plan is being computed already. It stands here in a moment."))
        _await(row, by)
        compute_plan.defer(organisation=by.organisation, period=number)


def compute(organisation: int, number: int, *, seconds: float | None = None, stopped: Stopped = _never) -> None:
    """Compute the plan of a period that waits for one. What changed by hand meanwhile is not written over.

    In so many `seconds` as its size asks for, where none are given. Where the worker has to end (`stopped`), the best
    plan so far is kept: the period never waits for nobody.
    """
    with wall.standing_in(organisation):
        row = Period.objects.filter(pk=number, organisation=organisation, solving=Solving.RUNNING).first()
        if row is not None:
            _compute(row, seconds, stopped)


def compute_now(number: int, *, by: Viewer, seconds: float) -> None:
    """The same at once, where there is no worker yet. Call it standing in the organisation, or as the owner."""
    row = locked(by, number)
    _await(row, by)
    _compute(row, seconds, _never)


def _await(row: Period, by: Viewer) -> None:
    row.solving, row.asked_at, row.asked_by_id, row.stuck_sessions = Solving.RUNNING, clock.now(), by.member, []
    row.save(update_fields=("solving", "asked_at", "asked_by", "stuck_sessions"))
    note(by, "plan asked for", row.pk)


def _compute(row: Period, seconds: float | None, stopped: Stopped) -> None:
    before, gathered = standing(row), to_solve(row)
    seconds = seconds or seconds_for(gathered.instance)
    made = _solved(gathered.instance, _same_names(before, gathered.aliases), seconds, stopped)
    with transaction.atomic():
        now = Period.objects.select_for_update(no_key=True).get(pk=row.pk)
        if (now.solving, now.asked_at) != (Solving.RUNNING, row.asked_at) or not is_ours():
            return  # another worker has done it or does it, or somebody asked again
        is_draft = now.state == PeriodState.DRAFT and now.version == row.version
        if isinstance(made, Stuck) or not is_draft:
            now.solving = Solving.FAILED
            if isinstance(made, Stuck) and is_draft:
                now.stuck_sessions = [before.session(spot).pk for spot in made.sessions]
                now.stuck_few = made.too_few
        else:
            write_plan(now, made, gathered=gathered)
            now.solving, now.outcome = Solving.DONE, made.status
            now.objective, now.bound = made.objective, None if made.bound is None else int(made.bound)
        now.solved_at, now.version = clock.now(), now.version + 1
        now.save()
        record(Trace("plan made", f"period {row.pk}"), organisation=row.organisation_id, member=None)


def _solved(instance: Instance, before: Standing, seconds: float, stopped: Stopped) -> Plan | Stuck:
    """The plan, or what is fixed and cannot stay; who can no longer be in it is left out."""
    from .scheduling.keeping import CannotStayError
    from .scheduling.planning import solve

    kept = before.plan if before.groups else None
    try:
        return solve(instance, seconds=seconds, before=kept, fixed=before.fixed, with_all=False, stopped=stopped)
    except CannotStayError as no:
        return stuck(Stays(instance, before.plan, before.fixed), no)


def _same_names(before: Standing, aliases: dict[int, str]) -> Standing:
    """The plan that stands, with the names that the women have in the instance."""
    names = {alias: aliases.get(case, alias) for alias, case in before.gathered.cases.items()}
    renamed = tuple(
        type(group)(
            activity=group.activity,
            women=tuple(names.get(woman, woman) for woman in group.women),
            sessions=group.sessions,
        )
        for group in before.plan.groups
    )
    plan = Plan(status="feasible", objective=before.plan.objective, groups=renamed, not_served=())
    return replace(before, plan=plan)
