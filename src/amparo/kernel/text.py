"""Normalising what people type, so that the same name or number is found again (pure)."""

import unicodedata


def folded_words(text: str) -> list[str]:
    """The words of a name without case, accents or punctuation, in sorted order.

    >>> folded_words("Núñez, María")
    ['maria', 'nunez']
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return sorted("".join(sign if sign.isalnum() else " " for sign in plain).split())
