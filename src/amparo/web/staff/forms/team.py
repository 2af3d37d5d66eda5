"""Her team: who joins, who hands over to whom, who stands in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.web.components.fields import ChoiceOne, DayField, HerWords, LongText

TOLD, NOT_YET = "told", "not_yet"


class ColleagueForm(forms.Form):
    """One colleague."""

    member = ChoiceOne(label=_("Colleague"), choices=())

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"].choices = colleagues  # type: ignore[attr-defined]


class ToldForm(forms.Form):
    """What she was told about the change, and what she said."""

    told_words = HerWords(label=_("What she was told, and what she said"))
    told_on = DayField(label=_("Day"))


class HandoverForm(ColleagueForm):
    """To whom, what to know, and what she was told."""

    text = LongText(
        label=_("What the next one must know"),
        rows=8,
        help_text=_("So that she need not tell it again: what matters now, what is promised, what never to do."),
    )
    told = ChoiceOne(
        label=_("Does she know?"),
        choices=((TOLD, _("Yes, she was told")), (NOT_YET, _("Not yet"))),
        reveals={TOLD: ("told_words", "told_on"), NOT_YET: ("tell_by",)},
    )
    told_words = HerWords(label=_("What she was told, and what she said"), required=False)
    told_on = DayField(label=_("Told on"), required=False)
    tell_by = DayField(label=_("She will be told by"), required=False)

    def clean(self) -> dict[str, Any]:
        """Either what she was told and when, or by when she will be."""
        typed = super().clean() or {}
        needed = {TOLD: ("told_words", "told_on"), NOT_YET: ("tell_by",)}.get(typed.get("told", ""), ())
        for name in needed:
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, _("Please fill this in."))
        return typed


class ReferentForm(HandoverForm):
    """A new referent for good."""

    stays = ChoiceOne(
        label=_("The referent until now"),
        choices=(("yes", _("stays in her team")), ("no", _("leaves her team"))),
        initial="yes",
    )


class StandInForm(HandoverForm):
    """A colleague while the referent is away."""

    starts_on = DayField(label=_("First day"))
    until = DayField(label=_("Last day"))

    field_order = ("member", "starts_on", "until", "text", "told")
