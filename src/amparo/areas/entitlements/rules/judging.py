"""Judging one person by the schemes of one country on one day; it proposes, a person decides (R8; pure)."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from amparo.kernel.public_holidays import PublicHolidays

from .conditions import Judgement, judge_condition
from .days import counted
from .facts import Facts, known
from .scheme import Actor, Length, Opening, Permit, Right, RuleSet, Service, Stage


@dataclass(frozen=True, slots=True)
class JudgedPermit:
    """A permit with its judgement. `opens` holds what it opens for certain; `opens_if` what still depends on facts."""

    item: Permit
    judgement: Judgement
    opens: tuple[Right, ...]
    opens_if: tuple[tuple[Right, tuple[str, ...]], ...]
    starts_on: date | None
    ends_on: date | None  # the last day covered; with a range of lengths, of the shortest


@dataclass(frozen=True, slots=True)
class JudgedService:
    """A service with its judgement."""

    item: Service
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Deadline:
    """A stage of a pathway whose time runs from a known date."""

    id: str
    due_on: date
    who: Actor
    counts: str  # working_days, days, months or years
    stage: Stage


@dataclass(frozen=True, slots=True)
class Answer:
    """What one country's schemes come to; `outdated` where no rules cover the day and the newest earlier ones serve."""

    country: str
    as_of: date
    outdated: bool
    rule_set: RuleSet
    permits: tuple[JudgedPermit, ...]
    services: tuple[JudgedService, ...]
    deadlines: tuple[Deadline, ...]


def judge(rule_set: RuleSet, facts: Facts, *, as_of: date, outdated: bool = False) -> Answer:
    """Judge every permit and service of a country. Raises OutOfReach where a date of the facts does."""
    values, off = known(facts), holidays_of(rule_set)
    return Answer(
        country=rule_set.country,
        as_of=as_of,
        outdated=outdated,
        rule_set=rule_set,
        permits=tuple(_permit(permit, facts, values, off) for permit in rule_set.permits),
        services=tuple(JudgedService(one, judge_condition(one.conditions, values)) for one in rule_set.services),
        deadlines=deadlines(rule_set, facts),
    )


def deadlines(rule_set: RuleSet, facts: Facts) -> tuple[Deadline, ...]:
    """What is due by the pathways of a country, as far as the dates among the facts tell."""
    off = holidays_of(rule_set)
    found = (deadline_of(stage, facts, off) for path in rule_set.pathways for stage in path.stages)
    return tuple(deadline for deadline in found if deadline is not None)


def deadline_of(stage: Stage, facts: Facts, off: Container[date]) -> Deadline | None:
    """What is due at the end of a stage that runs from a date among the facts; None where that is not known."""
    start = getattr(facts, stage.starts) if stage.starts else None
    if start is None or stage.lasts is None:
        return None
    return Deadline(stage.id, counted(start, stage.lasts, off), stage.who, unit_of(stage.lasts), stage)


def holidays_of(rule_set: RuleSet) -> PublicHolidays:
    """The public holidays by which working days of these rules are counted."""
    place = rule_set.holidays
    return PublicHolidays(place.country, place.part) if place else PublicHolidays(rule_set.country)


def unit_of(length: Length) -> str:
    """What a length counts: working_days, days, months or years."""
    return next(unit for unit in ("working_days", "days", "months", "years") if getattr(length, unit) is not None)


def ends_on(permit: Permit, facts: Facts, off: Container[date]) -> date | None:
    """The last day that the permit covers, from its first day among the facts; None where either is not known."""
    start = getattr(facts, permit.starts) if permit.starts else None
    return counted(start, permit.lasts, off) if start is not None and permit.lasts is not None else None


def _permit(permit: Permit, facts: Facts, values: dict[str, bool | str], off: Container[date]) -> JudgedPermit:
    sure, open_still = [*permit.guarantees], []
    for opening in permit.opens:
        found = judge_condition(opening.when, values) if isinstance(opening, Opening) else None
        right = opening.right if isinstance(opening, Opening) else opening
        if found is None or found.status == "eligible":
            sure.append(right)
        elif found.ask:
            open_still.append((right, found.ask))
    return JudgedPermit(
        item=permit,
        judgement=judge_condition(permit.conditions, values),
        opens=_once(tuple(sure)),
        opens_if=tuple(open_still),
        starts_on=getattr(facts, permit.starts) if permit.starts else None,
        ends_on=ends_on(permit, facts, off),
    )


@lru_cache(maxsize=1024)
def _once(rights: tuple[Right, ...]) -> tuple[Right, ...]:
    """Each right once, in the order of the file."""
    return tuple(dict.fromkeys(rights))
