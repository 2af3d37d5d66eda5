"""Languages that a field offers: ISO 639 codes that Babel can name."""

from typing import Final

import pycountry

COMMON_LANGUAGES: Final = (
    "ar", "bg", "bn", "bs", "cs", "de", "el", "en", "es", "fa", "fr", "hu", "it", "ka", "lt", "lv",
    "nl", "pl", "ps", "pt", "ro", "rom", "ru", "sk", "sq", "sr", "th", "ti", "tl", "tr", "uk",
    "ur", "vi", "yo", "zh", "bin", "ig", "am", "so",
)  # fmt: skip


def _others() -> tuple[str, ...]:
    """Every living language with a two-letter code, less those often needed."""
    codes = (getattr(language, "alpha_2", None) for language in pycountry.languages)
    return tuple(sorted({code for code in codes if code} - set(COMMON_LANGUAGES)))


OTHER_LANGUAGES: Final = _others()
