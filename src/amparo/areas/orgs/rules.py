"""Roles in an organisation (pure)."""

from datetime import date
from enum import StrEnum

from amparo.kernel.decision import ALLOWED, Decision, refused


class Role(StrEnum):
    """What someone does in an organisation; the words of the contract for demo accounts."""

    CASEWORKER = "caseworker"
    COORDINATOR = "coordinator"
    PSYCHOLOGIST = "psychologist"
    LAWYER = "lawyer"
    MEDIATOR = "mediator"
    FACILITATOR = "facilitator"
    HOTLINE_OPERATOR = "hotline_operator"
    ANALYST = "analyst"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    ADMINISTRATOR = "administrator"


# Roles that open identities sign in with a second factor.
SECOND_FACTOR_ROLES = frozenset(
    {
        Role.CASEWORKER,
        Role.COORDINATOR,
        Role.PSYCHOLOGIST,
        Role.LAWYER,
        Role.DATA_PROTECTION_OFFICER,
        Role.ADMINISTRATOR,
    }
)


def may_see_anything(*, trained_on: date | None, signed_on: date | None, today: date) -> Decision:
    """Who is not trained and has not signed confidentiality sees nothing (R12; C&H-L 1031-1037; ENPATES Q9)."""
    if trained_on is None or trained_on > today:
        return refused("Your training is not recorded yet. Ask your coordinator.", "R12")
    if signed_on is None or signed_on > today:
        return refused("Your confidentiality statement is not signed yet. Ask your coordinator.", "R12")
    return ALLOWED


def needs_second_factor(role: Role) -> bool:
    """Whether this role opens identities, or the node."""
    return role in SECOND_FACTOR_ROLES
