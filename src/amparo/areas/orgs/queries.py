"""Reading organisations and members."""

from dataclasses import dataclass

from django.db.models import QuerySet

from amparo.kernel import clock

from .models import Member, Organisation
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


def membership(account: int, member: int) -> Membership | None:
    """This seat of the account; None where it is not active or not the account's."""
    row = _active().filter(account=account, pk=member).first()
    return _membership(row) if row else None


def memberships(account: int) -> list[Membership]:
    """Every active seat of the account, by organisation."""
    return [_membership(row) for row in _active().filter(account=account).order_by("organisation__code")]


def membership_of(username: str, organisation: str) -> Membership | None:
    """The seat by user name and organisation code, for commands."""
    row = _active().filter(account__username=username, organisation__code=organisation).first()
    return _membership(row) if row else None


def colleagues(organisation: int, *roles: Role) -> list[Colleague]:
    """Active and cleared members of the organisation, of these roles or of every role, by name."""
    rows = _active().filter(organisation=organisation).order_by("name", "pk")
    chosen = rows.filter(role__in=roles) if roles else rows
    return [Colleague(row.pk, row.name, Role(row.role)) for row in chosen if _cleared(row)]


def organisation_with_code(code: str) -> Organisation | None:
    """The organisation that commands name by its code."""
    return Organisation.objects.filter(code=code).first()


def is_demonstration() -> bool | None:
    """Whether this node holds a demonstration; None where it holds no organisation at all."""
    flags = set(Organisation.objects.values_list("is_demonstration", flat=True))
    return None if not flags else flags == {True}


def _active() -> QuerySet[Member]:
    rows = Member.objects.filter(is_active=True, account__is_active=True)
    return rows.select_related("organisation", "account")


def _cleared(row: Member) -> bool:
    today = clock.today(row.organisation.time_zone)
    return may_see_anything(trained_on=row.trained_on, signed_on=row.confidentiality_signed_on, today=today).allowed


def _membership(row: Member) -> Membership:
    role = Role(row.role)
    house = row.organisation
    return Membership(
        member=row.pk,
        account=row.account_id,
        name=row.name,
        role=role,
        language=row.language,
        organisation=house.pk,
        organisation_code=house.code,
        organisation_name=house.name,
        country=house.country,
        currency=house.currency,
        time_zone=house.time_zone,
        tab_title=house.tab_title,
        cleared=_cleared(row),
        needs_second_factor=needs_second_factor(role),
        password_is_temporary=row.account.password_is_temporary,
    )
