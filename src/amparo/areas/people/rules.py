"""Words about a person that are counted (pure)."""

from collections.abc import Mapping
from enum import StrEnum


class Gender(StrEnum):
    """The contract's words (case-import.md)."""

    FEMALE = "female"
    MALE = "male"
    TRANSGENDER = "transgender"
    OTHER = "other"


# Where another word of the same kind is kept beside the first.
_BESIDE = {
    "phone": "other_phone",
    "other_phone": "other_phone",
    "given_names": "alias",
    "family_names": "alias",
    "alias": "alias",
    "document_number": "document_number",
}


def joined(known: Mapping[str, str], learned: Mapping[str, str]) -> dict[str, str]:
    """What a known identity gains from words learned later: nothing is replaced, what differs is kept beside it."""
    gained = {field: word for field, word in learned.items() if not known.get(field)}
    for field, word in learned.items():
        here = known.get(field)
        if here and here.casefold() != word.casefold() and field in _BESIDE:
            beside = _BESIDE[field]
            words = f"{gained.get(beside) or known.get(beside, '')}, {word}".split(", ")
            gained[beside] = ", ".join(dict.fromkeys(one for one in words if one))
    return gained
