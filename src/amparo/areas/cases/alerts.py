"""Alerts on unusual reading: 'worth a look', never an accusation; and what an organisation settles about reading."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import Case as Chosen
from django.db.models import QuerySet, Value, When

from amparo.areas.access.models import Alert
from amparo.areas.access.rules import Task, Viewer, may_do
from amparo.areas.audit.actions import Fact, Trace, record
from amparo.areas.audit.rules import AlertState, Outcome, RuleKey, is_settled_whole, may_look_at
from amparo.areas.orgs import actions as orgs
from amparo.areas.orgs.queries import Colleague, House, house_of, members_by_number
from amparo.areas.orgs.rules import Role
from amparo.areas.people.queries import codes_of
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, require

from . import watching
from .queries import one_page

PAGE = 25


@dataclass(frozen=True)
class AlertFile:
    """One alert, with names and words opened. `id` is 0 where it was found just now and is not kept yet."""

    id: int
    rule: RuleKey
    member: int
    name: str
    role: Role | None
    on: date
    count: int
    first: int
    last: int
    code: str
    state: AlertState
    looked_name: str = ""
    looked_at: datetime | None = None
    outcome: str = ""
    words: str = ""


def alerts_of(viewer: Viewer, *, state: str = "", page: int = 1) -> tuple[list[AlertFile], bool]:
    """The organisation's alerts, new ones first, 25 a page, and whether there are more."""
    rows = _alerts(viewer)
    if state:
        rows = rows.filter(state=state)
    new_first = Chosen(When(state=AlertState.NEW, then=Value(0)), default=Value(1))
    found, more = one_page(rows.order_by(new_first, "-on", "-pk"), page, PAGE)
    return _files(viewer, found), more


def alert_of(viewer: Viewer, number: int) -> AlertFile:
    """One of them; raises NotThere where it is none of this organisation's."""
    row = _alerts(viewer).filter(pk=number).first()
    if row is None:
        raise NotThere
    return _files(viewer, [row])[0]


def just_now(viewer: Viewer) -> list[AlertFile]:
    """What stands out since the log was last looked through; it is kept when the node looks again."""
    require(may_do(viewer, Task.READ_AUDIT))
    house = house_of(viewer.organisation)
    since, _ = watching.looked_until(viewer.organisation)
    found = watching.standing_out(house, since=since)
    first = min((one.on for one in found), default=clock.today(viewer.time_zone))
    kept = watching.kept_keys(viewer.organisation, since=first)
    rows = [
        Alert(rule=one.rule, member_id=one.member, on=one.on, person=one.person, count=one.count, first=one.first,
              last=one.last, state=AlertState.NEW)
        for one in found
        if watching.key_of(one) not in kept
    ]  # fmt: skip
    return _files(viewer, rows)


def count_new(viewer: Viewer) -> int:
    """How many alerts nobody has looked at yet; none for who does not read the log."""
    if not may_do(viewer, Task.READ_AUDIT):
        return 0
    return _alerts(viewer).filter(state=AlertState.NEW).count()


def look_now(*, by: Viewer) -> int:
    """Look through the log now instead of waiting for the next time; gives how many alerts are new."""
    require(may_do(by, Task.READ_AUDIT))
    with transaction.atomic():
        new = watching.watch(by.organisation)
        record(Trace("alerts computed", facts={"new": new}), organisation=by.organisation, member=by.member)
    return new


@transaction.atomic
def settle_alert(number: int, *, by: Viewer, outcome: Outcome, words: str) -> None:
    """Note that it was looked at, and what came of it. Never by whom it is about; once only."""
    row = _alerts(by).select_for_update(no_key=True).filter(pk=number).first()
    if row is None:
        raise NotThere
    require(may_look_at(looker=by.member, about=row.member_id))
    require(is_settled_whole(outcome, words))
    if row.state != AlertState.NEW:
        raise Conflict([("words", sealing.open_of_house(by.organisation, row.words, "alert.words").decode())])
    row.state, row.outcome, row.looked_by_id, row.looked_at = AlertState.LOOKED_AT, outcome, by.member, clock.now()
    row.words = sealing.seal_of_house(by.organisation, words.encode(), "alert.words")
    row.save(update_fields=("state", "outcome", "looked_by", "looked_at", "words"))
    facts = {"rule": row.rule, "outcome": outcome.value}
    record(Trace("alert looked at", f"alert {number}", facts=facts), organisation=by.organisation, member=by.member)


def reading_settings(viewer: Viewer) -> House:
    """The organisation's hours, and whether her list names colleagues on paper."""
    require(may_do(viewer, Task.READ_AUDIT))
    return house_of(viewer.organisation)


@transaction.atomic
def change_reading_settings(*, by: Viewer, open_from: time, open_until: time, names_readers: bool) -> None:
    """Change them; the officer does, since both are about who is watched and who is named."""
    require(may_do(by, Task.READ_AUDIT))
    orgs.set_reading(by.organisation, open_from=open_from, open_until=open_until, names_readers=names_readers)
    facts: dict[str, Fact] = {
        "from": open_from.isoformat("minutes"),
        "until": open_until.isoformat("minutes"),
        "names": names_readers,
    }
    record(Trace("reading rules changed", facts=facts), organisation=by.organisation, member=by.member)


def _alerts(viewer: Viewer) -> QuerySet[Alert]:
    require(may_do(viewer, Task.READ_AUDIT))
    return Alert.objects.filter(organisation=viewer.organisation)


def _files(viewer: Viewer, rows: list[Alert]) -> list[AlertFile]:
    numbers = {row.member_id for row in rows} | {row.looked_by_id for row in rows}
    names = members_by_number(viewer.organisation, numbers)
    codes = codes_of(viewer, {row.person for row in rows if row.person})
    return [_file(viewer, row, names, codes) for row in rows]


def _file(viewer: Viewer, row: Alert, names: dict[int, Colleague], codes: dict[UUID, str]) -> AlertFile:
    who, looker = names.get(row.member_id), names.get(row.looked_by_id or 0)
    return AlertFile(
        id=row.pk or 0,
        rule=RuleKey(row.rule),
        member=row.member_id,
        name=who.name if who else "",
        role=who.role if who else None,
        on=row.on,
        count=row.count,
        first=row.first,
        last=row.last,
        code=codes.get(row.person, "") if row.person else "",
        state=AlertState(row.state),
        looked_name=looker.name if looker else "",
        looked_at=row.looked_at,
        outcome=row.outcome,
        words=sealing.open_of_house(viewer.organisation, row.words, "alert.words").decode(),
    )
