"""The form of a secret address for one's own calendar."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.calendars import Word
from amparo.web.components.fields import ChoiceOne

WORDS: dict[Word, Promise] = {
    Word.NOTES: _("Notes"),
    Word.REMINDER: _("Reminder"),
    Word.TO_DO: _("To do"),
    Word.CALL: _("Call back"),
}


class CalendarForm(forms.Form):
    """What every entry is called."""

    word = ChoiceOne(
        label=_("What every entry is called"),
        help_text=_("Others may see your calendar. Choose what fits among your own entries."),
        choices=tuple((one.value, words) for one, words in WORDS.items()),
    )
