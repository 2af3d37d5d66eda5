"""Who works here: making accounts, changing roles, recording training. Each is one transaction with one audit entry."""

import secrets
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from amparo.areas.audit.actions import Trace, record
from amparo.areas.orgs import actions as orgs
from amparo.areas.orgs.models import Member
from amparo.areas.orgs.rules import Role
from amparo.areas.orgs.sessions import end_sessions
from amparo.kernel.decision import Decision, NotThere, refused, require

from .rules import Task, Viewer, may_do, may_record_training
from .tokens import withdraw_all

_WORDS = (
    *("amber", "birch", "cloud", "delta", "ember", "field", "grove", "harbor"),
    *("island", "juniper", "kettle", "lantern", "meadow", "north", "orchard", "pebble"),
)


@dataclass(frozen=True)
class MemberFile:
    """A colleague as the pages about members show her or him."""

    id: int
    username: str
    name: str
    role: Role
    language: str
    is_active: bool
    trained_on: date | None
    signed_on: date | None


def members_of(viewer: Viewer) -> list[MemberFile]:
    """Everyone who works or worked in the viewer's organisation, active ones first."""
    require(_may_see(viewer))
    rows = Member.objects.filter(organisation=viewer.organisation).select_related("account")
    return [_file(row) for row in rows.order_by("-is_active", "name", "pk")]


def member_of(viewer: Viewer, number: int) -> MemberFile:
    """One of them; raises NotThere where it is none of this organisation."""
    require(_may_see(viewer))
    return _file(_row(viewer, number))


def member_to_clear(viewer: Viewer, number: int) -> MemberFile:
    """One of them, for recording training and confidentiality; raises Refused where the viewer does not (R12)."""
    one = member_of(viewer, number)
    _require_clearing(viewer)
    return one


def may_clear(viewer: Viewer) -> bool:
    """Whether the viewer records training and confidentiality here (R12)."""
    coordinators = Member.objects.filter(
        organisation=viewer.organisation,
        role=Role.COORDINATOR,
        is_active=True,
        trained_on__isnull=False,
        confidentiality_signed_on__isnull=False,
    )
    return may_record_training(viewer, cleared_coordinators=coordinators.count()).allowed


@transaction.atomic
def add_member(*, by: Viewer, username: str, name: str, role: Role, language: str) -> tuple[int, str]:
    """A new account with a seat here; gives the member's number and the temporary password, which is shown once."""
    require(may_do(by, Task.MANAGE_MEMBERS))
    password = temporary_password()
    try:
        with transaction.atomic():
            account = orgs.create_account(username, password=password, temporary=True)
    except IntegrityError:
        require(refused("Somebody already signs in with this name. Choose another one."))
    member = orgs.create_member(account, organisation=by.organisation, role=role, name=name, language=language)
    _note(by, "member added", member)
    return member, password


@transaction.atomic
def change_member(number: int, *, by: Viewer, name: str, role: Role, language: str, is_active: bool) -> None:
    """Change a colleague's name, role or language, or end (or renew) the membership; she or he signs in again.

    Never one's own.
    """
    require(may_do(by, Task.MANAGE_MEMBERS))
    row = _row(by, number)
    if row.pk == by.member:
        require(refused("Your own role is changed by another administrator."))
    row.name, row.role, row.language, row.is_active = name, role, language, is_active
    row.save(update_fields=("name", "role", "language", "is_active"))
    end_sessions(row.account_id)
    withdraw_all(row.account_id)
    _note(by, "member changed", number)


@transaction.atomic
def record_training(number: int, *, by: Viewer, trained_on: date | None, signed_on: date | None) -> None:
    """Record when a colleague was trained and signed the confidentiality statement (R12). Never one's own."""
    _require_clearing(by)
    row = _row(by, number)
    if row.pk == by.member:
        require(refused("A colleague records your training.", "R12"))
    row.trained_on, row.confidentiality_signed_on = trained_on, signed_on
    row.save(update_fields=("trained_on", "confidentiality_signed_on"))
    _note(by, "training recorded", number)


@transaction.atomic
def renew_sign_in(number: int, *, by: Viewer) -> str:
    """A temporary password and no second factor, for who lost theirs; ends every open session. Gives the password."""
    require(may_do(by, Task.MANAGE_MEMBERS))
    row = _row(by, number)
    password = temporary_password()
    orgs.set_password(row.account_id, password, temporary=True)
    orgs.take_second_factor(row.account_id)
    withdraw_all(row.account_id)
    _note(by, "sign-in renewed", number)
    return password


@transaction.atomic
def end_sessions_of(number: int, *, by: Viewer) -> int:
    """End every open session of a colleague, whose telephone is gone or who was forced to sign in; gives how many."""
    require(may_do(by, Task.MANAGE_MEMBERS))
    row = _row(by, number)
    ended = end_sessions(row.account_id)
    withdraw_all(row.account_id)
    _note(by, "sessions ended", number)
    return ended


def temporary_password() -> str:
    """Four words and a number, easy to say and to type: 29 bits, for one sign-in behind a lock-out."""
    words = "-".join(secrets.choice(_WORDS) for _ in range(4))
    return f"{words}-{secrets.randbelow(9000) + 1000}"


def _may_see(viewer: Viewer) -> Decision:
    managing = may_do(viewer, Task.MANAGE_MEMBERS)
    return managing or may_do(viewer, Task.RECORD_TRAINING)


def _require_clearing(viewer: Viewer) -> None:
    if not may_clear(viewer):
        require(refused("Training is recorded by a coordinator.", "R12"))


def _row(viewer: Viewer, number: int) -> Member:
    row = Member.objects.select_related("account").filter(pk=number, organisation=viewer.organisation).first()
    if row is None:
        raise NotThere
    return row


def _file(row: Member) -> MemberFile:
    return MemberFile(
        id=row.pk,
        username=row.account.username,
        name=row.name,
        role=Role(row.role),
        language=row.language,
        is_active=row.is_active,
        trained_on=row.trained_on,
        signed_on=row.confidentiality_signed_on,
    )


def _note(by: Viewer, verb: str, number: int) -> None:
    record(Trace(verb, f"member {number}"), organisation=by.organisation, member=by.member)
