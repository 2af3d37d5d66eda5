"""Judging again what was judged before, for one woman or thousands, and keeping what changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from amparo.kernel import clock

from .catalogue import InForce, NoRules
from .house_rules import mark_of, rules_in_force
from .models import CountryOfCase, KeptStatus, LegalFact, StatusChange
from .rules.answers import facts_from
from .rules.changes import Because, Change, changes_between
from .rules.conditions import judge_condition
from .rules.facts import Facts, known

BATCH = 2000
Place = tuple[int, str]  # a case and a country


@dataclass(frozen=True)
class Judging:
    """One country of one case, judged again: with which rules, and what differs from what was kept."""

    row: CountryOfCase
    mark: str
    changes: tuple[Change, ...]


def judge_again(rows: Sequence[CountryOfCase], *, on: date, because: Because, told: Collection[str] = ()) -> set[int]:
    """Judge these countries of cases, which the caller has locked, and keep what changed; gives the cases where it did.

    `told`: the facts that changed. What is judged for the first time is kept and is no change.
    """
    facts, kept, rules = facts_of({row.case_id for row in rows}), _kept(rows), _rules(rows, on)
    judged = [_judged(row, rules[row.country], facts, kept) for row in rows if row.country in rules]
    _keep_statuses(judged, on)
    return _keep_changes(judged, on=on, because=because, told=told)


def facts_of(cases: Collection[int]) -> dict[int, dict[str, dict[str, str]]]:
    """The answers that count, by case, by country (blank: everywhere), by fact; in one query."""
    found: dict[int, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    rows = LegalFact.objects.filter(case__in=cases, ended_at=None)
    for case, country, key, value in rows.values_list("case", "country", "key", "value"):
        found[case][country][key] = value
    return found


def statuses_by(rules: InForce, facts: Facts) -> dict[str, str]:
    """The status of each permit and service, by its number in the rules."""
    values = known(facts)
    asked = {one.id: one.conditions for one in rules.rule_set.permits}
    asked |= {one.id: one.conditions for one in rules.rule_set.services}
    return {item: judge_condition(condition, values).status for item, condition in asked.items()}


def _kept(rows: Iterable[CountryOfCase]) -> dict[Place, dict[str, str]]:
    found: dict[Place, dict[str, str]] = defaultdict(dict)
    kept = KeptStatus.objects.filter(case__in={row.case_id for row in rows})
    for case, country, item, status in kept.values_list("case", "country", "item", "status"):
        found[case, country][item] = status
    return found


def _rules(rows: Sequence[CountryOfCase], on: date) -> dict[str, InForce]:
    """The rules of each country of one organisation's cases; none where there are none, so that what was kept stays."""
    found: dict[str, InForce] = {}
    for country in {row.country for row in rows}:
        with suppress(NoRules):
            found[country] = rules_in_force(rows[0].organisation_id, country, on)
    return found


def _judged(
    row: CountryOfCase,
    rules: InForce,
    facts: Mapping[int, Mapping[str, Mapping[str, str]]],
    kept: Mapping[Place, Mapping[str, str]],
) -> Judging:
    hers = facts.get(row.case_id, {})
    now = statuses_by(rules, facts_from({**hers.get("", {}), **hers.get(row.country, {})}))
    changes = changes_between(kept.get((row.case_id, row.country), {}), now)
    return Judging(row, mark_of(rules), tuple(changes))


def _keep_statuses(judged: Iterable[Judging], on: date) -> None:
    marks: dict[str, list[int]] = defaultdict(list)
    fresh, gone = [], []
    for one in judged:
        if one.row.rules != one.mark:
            marks[one.mark].append(one.row.pk)
        place = {"organisation_id": one.row.organisation_id, "case_id": one.row.case_id, "country": one.row.country}
        fresh += [KeptStatus(**place, item=it.item, status=it.after, since=on) for it in one.changes if it.after]
        gone += [(one.row.case_id, it.item) for it in one.changes if not it.after]
    for mark, numbers in marks.items():
        CountryOfCase.objects.filter(pk__in=numbers).update(rules=mark)
    KeptStatus.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=("case", "country", "item"),
        update_fields=("status", "since"),
        batch_size=BATCH,
    )
    for item in {item for _, item in gone}:
        KeptStatus.objects.filter(case__in=[case for case, its in gone if its == item], item=item).delete()


def _keep_changes(judged: Iterable[Judging], *, on: date, because: Because, told: Collection[str]) -> set[int]:
    now, fact = clock.now(), next(iter(told)) if len(told) == 1 else ""
    rows = [
        StatusChange(
            organisation_id=one.row.organisation_id,
            case_id=one.row.case_id,
            country=one.row.country,
            item=it.item,
            before=it.before,
            after=it.after,
            because=because,
            fact=fact,
            on=on,
            noted_at=now,
        )
        for one in judged
        if one.row.rules  # judged before
        for it in one.changes
    ]
    StatusChange.objects.bulk_create(rows, batch_size=BATCH)
    return {row.case_id for row in rows}
