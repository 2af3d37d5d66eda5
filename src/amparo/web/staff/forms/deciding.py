"""Looking whether she is known, deciding, and answering the sender."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from amparo.areas.intake.catalogue import referral_choices
from amparo.areas.intake.deciding import Judgement
from amparo.areas.intake.rules import Verdict
from amparo.web.components.fields import ChoiceFromList, ChoiceOne, DayField, LongText, ShortText
from amparo.web.staff.intake_words import DISCARDING, WAYS, Choices, listed, options, verdicts


class KnownForm(forms.Form):
    """Whom we may know already."""

    typed = ShortText(label=_("Her code, or an exact name, telephone or document number"), max_length=80)


class CodeForm(forms.Form):
    """The code of a known woman; empty for a new one."""

    known = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class DiscardForm(forms.Form):
    """Why a draft is not kept."""

    why = ChoiceOne(label=_("Why?"), choices=DISCARDING)


class DecisionForm(forms.Form):
    """Accept, send on or wait; each with what the next one must know."""

    NEEDED = {
        Verdict.ACCEPT: ("accept_reason", "referent"),
        Verdict.REDIRECT: ("redirect_reason", "where_to"),
        Verdict.WAIT: ("wait_reason", "wait_until"),
    }

    verdict = ChoiceOne(
        label=_("What do you decide?"),
        choices=(),
        reveals={verdict.value: names for verdict, names in NEEDED.items()},
    )
    accept_reason = ChoiceFromList(label=_("Why?"), choices=(), required=False)
    referent = ChoiceFromList(
        label=_("Who will be her referent?"),
        help_text=_("The one person she can always turn to. If she is accompanied here already, hers stays."),
        choices=(),
        required=False,
    )
    redirect_reason = ChoiceFromList(label=_("Why?"), choices=(), required=False)
    where_to = ShortText(label=_("Where to, and who receives her there?"), required=False)
    wait_reason = ChoiceFromList(label=_("Why?"), choices=(), required=False)
    wait_until = DayField(label=_("Look at it again on"), required=False)
    words = LongText(label=_("What the team should know about this decision"), rows=3, required=False)

    def __init__(self, *args: Any, referents: Choices, **arguments: Any) -> None:
        super().__init__(*args, **arguments)
        lists = referral_choices()
        self._choose("verdict", verdicts())
        self._choose("accept_reason", [("", ""), *options(lists.accept_reasons)])
        self._choose("redirect_reason", [("", ""), *options(lists.redirect_reasons)])
        self._choose("wait_reason", [("", ""), *options(lists.wait_reasons)])
        self._choose("referent", [("", ""), *referents])

    def clean(self) -> dict[str, Any]:
        """What the chosen decision needs is there."""
        cleaned = super().clean() or {}
        verdict = cleaned.get("verdict")
        for name in self.NEEDED[Verdict(verdict)] if verdict else ():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _t("Please fill this in."))
        return cleaned

    def judgement(self) -> Judgement:
        """What was decided."""
        typed = self.cleaned_data
        verdict = Verdict(typed["verdict"])
        return Judgement(
            verdict=verdict,
            reason=typed[f"{verdict}_reason"],
            words=typed["words"],
            referent=int(typed["referent"]) if verdict is Verdict.ACCEPT else None,
            where_to=typed["where_to"] if verdict is Verdict.REDIRECT else "",
            wait_until=typed["wait_until"] if verdict is Verdict.WAIT else None,
        )

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class ReplyForm(forms.Form):
    """The answer to the sender: what it said, when and how it was given."""

    text = LongText(
        label=_("Answer"), rows=8, help_text=_("Her code instead of her name, and nothing of what she told.")
    )
    way = ChoiceOne(label=_("How is it given?"), choices=())
    on = DayField(label=_("Day"))

    def __init__(self, *args: Any, **arguments: Any) -> None:
        super().__init__(*args, **arguments)
        field = self.fields["way"]
        if isinstance(field, forms.ChoiceField):
            field.choices = listed(WAYS)
