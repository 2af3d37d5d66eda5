"""Words about a person that are counted (pure)."""

from enum import StrEnum


class Gender(StrEnum):
    """The contract's words (case-import.md)."""

    FEMALE = "female"
    MALE = "male"
    TRANSGENDER = "transgender"
    OTHER = "other"


class Kinship(StrEnum):
    """How someone around her stands to her."""

    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    PARTNER = "partner"
    OTHER_FAMILY = "other_family"
    FRIEND = "friend"
