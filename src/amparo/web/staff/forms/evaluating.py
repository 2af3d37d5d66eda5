"""What she fills in herself: faces, few words, and whether her name stands beside it. And handing the device over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.areas.activities.held.catalogue import Question, page_words
from amparo.areas.activities.rules.evaluating import HIGHEST, LOWEST, UNSAID
from amparo.kernel.language import LANGUAGES, pick
from amparo.web.components.fields import LONGEST_TEXT, ChoiceOne, language_name
from amparo.web.staff.activity_words import MOMENTS

WITH_TEAM, NOBODY = "with_team", "nobody"
# How the mouth of a face is bent, from unhappy to happy: where its curve has its lowest or highest point.
_MOUTHS = {"1": 16, "2": 21, "3": 26, "4": 31, "5": 36}


class HandForm(forms.Form):
    """At which moment, and in which language."""

    moment = ChoiceOne(label=_("When"), choices=list(MOMENTS.items()))
    language = ChoiceOne(label=_("Her language"), choices=[(one, language_name(one)) for one in LANGUAGES])


class PasswordForm(forms.Form):
    """The colleague is there again."""

    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


@dataclass(frozen=True)
class Face:
    """One answer: its word, how its mouth is bent (0: no face), and whether it is chosen."""

    value: str
    words: str
    mouth: int
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """One question with its faces."""

    name: str
    words: str
    faces: tuple[Face, ...]


class EvaluationForm(forms.Form):
    """The questions of one moment; every one may be left out."""

    words = forms.CharField(required=False, max_length=LONGEST_TEXT, strip=True)
    who = forms.ChoiceField(required=False, choices=[(WITH_TEAM, ""), (NOBODY, "")])

    def __init__(self, *args: Any, questions: Sequence[Question], language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.questions, self.language = questions, language
        for one in questions:
            choices = [(value, value) for value in (*_MOUTHS, UNSAID)]
            self.fields[f"q_{one.key}"] = forms.ChoiceField(required=False, choices=choices)

    def said(self, key: str) -> str:
        """A word of the page in her language."""
        return pick(page_words()[key], self.language)

    def chosen_who(self) -> str:
        """Who may know, as far as she has chosen."""
        return str(self.data.get("who", ""))

    def typed_words(self) -> str:
        """The words that she has typed."""
        return str(self.data.get("words", ""))

    def asked(self) -> list[Asked]:
        """Each question with its faces, in her language."""
        return [self._asked(one) for one in self.questions]

    def answers(self) -> dict[str, int | str]:
        """What she chose, once the form is valid."""
        typed = {one.key: self.cleaned_data[f"q_{one.key}"] for one in self.questions}
        return {key: int(value) if value != UNSAID else value for key, value in typed.items() if value}

    def _asked(self, question: Question) -> Asked:
        name = f"q_{question.key}"
        chosen = self.data.get(name, "")
        numbers = (str(number) for number in range(LOWEST, HIGHEST + 1))
        words = {one: self.said(f"{question.scale}_{one}") for one in numbers} | {UNSAID: self.said(UNSAID)}
        faces = (Face(one, said, _MOUTHS.get(one, 0), one == chosen) for one, said in words.items())
        return Asked(name, pick(question.text, self.language), tuple(faces))
