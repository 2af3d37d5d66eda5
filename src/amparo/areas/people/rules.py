"""Words about a person that are counted (pure)."""

from enum import StrEnum


class Gender(StrEnum):
    """The contract's words (case-import.md)."""

    FEMALE = "female"
    MALE = "male"
    TRANSGENDER = "transgender"
    OTHER = "other"
