"""Making organisations, accounts and members. Called by commands and the demonstration."""

from datetime import date, time

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.contrib.auth.hashers import make_password
from django.db import transaction

from amparo.areas.audit.actions import Trace, record

from .models import Account, Member, Organisation
from .rules import Role
from .sessions import end_sessions

NODE = 0


def set_password(account: int, password: str, *, temporary: bool) -> None:
    """Replace an account's password; every session that stands open ends. The caller writes the audit entry."""
    Account.objects.filter(pk=account).update(password=make_password(password), password_is_temporary=temporary)
    if temporary:
        end_sessions(account)


def take_second_factor(account: int) -> None:
    """Remove an account's codes, so that new ones are set up at the next sign-in. The caller writes the audit entry."""
    Authenticator.objects.filter(user_id=account).delete()


def set_reading(organisation: int, *, open_from: time, open_until: time, names_readers: bool) -> None:
    """Set an organisation's hours and whether her list names colleagues. The caller writes the audit entry."""
    Organisation.objects.filter(pk=organisation).update(
        open_from=open_from, open_until=open_until, names_readers=names_readers
    )


@transaction.atomic
def create_organisation(
    code: str,
    *,
    name: str,
    country: str,
    language: str = "en",
    time_zone: str = "Europe/Madrid",
    currency: str = "EUR",
    tab_title: str = "Notes",
    is_demonstration: bool = False,
) -> int:
    """A new organisation on this node; gives its number."""
    house = Organisation.objects.create(
        code=code,
        name=name,
        country=country,
        language=language,
        time_zone=time_zone,
        currency=currency,
        tab_title=tab_title,
        is_demonstration=is_demonstration,
    )
    record(Trace("organisation created", f"organisation {house.pk}"), organisation=NODE, member=None)
    return house.pk


@transaction.atomic
def create_account(username: str, *, password: str = "", password_hash: str = "", temporary: bool = False) -> int:
    """A new account, with a password or with the hash of one; gives its number."""
    account = Account.objects.create(
        username=username.lower(),
        password=password_hash or make_password(password),
        password_is_temporary=temporary,
    )
    record(Trace("account created", f"account {account.pk}"), organisation=NODE, member=None)
    return account.pk


@transaction.atomic
def give_second_factor(account: int, *, secret: str) -> None:
    """Set up codes from an app for an account; `secret` is base32, as the app takes it."""
    Authenticator.objects.create(user_id=account, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret)})
    record(Trace("second factor set up", f"account {account}"), organisation=NODE, member=None)


@transaction.atomic
def create_member(
    account: int,
    *,
    organisation: int,
    role: Role,
    name: str,
    language: str = "en",
    trained_on: date | None = None,
    signed_on: date | None = None,
) -> int:
    """Give an account a seat in an organisation; gives the member's number."""
    member = Member.objects.create(
        account_id=account,
        organisation_id=organisation,
        role=role,
        name=name,
        language=language,
        trained_on=trained_on,
        confidentiality_signed_on=signed_on,
    )
    record(Trace("member created", f"member {member.pk}", facts={"role": role}), organisation=organisation, member=None)
    return member.pk
