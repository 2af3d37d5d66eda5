"""Names that are obviously nobody's: flowers, birds and colours."""

import random

_FLOWERS = (
    "Amapola", "Azucena", "Bluebell", "Camelia", "Clover", "Daffodil", "Fiordaliso", "Foxglove", "Girasol", "Hortensia",
    "Lobelia", "Magnolia", "Mimosa", "Ninfea", "Orchidea", "Peony", "Primula", "Saffron", "Tulipa", "Verbena",
)  # fmt: skip
_BIRDS = (
    "Finch", "Golondrina", "Heron", "Jilguero", "Kestrel", "Lark", "Merlo", "Oriole", "Paloma", "Robin", "Swift",
)  # fmt: skip
_COLOURS = ("Amber", "Azul", "Coral", "Indigo", "Ocra", "Scarlet", "Teal", "Verde", "Violeta", "Zafiro")


def called_name(chance: random.Random) -> str:
    """The name someone wants to be called."""
    return chance.choice(_FLOWERS)


#: What children are called in stories.
CHILDREN = ("Wren", "Merlo", "Lark", "Robin", "Oriole", "Finch")


def identity(called: str, chance: random.Random) -> dict[str, str]:
    """Identifying words of someone who does not exist; telephone numbers from ranges kept free for fiction."""
    return {
        "given_names": f"{called} {chance.choice(_FLOWERS)}",
        "family_names": f"{chance.choice(_BIRDS)}-{chance.choice(_COLOURS)}",
        "phone": f"+44 7700 900{chance.randrange(1000):03d}",
        "document_number": f"DEMO{chance.randrange(10**8):08d}",
    }
