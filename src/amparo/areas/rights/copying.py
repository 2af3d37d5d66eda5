"""Everything that stands about her, read for the copy that she takes along (GDPR, Art. 15).

What is read follows the labels: every table about one person is either copied or named below with the reason why not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any

from django.db import models
from django.db.models import Q

from amparo.areas.access import exports
from amparo.areas.access.exports import Export
from amparo.areas.access.rules import Part, Viewer
from amparo.areas.audit.actions import Fact
from amparo.areas.cases.acting import acting
from amparo.areas.cases.files import CaseFile
from amparo.areas.consent import actions as consent
from amparo.areas.consent.actions import Passed
from amparo.areas.consent.rules import Ground, HerKnowing, Shared
from amparo.areas.orgs.rules import Role
from amparo.areas.vault import sealing
from amparo.areas.vault.registry import MarkedField, marked_fields, our_models, person_of
from amparo.kernel import clock
from amparo.kernel.decision import refused, require
from amparo.kernel.labels import Keep, Seal

from .narratives import rows_of

# The order in which she reads it, and the part that each table belongs to: who may not read the part does not copy it.
COPIED: Mapping[str, Part] = {
    "vault.Identity": Part.IDENTITY,
    "people.Person": Part.CONTACT,
    "people.Relative": Part.FAMILY,
    "cases.Case": Part.HEAD,
    "cases.TeamMember": Part.TEAM,
    "cases.Handover": Part.TEAM,
    "intake.Referral": Part.REFERRAL,
    "intake.Resolution": Part.REFERRAL,
    "intake.Reply": Part.REFERRAL,
    "intake.Interview": Part.REFERRAL,
    "consent.Consent": Part.CONSENTS,
    "consent.ConsentAnswer": Part.CONSENTS,
    "consent.ContactRule": Part.CONTACT,
    "consent.Disclosure": Part.CONSENTS,
    "consent.AuthorityRequest": Part.CONSENTS,
    "consent.RequestNote": Part.CONSENTS,
    "safety.Assessment": Part.SAFETY,
    "safety.Change": Part.SAFETY,
    "safety.Incident": Part.SAFETY,
    "safety.SafetyPlan": Part.SAFETY,
    "safety.Measure": Part.SAFETY,
    "safety.Avoidance": Part.SAFETY,
    "plans.Need": Part.PLAN,
    "plans.Saying": Part.PLAN,
    "plans.Goal": Part.PLAN,
    "plans.Step": Part.PLAN,
    "plans.PlanVersion": Part.PLAN,
    "plans.Review": Part.PLAN,
    "plans.Rating": Part.PLAN,
    "plans.JobPlan": Part.PLAN,
    "entitlements.LegalFact": Part.LEGAL,
    "entitlements.CountryOfCase": Part.LEGAL,
    "entitlements.Application": Part.LEGAL,
    "entitlements.KeptStatus": Part.LEGAL,
    "entitlements.StatusChange": Part.LEGAL,
    "entitlements.PathwayRun": Part.LEGAL,
    "entitlements.PathwayEvent": Part.LEGAL,
    "activities.Interest": Part.ACTIVITIES,
    "activities.Circumstances": Part.ACTIVITIES,
    "activities.FreeTime": Part.ACTIVITIES,
    "activities.OtherTime": Part.ACTIVITIES,
    "activities.Place": Part.ACTIVITIES,
    "activities.NotServed": Part.ACTIVITIES,
    "activities.Attendance": Part.ACTIVITIES,
    "activities.Evaluation": Part.ACTIVITIES,
    "activities.InTheRoom": Part.ACTIVITIES,
    "activities.AskedAfter": Part.ACTIVITIES,
    "activities.Certificate": Part.ACTIVITIES,
    "activities.TicketsHandedOut": Part.ACTIVITIES,
    "activities.Reminder": Part.CONTACT,
    "activities.Call": Part.CONTACT,
    "cases.Appointment": Part.SERVICES,
    "cases.ServiceDelivered": Part.SERVICES,
    "cases.Note": Part.NOTES,
    "cases.Document": Part.PAPERS,
    "cases.Closing": Part.HEAD,
    "cases.Restriction": Part.RIGHTS,
    "rights.Correction": Part.RIGHTS,
    "rights.Erasure": Part.RIGHTS,
}


class Why(StrEnum):
    """Why something does not stand in her copy."""

    NAMES = "names"  # she did not ask for names this time
    PART = "part"  # whoever made the copy may not read it; a colleague of the team gives it to her
    EYES = "eyes"  # a note for one professional, who gives it to her
    HELD = "held"  # kept and not used at her wish
    ENDANGERS = "endangers"  # telling her would endanger her (R2)
    OTHERS = "others"  # who somebody else is (GDPR, Art. 15(4))
    READERS = "readers"  # who read her file: a list of its own
    REPEATS = "repeats"  # says again in short what stands elsewhere
    PICTURES = "pictures"  # handed over as they are, on paper
    TECHNICAL = "technical"  # numbers without meaning for anybody


NOT_COPIED: Mapping[str, Why] = {
    "audit.Entry": Why.READERS,
    "access.Alert": Why.READERS,
    "cases.HeldReading": Why.READERS,
    "cases.BreakGlass": Why.READERS,
    "cases.IdentityAsk": Why.READERS,
    "cases.IdentityOpening": Why.READERS,
    "cases.Due": Why.REPEATS,
    "cases.Event": Why.REPEATS,
    "entitlements.PathwayStage": Why.REPEATS,
    "rights.DueToGo": Why.REPEATS,
    "consent.Signature": Why.PICTURES,
    "vault.Finder": Why.TECHNICAL,
    "vault.PersonKey": Why.TECHNICAL,
}
# Who else is named: whoever sent her spoke in confidence; an official signs for an office; another woman of the house.
OF_OTHERS = frozenset({"intake.Referral.sender_words", "consent.AuthorityRequest.official", "safety.Avoidance.whom"})
# Tables of which she is shown only what she was told, since telling the rest would endanger her (R2): by its lookup.
_SILENT = {
    "consent.Disclosure": Q(knowing=HerKnowing.ENDANGERS),
    "consent.AuthorityRequest": ~Q(knowing=HerKnowing.TOLD),
    "consent.RequestNote": ~Q(request__knowing=HerKnowing.TOLD),
}
# What is only proposed beside what is in force: nobody was told, and it stands for nothing until somebody decides.
_PROPOSED = {
    "activities.Place": Q(group__period__state="proposed"),
    "activities.NotServed": Q(period__state="proposed"),
}
# Words that say who she is or who belongs to her.
NAMES = frozenset(
    {"people.Person.called", "people.Relative.name", "consent.ContactRule.address", "activities.InTheRoom.called"}
)
_KEPT = frozenset({Keep.CASE, Keep.PERSON})
# What stands for a row that hers leads to: the name of an activity.
_NAMED: Mapping[str, tuple[str, ...]] = {
    "activities.Activity": ("name",),
    "activities.Group": ("activity", "name"),
    "activities.Session": ("group", "activity", "name"),
}
# What else of a row is needed to word it: with which instrument it was asked.
_BESIDE = {"safety.Assessment": ("instrument", "instrument_version")}

Values = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """One table: its rows, each with its values by field; a colleague stands as her or his role."""

    table: str
    rows: tuple[Values, ...]


@dataclass(frozen=True)
class LeftOut:
    """What does not stand in the copy, why, and how many there are."""

    table: str
    why: Why
    count: int


@dataclass(frozen=True)
class HerCopy:
    """All that the maker of the copy may give her, and what is left out."""

    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...]


def hand_over(case: CaseFile, *, by: Viewer, with_names: bool, form: str, herself: str) -> tuple[HerCopy, Export]:
    """Read everything for her and note that it leaves the house, in the ledger and in the log.

    `form` is 'paper' or 'file'; `herself` is what the ledger calls her. Names only where she asks for them now.
    """
    if not case.in_team:
        require(refused("Somebody of her team makes the copy, together with her.", "GDPR, Art. 15"))
    with acting(case, by=by, part=Part.RIGHTS, verb="copy handed over") as act:
        copy = read(by, case, with_names=with_names)
        today = clock.today(by.time_zone)
        shared = (Shared.STORY, Shared.NEEDS, *((Shared.NAME, Shared.CONTACT) if with_names else ()))
        passed = Passed(
            ground=Ground.HER_OWN, shared=shared, on=today, recipient=herself, knowing=HerKnowing.TOLD, told_on=today
        )
        act.subject = consent.record_disclosure(case.person, passed, by=by)
        act.words = [form]
        facts: dict[str, Fact] = {
            "form": form,
            "names": with_names,
            "left_out": sum(one.count for one in copy.left_out),
        }
        export = exports.take_out("her file", by=by, person=case.person, facts=facts)
    return copy, export


def read(viewer: Viewer, case: CaseFile, *, with_names: bool) -> HerCopy:
    """Everything about her that the viewer reads; one query for each table."""
    sections: list[Section] = []
    left: list[LeftOut] = []
    for label, part in COPIED.items():
        table = _table(label)
        rows = rows_of(table).filter(**{person_of(table): case.person}).exclude(_PROPOSED.get(label, Q(pk=None)))
        if label == "vault.Identity" and not with_names:
            left.append(LeftOut(label, Why.NAMES, rows.count()))
        elif not case.readable(viewer, part):
            left.append(LeftOut(label, Why.PART, rows.count()))
        else:
            shown, hidden = _sorted_out(viewer, case, label, rows)
            left += hidden
            names = frozenset[str]() if with_names else NAMES
            sections.append(Section(label, tuple(_values(case, row, names) for row in shown)))
    return HerCopy(tuple(one for one in sections if one.rows), tuple(one for one in left if one.count))


def shown_fields(table: str) -> list[MarkedField]:
    """The fields of a table that a copy shows: what is kept with the case or with her, never who others are."""
    mine = (one for one in marked_fields() if one.model is _table(table))
    return [one for one in mine if one.marking.keep in _KEPT and one.label not in OF_OTHERS]


def _sorted_out(
    viewer: Viewer, case: CaseFile, label: str, rows: models.QuerySet[Any]
) -> tuple[list[models.Model], list[LeftOut]]:
    """The rows to copy, and what of this table is left out for a reason of its own."""
    hidden: list[LeftOut] = []
    if label == "cases.Note":
        mine = Q(audience__in=case.audiences(viewer))
        hidden.append(LeftOut(label, Why.EYES, rows.exclude(mine).count()))
        rows = rows.filter(mine)
    silent = _SILENT.get(label)
    if silent is not None:
        hidden.append(LeftOut(label, Why.ENDANGERS, rows.filter(silent).count()))
        rows = rows.exclude(silent)
    found = list(rows.select_related(*_followed(rows.model)).order_by("pk"))
    kind = {"cases.Note": "note", "cases.Document": "paper"}.get(label, "")
    held = [row for row in found if kind and case.held.hides(f"{kind}-{row.pk}")]
    if label == "intake.Referral":
        hidden.append(LeftOut(label, Why.OTHERS, len(found)))
    return [row for row in found if row not in held], [*hidden, LeftOut(label, Why.HELD, len(held))]


def _values(case: CaseFile, row: models.Model, without: frozenset[str]) -> Values:
    """The values of a row by field, its sealed words opened, and beside them those of the row that it belongs to."""
    label = row._meta.label
    fields = shown_fields(label)
    values = {one.name: _value(case, row, one) for one in fields if one.label not in without}
    values |= {name: getattr(row, name) for name in _BESIDE.get(label, ())}
    for name in _parents(type(row)):
        parent = getattr(row, name)
        if parent is not None:
            values |= {f"{name}.{one.name}": _value(case, parent, one) for one in shown_fields(parent._meta.label)}
    return values


def _value(case: CaseFile, row: models.Model, field: MarkedField) -> Any:
    if field.seal is Seal.PERSON:
        sealed = bytes(getattr(row, field.name))
        return sealing.open_bytes(case.person, sealed, field.context).decode() if sealed else ""
    target = row._meta.get_field(field.name).related_model
    if target is None:
        return getattr(row, field.name)
    there = getattr(row, field.name) if _is_member(target) or _path(target) else None
    if there is None:
        return None
    return Role(there.role) if _is_member(target) else attrgetter(".".join(_path(target)))(there)


def _followed(table: type[models.Model]) -> list[str]:
    """What is fetched along with a row: colleagues, and the row that it belongs to with its own colleagues."""
    parents = _parents(table)
    theirs = [f"{name}__{one}" for name, parent in parents.items() for one in _members(parent)]
    named = ["__".join((one.name, *_path(one.related_model)[:-1])) for one in _naming(table)]
    return [*_members(table), *named, *parents, *theirs]


def _members(table: type[models.Model]) -> list[str]:
    return [field.name for field in table._meta.local_fields if _is_member(field.related_model)]


def _naming(table: type[models.Model]) -> list[Any]:
    return [field for field in table._meta.local_fields if _path(field.related_model)]


def _path(target: object) -> tuple[str, ...]:
    """From a row of this table to the name that stands for it; empty where none does."""
    return _NAMED.get(target._meta.label, ()) if isinstance(target, type) and issubclass(target, models.Model) else ()


def _parents(table: type[models.Model]) -> dict[str, type[models.Model]]:
    """The rows about her to which a row of this table belongs, but not her case and herself."""
    found = {}
    for field in table._meta.local_fields:
        target = field.related_model
        if isinstance(target, type) and target._meta.label in COPIED and target._meta.label not in _ROOTS:
            found[field.name] = target
    return found


_ROOTS = ("cases.Case", "people.Person")


def _is_member(target: object) -> bool:
    return isinstance(target, type) and issubclass(target, models.Model) and target._meta.label == "orgs.Member"


def _table(label: str) -> type[models.Model]:
    return next(one for one in our_models() if one._meta.label == label)
