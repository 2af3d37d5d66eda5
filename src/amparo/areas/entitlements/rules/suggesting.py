"""What her file knows already, as answers that somebody may take over: nothing is asked twice (R18; pure)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

#: The member states of the European Union.
UNION = frozenset(
    (
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
        *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    )
)
_GENDERS = {"female": "female", "male": "male"}
ADULT = 18


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An answer that her file gives. `sure`: it means exactly the same; otherwise somebody looks before taking it."""

    fact: str
    answer: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class FromFile:
    """What her file says: year of birth, gender, citizenships, and whether she said yes to being accompanied."""

    birth_year: int | None = None
    gender: str = ""
    citizenships: Collection[str] = ()
    accompanied: bool = False


def suggested(file: FromFile, *, country: str, year: int, answered: Mapping[str, str]) -> list[Suggestion]:
    """What can be taken over for a country, of what nobody answered yet."""
    found = (
        _nationality(file.citizenships, country),
        _adult(file.birth_year, year),
        Suggestion("gender", _GENDERS[file.gender]) if file.gender in _GENDERS else None,
        # She said yes to us; whether also to being referred to an authority, somebody asks her.
        Suggestion("consents", "yes", sure=False) if file.accompanied else None,
    )
    return [one for one in found if one is not None and one.fact not in answered]


def _nationality(citizenships: Collection[str], country: str) -> Suggestion | None:
    if not citizenships:
        return None
    if country in citizenships:
        return Suggestion("nationality_group", "national")
    group = "eu" if UNION & set(citizenships) else "third_country"
    return Suggestion("nationality_group", group)


def _adult(birth_year: int | None, year: int) -> Suggestion | None:
    """By the year alone; none in the year in which she turns 18, since nobody knows the day."""
    if birth_year is None or year - birth_year == ADULT:
        return None
    return Suggestion("adult", "yes" if year - birth_year > ADULT else "no")
