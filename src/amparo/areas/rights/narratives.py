"""The single things of a file that can be corrected or erased by themselves."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.files import CaseFile
from amparo.areas.vault.registry import MarkedField, person_of, sealed_fields
from amparo.kernel import clock
from amparo.kernel.decision import NotThere

LATEST = 60


@dataclass(frozen=True)
class Kind:
    """A kind of narrative: its table, the part it belongs to, and the field that says of which day it is."""

    table: str
    part: Part
    day: str


KINDS: dict[str, Kind] = {
    "note": Kind("cases.Note", Part.NOTES, "happened_on"),
    "paper": Kind("cases.Document", Part.PAPERS, "added_at"),
    "incident": Kind("safety.Incident", Part.SAFETY, "happened_at"),
    "assessment": Kind("safety.Assessment", Part.SAFETY, "started_at"),
    "change": Kind("safety.Change", Part.SAFETY, "on"),
    "interview": Kind("intake.Interview", Part.REFERRAL, "at"),
    "referral": Kind("intake.Referral", Part.REFERRAL, "started_at"),
    "handover": Kind("cases.Handover", Part.TEAM, "starts_on"),
    "service": Kind("cases.ServiceDelivered", Part.SERVICES, "on"),
    "saying": Kind("plans.Saying", Part.PLAN, "heard_on"),
}


@dataclass(frozen=True)
class Narrative:
    """One of them: 'note-12', its kind, and its day."""

    thing: str
    kind: str
    on: date | None


def narratives_of(viewer: Viewer, case: CaseFile) -> list[Narrative]:
    """Those that the viewer reads and in which words still stand, latest first; one query for each kind."""
    found = [one for kind in KINDS if case.readable(viewer, KINDS[kind].part) for one in _of_kind(viewer, case, kind)]
    return sorted(found, key=lambda one: one.on or date.min, reverse=True)[:LATEST]


def require_narrative(viewer: Viewer, case: CaseFile, thing: str) -> None:
    """Raise NotThere unless this is a narrative of the case that the viewer reads, with words in it."""
    kind, number = named(thing)
    there = case.readable(viewer, KINDS[kind].part) and _rows(viewer, case, kind).filter(pk=number).exists()
    if not there:
        raise NotThere


def named(thing: str) -> tuple[str, int]:
    """The kind and number in 'note-12'; raises NotThere where it is none of these."""
    kind, _, number = thing.partition("-")
    if kind not in KINDS or not number.isdecimal():
        raise NotThere
    return kind, int(number)


def table_of(kind: str) -> type[models.Model]:
    """The table of a kind."""
    return apps.get_model(KINDS[kind].table)


def rows_of(table: type[models.Model]) -> models.QuerySet[Any]:
    """Every row of a table."""
    return models.QuerySet(table)


def words_in(table: type[models.Model]) -> list[MarkedField]:
    """The fields of a table that are sealed with her key."""
    return [one for one in sealed_fields() if one.model is table]


def has_words(table: type[models.Model]) -> Q:
    """The rows of a table in which something sealed stands."""
    return Q(*(~Q(**{one.name: b""}) for one in words_in(table)), _connector=Q.OR)


def _of_kind(viewer: Viewer, case: CaseFile, kind: str) -> list[Narrative]:
    rows = _rows(viewer, case, kind).order_by("-pk").values_list("pk", KINDS[kind].day)[:LATEST]
    return [Narrative(f"{kind}-{number}", kind, _day(moment, viewer.time_zone)) for number, moment in rows]


def _rows(viewer: Viewer, case: CaseFile, kind: str) -> models.QuerySet[Any]:
    table = table_of(kind)
    mine = {person_of(table): case.person, "organisation": viewer.organisation}
    rows = rows_of(table).filter(has_words(table), **mine)
    return rows.filter(audience__in=case.audiences(viewer)) if kind == "note" else rows


def _day(moment: date | datetime | None, zone: str) -> date | None:
    return clock.day_of(moment, zone) if isinstance(moment, datetime) else moment
