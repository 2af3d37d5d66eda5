"""Texts in several languages, and how one of them is chosen."""

#: The languages in which the product is complete.
LANGUAGES = ("en", "es", "it")

#: One text by language code; English is always there.
Texts = dict[str, str]


def worded(text: str) -> str:
    """The text as it is: marks words for people that stand below the web, so that catalogues of translation have them.

    Reasons in `refused("…")` are found without it.
    """
    return text


def pick(texts: Texts, language: str) -> str:
    """The text in `language` ('it', or 'it-ch' with its region), in English where there is none."""
    return texts.get(language) or texts.get(language.split("-", maxsplit=1)[0]) or texts["en"]
