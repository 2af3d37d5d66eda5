"""The forms of her plan: needs, goals, steps, and what she says to it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.areas.plans import catalogue
from amparo.areas.plans.rules import BasicAnswer, Who
from amparo.web.components.fields import (
    ChoiceFromList,
    ChoiceOne,
    DayField,
    HerWords,
    LongText,
    ShortText,
    WholeNumber,
)
from amparo.web.staff.plan_words import agreements, worded

BASIC, DOMAIN = "basic.", "domain."
MEMBER = "member."
LONGEST_STEP = 104  # two years, in weeks


class NeedForm(forms.Form):
    """A need: what it is about, in her words, and how the professional sees it."""

    about = ChoiceFromList(label=_("What is it about?"), choices=())
    her_words = HerWords(
        label=_("In her words"), required=False, help_text=_("As she says it, in her language if you can.")
    )
    our_view = LongText(label=_("How you see it"), required=False, rows=3)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["about"].choices = _abouts()  # type: ignore[attr-defined]


class BasicNeedsForm(forms.Form):
    """Each basic need: is it there, or missing; and how she says it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for need in catalogue.basic_needs():
            words = f"{need.key}_words"
            self.fields[need.key] = ChoiceOne(
                label=worded(need.question),
                choices=[(BasicAnswer.THERE, _("It is there")), (BasicAnswer.MISSING, _("It is missing"))],
                reveals={BasicAnswer.MISSING: (words,)},
                may_be_unknown=True,
                may_stay_unsaid=True,
                required=False,
            )
            self.fields[words] = HerWords(label=_("In her words"), required=False, rows=2)


class NeedAgainForm(forms.Form):
    """What she says now, beside what she said before; and the professional's view."""

    her_words = HerWords(
        label=_("What she says now"),
        required=False,
        help_text=_("It is added. What she said before stays as it is."),
    )
    our_view = LongText(label=_("How you see it"), required=False, rows=3)
    version = forms.IntegerField(widget=forms.HiddenInput)


class GoalForm(forms.Form):
    """A goal: what she wants to reach, and in which area of life."""

    words = HerWords(label=_("What does she want to reach?"), help_text=_("One sentence, the way she would say it."))
    domain = ChoiceFromList(label=_("Area of life"), choices=())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["domain"].choices = [("", ""), *_domains()]  # type: ignore[attr-defined]


class GoalAgainForm(GoalForm):
    """A goal, worded anew."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(forms.Form):
    """A small step: what, who and until when."""

    words = LongText(label=_("What is the next small thing?"), rows=2, max_length=1000)
    kind = ChoiceFromList(label=_("What kind of step is it?"), choices=())
    who = ChoiceOne(label=_("Who does it?"), choices=(), reveals={Who.OTHER: ("other",)})
    other = ShortText(label=_("Who else?"), required=False)
    due_on = DayField(label=_("Until when?"), required=False)
    weeks = WholeNumber(
        label=_("How many weeks does it last?"),
        required=False,
        min_value=1,
        max_value=LONGEST_STEP,
        help_text=_("Only for a course or anything else that takes its time."),
    )

    def __init__(self, *args: Any, team: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", ""),
            (_("A step of its own"), _kinds(satellite=False)),
            (_("What carries another step"), _kinds(satellite=True)),
        ]
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (Who.SHE, _("She")),
            *((f"{MEMBER}{number}", name) for number, name in team),
            (Who.OTHER, _("Somebody else")),
        ]


class StepAgainForm(StepForm):
    """A step, worded anew."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(forms.Form):
    """Another day for a step."""

    to = DayField(label=_("Move to"))


class ReviewDayForm(forms.Form):
    """When the plan is looked at with her again."""

    on = DayField(label=_("When will you look at the plan together again?"))


class AgreementForm(forms.Form):
    """What she says to the plan as it stands."""

    agreement = ChoiceOne(label=_("Does she agree with this plan?"), choices=agreements())
    her_words = HerWords(
        label=_("What she says about it"), required=False, help_text=_("What she likes, what she wants otherwise.")
    )
    asked_on = DayField(label=_("Day you asked her"))
    review_on = DayField(label=_("When will you look at the plan together again?"), required=False)
    mark = forms.CharField(widget=forms.HiddenInput)


def split_about(about: str) -> tuple[str, str]:
    """The domain and the basic need (or none) behind an answer to `about`."""
    if about.startswith(BASIC):
        need = about.removeprefix(BASIC)
        return catalogue.domain_of_basic_need(need), need
    return about.removeprefix(DOMAIN), ""


def _kinds(*, satellite: bool) -> list[tuple[str, str]]:
    return [(kind.key, worded(kind.name)) for kind in catalogue.step_kinds() if kind.satellite is satellite]


def _abouts() -> list[Any]:
    basic = [(f"{BASIC}{need.key}", worded(need.name)) for need in catalogue.basic_needs()]
    others = [(f"{DOMAIN}{key}", name) for key, name in _domains()]
    return [("", ""), (_("Basic needs"), basic), (_("Areas of life"), others)]


def _domains() -> list[tuple[str, str]]:
    return [(domain.key, worded(domain.name)) for domain in catalogue.domains()]
