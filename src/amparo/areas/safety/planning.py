"""Her safety plan: every save is a new version, made with her; its measures go on from version to version."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import acting
from amparo.areas.cases.dues import set_due, settle_due
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import Case
from amparo.areas.cases.rules import DueKind
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere

from . import catalogue
from .models import Measure, SafetyPlan
from .sealed import seal, unseal

#: Whether she agrees to this version (R8).
AGREEMENT = ("yes", "partly", "no", "not_yet")
#: Who takes care of a measure.
WHO = ("she", "referent", "team", "other")


@dataclass(frozen=True)
class PlanWords:
    """The written part of a plan, and whether she agrees to it."""

    her_steps: str
    team_steps: str
    calls: str
    her_words: str
    agreed: str


@dataclass(frozen=True)
class Chosen:
    """The measures that stand in a version: keys of the catalogue, her own ones by number, and new ones of hers."""

    keys: frozenset[str]
    kept: frozenset[int] = frozenset()
    added: tuple[tuple[str, str], ...] = ()  # (moment, words)


def write_plan(case: CaseFile, *, by: Viewer, words: PlanWords, chosen: Chosen, seen: int) -> int:
    """Write the next version of her plan; gives its number.

    `seen` is the version that the writer started from, 0 for none. Raises Conflict where there is a newer one.
    """
    with acting(case, by=by, part=Part.SAFETY, verb="safety plan written") as act:
        Case.objects.select_for_update(no_key=True).get(pk=case.id)
        newest = SafetyPlan.objects.filter(case=case.id).order_by("-number").first()
        if (newest.number if newest else 0) != seen:
            raise Conflict(_plan_there(case, newest))
        plan = SafetyPlan.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            number=seen + 1,
            her_steps=seal(case, words.her_steps, "plan.her_steps"),
            team_steps=seal(case, words.team_steps, "plan.team_steps"),
            calls=seal(case, words.calls, "plan.calls"),
            her_words=seal(case, words.her_words, "plan.her_words"),
            agreed=words.agreed,
            member_id=by.member,
            made_on=clock.today(by.time_zone),
            made_at=clock.now(),
        )
        _leave_out(case, plan.number, chosen)
        _take_in(case, plan.number, chosen)
        act.subject, act.words = plan.number, [words.agreed]
    return plan.number


def arrange_measure(
    case: CaseFile, number: int, *, by: Viewer, who: str, until: date | None, words: str, version: int
) -> None:
    """Say who takes care of a measure, until when, and what belongs to it; a day makes it due."""
    with acting(case, by=by, part=Part.SAFETY, verb="safety measure arranged") as act:
        row = _measure(case, number)
        if row.version != version:
            raise Conflict([(_("Remark"), unseal(case, row.words, "measure.words"))])
        row.who, row.until, row.version = who, until, version + 1
        row.words = seal(case, words, "measure.words")
        row.save(update_fields=("who", "until", "words", "version"))
        _let_it_be_due(case, row)
        act.subject, act.quiet = number, True


def finish_measure(case: CaseFile, number: int, *, by: Viewer, done: bool = True) -> None:
    """A measure is in place; or, with `done` false, it is not any more."""
    with acting(
        case, by=by, part=Part.SAFETY, verb="safety measure done" if done else "safety measure reopened"
    ) as act:
        row = _measure(case, number)
        row.done_on = clock.today(by.time_zone) if done else None
        row.save(update_fields=("done_on",))
        _let_it_be_due(case, row)
        act.subject, act.words = number, [row.key] if row.key else []


def _measure(case: CaseFile, number: int) -> Measure:
    row = Measure.objects.select_for_update(no_key=True).filter(pk=number, case=case.id, left_out=None).first()
    if row is None:
        raise NotThere
    return row


def _let_it_be_due(case: CaseFile, row: Measure) -> None:
    settle_due(case, DueKind.MEASURE, subject=row.pk)
    if row.until is not None and row.done_on is None:
        member = case.referent if row.who == "referent" else None
        why = f"measure_{row.key}" if row.key else ""
        set_due(case, DueKind.MEASURE, on=row.until, subject=row.pk, member=member, why=why)


def _leave_out(case: CaseFile, number: int, chosen: Chosen) -> None:
    for row in Measure.objects.filter(case=case.id, left_out=None):
        if row.key not in chosen.keys and row.pk not in chosen.kept:
            row.left_out = number
            row.save(update_fields=("left_out",))
            settle_due(case, DueKind.MEASURE, subject=row.pk)


def _take_in(case: CaseFile, number: int, chosen: Chosen) -> None:
    there = set(Measure.objects.filter(case=case.id, left_out=None).values_list("key", flat=True))
    new = [(one.key, one.moment, "") for one in catalogue.measures() if one.key in chosen.keys - there]
    new += [("", moment, words) for moment, words in chosen.added]
    Measure.objects.bulk_create(
        Measure(
            organisation_id=case.organisation,
            case_id=case.id,
            since=number,
            key=key,
            moment=moment,
            words=seal(case, words, "measure.words"),
        )
        for key, moment, words in new
    )


def _plan_there(case: CaseFile, plan: SafetyPlan | None) -> list[tuple[str, str]]:
    if plan is None:
        return []
    fields = {
        "her_steps": _("What she does"),
        "team_steps": _("What the team does"),
        "calls": _("Whom to call"),
        "her_words": _("What she says about it"),
    }
    there = [(label, unseal(case, getattr(plan, field), f"plan.{field}")) for field, label in fields.items()]
    return [(label, text) for label, text in there if text]
