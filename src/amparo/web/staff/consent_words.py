"""Words of consents and disclosures in the reader's language."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amparo.areas.cases.queries import HistoryLine
from amparo.areas.consent.catalogue import ConsentText, current_consent_text, shared_words
from amparo.areas.consent.queries import ConsentFile
from amparo.areas.consent.rules import (
    Explained,
    Ground,
    HerKnowing,
    Interpreted,
    Proof,
    RecipientKind,
    Shared,
    State,
)
from amparo.kernel.language import Texts, pick

from .history import VERBS, Words

Choices = list[tuple[str, Promise]]

STATE: dict[State, Promise] = {
    State.NOT_ASKED: gettext_lazy("Not asked yet"),
    State.GIVEN: gettext_lazy("She said yes"),
    State.REFUSED: gettext_lazy("She said no"),
    State.WITHDRAWN: gettext_lazy("She took it back"),
    State.ENDED: gettext_lazy("Her yes has ended"),
}
SHAPE = {
    State.NOT_ASKED: "open",
    State.GIVEN: "done",
    State.REFUSED: "plain",
    State.WITHDRAWN: "plain",
    State.ENDED: "soon",
}
EXPLAINED: Choices = [
    (Explained.READ_TOGETHER, gettext_lazy("Read together")),
    (Explained.OWN_WORDS, gettext_lazy("In plain words, point by point")),
    (Explained.READ_ALONE, gettext_lazy("She read it by herself")),
    (Explained.PICTURES, gettext_lazy("With pictures or drawings")),
    (Explained.QUESTIONS, gettext_lazy("She asked questions and had answers")),
]
INTERPRETED: Choices = [
    (Interpreted.NOBODY, gettext_lazy("Nobody: we share the language")),
    (Interpreted.MEDIATOR, gettext_lazy("A cultural mediator")),
    (Interpreted.INTERPRETER, gettext_lazy("An interpreter in the room")),
    (Interpreted.TELEPHONE, gettext_lazy("An interpreter by telephone")),
    (Interpreted.HER_CHOICE, gettext_lazy("Somebody she chose herself")),
]
PROOF: Choices = [
    (Proof.DRAWN, gettext_lazy("She signs here, on the screen")),
    (Proof.PAPER, gettext_lazy("She signed the paper: add a photograph or scan")),
    (Proof.WORD, gettext_lazy("She said it, and somebody else heard it")),
]
PROVEN: dict[str, Promise] = {
    Proof.DRAWN: gettext_lazy("She signed on the screen"),
    Proof.PAPER: gettext_lazy("She signed on paper"),
    Proof.WORD: gettext_lazy("She said it before somebody else"),
}
RECIPIENTS: Choices = [
    (RecipientKind.HEALTH, gettext_lazy("Health care")),
    (RecipientKind.LEGAL, gettext_lazy("Legal help")),
    (RecipientKind.SHELTER, gettext_lazy("Shelter or housing")),
    (RecipientKind.SOCIAL, gettext_lazy("Social services")),
    (RecipientKind.TRAINING, gettext_lazy("School or training")),
    (RecipientKind.EMPLOYER, gettext_lazy("Employer")),
    (RecipientKind.ORGANISATION, gettext_lazy("Another organisation here")),
    (RecipientKind.ABROAD, gettext_lazy("An organisation in another country")),
    (RecipientKind.POLICE, gettext_lazy("Police")),
    (RecipientKind.COURT, gettext_lazy("Court or prosecutor")),
    (RecipientKind.AUTHORITY, gettext_lazy("Another authority")),
    (RecipientKind.FAMILY, gettext_lazy("Family")),
    (RecipientKind.INTERPRETER, gettext_lazy("Interpreter or mediator")),
    (RecipientKind.PUBLIC, gettext_lazy("The public: exhibition, report, website")),
    (RecipientKind.OTHER, gettext_lazy("Somebody else")),
]
GROUND: dict[Ground, Promise] = {
    Ground.CONSENT: gettext_lazy("Her yes"),
    Ground.DANGER_TO_LIFE: gettext_lazy("Danger to life"),
    Ground.COURT_ORDER: gettext_lazy("A court's order"),
    Ground.HER_OWN: gettext_lazy("Her own copy"),
    Ground.OTHER: gettext_lazy("None of these"),
}
KNOWING: dict[HerKnowing, Promise] = {
    HerKnowing.TOLD: gettext_lazy("She knows"),
    HerKnowing.NOT_YET: gettext_lazy("Not told yet"),
    HerKnowing.ENDANGERS: gettext_lazy("Not told: it would endanger her"),
}


def worded(texts: Texts) -> str:
    """A text of a catalogue in the reader's language."""
    return pick(texts, get_language() or "en")


def shared_list(shared: Iterable[str]) -> str:
    """What may be told, as a list in words."""
    words = shared_words()
    return ", ".join(worded(words[one]) for one in shared if one in words)


def shared_choices() -> list[tuple[str, str]]:
    """Everything that may be told, to choose from."""
    return [(one.value, worded(shared_words()[one])) for one in Shared]


def recipient_kind_words(kind: str) -> str:
    """A kind of recipient; empty where none was noted."""
    return str(dict(RECIPIENTS).get(kind, ""))


def variant_words(text: ConsentText, variant: str, language: str = "") -> str:
    """A way within a purpose, such as a text message, in that language or the reader's."""
    named = {one.key: one.name for one in text.variants}
    return pick(named[variant], language or get_language() or "en") if variant in named else ""


def name_of(consent: ConsentFile) -> str:
    """For whom or in which way; empty where the purpose has neither."""
    return consent.recipient or variant_words(current_consent_text(consent.purpose), consent.variant)


def _about(words: Promise) -> Words:
    return lambda line: f"{words}: {_asked(line)}"


def _asked(line: HistoryLine) -> str:
    if not line.words:
        return ""
    text = current_consent_text(line.words[0])
    further = line.words[1] if len(line.words) > 1 else ""
    way = variant_words(text, further) or recipient_kind_words(further)
    title = worded(text.title)
    return f"{title} ({way})" if way else title


def _disclosed(line: HistoryLine) -> str:
    return _("Passed on, on this ground: %(ground)s") % {"ground": GROUND[Ground(line.words[0])]}


VERBS |= {
    "consent given": _about(gettext_lazy("She said yes")),
    "consent refused": _about(gettext_lazy("She said no")),
    "consent withdrawn": _about(gettext_lazy("She took her yes back")),
    "disclosure recorded": _disclosed,
    "told of disclosure": lambda line: _("She was told what had been passed on"),
}
