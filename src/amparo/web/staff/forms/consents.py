"""The form on which her answer to one consent text is noted."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.areas.consent.catalogue import ConsentText
from amparo.areas.consent.rules import SHARING, Answer, Proof
from amparo.areas.consent.signatures import Picture, Unusable, drawn, photographed
from amparo.web.components.fields import (
    ChoiceFromList,
    ChoiceMany,
    ChoiceOne,
    DayField,
    HerWords,
    LanguageField,
    LongText,
    PaperField,
    ShortText,
)
from amparo.web.components.signature import SignatureField
from amparo.web.staff.consent_words import EXPLAINED, INTERPRETED, PROOF, RECIPIENTS, shared_choices


class AnswerForm(forms.Form):
    """Her answer, how it was explained, and what shows a yes. Fields that a text does not need are taken away."""

    recipient = ShortText(label=_("For whom?"), help_text=_("One person or place. Ask again for each other one."))
    recipient_kind = ChoiceFromList(label=_("What kind of recipient is it?"), choices=RECIPIENTS)
    about = LongText(label=_("What for, exactly?"), rows=2, max_length=1000)
    shared = ChoiceMany(label=_("What may be told?"), choices=())
    answer = ChoiceOne(
        label=_("Her answer"), choices=[(Answer.GIVEN, _("Yes")), (Answer.REFUSED, _("No, or not now"))], inline=True
    )
    conditions = HerWords(label=_("Her conditions, in her words"), required=False, max_length=2000)
    on = DayField(label=_("Day of her answer"))
    until = DayField(
        label=_("Her yes holds until"), required=False, help_text=_("Earlier, if she wants. Then she is asked again.")
    )
    language = LanguageField(label=_("In which language was it explained?"))
    interpreted = ChoiceOne(label=_("Who helped with the language?"), choices=INTERPRETED)
    explained = ChoiceMany(label=_("How was it explained?"), choices=EXPLAINED, required=False)
    proof = ChoiceOne(
        label=_("What shows her yes?"),
        choices=PROOF,
        required=False,
        help_text=_("A no needs nothing."),
        reveals={Proof.DRAWN: ("signature",), Proof.PAPER: ("paper",), Proof.WORD: ("witness",)},
    )
    signature = SignatureField(label=_("Her signature"), required=False)
    paper = PaperField(label=_("Photograph or scan (JPEG or PNG)"), required=False)
    witness = ShortText(label=_("Who else heard it?"), required=False)

    groups = (
        (_("What she is asked"), ("recipient", "recipient_kind", "about", "shared")),
        (_("Her answer"), ("answer", "conditions", "on", "until")),
        (_("How it was explained"), ("language", "interpreted", "explained")),
        (_("What shows it"), ("proof",)),
    )

    def __init__(self, *args: Any, text: ConsentText, is_known: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["shared"].choices = shared_choices()  # type: ignore[attr-defined]
        for name in ("proof", "signature", "paper", "witness"):
            self.fields[name].says_optional = False  # type: ignore[attr-defined]
        for name in _not_needed(text, is_known=is_known):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Read the signature or the paper as a picture that can be kept."""
        typed = super().clean() or {}
        typed["picture"] = None
        if typed.get("answer") == Answer.GIVEN:
            self._read_proof(typed)
        return typed

    def _read_proof(self, typed: dict[str, Any]) -> None:
        if not typed.get("proof"):
            self.add_error("proof", _("Please choose an answer."))
        elif typed["proof"] == Proof.DRAWN and typed.get("signature"):
            self._picture(typed, "signature", drawn, typed["signature"])
        elif typed["proof"] == Proof.PAPER and typed.get("paper"):
            self._picture(typed, "paper", photographed, typed["paper"].read())

    def _picture(self, typed: dict[str, Any], name: str, read: Any, content: bytes) -> None:
        try:
            picture: Picture = read(content)
        except Unusable as error:
            self.add_error(name, gettext(str(error)))
        else:
            typed["picture"] = picture


class ToldForm(forms.Form):
    """On which day she was told."""

    told_on = DayField(label=_("On which day did you tell her?"))


def _not_needed(text: ConsentText, *, is_known: bool) -> list[str]:
    away = []
    if is_known or not text.needs_recipient:
        away += ["recipient", "recipient_kind"]
    if not text.needs_recipient:
        away.append("about")
    if text.purpose not in SHARING:
        away.append("shared")
    return away
