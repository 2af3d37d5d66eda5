"""What is told of her legal status: each answer once, with who said so and when (R18). Corrections are added."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import acting
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import Case
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, require

from . import changes
from .models import LegalFact
from .pathway_keeping import follow_facts
from .rules import answers
from .rules.answers import SaidBy
from .rules.facts import FACTS, Facts


@dataclass(frozen=True)
class Told:
    """Who said so, on which day, and what else belongs to it."""

    by: SaidBy
    on: date
    note: str = ""


@dataclass(frozen=True)
class FactFile:
    """One answer as the screens show it."""

    id: int
    key: str
    country: str
    value: str
    said_by: str
    told_on: date
    note: str
    member_name: str
    ended: bool


def record_facts(
    case: CaseFile, *, by: Viewer, country: str, told: Told, given: Mapping[str, str], seen: int | None = None
) -> None:
    """Keep answers, by the key of their fact; `country` counts for what is so in one country only.

    `seen` is the newest answer that was shown with a form of several: what stayed as it was shown is not said again.
    Raises Refused for what is no answer, Conflict where a colleague answered the same question since.
    """
    today = clock.today(by.time_zone)
    for key, value in given.items():
        require(answers.may_record(key, value, told_on=told.on, today=today))
    with acting(case, by=by, part=Part.LEGAL, verb="legal status told", on=told.on) as act:
        # Two colleagues answering at once leave one answer open.
        Case.objects.select_for_update(no_key=True).get(pk=case.id)
        changed = _changed(case, country, given, seen) if seen is not None else dict(given)
        changes.keep_up(case, by=by, country=country)
        for key, value in changed.items():
            _add(case, by=by, country=country, told=told, answer=(key, value))
        changes.judge_after(case, by=by, told=changed)
        follow_facts(case, by=by, country=country, days=answers.days_among(changed))
        act.words, act.quiet = list(changed), not changed


def facts_of_case(viewer: Viewer, case: CaseFile, *, country: str) -> dict[str, FactFile]:
    """The answers that count for this country, by the key of their fact, in the order of the contract."""
    rows = _rows(viewer, case).filter(ended_at=None, country__in=("", country))
    found = {row.key: _file(case, row) for row in rows.select_related("member")}
    return {key: found[key] for key in FACTS if key in found}


def facts_for(viewer: Viewer, case: CaseFile, country: str) -> Facts:
    """What is known of her, as the rules of this country ask for it."""
    return answers.facts_from({key: one.value for key, one in facts_of_case(viewer, case, country=country).items()})


def history_of_fact(viewer: Viewer, case: CaseFile, key: str, *, country: str) -> list[FactFile]:
    """Every answer to one question, latest first; raises NotThere where there is no such question."""
    if key not in FACTS:
        raise NotThere
    rows = _rows(viewer, case).filter(key=key, country=answers.country_of(key, country))
    return [_file(case, row) for row in rows.select_related("member").order_by("-pk")]


def _rows(viewer: Viewer, case: CaseFile) -> QuerySet[LegalFact]:
    require(case.readable(viewer, Part.LEGAL))
    return LegalFact.objects.filter(case=case.id, organisation=viewer.organisation)


def _changed(case: CaseFile, country: str, given: Mapping[str, str], seen: int) -> dict[str, str]:
    """The answers that differ from what was shown; raises Conflict where a colleague's newer one differs too."""
    asked = LegalFact.objects.filter(case=case.id, key__in=given, country__in=("", country)).order_by("pk")
    rows = list(asked.select_related("member"))
    shown = {row.key: row.value for row in rows if row.pk <= seen}
    newer = {row.key: row for row in rows if row.pk > seen}
    changed = {key: value for key, value in given.items() if value != shown.get(key)}
    theirs = [newer[key] for key, value in changed.items() if key in newer and newer[key].value != value]
    if theirs:
        raise Conflict([(row.key, row.value) for row in theirs], who=theirs[0].member.name)
    return {key: value for key, value in changed.items() if key not in newer}


def _add(case: CaseFile, *, by: Viewer, country: str, told: Told, answer: tuple[str, str]) -> None:
    key, value = answer
    place = answers.country_of(key, country)
    now = clock.now()
    LegalFact.objects.filter(case=case.id, key=key, country=place, ended_at=None).update(ended_at=now)
    LegalFact.objects.create(
        organisation_id=case.organisation,
        case_id=case.id,
        key=key,
        country=place,
        value=value,
        said_by=told.by,
        told_on=told.on,
        note=sealing.seal_text(case.person, told.note, "legalfact.note") if told.note else b"",
        member_id=by.member,
        noted_at=now,
    )


def _file(case: CaseFile, row: LegalFact) -> FactFile:
    return FactFile(
        id=row.pk,
        key=row.key,
        country=row.country,
        value=row.value,
        said_by=row.said_by,
        told_on=row.told_on,
        note=sealing.open_text(case.person, row.note, "legalfact.note"),
        member_name=row.member.name,
        ended=row.ended_at is not None,
    )
