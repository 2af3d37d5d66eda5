"""What a set of rules must hold beyond its types: conditions that mean something, texts, sources, references (pure)."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from difflib import get_close_matches
from typing import Any

import msgspec
import pycountry

from amparo.areas.entitlements.rules.conditions import diagram_of, facts_of
from amparo.areas.entitlements.rules.days import public_holidays
from amparo.areas.entitlements.rules.facts import DATES, VALUES
from amparo.areas.entitlements.rules.scheme import (
    Condition,
    Example,
    Length,
    Opening,
    Pathway,
    Permit,
    RuleSet,
    Service,
    Source,
    Stage,
    Test,
)
from amparo.kernel import catalogue
from amparo.kernel.language import LANGUAGES
from amparo.kernel.logic import NO, YES
from amparo.kernel.marked import Place, worded
from amparo.kernel.public_holidays import UnknownPlace
from amparo.kernel.shape import Mistake

#: The minimum of the Council of Europe stands beside the countries, under the code that ISO 3166 keeps free for it.
EUROPE = "EU"
_FURTHEST = {"days": 36_500, "working_days": 5_000, "months": 1_200, "years": 100}
_ALWAYS, _NEVER = Test(all=()), Test(any=())
MOST_FACTS = 16  # of more, the diagram of a condition could grow beyond all measure
_NO_LANGUAGE = re.compile(r"(?![a-z]{2}$)")


def mistakes(rule_set: RuleSet, *, today: date) -> Iterator[Mistake]:
    """Where a set of rules that has the right types makes no sense: the place, and what is expected there."""
    yield from _period(rule_set, today)
    yield from _place_on_earth(rule_set)
    yield from _ids(rule_set)
    for place, part in _parts(rule_set, ()):
        check = _CHECKS.get(type(part))
        if check is not None:
            yield from check(place, part)
    for number, pathway in enumerate(rule_set.pathways, 1):
        yield from _pathway(("pathways", number), pathway, rule_set)


def _parts(value: object, place: Place) -> Iterator[tuple[Place, Any]]:
    """Everything inside `value`, itself included, with its place. Examples are checked by running them."""
    yield place, value
    if isinstance(value, msgspec.Struct) and not isinstance(value, Example):
        for field, name in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
            yield from _parts(getattr(value, field), (*place, name))
    elif isinstance(value, tuple):
        for number, part in enumerate(value, 1):
            yield from _parts(part, (*place, number))


def _period(rule_set: RuleSet, today: date) -> Iterator[Mistake]:
    if rule_set.valid_to is not None and rule_set.valid_to < rule_set.valid_from:
        yield ("valid_to",), f"a day from {rule_set.valid_from} on, found {rule_set.valid_to}"
    if rule_set.checked.on > today:
        yield ("checked", "on"), f"a day that has come already, found {rule_set.checked.on}"


def _place_on_earth(rule_set: RuleSet) -> Iterator[Mistake]:
    country = rule_set.country
    if country != EUROPE and (country != country.upper() or pycountry.countries.get(alpha_2=country) is None):
        hint = " (the United Kingdom is GB)" if country.upper() == "UK" else ""
        yield ("country",), f"a country by its two letters of ISO 3166, such as BE{hint}, or EU; found '{country}'"
        return
    if rule_set.holidays is not None or _counts_working_days(rule_set):
        try:
            public_holidays(rule_set.holidays, country)
        except UnknownPlace as unknown:
            yield ("holidays",), f"a place whose public holidays are known: {unknown}"


def _counts_working_days(rule_set: RuleSet) -> bool:
    return any(isinstance(part, Length) and part.working_days is not None for _, part in _parts(rule_set, ()))


def _ids(rule_set: RuleSet) -> Iterator[Mistake]:
    """Every id begins with the country and stands once."""
    form = re.compile(rf"{re.escape(rule_set.country.lower())}(\.[a-z0-9]+(_[a-z0-9]+)*)+")
    seen: dict[str, Place] = {}
    for place, part in _parts(rule_set, ()):
        if not isinstance(part, Permit | Service | Pathway | Stage):
            continue
        if not form.fullmatch(part.id):
            yield (*place, "id"), f"'{rule_set.country.lower()}.' and words in lower case, found '{part.id}'"
        if part.id in seen:
            yield (*place, "id"), f"an id of its own; '{part.id}' stands at {worded(seen[part.id])} already"
        seen.setdefault(part.id, place)
        region = getattr(part, "region", None)
        if region is not None and not _is_region(region, rule_set.country):
            yield (*place, "region"), f"a part of {rule_set.country} by ISO 3166-2, found '{region}'"


def _is_region(region: str, country: str) -> bool:
    known: Any = pycountry.subdivisions
    return region.startswith(f"{country}-") and known.get(code=region) is not None


def _text(place: Place, text: str) -> Iterator[Mistake]:
    if not text.strip():
        yield place, "a text, found nothing but spaces"


def _texts(place: Place, texts: dict[str, str]) -> Iterator[Mistake]:
    for language in dict.fromkeys((*LANGUAGES, *texts)):
        if not texts.get(language, "").strip() or _NO_LANGUAGE.match(language):
            yield (*place, language), "a text in that language (two letters)"


def _length(place: Place, length: Length) -> Iterator[Mistake]:
    given = {unit: number for unit in _FURTHEST if (number := getattr(length, unit)) is not None}
    if len(given) != 1:
        yield place, f"exactly one of {', '.join(_FURTHEST)}"
    for unit, number in given.items():
        if not 1 <= number <= _FURTHEST[unit]:
            yield (*place, unit), f"a whole number from 1 to {_FURTHEST[unit]}, found {number}"


def _source(place: Place, source: Source) -> Iterator[Mistake]:
    named = catalogue.Source(source.cite, source.where)
    if source.cite in catalogue.DOCUMENTS and not catalogue.lines_exist(named):
        most = catalogue.DOCUMENTS[source.cite]
        yield (*place, "where"), f"'lines N-M' within the {most} lines of {source.cite}, found '{source.where}'"


def _permit(place: Place, permit: Permit) -> Iterator[Mistake]:
    yield from _condition((*place, "conditions"), permit.conditions)
    yield from _range(place, permit)


def _service(place: Place, service: Service) -> Iterator[Mistake]:
    yield from _condition((*place, "conditions"), service.conditions)


def _opening(place: Place, opening: Opening) -> Iterator[Mistake]:
    yield from _condition((*place, "when"), opening.when)


def _range(place: Place, part: Permit | Stage) -> Iterator[Mistake]:
    if part.lasts_up_to is None:
        return
    if part.lasts is None:
        yield (*place, "lasts"), "the shorter length where the longer one is given in lasts_up_to"
        return
    for unit in _FURTHEST:
        shortest, longest = getattr(part.lasts, unit), getattr(part.lasts_up_to, unit)
        if shortest is not None and longest is not None and longest <= shortest:
            yield (*place, "lasts_up_to", unit), f"more than {shortest}, found {longest}"


def _condition(place: Place, condition: Condition) -> Iterator[Mistake]:
    """Facts that exist, and at each level something that some answer can change; the innermost mistake is told."""
    found = list(_inside(place, condition))
    yield from found
    if not found and len(facts_of(condition)) > MOST_FACTS:
        yield place, f"at most {MOST_FACTS} facts in one condition, found {len(facts_of(condition))}"
    elif not found and condition not in (_ALWAYS, _NEVER) and diagram_of(condition) in (YES, NO):
        holds = "always" if diagram_of(condition) is YES else "never"
        yield place, f"a condition that some answer can change; this one {holds} holds ({_MEANT[holds]})"


_MEANT = {"always": "write all: [] where that is meant", "never": "write any: [] where that is meant"}


def _inside(place: Place, condition: Condition) -> Iterator[Mistake]:
    if isinstance(condition, str):
        yield from _fact(place, condition, None)
        return
    forms = {"all": condition.all, "any": condition.any, "not": condition.not_, "fact": condition.fact}
    if sum(value is not None for value in forms.values()) != 1:
        yield place, "exactly one of all, any, not or fact"
    elif condition.fact is not None:
        yield from _fact((*place, "fact"), condition.fact, condition.in_)
    elif condition.in_ is not None:
        yield (*place, "in"), "the field fact beside it"
    elif condition.not_ is not None:
        yield from _condition((*place, "not"), condition.not_)
    name = "all" if condition.all is not None else "any"
    for number, part in enumerate(condition.all or condition.any or (), 1):
        yield from _condition((*place, name, number), part)


def _fact(place: Place, fact: str, among: tuple[str, ...] | None) -> Iterator[Mistake]:
    if fact not in VALUES:
        near = get_close_matches(fact, VALUES, n=1)
        perhaps = f" (perhaps {near[0]})" if near else ""
        kind = "a fact with few answers, not a day" if fact in DATES else "a fact that exists"
        yield place, f"{kind}{perhaps}, found '{fact}'"
        return
    values = VALUES[fact]
    if values == (True, False):
        if among is not None:
            yield place, f"no field in beside it: {fact} is answered by yes and no"
        return
    known = ", ".join(map(str, values))
    if among is None:
        yield place, f"fact: {fact} with in: and one or more of {known}"
        return
    wrong = [value for value in among if value not in values]
    if wrong or len(set(among)) < len(among):
        yield place, f"in: with some of {known}, each once, found '{', '.join(wrong or among)}'"


def _stage(place: Place, stage: Stage) -> Iterator[Mistake]:
    if stage.starts is None and not stage.after:
        yield place, "starts or after; without either the stage never begins"
    yield from _range(place, stage)


def _pathway(place: Place, pathway: Pathway, rule_set: RuleSet) -> Iterator[Mistake]:
    permits = {permit.id for permit in rule_set.permits}
    before = {stage.id: stage.after for stage in pathway.stages}
    for number, stage in enumerate(pathway.stages, 1):
        here = (*place, "stages", number)
        if stage.permit is not None and stage.permit not in permits:
            yield (*here, "permit"), f"the id of a permit of this file, found '{stage.permit}'"
        for other, earlier in enumerate(stage.after, 1):
            if earlier not in before:
                yield (*here, "after", other), f"the id of another stage of this pathway, found '{earlier}'"
        if _comes_back(stage.id, before):
            yield (*here, "after"), f"stages that come before it; '{stage.id}' comes after itself"


def _comes_back(stage: str, before: dict[str, tuple[str, ...]]) -> bool:
    """Whether going back from a stage leads to it again."""
    to_see, seen = list(before[stage]), set[str]()
    while to_see:
        one = to_see.pop()
        if one not in seen:
            seen.add(one)
            to_see.extend(before.get(one, ()))
    return stage in seen


_CHECKS: dict[type[Any], Callable[[Place, Any], Iterator[Mistake]]] = {
    str: _text,
    dict: _texts,
    Length: _length,
    Source: _source,
    Permit: _permit,
    Service: _service,
    Opening: _opening,
    Stage: _stage,
}
