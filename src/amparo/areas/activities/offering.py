"""What the house offers: its own copy of the programme, changed as it likes, set aside instead of deleted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from amparo.areas.access.rules import Task, Viewer, may_do
from amparo.areas.audit.actions import Trace, record
from amparo.areas.cases.rules import OPEN
from amparo.areas.orgs.queries import Colleague, Trained, house_of, training_of
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, Decision, NotThere, require
from amparo.kernel.language import pick

from .catalogue import Start, starting_catalogue
from .models import Activity, HeldAt, HeldIn, Interest, Leading, Period, Room, Session, Site
from .places import named
from .rules.offering import Offer, is_of_advised_size, may_be_held_in, may_offer
from .rules.states import Answer, Kind, SessionState
from .taking_part import answered

_FIELDS = (
    *("name", "neutral_name", "aim", "kind", "language", "level", "sessions", "minutes", "min_women", "max_women"),
    *("days_apart", "goes_on", "therapeutic", "needs_no_language", "childcare"),
    *("room", "materials", "tickets", "worth"),
)


@dataclass(frozen=True)
class ActivityFile:
    """An activity as the house offers it now. `wanted`: how many women wait for it; 0: not counted."""

    id: int
    key: str
    offer: Offer
    in_use: bool
    version: int
    wanted: int = 0

    @property
    def size(self) -> Decision:
        """Whether its groups have the advised size."""
        return is_of_advised_size(self.offer)


@dataclass(frozen=True)
class Holding:
    """Who holds it, trained and signed (R12) or not, and where: without sites or rooms, in any."""

    trainers: tuple[Trained, ...] = ()
    sites: tuple[tuple[int, str], ...] = ()
    rooms: tuple[tuple[int, str], ...] = ()

    @property
    def leaders(self) -> tuple[Colleague, ...]:
        """Those who can be planned: trained, and signed."""
        return tuple(one.colleague for one in self.trainers if one.cleared)


def activities_of(viewer: Viewer, *, in_use: bool = True) -> list[ActivityFile]:
    """Those in use, or those set aside, by name; with how many women wait for each, without those who have a place."""
    require(may_do(viewer, Task.READ_PROGRAMME))
    rows, wanted = _mine(viewer).filter(in_use=in_use).order_by("name", "pk"), _wanted(viewer)
    return [replace(activity_file(row), wanted=wanted[row.pk]) for row in rows]


def activity_of(viewer: Viewer, number: int) -> ActivityFile:
    """One of them, in use or set aside; raises NotThere where it is none of this house."""
    require(may_do(viewer, Task.READ_PROGRAMME))
    return activity_file(_row(_mine(viewer), number))


def holding_of(viewer: Viewer, number: int) -> Holding:
    """Who holds it and where."""
    require(may_do(viewer, Task.READ_PROGRAMME))
    chosen = set(
        Leading.objects.filter(activity=number, organisation=viewer.organisation).values_list("member", flat=True)
    )
    trainers = tuple(one for one in training_of(viewer.organisation) if one.colleague.member in chosen)
    sites = HeldAt.objects.filter(activity=number, organisation=viewer.organisation).order_by("site__name", "site")
    rooms = Room.objects.filter(pk__in=_chosen_rooms(viewer, number))
    return Holding(trainers, tuple(sites.values_list("site", "site__name")), tuple(named(rooms)))


def rooms_for(viewer: Viewer, number: int) -> list[tuple[int, str]]:
    """Number and name of the rooms in use in which it can be held: those chosen for it, else any of its sites."""
    require(may_do(viewer, Task.PLAN_SESSIONS))
    rows = Room.objects.filter(organisation=viewer.organisation, in_use=True, site__in_use=True)
    sites = HeldAt.objects.filter(activity=number, organisation=viewer.organisation).values_list("site", flat=True)
    if sites:
        rows = rows.filter(site__in=list(sites))
    chosen = _chosen_rooms(viewer, number)
    return named(rows.filter(pk__in=chosen) if chosen else rows)


def to_start_from(viewer: Viewer) -> list[Start]:
    """What of the starting catalogue the house has no copy of yet."""
    require(may_do(viewer, Task.PLAN_SESSIONS))
    taken = set(_mine(viewer).exclude(key="").values_list("key", flat=True))
    return [one for one in starting_catalogue() if one.key not in taken]


@transaction.atomic
def take_from_catalogue(keys: Iterable[str], *, by: Viewer) -> int:
    """Copy these activities of the starting catalogue, in the language of the house; gives how many are new."""
    language = house_of(by.organisation).language
    chosen = [one for one in to_start_from(by) if one.key in set(keys)]
    for start in chosen:
        row = Activity.objects.create(
            organisation_id=by.organisation, key=start.key, **_values(_offer(start, language))
        )
        _note(by, "activity offered", row.pk)
    return len(chosen)


@transaction.atomic
def offer_activity(
    *, by: Viewer, offer: Offer, leaders: Iterable[int], sites: Iterable[int], rooms: Iterable[int] = ()
) -> int:
    """Offer something of the house's own; gives its number. Without sites or rooms, it is held in any."""
    _require_offer(by, offer)
    row = Activity.objects.create(organisation_id=by.organisation, **_values(offer))
    _hold(by, row.pk, leaders, sites, rooms)
    _note(by, "activity offered", row.pk)
    return row.pk


@transaction.atomic
def change_activity(
    number: int,
    *,
    by: Viewer,
    offer: Offer,
    leaders: Iterable[int],
    sites: Iterable[int],
    rooms: Iterable[int],
    version: int,
) -> None:
    """Change how it is worded and held; raises Conflict where a colleague was faster.

    Sessions to come last as long as it says from now on: what is checked is what is held.
    """
    _require_offer(by, offer)
    row = _row(_mine(by).select_for_update(no_key=True), number)
    if row.version != version:
        raise Conflict([(name, str(getattr(row, name))) for name in ("name", "aim", "sessions", "minutes")])
    Activity.objects.filter(pk=number).update(**_values(offer), version=version + 1)
    if offer.minutes != row.minutes:
        _let_last(number, offer.minutes)
    _hold(by, number, leaders, sites, rooms)
    _note(by, "activity changed", number)


@transaction.atomic
def set_aside(number: int, *, by: Viewer, in_use: bool) -> None:
    """Offer it no longer, or again; what is planned and who took part stays."""
    require(may_do(by, Task.PLAN_SESSIONS))
    row = _row(_mine(by).select_for_update(no_key=True), number)
    row.in_use, row.version = in_use, row.version + 1
    row.save(update_fields=("in_use", "version"))
    _note(by, "activity offered again" if in_use else "activity set aside", number)


def activity_file(row: Activity) -> ActivityFile:
    """The row as readers get it."""
    values = {name: getattr(row, name) for name in _FIELDS} | {"kind": Kind(row.kind)}
    return ActivityFile(row.pk, row.key, Offer(**values), row.in_use, row.version)


def _require_offer(by: Viewer, offer: Offer) -> None:
    require(may_do(by, Task.PLAN_SESSIONS))
    require(may_offer(offer, house=house_of(by.organisation).name))


def _let_last(number: int, minutes: int) -> None:
    """Every session to come of an activity; a plan that somebody is looking at is another one then."""
    coming = Session.objects.filter(group__activity=number, state=SessionState.PLANNED, starts_at__gt=clock.now())
    periods = set(coming.values_list("group__period", flat=True))
    Period.objects.filter(pk__in=periods).update(version=F("version") + 1)
    coming.update(ends_at=F("starts_at") + timedelta(minutes=minutes), version=F("version") + 1)


def _hold(by: Viewer, number: int, leaders: Iterable[int], sites: Iterable[int], rooms: Iterable[int]) -> None:
    known = {one.colleague.member for one in training_of(by.organisation)}
    own = set(Site.objects.filter(organisation=by.organisation).values_list("pk", flat=True)) & set(sites)
    chosen = dict(Room.objects.filter(organisation=by.organisation, pk__in=set(rooms)).values_list("pk", "site"))
    require(may_be_held_in(own, chosen.values()))
    where = {"organisation_id": by.organisation, "activity_id": number}
    Leading.objects.filter(activity=number).delete()
    Leading.objects.bulk_create([Leading(**where, member_id=one) for one in sorted(set(leaders) & known)])
    HeldAt.objects.filter(activity=number).delete()
    HeldAt.objects.bulk_create([HeldAt(**where, site_id=one) for one in sorted(own)])
    HeldIn.objects.filter(activity=number).delete()
    HeldIn.objects.bulk_create([HeldIn(**where, room_id=one) for one in sorted(chosen)])


def _chosen_rooms(viewer: Viewer, number: int) -> list[int]:
    rows = HeldIn.objects.filter(activity=number, organisation=viewer.organisation)
    return list(rows.values_list("room", flat=True))


def _offer(start: Start, language: str) -> Offer:
    return Offer(
        name=pick(start.name, language),
        neutral_name=pick(start.neutral, language),
        aim=pick(start.aim, language),
        room=pick(start.room, language),
        materials=pick(start.materials, language),
        tickets=start.tickets,
        kind=start.kind,
        sessions=start.sessions,
        minutes=start.minutes,
        min_women=start.min_women,
        max_women=start.max_women,
        days_apart=start.days_apart,
        goes_on=start.goes_on,
        worth=start.worth,
        therapeutic=start.therapeutic,
        needs_no_language=start.needs_no_language,
        childcare=start.childcare,
    )


def _values(offer: Offer) -> dict[str, object]:
    return {name: getattr(offer, name) for name in _FIELDS}


def _wanted(viewer: Viewer) -> Counter[int]:
    yes = Interest.objects.filter(organisation=viewer.organisation, answer=Answer.YES)
    rows = yes.filter(case__status__in=OPEN, case__erased_on=None).values_list("case", "activity", "asked_on")
    asked = {(case, activity): on for case, activity, on in rows}
    going_on = set(_mine(viewer).filter(goes_on=True).values_list("pk", flat=True))
    found = answered(viewer.organisation, asked, going_on=going_on)
    return Counter(activity for _, activity in asked.keys() - found.keys())


def _mine(viewer: Viewer) -> QuerySet[Activity]:
    return Activity.objects.filter(organisation=viewer.organisation)


def _row(rows: QuerySet[Activity], number: int) -> Activity:
    row = rows.filter(pk=number).first()
    if row is None:
        raise NotThere
    return row


def _note(by: Viewer, verb: str, number: int) -> None:
    record(Trace(verb, f"activity {number}"), organisation=by.organisation, member=by.member)
