"""Lines of a case's history in the reader's language. Each part of the path adds the words of its own verbs."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.cases.queries import HistoryLine

from .words import audience_words

Words = Callable[[HistoryLine], str]
VERBS: dict[str, Words] = {}
# What was only agreed for a day to come: the page of a case shows it under what is due, not under what happened.
ANNOUNCED = frozenset({"appointment planned", "appointment moved", "first interview booked", "first interview moved"})


def history_words(line: HistoryLine) -> str:
    """What happened, in one short sentence."""
    words = VERBS.get(line.verb)
    return words(line) if words else line.verb


def simple(words: object) -> Words:
    """Words that do not depend on the line."""
    return lambda line: str(words)


def _note(line: HistoryLine) -> str:
    return _("Note (%(audience)s)") % {"audience": audience_words(line.audience)}


VERBS |= {
    "case opened": simple(gettext_lazy("Case opened")),
    "note written": _note,
    "identity written": simple(gettext_lazy("Identity put into the vault")),
}
