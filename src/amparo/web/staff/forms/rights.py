"""Forms about her rights over her file."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.areas.rights.rules import Correcting
from amparo.kernel.language import LANGUAGES
from amparo.web.components.fields import (
    ChoiceFromList,
    ChoiceOne,
    DayField,
    HerWords,
    LongText,
    ShortText,
    Tick,
    WholeNumber,
    language_name,
)
from amparo.web.staff.rights_words import ASKERS, HELD_BECAUSE, OBLIGATIONS


class RestrictForm(forms.Form):
    """What is kept and not used, and why."""

    thing = ChoiceOne(label=_("What may not be used?"), choices=())
    ground = ChoiceOne(label=_("Why?"), choices=tuple(HELD_BECAUSE.items()))
    words = HerWords(label=_("What she says"), required=False)
    since = DayField(label=_("On which day did she say so?"))

    def __init__(self, *args: Any, things: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["thing"].choices = things  # type: ignore[attr-defined]


class LiftForm(forms.Form):
    """Her word that it may be used again."""

    words = HerWords(label=_("What she said"))
    on = DayField(label=_("On which day did she say so?"))


class ReadHeldForm(forms.Form):
    """Why something held is read all the same."""

    reason = LongText(label=_("Why do you need to read it now?"), rows=3, max_length=500)


class EraseForm(forms.Form):
    """What shall go, who asks, and what must be kept by law."""

    thing = ChoiceFromList(label=_("What shall be erased?"), choices=())
    asker = ChoiceOne(label=_("Who asks?"), choices=tuple(ASKERS.items()))
    words = HerWords(label=_("What was said"), required=False)
    asked_on = DayField(label=_("On which day?"))
    obligation = ChoiceOne(
        label=_("Does a law oblige to keep it?"),
        choices=tuple(OBLIGATIONS.items()),
    )
    keep_until = DayField(
        label=_("Until which day must it be kept?"), required=False, help_text=_("Only where a law obliges to keep it.")
    )

    def __init__(self, *args: Any, things: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["thing"].choices = [("", ""), *things]  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """The code again, typed by hand, before something goes for good."""

    typed = ShortText(
        label=_("Type her code to erase it for good"),
        max_length=20,
        help_text=_("This cannot be undone, by nobody and from no backup."),
    )


AS_PAPER, AS_FILE = "paper", "file"


class CopyForm(forms.Form):
    """In which language and form, and whether names stand in it."""

    language = ChoiceOne(label=_("In which language?"), choices=())
    form = ChoiceOne(
        label=_("How does she take it?"),
        choices=((AS_PAPER, _("On paper, as PDF")), (AS_FILE, _("As a file for a program of hers (JSON)"))),
    )
    names = Tick(
        label=_("She asks that her name, her contacts and her family's names stand in it"),
        help_text=_("Ask her now, each time. Without them the paper gives away less."),
    )
    warned = Tick(label=_("We talked about who could find it, and where it is safe"), required=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        languages = [(one, language_name(one)) for one in LANGUAGES]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]


class CorrectForm(forms.Form):
    """What is wrong, in her words."""

    thing = ChoiceFromList(label=_("What is it about?"), choices=())
    words = HerWords(label=_("What she says"))
    asked_on = DayField(label=_("On which day?"))

    def __init__(self, *args: Any, things: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["thing"].choices = [("", ""), *things]  # type: ignore[attr-defined]


class DecideCorrectionForm(forms.Form):
    """Whether it is put right."""

    state = ChoiceOne(
        label=_("What becomes of it?"),
        choices=(
            (Correcting.CORRECTED.value, _("It is put right")),
            (Correcting.BESIDE.value, _("It stays as it is, and her words stand beside it")),
        ),
    )
    text = LongText(
        label=_("The note as it should stand"),
        rows=8,
        required=False,
        help_text=_("Only where it is put right. What stood there before is kept, sealed."),
    )
    why = LongText(
        label=_("What you changed, or why it stays"),
        rows=3,
        max_length=2000,
        required=False,
        help_text=_("She will read it."),
    )

    def __init__(self, *args: Any, has_text: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_text:
            del self.fields["text"]


class PeriodForm(forms.Form):
    """How many years, and why."""

    years = WholeNumber(label=_("Years"))
    reason = LongText(label=_("Why?"), rows=3, max_length=1000)

    def __init__(self, *args: Any, lowest: int, highest: int, **options: Any) -> None:
        super().__init__(*args, **options)
        words = {"lowest": lowest, "highest": highest}
        self.fields["years"].help_text = gettext("From %(lowest)d to %(highest)d years.") % words


class KeepLongerForm(forms.Form):
    """Until when, and why."""

    until = DayField(label=_("Until which day?"))
    reason = LongText(label=_("Why?"), rows=3, max_length=1000)
