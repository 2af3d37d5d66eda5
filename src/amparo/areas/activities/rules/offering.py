"""What an activity may be like (pure). Sizes and lengths: C&H-L 5.5, lines 886-887 and 946."""

from collections.abc import Collection
from dataclasses import dataclass

from amparo.kernel.decision import ALLOWED, Decision, refused
from amparo.kernel.text import folded_words

from .states import Kind

#: No session is longer (C&H-L 5.5, line 946).
LONGEST = 90
#: Small enough that everybody takes part (C&H-L 5.5, lines 886-887).
SMALLEST_GROUP, LARGEST_GROUP = 5, 10
_LINES = "C&H-L, 5.5, lines 886-887"

# Beginnings of words that tell a stranger who comes here and why, in the languages of the product.
_TELLING = (
    *(
        "traffick",
        "victim",
        "exploit",
        "prostit",
        "slaver",
        "surviv",
        "shelter",
        "asylum",
        "refugee",
        "abuse",
        "violen",
    ),
    *("trata", "tratta", "vittim", "explota", "sfrutt", "esclav", "schiav", "superviv", "sopravv", "acogida", "asilo"),
    *("refugiad", "rifugiat", "maltrat", "therap", "terap", "psycho", "psico", "trauma"),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """An activity as the house words it and holds it."""

    name: str
    neutral_name: str
    kind: Kind
    sessions: int
    minutes: int
    min_women: int
    max_women: int
    aim: str = ""
    language: str = ""
    level: str = ""
    days_apart: int = 1
    goes_on: bool = False
    therapeutic: bool = False
    needs_no_language: bool = False
    childcare: bool = False
    room: str = ""
    materials: str = ""
    tickets: int = 0
    worth: int = 1


def may_offer(offer: Offer, *, house: str) -> Decision:
    """Whether the house may offer it so; `house` is its name, which no certificate shows."""
    if offer.minutes > LONGEST:
        return refused("A session lasts 90 minutes at most. Plan more sessions instead.", "C&H-L, 5.5, line 946")
    if offer.kind is Kind.INDIVIDUAL and (offer.min_women, offer.max_women) != (1, 1):
        return refused("An individual session is for one woman.", "")
    if offer.kind is Kind.GROUP and not 2 <= offer.min_women <= offer.max_women:
        return refused("A group has two women or more, and the largest number is not below the smallest.", _LINES)
    language = _may_ask_for_level(offer)
    if not language:
        return language
    if betrays(offer.neutral_name, house=house):
        return refused("The neutral name tells who comes here, or why. Choose one that any course could have.", "R7")
    return ALLOWED


def _may_ask_for_level(offer: Offer) -> Decision:
    if offer.level and not offer.language:
        return refused("A level belongs to a language. Choose the language too.")
    if offer.level and offer.needs_no_language:
        return refused("Either a level, or it can be joined without knowing the language: take one of the two out.")
    return ALLOWED


def may_be_held_in(sites: Collection[int], site_of_rooms: Collection[int]) -> Decision:
    """Whether it can be held in rooms of these sites, where it is held on `sites`; on any where there are none."""
    if sites and not set(site_of_rooms) <= set(sites):
        return refused("A room is ticked whose place is not. Tick the place too, or take the room out.")
    return ALLOWED


def is_of_advised_size(offer: Offer) -> Decision:
    """Whether a group has the size that is advised; another size is allowed, and said."""
    if offer.kind is Kind.INDIVIDUAL or SMALLEST_GROUP <= offer.min_women <= offer.max_women <= LARGEST_GROUP:
        return ALLOWED
    return refused("Groups of 5 to 10 are advised: everybody takes part, and the level is alike.", _LINES)


def betrays(text: str, *, house: str) -> bool:
    """Whether a text that strangers may read tells who comes here and why, or which house this is (R7)."""
    words = folded_words(text)
    own = set(folded_words(house))
    return any(word.startswith(_TELLING) for word in words) or (bool(own) and own <= set(words))
