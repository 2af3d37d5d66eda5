"""The form on which it is noted what was passed on about her."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.areas.consent.rules import Ground, HerKnowing
from amparo.web.components.fields import ChoiceFromList, ChoiceMany, ChoiceOne, DayField, LongText, ShortText
from amparo.web.staff.consent_words import KNOWING, RECIPIENTS, shared_choices

CONSENT = "consent:"


class DisclosureForm(forms.Form):
    """To whom, what, on which ground, and whether she knows. With her yes, the recipient is the one she agreed to."""

    ground = ChoiceOne(
        label=_("What opens it?"),
        choices=(),
        help_text=_("Her yes for this recipient, danger to life, or a court's order. Nothing else does."),
    )
    recipient = ShortText(label=_("To whom?"), required=False)
    recipient_kind = ChoiceFromList(label=_("What kind of recipient is it?"), choices=RECIPIENTS, required=False)
    shared = ChoiceMany(label=_("What was passed on?"), choices=())
    why = LongText(
        label=_("What for?"),
        rows=3,
        max_length=2000,
        required=False,
        help_text=_("Without her yes: what makes it danger to life, or which order of which court."),
    )
    on = DayField(label=_("On which day?"))
    knowing = ChoiceOne(
        label=_("Does she know?"),
        choices=list(KNOWING.items()),
        reveals={HerKnowing.TOLD: ("told_on",), HerKnowing.ENDANGERS: ("why_not",)},
    )
    told_on = DayField(label=_("On which day did you tell her?"), required=False)
    why_not = LongText(label=_("Why would telling her endanger her?"), rows=2, max_length=1000, required=False)

    def __init__(self, *args: Any, covering: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        hers = [(f"{CONSENT}{number}", words) for number, words in covering]
        choices = [
            *hers,
            (Ground.DANGER_TO_LIFE.value, _("Danger to life")),
            (Ground.COURT_ORDER.value, _("A court's order")),
            (Ground.OTHER.value, _("None of these")),
        ]
        ground = self.fields["ground"]
        ground.choices = choices  # type: ignore[attr-defined]
        self.fields["shared"].choices = shared_choices()  # type: ignore[attr-defined]
        self.consents = {f"{CONSENT}{number}": number for number, _words in covering}

    def clean(self) -> dict[str, Any]:
        """Ask for a recipient where no consent names one."""
        typed = super().clean() or {}
        ground = typed.get("ground", "")
        typed["consent"] = self.consents.get(ground)
        if ground in (Ground.DANGER_TO_LIFE, Ground.COURT_ORDER):
            for name in ("recipient", "recipient_kind"):
                if not typed.get(name):
                    self.add_error(name, _("Please fill this in."))
        return typed
