"""Who came, in one page; and a word to her team."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Audience
from amparo.areas.activities.held.attending import Line
from amparo.areas.activities.held.lists import Woman
from amparo.areas.activities.rules.states import Came
from amparo.web.components.fields import ChoiceFromList, ChoiceOne, LongText, language_name
from amparo.web.staff.activity_words import CAME, REASONS
from amparo.web.staff.held_words import NEEDS


@dataclass(frozen=True)
class Row:
    """One card of the list."""

    woman: Woman
    languages: str
    needs: tuple[str, ...]
    question: BoundField


class AttendanceForm(forms.Form):
    """For each woman: whether she came, and the reason if she gave one. A line that is left alone stays as it is."""

    def __init__(self, *args: Any, women: Sequence[Woman], **options: Any) -> None:
        super().__init__(*args, **options)
        self.women = women
        for woman in women:
            came, why, was = _names(woman)
            self.fields[came] = ChoiceOne(
                label=_("%(name)s: did she come?") % {"name": woman.name},
                choices=list(CAME.items()),
                reveals={Came.ABSENT: (why,)},
                required=False,
            )
            self.fields[why] = ChoiceFromList(
                label=_("The reason, if she gave one"), choices=list(REASONS.items()), required=False
            )
            self.fields[was] = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)

    def rows(self) -> list["Row"]:
        """Each woman with what is to mind in the room, in words, and her question."""
        return [_row(woman, self[_names(woman)[0]]) for woman in self.women]

    def lines(self) -> dict[int, Line]:
        """What was chosen, by the numbers of their places, once the form is valid."""
        typed = self.cleaned_data
        return {one.place: Line(*(typed[name] for name in _names(one))) for one in self.women}


def shown_lines(women: Sequence[Woman]) -> dict[str, str]:
    """What the form holds at first: what is noted already."""
    return {
        name: value
        for woman in women
        for name, value in zip(_names(woman), (woman.came, woman.reason, woman.came), strict=True)
    }


def _row(woman: Woman, question: BoundField) -> Row:
    languages = ", ".join(language_name(one) for one in woman.languages)
    return Row(woman, languages, tuple(str(NEEDS[one]) for one in woman.needs if one in NEEDS), question)


def _names(woman: Woman) -> tuple[str, str, str]:
    return f"came_{woman.place}", f"why_{woman.place}", f"was_{woman.place}"


class WordForm(forms.Form):
    """A word from a session; it leaves, and is not shown here again."""

    text = LongText(label=gettext_lazy("What her team should know"), rows=4)
    audience = ChoiceOne(
        label=gettext_lazy("For whom"),
        choices=[(Audience.TEAM, gettext_lazy("Her team")), (Audience.REFERENT, gettext_lazy("Her referent only"))],
    )
