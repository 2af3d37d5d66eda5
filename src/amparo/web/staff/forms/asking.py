"""Asking her: what she would like, when she can come, what she keeps away from."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.areas.activities.asking import Needs, Said
from amparo.areas.activities.rules.states import Answer, InGroup, Reason
from amparo.areas.activities.rules.weeks import Different
from amparo.web.components.fields import (
    Choice,
    ChoiceFromList,
    ChoiceMany,
    ChoiceOne,
    DayField,
    HerWords,
    LongText,
    ShortText,
    Tick,
    TimeOfDayField,
    WholeNumber,
    language_name,
)
from amparo.web.staff.activity_words import ANSWERS, AVOIDS, IN_GROUP, LEVELS, REASONS

from .services import MoneyField
from .weeks import WeekForm, day_names

_GROUPS = {key: words for key, words in IN_GROUP.items() if key != InGroup.NOT_ASKED}


class Wish(ChoiceOne):
    """Yes, later or no, side by side; not to ask about it now is an answer too."""

    says_optional = False

    def __init__(self, *, label: Any, **options: Any) -> None:
        super().__init__(label=label, choices=list(ANSWERS.items()), required=False, inline=True, **options)


class WishesForm(forms.Form):
    """Everything that is offered, one tap each."""

    asked_alone = Tick(
        label=_("I asked her alone"), help_text=_("Nobody of her group, her house or her family was there.")
    )
    in_group = ChoiceOne(
        label=_("How does she feel about being with others?"),
        choices=list(_GROUPS.items()),
        required=False,
        help_text=_("Empty: what she said about each activity before stays."),
    )

    def __init__(self, *args: Any, offered: list[tuple[int, str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for number, name, aim in offered:
            self.fields[wish_name(number)] = Wish(label=name, help_text=aim)

    def answers(self) -> dict[int, Said]:
        """What was answered, by the number of the activity, once the form is valid."""
        typed = self.cleaned_data
        in_group = InGroup(typed["in_group"] or InGroup.NOT_ASKED)
        return {
            int(name.removeprefix("wish_")): Said(Answer(value), in_group, typed["asked_alone"])
            for name, value in typed.items()
            if name.startswith("wish_") and value
        }


class WishForm(forms.Form):
    """What she says about one activity."""

    answer = ChoiceOne(label=_("Would she like it?"), choices=list(ANSWERS.items()), inline=True)
    in_group = ChoiceOne(
        label=_("With others?"), choices=list(_GROUPS.items()), required=False, help_text=_("Ask her alone.")
    )
    asked_alone = Tick(label=_("I asked her alone"))
    again = Tick(
        label=_("Yes, and once more after these weeks"),
        help_text=_("Only where she was asked again. Without it, she is not planned for it a second time."),
    )
    words = HerWords(label=_("In her words"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, in_groups: bool, in_midst: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not in_groups:
            del self.fields["in_group"], self.fields["asked_alone"]
        if not in_midst:
            del self.fields["again"]

    def said(self) -> Said:
        """What she said, once the form is valid."""
        typed = self.cleaned_data
        in_group = InGroup(typed.get("in_group") or InGroup.NOT_ASKED)
        return Said(Answer(typed["answer"]), in_group, typed.get("asked_alone", False), typed["words"])


class WhenForm(WeekForm):
    """When she can come, and what has to fit."""

    reasons = ChoiceMany(label=_("What has to fit"), choices=list(REASONS.items()), required=False)
    children = WholeNumber(label=_("Children who come along and are looked after"), max_value=20, required=False)
    words = LongText(label=_("What else matters for her to come"), rows=2, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        for code in languages:
            choices = [(one, one) for one in LEVELS]
            field = ChoiceFromList(label=language_name(code), choices=choices, required=False)
            self.fields[f"level_{code}"] = field
        self.groups = (
            (_("When she can come, every week"), day_names()),
            (_("What has to fit"), ("reasons", "children", "words")),
            (_("Her level"), [f"level_{code}" for code in languages]),
        )

    def needs(self) -> Needs:
        """What has to fit, once the form is valid."""
        typed = self.cleaned_data
        levels = {name.removeprefix("level_"): one for name, one in typed.items() if name.startswith("level_") and one}
        reasons = tuple(Reason(one) for one in typed["reasons"])
        return Needs(typed["children"] or 0, reasons, levels, typed["words"])


class OtherDaysForm(forms.Form):
    """Days that are not as her other weeks."""

    free = ChoiceOne(
        label=_("On these days"),
        choices=(("no", _("She cannot come")), ("yes", _("She can come, just then"))),
        inline=True,
    )
    first_on = DayField(label=_("From"))
    last_on = DayField(label=_("Until"))
    starts = TimeOfDayField(label=_("From what time"), required=False, help_text=_("Empty: the whole day."))
    ends = TimeOfDayField(label=_("Until what time"), required=False)
    reason = ChoiceOne(label=_("Why, if she says"), choices=list(REASONS.items()), required=False)

    def days(self) -> Different:
        """The days, once the form is valid."""
        typed = self.cleaned_data
        return Different(typed["first_on"], typed["last_on"], typed["starts"], typed["ends"], typed["free"] == "yes")


class TicketsForm(forms.Form):
    """Tickets handed out."""

    on = DayField(label=_("Day"))
    number = WholeNumber(label=_("How many tickets"), min_value=1, max_value=200)
    cost = MoneyField(label="")
    activity = ChoiceFromList(label=_("For"), choices=(), required=False)

    def __init__(self, *args: Any, activities: list[Choice], currency: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["cost"].label = gettext("Cost of all of them, in %(currency)s") % {"currency": currency}
        self.fields["activity"].choices = [("", ""), *activities]  # type: ignore[attr-defined]


class AvoidanceForm(forms.Form):
    """Whom or where she keeps away from."""

    kind = ChoiceOne(
        label=_("What does she keep away from?"),
        choices=list(AVOIDS.items()),
        reveals={"woman": ("code",), "site": ("site",)},
    )
    code = ShortText(label=_("The other woman's code"), max_length=12, required=False)
    site = ChoiceFromList(label=_("Which place"), choices=(), required=False)
    why = LongText(
        label=_("Why"),
        rows=3,
        required=False,
        help_text=_("Sealed. Only who reads her safety reads it; no facilitator does."),
    )

    def __init__(self, *args: Any, sites: list[Choice], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["site"].choices = [("", ""), *sites]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What the answer opens is filled in."""
        typed = super().clean() or {}
        for kind, name in (("woman", "code"), ("site", "site")):
            if typed.get("kind") == kind and not typed.get(name) and name not in self.errors:
                self.add_error(name, _("Please fill this in."))
        return typed


def wish_name(number: int) -> str:
    """The name of an activity's field."""
    return f"wish_{number}"
