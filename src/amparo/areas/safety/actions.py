"""Assessing her risk, noting what changed, and incidents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import acting
from amparo.areas.cases.dues import set_due, settle_due
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import Case, Due
from amparo.areas.cases.rules import FIRST_RISK_WITHIN, DueKind
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, require
from amparo.kernel.language import pick

from . import catalogue
from .instruments import Instrument, current_instrument, instrument
from .models import Assessment, Change, Incident
from .queries import counted_before
from .rules import counted, due_after, may_decide, may_take_back, next_due, propose_level
from .sealed import Words, seal, seal_words, unseal, unseal_words


@dataclass(frozen=True)
class Filled:
    """What was filled in for one part of an instrument; questions that were not asked are left out."""

    hers: Mapping[str, str]
    theirs: Mapping[str, str]
    words: Words


@dataclass(frozen=True)
class Happened:
    """An incident as it is reported; `told` names who knows of it."""

    kind: str
    at: datetime
    danger_now: str
    told: tuple[str, ...]
    happened: str
    done: str


def start_assessment(case: CaseFile, *, by: Viewer) -> int:
    """Begin an assessment with the newest instrument, or go on with the one that is open; gives its number."""
    with acting(case, by=by, part=Part.SAFETY, verb="risk assessment begun") as act:
        newest = current_instrument()
        draft, made = Assessment.objects.get_or_create(
            case_id=case.id,
            decided_at=None,
            defaults={
                "organisation_id": case.organisation,
                "instrument": newest.key,
                "instrument_version": newest.version,
                "started_by_id": by.member,
                "started_at": clock.now(),
            },
        )
        act.subject, act.quiet = draft.pk, not made
    return draft.pk


def save_answers(case: CaseFile, number: int, *, by: Viewer, area: str, filled: Filled, seen: int) -> None:
    """Save one part of a draft. `seen` is how often that part was saved when it was shown.

    Raises Conflict where a colleague saved the same part meanwhile, or the assessment was decided.
    """
    with acting(case, by=by, part=Part.SAFETY, verb="risk answers saved") as act:
        draft = _locked(case, number)
        asked = instrument(draft.instrument, draft.instrument_version)
        if draft.decided_at is not None or draft.saved.get(area, 0) != seen:
            raise Conflict(_answers_there(case, draft, asked, area, by.language))
        mine = [item.key for item in asked.items if item.area == area]
        draft.hers = _replaced(asked, draft.hers, mine, filled.hers)
        draft.theirs = _replaced(asked, draft.theirs, mine, filled.theirs)
        others = {key: words for key, words in unseal_words(case, draft.words).items() if key not in mine}
        draft.words = seal_words(case, {**others, **filled.words})
        draft.saved = {**draft.saved, area: seen + 1}
        draft.version += 1
        draft.save(update_fields=("hers", "theirs", "words", "saved", "version"))
        act.subject, act.quiet = number, True
        act.facts["area"] = area


def decide_level(
    case: CaseFile,
    number: int,
    *,
    by: Viewer,
    level: str,
    reason: str,
    version: int,
    next_on: date | None = None,
    on: date | None = None,
) -> None:
    """A person decides the level, seeing the proposal (R8); the next assessment is due when this one stops to hold.

    Raises Conflict where the answers changed since the proposal was shown, Refused where a reason is missing.
    """
    day = on or clock.today(by.time_zone)
    with acting(case, by=by, part=Part.SAFETY, verb="risk assessed", on=day) as act:
        draft = _locked(case, number)
        if draft.decided_at is not None or draft.version != version:
            raise Conflict([(_("Answers"), _("A colleague changed the answers, or decided. Look at the page again."))])
        asked, before = instrument(draft.instrument, draft.instrument_version), counted_before(case, draft)
        proposed = propose_level(asked, draft.hers, draft.theirs, before).level
        again = next_on or next_due(level if level in catalogue.LEVELS else proposed, day)
        require(may_decide(proposed=proposed, decided=level, reason=reason, on=day, next_on=again))
        draft.counted = counted(asked, draft.hers, draft.theirs, before)
        draft.proposed_level, draft.level, draft.next_on = proposed, level, again
        draft.reason = seal(case, reason, "assessment.reason")
        draft.decided_by_id, draft.decided_at, draft.decided_on = by.member, clock.now(), day
        draft.save()
        _let_it_stand(case, draft, again)
        act.subject, act.words = number, [level]
        act.facts["proposed"] = proposed


def note_change(case: CaseFile, *, by: Viewer, trigger: str, on: date | None = None, note: str = "") -> date:
    """Something changed: risk is to be assessed again (R5), by the day given back. The same is noted once a day."""
    day = on or clock.today(by.time_zone)
    with acting(case, by=by, part=Part.SAFETY, verb="something changed", on=day) as act:
        change, made = _change(case, by=by, trigger=trigger, on=day)
        if note:
            change.note = seal(case, note, "change.note")
            change.save(update_fields=("note",))
        act.subject, act.words, act.quiet = change.pk, [trigger], not made
    return change.due_on


def take_back_change(case: CaseFile, number: int, *, by: Viewer) -> None:
    """It was noted by mistake: nothing waits for it any more, and the day before it counts again."""
    with acting(case, by=by, part=Part.SAFETY, verb="change taken back") as act:
        waiting = Change.objects.select_for_update(no_key=True).filter(
            case=case.id, assessment=None, taken_back_at=None
        )
        change = waiting.filter(pk=number).first()
        if change is None:
            raise NotThere
        now = clock.now()
        require(may_take_back(noted_by=change.member_id, noted_at=change.noted_at, by=by.member, now=now))
        change.taken_back_at = now
        change.save(update_fields=("taken_back_at",))
        if Due.objects.filter(case=case.id, kind=DueKind.RISK, done_at=None, why=change.trigger).exists():
            on, why = min([_regular_due(case), *waiting.values_list("due_on", "trigger")])
            set_due(case, DueKind.RISK, on=on, why=why)
        act.subject, act.words = number, [change.trigger]


def report_incident(case: CaseFile, *, by: Viewer, what: Happened) -> int:
    """Report an incident; where its kind opens a new assessment, that is due too: today, with danger now.

    Gives its number.
    """
    opens = {kind.key: kind.opens for kind in catalogue.incident_kinds()}[what.kind]
    with acting(case, by=by, part=Part.SAFETY, verb="incident reported") as act:
        incident = Incident.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            kind=what.kind,
            happened_at=what.at,
            danger_now=what.danger_now,
            told=list(what.told),
            happened=seal(case, what.happened, "incident.happened"),
            done=seal(case, what.done, "incident.done"),
            member_id=by.member,
            noted_at=clock.now(),
        )
        danger = what.danger_now == "yes"
        if opens or danger:
            _change(case, by=by, trigger=opens or "asked_for", on=clock.today(by.time_zone), at_once=danger)
        act.subject, act.words = incident.pk, [what.kind]
    return incident.pk


def update_incident(
    case: CaseFile, number: int, *, by: Viewer, danger_now: str, told: tuple[str, ...], done: str, version: int
) -> None:
    """Say what was done since, who knows, and whether the danger is over; what happened stays as it was reported."""
    with acting(case, by=by, part=Part.SAFETY, verb="incident followed up") as act:
        row = Incident.objects.select_for_update(no_key=True).filter(pk=number, case=case.id).first()
        if row is None:
            raise NotThere
        if row.version != version:
            raise Conflict([(_("What was done"), unseal(case, row.done, "incident.done"))])
        row.danger_now, row.told, row.version = danger_now, list(told), version + 1
        row.done = seal(case, done, "incident.done")
        row.save(update_fields=("danger_now", "told", "done", "version"))
        act.subject, act.words = number, [row.kind]


def _locked(case: CaseFile, number: int) -> Assessment:
    found = Assessment.objects.select_for_update(no_key=True).filter(pk=number, case=case.id).first()
    if found is None:
        raise NotThere
    return found


def _replaced(asked: Instrument, there: dict[str, str], keys: list[str], given: Mapping[str, str]) -> dict[str, str]:
    chosen = {key: asked.item(key).answer(given[key]).key for key in keys if given.get(key)}
    return {key: answer for key, answer in there.items() if key not in keys} | chosen


def _change(case: CaseFile, *, by: Viewer, trigger: str, on: date, at_once: bool = False) -> tuple[Change, bool]:
    # A court date lies ahead: the days are counted from today, so that risk is looked at before it.
    today = clock.today(by.time_zone)
    due_on = today if at_once else due_after(trigger, min(on, today))
    change, made = Change.objects.get_or_create(
        organisation_id=case.organisation,
        case_id=case.id,
        trigger=trigger,
        on=on,
        assessment=None,
        taken_back_at=None,
        defaults={"due_on": due_on, "member_id": by.member, "noted_at": clock.now()},
    )
    if due_on < change.due_on:
        change.due_on = due_on
        change.save(update_fields=("due_on",))
    # What is due sooner stays: a change never buys time.
    sooner = Due.objects.filter(case=case.id, kind=DueKind.RISK, done_at=None, on__lte=due_on)
    if (made or at_once) and not sooner.exists():
        set_due(case, DueKind.RISK, on=due_on, why=trigger)
    return change, made


def _regular_due(case: CaseFile) -> tuple[date, str]:
    decided = Assessment.objects.filter(case=case.id).exclude(decided_at=None).order_by("-decided_at", "-pk")
    next_on = decided.values_list("next_on", flat=True).first()
    return (next_on, "set_time") if next_on else (case.opened_on + FIRST_RISK_WITHIN, "entry")


def _let_it_stand(case: CaseFile, decided: Assessment, next_on: date) -> None:
    Case.objects.filter(pk=case.id).update(risk_level=decided.level, risk_on=decided.decided_on)
    Change.objects.filter(case=case.id, assessment=None, taken_back_at=None).update(assessment=decided)
    settle_due(case, DueKind.RISK)
    set_due(case, DueKind.RISK, on=next_on, why="set_time")


def _answers_there(
    case: CaseFile, draft: Assessment, asked: Instrument, area: str, language: str
) -> list[tuple[str, str]]:
    words = unseal_words(case, draft.words)
    there = []
    for item in asked.items:
        chosen = [answers[item.key] for answers in (draft.hers, draft.theirs) if answers.get(item.key)]
        told = [pick(item.answer(key).text, language) for key in chosen]
        lines = [*told, *(text for text in words.get(item.key, ()) if text)]
        if item.area == area and lines:
            there.append((pick(item.to_staff, language), "\n".join(lines)))
    return there
