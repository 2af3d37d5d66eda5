"""Reading organisations and members."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from amparo.kernel import clock
from amparo.storage.prepared import prepared

from .models import Account, Member, Organisation
from .rules import Role, may_see_anything, needs_second_factor


@dataclass(frozen=True)
class Membership:
    """An account's seat in one organisation, with what every page needs of both."""

    member: int
    account: int
    name: str
    role: Role
    language: str
    organisation: int
    organisation_code: str
    organisation_name: str
    country: str
    currency: str
    time_zone: str
    tab_title: str
    cleared: bool
    needs_second_factor: bool
    password_is_temporary: bool


@dataclass(frozen=True)
class Colleague:
    """A member as others of the organisation see her or him."""

    member: int
    name: str
    role: Role


@dataclass(frozen=True)
class Trained:
    """A colleague with the days of her training and of her signature, and whether both hold now (R12)."""

    colleague: Colleague
    trained_on: date | None
    signed_on: date | None
    cleared: bool


def account_with_seats(number: int) -> tuple[Account, list[Membership]] | None:
    """The account with this number and every active seat of it, by organisation, in one query; None where none is."""
    rows = _account_and_seats(number)
    if not rows:
        return None
    account = Account.from_db("default", _ACCOUNT, rows[0][: len(_ACCOUNT)])
    seats = [row[len(_ACCOUNT) :] for row in rows]
    return account, [_membership(account, seat) for seat in seats if seat[0] is not None and seat[-1]]


def memberships(account: int) -> list[Membership]:
    """Every active seat of the account, by organisation."""
    found = account_with_seats(account)
    return found[1] if found and found[0].is_active else []


def membership_of(username: str, organisation: str) -> Membership | None:
    """The seat by user name and organisation code, for commands."""
    number = Account.objects.filter(username=username).values_list("pk", flat=True).first()
    seats = memberships(number) if number else []
    return next((seat for seat in seats if seat.organisation_code == organisation), None)


@dataclass(frozen=True)
class House:
    """What an organisation settled about reading: its hours, and whether her list of readers names colleagues."""

    number: int
    name: str
    country: str
    language: str
    time_zone: str
    open_from: time
    open_until: time
    names_readers: bool


def house_of(organisation: int) -> House:
    """One organisation's settings about reading."""
    return _house(Organisation.objects.get(pk=organisation))


def members_by_number(organisation: int, numbers: Iterable[int | None]) -> dict[int, Colleague]:
    """Those who work or worked here, by number, whether active or not."""
    rows = Member.objects.filter(organisation=organisation, pk__in={number for number in numbers if number})
    return {row.pk: Colleague(row.pk, row.name, Role(row.role)) for row in rows}


def everyone_ever(organisation: int) -> list[Colleague]:
    """Everyone who works or worked here, by name."""
    rows = Member.objects.filter(organisation=organisation).order_by("name", "pk")
    return [Colleague(row.pk, row.name, Role(row.role)) for row in rows]


def colleagues(organisation: int, *roles: Role) -> list[Colleague]:
    """Active and cleared members of the organisation, of these roles or of every role, by name."""
    return [
        Colleague(member, name, Role(role))
        for member, name, role, trained_on, signed_on, time_zone in _working(organisation, roles=roles)
        if _cleared(trained_on, signed_on, time_zone)
    ]


def training_of(organisation: int) -> list[Trained]:
    """Every active member of the organisation by name, with what R12 asks of her or him."""
    rows = _active().filter(organisation=organisation).order_by("name", "pk")
    return [
        Trained(
            colleague=Colleague(row.pk, row.name, Role(row.role)),
            trained_on=row.trained_on,
            signed_on=row.confidentiality_signed_on,
            cleared=_cleared(row.trained_on, row.confidentiality_signed_on, row.organisation.time_zone),
        )
        for row in rows
    ]


def organisation_with_code(code: str) -> Organisation | None:
    """The organisation that commands name by its code."""
    return Organisation.objects.filter(code=code).first()


def every_organisation() -> list[int]:
    """The organisations of this node, by their codes."""
    return list(Organisation.objects.values_list("pk", flat=True))


def country_of(organisation: int) -> str:
    """The organisation's country (ISO 3166, two letters); empty where there is no such organisation."""
    return Organisation.objects.filter(pk=organisation).values_list("country", flat=True).first() or ""


def may_remove_factor(account: int, factor: int) -> bool:
    """Whether this second factor can go: not the last one of an account that sits in a seat which needs one."""
    strong = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    others = Authenticator.objects.filter(user_id=account, type__in=strong).exclude(pk=factor)
    return others.exists() or not any(needs_second_factor(Role(row.role)) for row in _active().filter(account=account))


def is_demonstration() -> bool | None:
    """Whether this node holds a demonstration; None where it holds no organisation at all."""
    flags = set(Organisation.objects.values_list("is_demonstration", flat=True))
    return None if not flags else flags == {True}


_ACCOUNT = tuple(field.attname for field in Account._meta.concrete_fields)
_SEAT = (
    "memberships__id",
    "memberships__name",
    "memberships__role",
    "memberships__language",
    "memberships__trained_on",
    "memberships__confidentiality_signed_on",
    "memberships__organisation__id",
    "memberships__organisation__code",
    "memberships__organisation__name",
    "memberships__organisation__country",
    "memberships__organisation__currency",
    "memberships__organisation__time_zone",
    "memberships__organisation__tab_title",
    "memberships__is_active",
)


@prepared
def _account_and_seats(number: int) -> QuerySet[Account, tuple[Any, ...]]:
    rows = Account.objects.filter(pk=number).order_by("memberships__organisation__code")
    return rows.values_list(*_ACCOUNT, *_SEAT)


_WorkingRow = tuple[int, str, str, date | None, date | None, str]


@prepared
def _working(organisation: int, *, roles: tuple[Role, ...]) -> QuerySet[Member, _WorkingRow]:
    rows = _active().filter(organisation=organisation).order_by("name", "pk")
    chosen = rows.filter(role__in=roles) if roles else rows
    return chosen.values_list(
        "pk", "name", "role", "trained_on", "confidentiality_signed_on", "organisation__time_zone"
    )


def _active() -> QuerySet[Member]:
    rows = Member.objects.filter(is_active=True, account__is_active=True)
    return rows.select_related("organisation")


def _cleared(trained_on: date | None, signed_on: date | None, time_zone: str) -> bool:
    return may_see_anything(trained_on=trained_on, signed_on=signed_on, today=clock.today(time_zone)).allowed


def _membership(account: Account, seat: tuple[Any, ...]) -> Membership:
    (member, name, role, language, trained_on, signed_on, organisation, code, house, country, currency, time_zone,
     tab_title, _) = seat  # fmt: skip
    return Membership(
        member=member,
        account=account.pk,
        name=name,
        role=Role(role),
        language=language,
        organisation=organisation,
        organisation_code=code,
        organisation_name=house,
        country=country,
        currency=currency,
        time_zone=time_zone,
        tab_title=tab_title,
        cleared=_cleared(trained_on, signed_on, time_zone),
        needs_second_factor=needs_second_factor(Role(role)),
        password_is_temporary=account.password_is_temporary,
    )


def _house(row: Organisation) -> House:
    return House(
        number=row.pk,
        name=row.name,
        country=row.country,
        language=row.language,
        time_zone=row.time_zone,
        open_from=row.open_from,
        open_until=row.open_until,
        names_readers=row.names_readers,
    )
