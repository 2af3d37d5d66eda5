"""An organisation's own rules of a country: put in place from a day on, with a reason, and withdrawn with one.

What was put in place is never changed. A text is read once; the rows that hold are asked for each time, so that what
one process writes counts for every other at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from amparo.areas.access.rules import Task, Viewer, may_do
from amparo.areas.audit.actions import Trace, record
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, Refused, refused, require
from amparo.kernel.marked import Problem
from amparo.node.home import home

from .files import Loaded, check, load
from .folders import SHIPPED, files_in
from .models import OwnRules
from .rules.scheme import RuleSet
from .schemes import OwnSet

_TEXT = "ownrules.text"
_NO_REASON = refused("Say why: whoever reads these rules later has to know.")
_NOT_READABLE = refused("These rules cannot be used yet. Look at the lines that are named, and put them right.")
#: Texts never change, so what was read stays read: by number and moment of the row.
_read: dict[tuple[int, datetime], tuple[RuleSet | None, str]] = {}


@dataclass(frozen=True)
class OwnRulesFile:
    """Own rules as the pages show them; `rules` is None where this version of the product cannot read them."""

    id: int
    country: str
    valid_from: date
    valid_to: date | None
    rules: RuleSet | None
    reason: str
    made_by: str
    made_on: date
    withdrawn_by: str = ""
    withdrawn_on: date | None = None
    withdrawn_why: str = ""


def own_sets(organisation: int) -> tuple[OwnSet, ...]:
    """The rules of its own that hold for an organisation, in the order in which they were made."""
    rows = OwnRules.objects.filter(organisation=organisation, withdrawn_at=None)
    files = (_file(row) for row in _with_names(rows))
    return tuple(
        OwnSet(one.id, one.rules, one.reason, one.made_by, one.made_on) for one in files if one.rules is not None
    )


def own_rules_of(viewer: Viewer) -> list[OwnRulesFile]:
    """Everything the organisation ever put in place, the latest first."""
    require(may_do(viewer, Task.READ_SCHEMES))
    return [_file(row) for row in _with_names(OwnRules.objects.filter(organisation=viewer.organisation))][::-1]


def own_rules_file(viewer: Viewer, number: int) -> OwnRulesFile:
    """One of them; raises NotThere where it is none of the viewer's organisation."""
    require(may_do(viewer, Task.READ_SCHEMES))
    row = _with_names(OwnRules.objects.filter(pk=number, organisation=viewer.organisation)).first()
    if row is None:
        raise NotThere
    return _file(row)


def text_of(viewer: Viewer, number: int) -> str:
    """The whole text as it was put in place; raises NotThere where it is none of the viewer's organisation."""
    require(may_do(viewer, Task.READ_SCHEMES))
    row = OwnRules.objects.filter(pk=number, organisation=viewer.organisation).first()
    if row is None:
        raise NotThere
    return _opened(row)


def text_to_start_from(viewer: Viewer, country: str, rules: RuleSet) -> str:
    """The text behind these rules, to be changed: the organisation's own, or that of a file; empty where it is gone."""
    for row in OwnRules.objects.filter(organisation=viewer.organisation, country=country, withdrawn_at=None):
        if _rules_and_reason(row)[0] is rules:
            return _opened(row)
    return _text_of_file(country, rules)


def read_rules(text: str, country: str, *, today: date) -> Loaded:
    """What a typed text holds, and with its lines everything that is wrong with it. Never raises."""
    loaded = check(text, country, today=today)
    if loaded.rule_set is None or loaded.rule_set.country == country:
        return loaded
    wrong = loaded.problem(("country",), f"{country}, the country whose rules are changed here")
    return replace(loaded, rule_set=None, problems=(wrong,))


def put_in_place(text: str, *, by: Viewer, country: str, reason: str) -> int:
    """Put own rules in the place of those of the files; gives their number.

    They hold from the day that the text names. Raises Refused without a reason, or where the text cannot be read.
    """
    require(may_do(by, Task.CHANGE_RULES))
    if not reason.strip():
        raise Refused(_NO_REASON)
    rules = read_rules(text, country, today=clock.today(by.time_zone)).rule_set
    if rules is None:
        raise Refused(_NOT_READABLE)
    sealed = sealing.seal_reason(by.organisation, reason)
    with transaction.atomic():
        row = OwnRules.objects.create(
            organisation_id=by.organisation,
            country=country,
            valid_from=rules.valid_from,
            valid_to=rules.valid_to,
            text=sealing.seal_of_house(by.organisation, text.encode(), _TEXT),
            reason=sealed,
            member_id=by.member,
            made_at=clock.now(),
        )
        _note("rules put in place", row, by=by, reason=sealed)
    return row.pk


def withdraw(number: int, *, by: Viewer, reason: str) -> None:
    """Let the rules of the files hold again. Raises NotThere where there is nothing to withdraw."""
    require(may_do(by, Task.CHANGE_RULES))
    if not reason.strip():
        raise Refused(_NO_REASON)
    with transaction.atomic():
        rows = OwnRules.objects.select_for_update(no_key=True).filter(organisation=by.organisation, withdrawn_at=None)
        row = rows.filter(pk=number).first()
        if row is None:
            raise NotThere
        row.withdrawn_by_id, row.withdrawn_at = by.member, clock.now()
        row.withdrawn_why = sealing.seal_reason(by.organisation, reason)
        row.save(update_fields=("withdrawn_by", "withdrawn_at", "withdrawn_why"))
        _note("own rules withdrawn", row, by=by, reason=row.withdrawn_why)


def unreadable(files: Iterable[OwnRulesFile]) -> list[OwnRulesFile]:
    """Those that hold but cannot be read by this version: the rules of the files hold in their place."""
    return [one for one in files if one.rules is None and one.withdrawn_on is None]


def problems_of(viewer: Viewer, number: int) -> tuple[Problem, ...]:
    """What is wrong with own rules that this version cannot read."""
    one = own_rules_file(viewer, number)
    return read_rules(text_of(viewer, number), one.country, today=clock.today(viewer.time_zone)).problems


def _text_of_file(country: str, rules: RuleSet) -> str:
    for name, path in files_in(SHIPPED, home() / "entitlements").get(country, {}).items():
        if load(path, name, today=date.max).rule_set == rules:
            return path.read_text("utf-8-sig")
    return ""


def _note(verb: str, row: OwnRules, *, by: Viewer, reason: bytes) -> None:
    facts = {"country": row.country, "from": row.valid_from.isoformat()}
    record(Trace(verb, f"rules {row.pk}", facts=facts, reason=reason), organisation=by.organisation, member=by.member)


def _with_names(rows: QuerySet[OwnRules]) -> QuerySet[OwnRules]:
    return rows.select_related("member", "withdrawn_by").order_by("pk")


def _file(row: OwnRules) -> OwnRulesFile:
    rules, reason = _rules_and_reason(row)
    return OwnRulesFile(
        id=row.pk,
        country=row.country,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        rules=rules,
        reason=reason,
        made_by=row.member.name,
        made_on=timezone.localdate(row.made_at),
        withdrawn_by=row.withdrawn_by.name if row.withdrawn_by else "",
        withdrawn_on=timezone.localdate(row.withdrawn_at) if row.withdrawn_at else None,
        withdrawn_why=sealing.open_reason(row.organisation_id, row.withdrawn_why),
    )


def _rules_and_reason(row: OwnRules) -> tuple[RuleSet | None, str]:
    key = (row.pk, row.made_at)
    if key not in _read:
        loaded = read_rules(_opened(row), row.country, today=timezone.localdate(row.made_at))
        _read[key] = loaded.rule_set, sealing.open_reason(row.organisation_id, row.reason)
    return _read[key]


def _opened(row: OwnRules) -> str:
    return sealing.open_of_house(row.organisation_id, row.text, _TEXT).decode()
