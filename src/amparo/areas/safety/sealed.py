"""How this area's words are sealed and opened: one name for each field, used by reading and writing alike."""

import json

from amparo.areas.cases.files import CaseFile
from amparo.areas.vault import sealing

#: What was said and noted, by the key of the question: [her words, the professional's].
Words = dict[str, tuple[str, str]]

_WORDS = "assessment.words"


def seal(case: CaseFile, text: str, field: str) -> bytes:
    """Seal a text about her for the named field; empty stays empty."""
    return sealing.seal_text(case.person, text, f"safety.{field}")


def unseal(case: CaseFile, sealed: bytes | memoryview, field: str) -> str:
    """The text that was sealed for this field."""
    return sealing.open_text(case.person, sealed, f"safety.{field}")


def seal_words(case: CaseFile, words: Words) -> bytes:
    """Seal the words of an assessment."""
    return seal(case, json.dumps(words), _WORDS) if words else b""


def unseal_words(case: CaseFile, sealed: bytes | memoryview) -> Words:
    """The words of an assessment."""
    opened = unseal(case, sealed, _WORDS)
    return {key: (her, team) for key, (her, team) in json.loads(opened).items()} if opened else {}
