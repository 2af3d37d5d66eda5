"""Telephone lines of the member states, and institutions and organisations to turn to, as the sources name them.

They are old: every entry says in which year it was last compared with the world, and whoever shows it says 'check
before you call'. There are no names of people in here and no addresses of houses (R13).
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import phonenumbers
from phonenumbers import shortnumberinfo

from amparo.kernel.catalogue import Entry, Source, read_list
from amparo.kernel.language import Texts

_FOLDER = Path(__file__).parent / "data"
_FIRST_YEAR, _LAST_YEAR = 2000, 2100

#: The member states of the European Union in the first half of 2013, by their codes; FIIT names no line in Cyprus.
COUNTRIES = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
#: What an organisation is.
KINDS = ("institution", "specialised_ngo", "migration_ngo", "network", "international_organisation")


@dataclass(frozen=True, slots=True)
class Hotline:
    """A telephone line. Where `number` is empty, none is printed that can be dialled from anywhere: `remark` says so,
    and `short` may work inside the state."""

    key: str
    state: str
    name: str
    number: str  # E.164, or empty
    short: str  # dialled inside the state only, or empty
    as_printed: str
    who: Texts
    when: Texts | None
    languages: Texts | None
    remark: Texts | None
    checked: int  # the year
    source: Source

    @property
    def may_fail_from_abroad(self) -> bool:
        """Whether it is free of charge for the caller, or short: such numbers seldom work from another country."""
        if not self.number:
            return True
        kind = phonenumbers.number_type(phonenumbers.parse(self.number))
        return kind == phonenumbers.PhoneNumberType.TOLL_FREE


@dataclass(frozen=True, slots=True)
class Organisation:
    """An institution or organisation. `city` is where its office is, never a house where people live."""

    key: str
    country: str
    kind: str
    name: str
    city: str
    phones: tuple[str, ...]
    web: str
    email: str
    does: Texts
    checked: int  # the year
    source: Source


@lru_cache
def hotlines() -> tuple[Hotline, ...]:
    """All telephone lines, in the order of the file: by the name of the state in English."""
    return read_list(_FOLDER / "hotlines.yaml", "hotlines", _hotline)


@lru_cache
def organisations() -> tuple[Organisation, ...]:
    """All institutions and organisations, in the order of the file."""
    return read_list(_FOLDER / "organisations.yaml", "organisations", _organisation)


def hotlines_of(country: str) -> tuple[Hotline, ...]:
    """The telephone lines of a state, by its two letters; none where the sources name none."""
    return tuple(line for line in hotlines() if line.state == country)


def organisations_of(country: str) -> tuple[Organisation, ...]:
    """The institutions and organisations of a country, by its two letters."""
    return tuple(one for one in organisations() if one.country == country)


def _hotline(entry: Entry) -> Hotline:
    state = _country(entry, "state")
    number = _number(entry, entry.line("number"), state) if entry.has("number") else ""
    short = _short(entry, state) if entry.has("short") else ""
    if not number and not entry.has("remark"):
        raise entry.fail("remark", "what to do with a number that cannot be dialled from anywhere")
    return Hotline(
        key=entry.word("key"),
        state=state,
        name=entry.line("name"),
        number=number,
        short=short,
        as_printed=entry.line("as_printed"),
        who=entry.text("who"),
        when=_perhaps(entry, "when"),
        languages=_perhaps(entry, "languages"),
        remark=_perhaps(entry, "remark"),
        checked=entry.number("checked", _FIRST_YEAR, _LAST_YEAR),
        source=entry.source(),
    )


def _organisation(entry: Entry) -> Organisation:
    country = _country(entry, "country")
    phones = tuple(entry.line(field) for field in ("phone", "other_phone") if entry.has(field))
    return Organisation(
        key=entry.word("key"),
        country=country,
        kind=entry.word("kind", KINDS),
        name=entry.line("name"),
        city=entry.line("city") if entry.has("city") else "",
        phones=tuple(_number(entry, phone, country) for phone in phones),
        web=entry.line("web") if entry.has("web") else "",
        email=entry.line("email") if entry.has("email") else "",
        does=entry.text("does"),
        checked=entry.number("checked", _FIRST_YEAR, _LAST_YEAR),
        source=entry.source(),
    )


def _country(entry: Entry, field: str) -> str:
    code = entry.line(field)
    if code not in COUNTRIES:
        raise entry.fail(field, f"one of {', '.join(COUNTRIES)}, found '{code}'")
    return code


def _number(entry: Entry, written: str, country: str) -> str:
    """The number, if it is one of that country's and written for a telephone: '+32…', digits only."""
    try:
        number = phonenumbers.parse(written, None)
    except phonenumbers.NumberParseException:
        number = phonenumbers.PhoneNumber()
    right = phonenumbers.is_valid_number_for_region(number, country)
    if not right or phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) != written:
        raise entry.fail("number", f"a number of {country} such as '+3225116464', found '{written}'")
    return written


def _short(entry: Entry, state: str) -> str:
    written = entry.line("short")
    number = phonenumbers.parse(written, state)
    if not shortnumberinfo.is_valid_short_number_for_region(number, state):
        raise entry.fail("short", f"a short number of {state}, found '{written}'")
    return written


def _perhaps(entry: Entry, field: str) -> Texts | None:
    return entry.text(field) if entry.has(field) else None
