"""Where sessions are held: sites under names that say nothing, their rooms, and when children are looked after."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, time, timedelta

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from amparo.areas.access.rules import Task, Viewer, may_do
from amparo.areas.audit.actions import Trace, record
from amparo.areas.orgs.queries import house_of
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, refused, require

from .models import ChildcareTime, Room, Site
from .rules.offering import betrays

_POINT = "site.meeting_point"


@dataclass(frozen=True)
class RoomFile:
    """A room and its seats."""

    id: int
    name: str
    seats: int
    in_use: bool
    version: int = 1


@dataclass(frozen=True)
class Care:
    """A time in which children are looked after: on a weekday, on one day, or (neither named) every day."""

    weekday: int | None
    on: date | None
    starts: time
    ends: time
    places: int
    cost_cents: int = 0  # of one such time


@dataclass(frozen=True)
class SiteFile:
    """A site, its rooms and times for children. The meeting point says how she finds there, never where it is."""

    id: int
    name: str
    meeting_point: str
    in_use: bool
    version: int
    rooms: tuple[RoomFile, ...]
    care: tuple[Care, ...]
    care_version: int


def sites_of(viewer: Viewer) -> list[SiteFile]:
    """Every site of the house, those in use first."""
    require(may_do(viewer, Task.PLAN_SESSIONS))
    return [_file(row) for row in _whole(viewer).order_by("-in_use", "name", "pk")]


def site_of(viewer: Viewer, number: int) -> SiteFile:
    """One of them; raises NotThere where it is none of this house."""
    require(may_do(viewer, Task.PLAN_SESSIONS))
    row = _whole(viewer).filter(pk=number).first()
    if row is None:
        raise NotThere
    return _file(row)


def names_of_sites(viewer: Viewer) -> list[tuple[int, str]]:
    """Number and name of the sites in use: what whoever accompanies her may choose among."""
    require(may_do(viewer, Task.READ_PROGRAMME))
    rows = Site.objects.filter(organisation=viewer.organisation, in_use=True)
    return list(rows.order_by("name", "pk").values_list("pk", "name"))


def names_of_rooms(viewer: Viewer) -> list[tuple[int, str]]:
    """Number and name of the rooms in use, each with its site."""
    require(may_do(viewer, Task.READ_PROGRAMME))
    return named(Room.objects.filter(organisation=viewer.organisation, in_use=True, site__in_use=True))


def named(rooms: QuerySet[Room]) -> list[tuple[int, str]]:
    """Their numbers and names, each with its site; by name."""
    rows = rooms.order_by("site__name", "site", "name", "pk").values_list("pk", "site__name", "name")
    return [(number, f"{site}, {room}") for number, site, room in rows]


@transaction.atomic
def add_site(*, by: Viewer, name: str, meeting_point: str) -> int:
    """A new site; gives its number."""
    _require_name(by, name)
    point = sealing.seal_of_house(by.organisation, meeting_point.encode(), _POINT)
    row = Site.objects.create(organisation_id=by.organisation, name=name, meeting_point=point)
    _note(by, "site added", row.pk)
    return row.pk


@transaction.atomic
def change_site(number: int, *, by: Viewer, name: str, meeting_point: str, in_use: bool, version: int) -> None:
    """Change it; raises Conflict where a colleague was faster."""
    _require_name(by, name)
    row = _locked(by, number)
    if row.version != version:
        raise Conflict([("name", row.name)])
    row.name, row.in_use, row.version = name, in_use, version + 1
    row.meeting_point = sealing.seal_of_house(by.organisation, meeting_point.encode(), _POINT)
    row.save(update_fields=("name", "in_use", "meeting_point", "version"))
    _note(by, "site changed", number)


@transaction.atomic
def write_room(site: int, *, by: Viewer, room: RoomFile) -> int:
    """Add a room (with the number 0) or change one; gives its number. Raises Conflict where a colleague was faster."""
    require(may_do(by, Task.PLAN_SESSIONS))
    _locked(by, site)
    row = Room.objects.filter(pk=room.id, site=site).first() if room.id else Room(site_id=site)
    if row is None:
        raise NotThere
    if room.id and row.version != room.version:
        raise Conflict([("name", row.name), ("seats", str(row.seats))])
    row.organisation_id, row.version = by.organisation, room.version + bool(room.id)
    row.name, row.seats, row.in_use = room.name, room.seats, room.in_use
    row.save()
    _note(by, "room written", row.pk)
    return row.pk


@transaction.atomic
def set_childcare(site: int, *, by: Viewer, care: Iterable[Care], version: int) -> None:
    """Put these times for children in place of those that stood there; raises Conflict where a colleague was faster.

    What lies behind us stays as it was: what goes counts to yesterday, and what comes from today on.
    """
    require(may_do(by, Task.PLAN_SESSIONS))
    row = _locked(by, site)
    if row.care_version != version:
        raise Conflict([])
    times = list(care)
    if any(one.ends <= one.starts for one in times):
        require(refused("A time ends after it starts."))
    row.care_version = version + 1
    row.save(update_fields=("care_version",))
    _put_care(row, times, today=clock.today(by.time_zone))
    _note(by, "childcare times set", site)


def _put_care(site: Site, times: list[Care], *, today: date) -> None:
    there = list(ChildcareTime.objects.filter(site=site.pk, until=None).order_by("pk"))
    is_first = not ChildcareTime.objects.filter(site=site.pk).exists()
    left = list(times)
    gone = [row for row in there if not _taken(left, _care(row))]
    for care in left:
        same = next((row for row in gone if _goes_on(row, care)), None)
        if same is None:
            since = None if is_first else today
            row = ChildcareTime(organisation_id=site.organisation_id, site=site, since=since, **asdict(care))
        else:
            gone.remove(same)
            row, row.places, row.cost_cents = same, care.places, care.cost_cents
        row.save()
    not_yet = Q(since__gte=today) | Q(on__gte=today)
    ended = ChildcareTime.objects.filter(pk__in=[row.pk for row in gone])
    ended.filter(not_yet).delete()
    ended.update(until=today - timedelta(days=1))


def _taken(left: list[Care], care: Care) -> bool:
    """Whether it stands among them; then it is taken out, so that two alike need two."""
    if care not in left:
        return False
    left.remove(care)
    return True


def _goes_on(row: ChildcareTime, care: Care) -> bool:
    """Whether it is the same time, at the same cost, or at one that nobody had said yet: then it counts as ever."""
    there = _care(row)
    is_same = (there.weekday, there.on, there.starts, there.ends) == (care.weekday, care.on, care.starts, care.ends)
    return is_same and there.cost_cents in (0, care.cost_cents)


def _require_name(by: Viewer, name: str) -> None:
    require(may_do(by, Task.PLAN_SESSIONS))
    if betrays(name, house=house_of(by.organisation).name):
        require(refused("This name tells who comes here. Choose one that says nothing, such as a colour.", "R13"))


def _whole(viewer: Viewer) -> QuerySet[Site]:
    rooms = Prefetch("rooms", Room.objects.order_by("name", "pk"))
    now = ChildcareTime.objects.filter(until=None).order_by("on", "weekday", "starts", "pk")
    care = Prefetch("childcare", now)
    return Site.objects.filter(organisation=viewer.organisation).prefetch_related(rooms, care)


def _locked(by: Viewer, number: int) -> Site:
    row = Site.objects.select_for_update(no_key=True).filter(organisation=by.organisation, pk=number).first()
    if row is None:
        raise NotThere
    return row


def _file(row: Site) -> SiteFile:
    return SiteFile(
        id=row.pk,
        name=row.name,
        meeting_point=sealing.open_of_house(row.organisation_id, row.meeting_point, _POINT).decode(),
        in_use=row.in_use,
        version=row.version,
        rooms=tuple(RoomFile(one.pk, one.name, one.seats, one.in_use, one.version) for one in row.rooms.all()),
        care=tuple(_care(one) for one in row.childcare.all()),
        care_version=row.care_version,
    )


def _care(row: ChildcareTime) -> Care:
    return Care(row.weekday, row.on, row.starts, row.ends, row.places, row.cost_cents)


def _note(by: Viewer, verb: str, number: int) -> None:
    record(Trace(verb, f"place {number}"), organisation=by.organisation, member=by.member)
