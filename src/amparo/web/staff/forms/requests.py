"""Forms of the request desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.areas.consent.catalogue import request_bases
from amparo.areas.consent.rules import HerKnowing
from amparo.web.components.fields import ChoiceMany, ChoiceOne, DayField, LongText, PaperField, ShortText
from amparo.web.staff.consent_words import KNOWING, shared_choices, worded
from amparo.web.staff.request_words import ASKER, CHANNEL, NOTE, SILENCE, VERDICT


class ReceivedForm(forms.Form):
    """What came."""

    asker = ChoiceOne(label=_("Who asks?"), choices=[(one.value, words) for one, words in ASKER.items()])
    office = ShortText(label=_("Which office?"), help_text=_("The police station, the court, the department."))
    official = ShortText(label=_("Who signs or asks?"), required=False)
    reference = ShortText(label=_("Their reference"), required=False)
    what = LongText(label=_("What do they ask?"), rows=4, max_length=4000)
    channel = ChoiceOne(label=_("How did it come?"), choices=[(one.value, words) for one, words in CHANNEL.items()])
    received_on = DayField(label=_("On which day?"))
    due_on = DayField(label=_("By when do they want an answer?"), required=False)
    code = ShortText(
        label=_("Her code, if you are sure whom they mean"),
        max_length=20,
        required=False,
        help_text=_("It can be added later. Nobody outside learns whether there is one."),
    )
    paper = PaperField(label=_("The paper"), required=False)


class LinkForm(forms.Form):
    """Whom it is about."""

    code = ShortText(label=_("Her code"), max_length=20)


class OfRequest(forms.Form):
    """A form about a request as it stood when it was shown."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class BasisForm(OfRequest):
    """On what it stands."""

    basis = ChoiceOne(label=_("On what does the request stand?"), choices=())
    words = LongText(
        label=_("Which order, which danger, which law?"),
        rows=3,
        max_length=2000,
        required=False,
        help_text=_("The court, the number and the day of the order; or what was said. Leave empty where nothing was."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["basis"]
        field.choices = [(one.key, worded(one.name)) for one in request_bases().values()]  # type: ignore[attr-defined]
        field.hints = {one.key: worded(one.meaning) for one in request_bases().values()}  # type: ignore[attr-defined]


class DecideForm(OfRequest):
    """What is given."""

    verdict = ChoiceOne(label=_("What do you give?"), choices=[(one.value, words) for one, words in VERDICT.items()])
    reason = LongText(label=_("Why?"), rows=4, max_length=4000, help_text=_("A court may read it, and she may."))


class AnswerForm(OfRequest):
    """Exactly what is given."""

    words = LongText(
        label=_("The answer, word by word"), rows=6, max_length=6000, help_text=_("This is what the letter will say.")
    )
    shared = ChoiceMany(label=_("What does it tell about her?"), choices=(), required=False)
    consent = ChoiceOne(label=_("Which yes of hers covers it?"), choices=(), required=False)
    on = DayField(label=_("On which day is it given?"))

    def __init__(self, *args: Any, covering: list[tuple[str, str]], tells: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["shared"].choices = shared_choices()  # type: ignore[attr-defined]
        self.fields["consent"].choices = covering  # type: ignore[attr-defined]
        if not tells:
            del self.fields["shared"]
        if not covering:
            del self.fields["consent"]


class KnowingForm(OfRequest):
    """Whether she knows."""

    knowing = ChoiceOne(
        label=_("Does she know?"),
        choices=[(one.value, words) for one, words in KNOWING.items()],
        reveals={HerKnowing.TOLD: ("told_on",), HerKnowing.ENDANGERS: ("silence", "why_not", "look_again_on")},
    )
    told_on = DayField(label=_("On which day did you tell her?"), required=False)
    silence = ChoiceOne(
        label=_("What speaks against it?"),
        choices=[(one.value, words) for one, words in SILENCE.items()],
        required=False,
    )
    why_not = LongText(label=_("In your words"), rows=2, max_length=1000, required=False)
    look_again_on = DayField(label=_("Look again on"), required=False)


class AdviceForm(forms.Form):
    """Advice, an appeal, a call."""

    kind = ChoiceOne(label=_("What is it?"), choices=list(NOTE.items()))
    on = DayField(label=_("On which day?"))
    words = LongText(label=_("In your words"), rows=4, max_length=4000)


class TakenBackForm(forms.Form):
    """They took it back."""

    words = LongText(label=_("What did they say?"), rows=2, max_length=1000, required=False)


class PaperForm(forms.Form):
    """The scanned paper."""

    paper = PaperField(label=_("The paper"))
