"""Keyed hashes by which an identity is found, and how a word or number is brought to one spelling first (pure).

A hash meets another only where both were made from the same letters. So names lose case, accents and punctuation, are
written in Latin letters, and what the same name is spelt with in different countries becomes one (Yulia, Julia, Iulia;
Oksana, Oxana). Scripts that leave vowels out (Arabic, Hebrew) meet others by their consonants alone.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable

import phonenumbers
from anyascii import anyascii

#: How words are brought to one spelling. Hashes of an earlier form are renewed by `amparo migrate`.
FORM = 3

#: Words in one spelling.
Words = list[str]

_MOST_WORDS = 12
_BARE, _BARE_ALONE = "bare", "bare of letters without vowels"
_NO_LETTER, _VOWELS = re.compile(r"[^a-z0-9]"), re.compile(r"[aeiouv]")
_DOUBLED, _LAST_H = re.compile(r"([a-z])\1+"), re.compile(r"(?<=.)h$")
_TAIL = 9
_APOSTROPHES = str.maketrans("", "", "'’ʼʻ`´ʿʾ\u0640")
_WITHOUT_VOWELS = ("ARABIC", "HEBREW", "SYRIAC")
# What one sound is written with, in the order in which it is made one.
_SPELLINGS = (
    ("shch", "S"), ("tsch", "S"), ("sch", "S"), ("tch", "S"), ("chr", "kr"), ("chl", "kl"), ("ch", "S"), ("sh", "S"),
    ("zh", "j"), ("ph", "f"), ("kh", "k"), ("th", "t"), ("ck", "k"), ("c", "k"), ("q", "k"), ("x", "ks"), ("w", "v"),
    ("ou", "u"), ("oo", "u"), ("z", "s"), ("j", "i"), ("y", "i"), ("S", "c"),
)  # fmt: skip


def stored_tokens(
    key: bytes, names: tuple[str, str, str], phones: Iterable[str], documents: Iterable[str], *, region: str
) -> set[bytes]:
    """Every hash by which somebody with these given names, family names and alias is found; `region` is ISO 3166."""
    given, family, alias = ((_words(name), _lacks_vowels(name)) for name in names)
    whole, turned = _both(given, family), _both(family, given)
    tokens = set().union(*(_tokens_of_name(key, *name) for name in (given, family, alias, whole, turned)))
    tokens |= {_token(key, "name", _whole((one, other))) for one in given[0] for other in family[0]}
    for phone in phones:
        tokens |= _tokens_of_phone(key, phone, region)
    return tokens | {_token(key, "word", "".join(words)) for number in documents if (words := _words(number))}


def typed_tokens(key: bytes, typed: str, *, region: str) -> set[bytes]:
    """The hashes of what somebody typed to find a name, a telephone or a document: any of them finds."""
    words = _words(typed)
    if not words:
        return set()
    tokens = _tokens_of_phone(key, typed, region) | {_token(key, "word", "".join(words))}
    tokens.add(_token(key, "word", words[0]) if len(words) == 1 else _token(key, "name", _whole(words)))
    bare = _bare(words)
    if bare:
        tokens.add(_token(key, _BARE_ALONE, bare))
        if _lacks_vowels(typed):
            tokens.add(_token(key, _BARE, bare))
    return tokens


def spelt(word: str) -> str:
    """A word in Latin letters, in the one spelling for those that name the same sounds.

    >>> spelt("Юлия") == spelt("Julia") == spelt("Iulia")
    True
    """
    plain = _NO_LETTER.sub("", anyascii(_folded(word)).lower())
    if not plain or plain.isdigit():
        return plain or _folded(word)
    for written, one in _SPELLINGS:
        plain = plain.replace(written, one)
    return _LAST_H.sub("", _DOUBLED.sub(r"\1", plain))


def is_phone(typed: str) -> bool:
    """Whether this can be a telephone number: six digits or more and no letter."""
    return sum(sign.isdigit() for sign in typed) >= 6 and not any(sign.isalpha() for sign in typed)


def _tokens_of_name(key: bytes, words: Words, lacks_vowels: bool) -> set[bytes]:
    if not words:
        return set()
    tokens = {_token(key, "name", _whole(words)), _token(key, "word", "".join(words))}
    tokens |= {_token(key, "word", word) for word in words if len(word) > 1}
    bare = {_bare(words), *(_bare([word]) for word in words)} - {""}
    return tokens | {_token(key, _BARE_ALONE if lacks_vowels else _BARE, one) for one in bare}


def _both(one: tuple[Words, bool], other: tuple[Words, bool]) -> tuple[Words, bool]:
    return one[0] + other[0], one[1] or other[1]


def _tokens_of_phone(key: bytes, number: str, region: str) -> set[bytes]:
    """By E.164 where the number can be dialled from this country, and by its last nine digits."""
    if not is_phone(number):
        return set()
    digits = "".join(str(unicodedata.digit(sign)) for sign in number if sign.isdigit())
    tokens = {_token(key, "phone", digits[-_TAIL:])}
    try:
        parsed = phonenumbers.parse(number, region or None)
    except phonenumbers.NumberParseException:
        return tokens
    if phonenumbers.is_possible_number(parsed):
        e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        tokens.add(_token(key, "phone", e164))
    return tokens


def _words(text: str) -> Words:
    """The words of a text in their order and in one spelling, without punctuation; a name has no more than a dozen."""
    apart = "".join(sign if sign.isalnum() else " " for sign in _folded(text)).split()
    return [spelt(word) for word in apart[:_MOST_WORDS]]


def _folded(text: str) -> str:
    """Without case, accents and apostrophes."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_APOSTROPHES)


def _whole(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


def _bare(words: Words) -> str:
    """The consonants of each word, in sorted order; empty where a word has none."""
    bare = sorted(_VOWELS.sub("", word) for word in words)
    return " ".join(bare) if all(bare) else ""


def _lacks_vowels(text: str) -> bool:
    return any(unicodedata.name(sign, "").startswith(_WITHOUT_VOWELS) for sign in text)


def _token(key: bytes, kind: str, value: str) -> bytes:
    return hmac.new(key, f"{kind}\x1f{value}".encode(), hashlib.sha256).digest()[:16]
