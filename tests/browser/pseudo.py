"""A language for tests: every text of ours that is marked for translation, a third longer, from right to left."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HEAD = "لغة"  # so that a text that is not marked for translation can be seen, and runs the wrong way


def write_catalogue(folder: Path, *, of: Path) -> None:
    """Compile the pseudo-language below `folder` from the texts of the catalogue `of`."""
    with of.open("rb") as file:
        catalogue = read_po(file, locale="en")
    for message in catalogue:
        if message.id:
            one = isinstance(message.id, str)
            message.string = _pseudo(message.id) if one else tuple(_pseudo(form) for form in message.id)
            message.flags.discard("fuzzy")
    place = folder / "ar" / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    with (place / "django.mo").open("wb") as out:
        write_mo(out, catalogue)


def _pseudo(text: str) -> str:
    # Short words begin alike, so that a button's words still stand at the beginning of its longer name.
    return f"{HEAD * max(1, len(text) // 9 - 3)} {text}"
