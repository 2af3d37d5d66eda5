"""Texts in several languages, and how one of them is chosen."""

#: The languages in which the product is complete.
LANGUAGES = ("en", "es", "it")

#: One text by language code; English is always there.
Texts = dict[str, str]


def pick(texts: Texts, language: str) -> str:
    """The text in `language` ('it', or 'it-ch' with its region), in English where there is none."""
    return texts.get(language) or texts.get(language.split("-", maxsplit=1)[0]) or texts["en"]
