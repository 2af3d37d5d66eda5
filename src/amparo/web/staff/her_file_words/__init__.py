"""Every field that a copy of her file shows, in words that she understands, in the language that is set.

Each area has its own words here. A field that nobody worded makes the tests fail, so that no code reaches her without.
"""

from collections.abc import Mapping

from . import activities, cases, consent, entitlements, intake, people, plans, rights, safety
from .telling import Shown, Values

# Moments and numbers that the program keeps for itself: they say nothing about her.
SILENT = frozenset(
    {
        *("created_at", "recorded_at", "written_at", "noted_at", "made_at", "started_at", "seen_at", "at_saved"),
        *("replaced_at", "answered_at", "finished_at", "decided_at", "code", "erased_on", "pieces", "version"),
        *("media_type", "paper_type", "size", "is_named", "text_version", "rank", "counted"),
        *("known_before", "phone_checked"),
    }
)
_AREAS = (people, cases, intake, consent, safety, activities, plans, entitlements, rights)
FIELDS: Mapping[str, Mapping[str, Shown]] = {table: fields for area in _AREAS for table, fields in area.FIELDS.items()}


def worded(table: str, row: Values) -> list[tuple[str, str, str]]:
    """The fields of a row as (field, label, words), in the order above; empty ones are left out."""
    found = []
    for name, (label, word) in FIELDS[table].items():
        words = word(row[name], row) if row.get(name) not in (None, "", [], {}) else ""
        if words:
            found.append((name, str(label), words))
    return found
