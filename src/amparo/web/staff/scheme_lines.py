"""Permits, services and stages of a country as its page shows them: every cell in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.areas.entitlements.rules.scheme import (
    Extension,
    Housing,
    Opening,
    Pathway,
    Permit,
    RuleSet,
    Service,
    Stage,
    Stay,
)
from amparo.areas.entitlements.schemes import EUROPE, Schemes
from amparo.web.components.fields import country_name

from .condition_words import Said, condition_said
from .entitlement_words import ACTOR, BY, PROVIDER, RIGHT, here, joined, permit_words
from .pages import Context
from .scheme_words import ACCEPTED, COUNTED_FROM, HOUSING, MIXING, length_words, time_words

Facts = list[tuple[str, str]]


def permit_line(permit: Permit) -> Context:
    """A permit as a card."""
    return {
        **_head(permit),
        "facts": [
            (_("Lasts"), time_words(permit.lasts, permit.lasts_up_to)),
            *_counted_from(permit),
            (_("Renewable"), _renewable(permit)),
            *_if_any(_("Opens"), joined(RIGHT, (one for one in permit.opens if isinstance(one, str)))),
            *_if_any(_("Guarantees"), joined(RIGHT, permit.guarantees)),
        ],
        "openings": [opening_line(one) for one in permit.opens if isinstance(one, Opening)],
    }


def opening_line(opening: Opening) -> tuple[str, Said]:
    """A right that opens only under a condition of its own, and that condition."""
    return str(RIGHT[opening.right]), condition_said(opening.when)


def service_line(service: Service) -> Context:
    """A service as a card."""
    return {
        **_head(service),
        "facts": [
            (_("Given by"), str(PROVIDER[service.provider])),
            *_if_any(_("Who"), joined(BY, service.by)),
            (_("Costs"), cost_words(service)),
            *_trained(service),
            *(_housing(service.housing) if service.housing else ()),
        ],
        "openings": [],
    }


def pathway_line(pathway: Pathway) -> Context:
    """A staged scheme, its stages in their order."""
    return {
        "title": here(pathway.title),
        "region": pathway.region or "",
        "notes": [here(note) for note in pathway.notes],
        "source": cite(pathway),
        "stages": [stage_line(stage) for stage in pathway.stages],
    }


def stage_line(stage: Stage) -> Context:
    """One stage: who must act, within which time, and what can change it."""
    return {
        "title": here(stage.title),
        "who": str(ACTOR[stage.who]),
        "due": here(stage.due),
        "facts": [
            *_if_any(
                _("Lasts"), time_words(stage.lasts, stage.lasts_up_to) if stage.lasts or stage.lasts_up_to else ""
            ),
            *_if_any(_("Counted from"), str(COUNTED_FROM[stage.starts]) if stage.starts else ""),
            *_if_any(_("Can be prolonged"), extension_words(stage.extension)),
            *_if_any(_("Appeal"), extension_words(stage.appeal)),
            *_if_any(_("Ends"), here(stage.ends) if stage.ends else ""),
        ],
    }


def mechanism_lines(rules: RuleSet) -> list[tuple[str, bool | None]]:
    """The three bodies that the sources ask about, and whether the state has them (None: the source does not say)."""
    if rules.mechanisms is None:
        return []
    has = rules.mechanisms
    return [
        (_("National action plan"), has.action_plan),
        (_("National referral mechanism"), has.referral_mechanism),
        (_("National rapporteur"), has.rapporteur),
    ]


def extension_words(extension: Extension | None) -> str:
    """When, by how much and how often something can be prolonged; empty where it cannot."""
    if extension is None:
        return ""
    by = _("by %(time)s") % {"time": length_words(extension.by)} if extension.by else ""
    times = extension.times
    often = ngettext("once at most", "%(count)s times at most", times) % {"count": times} if times else ""
    about = ", ".join(one for one in (by, often) if one)
    return f"{here(extension.when)} ({about})" if about else here(extension.when)


def cost_words(service: Service) -> str:
    """Whether it costs her anything."""
    free = {True: _("Free of charge"), False: _("Not free of charge"), None: _("The source does not say")}
    cost = here(service.cost) if service.cost else ""
    return f"{free[service.free_of_charge]}. {cost}" if cost else free[service.free_of_charge]


def cite(part: Permit | Service | Pathway | Stage | RuleSet) -> str:
    """Where it stands, as citations are shown."""
    return f"{part.source.cite}, {part.source.where}"


def place_name(schemes: Schemes, country: str) -> str:
    """A country in the reader's language; what its rules are called where it is no country."""
    return here(schemes.sets_of(country)[-1].title) if country == EUROPE else country_name(country)


def _head(part: Permit | Service) -> Context:
    return {
        "id": part.id,
        "title": here(part.title),
        "kind": permit_words(part.kind),
        "region": part.region or "",
        "when": condition_said(part.conditions),
        "notes": [here(note) for note in part.notes],
        "source": cite(part),
    }


def _renewable(permit: Permit) -> str:
    if permit.renewable is None:
        return _("The source does not say")
    if not permit.renewable:
        return _("No")
    return extension_words(permit.renewal) or _("Yes")


def _counted_from(permit: Permit) -> Facts:
    return [(_("Counted from"), str(COUNTED_FROM[permit.starts]))] if permit.starts else []


def _trained(service: Service) -> Facts:
    if service.staff_trained is None:
        return []
    return [(_("Staff"), _("trained for this work") if service.staff_trained else _("not trained for this work"))]


def _housing(housing: Housing) -> Iterator[tuple[str, str]]:
    yield from _if_any(_("Kinds of homes"), joined(HOUSING, housing.types))
    yield from _if_any(_("Open to"), joined(ACCEPTED, housing.accepts))
    yield from _if_any(_("House"), str(MIXING[housing.mixing]) if housing.mixing else "")
    yield from _stay(housing.stay)


def _stay(stay: Stay) -> Iterator[tuple[str, str]]:
    if stay.legal or stay.legal_up_to:
        yield _("Stay by law"), time_words(stay.legal, stay.legal_up_to)
    if stay.average:
        yield _("Usual stay"), length_words(stay.average)
    yield from _if_any(_("Can be prolonged"), extension_words(stay.extension))


def _if_any(label: str, words: str) -> Facts:
    return [(label, words)] if words else []
