"""The facts about a person that national schemes ask for, each known or not known (pure).

Only schemes of states are judged with them. Whether we help somebody depends on none of them (R1).
"""

from datetime import date
from typing import Any, Literal, get_args

import msgspec

NationalityGroup = Literal["national", "eu", "third_country"]
Gender = Literal["female", "male", "other"]


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is known of one person; None is not known, which is neither yes nor no (contract: entitlements)."""

    nationality_group: NationalityGroup | None = None
    adult: bool | None = None
    gender: Gender | None = None
    possible_victim: bool | None = None
    recognised_victim: bool | None = None
    reasonable_grounds: bool | None = None
    consents: bool | None = None
    left_exploitation: bool | None = None
    no_contact_with_offenders: bool | None = None
    with_specialised_centre: bool | None = None
    suffered_violence: bool | None = None
    asked_specialised_ngo_for_protection: bool | None = None
    identified_by_registered_ngo: bool | None = None
    ngo_declares_accompaniment: bool | None = None
    statement_to_police: bool | None = None
    complaint_or_testimony: bool | None = None
    cooperates: bool | None = None
    proceedings_ongoing: bool | None = None
    prosecutor_holds_possible_victim: bool | None = None
    threat_to_public_order: bool | None = None
    offenders_convicted: bool | None = None
    authority_discretion_granted: bool | None = None
    personal_circumstances_warrant_stay: bool | None = None
    asylum_claim: bool | None = None
    employment_contract: bool | None = None
    self_employment_ready: bool | None = None
    enrolled_in_studies: bool | None = None
    means_for_studies: bool | None = None
    lacks_means: bool | None = None
    holds_residence_permit: bool | None = None
    in_shelter: bool | None = None
    identified_on: date | None = None
    reflection_started_on: date | None = None
    permit_started_on: date | None = None
    referral_received_on: date | None = None


FACTS: tuple[str, ...] = Facts.__struct_fields__
DATES: tuple[str, ...] = tuple(name for name in FACTS if name.endswith("_on"))
#: The values of every fact that a condition can ask for, in the order in which they are asked.
VALUES: dict[str, tuple[bool, ...] | tuple[str, ...]] = {
    name: {"nationality_group": get_args(NationalityGroup), "gender": get_args(Gender)}.get(name, (True, False))
    for name in FACTS
    if name not in DATES
}
NOTHING_KNOWN = Facts()


def known(facts: Facts) -> dict[str, Any]:
    """The facts that are known, with their values, in the order of the contract."""
    return {name: value for name in FACTS if (value := getattr(facts, name)) is not None}
