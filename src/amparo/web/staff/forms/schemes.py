"""What is compared, and for which facts. Nothing of it is kept."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.areas.entitlements.questions import groups, questions, questions_of
from amparo.areas.entitlements.rules.answers import choices_of, value_of
from amparo.areas.entitlements.rules.comparing import MOST_COUNTRIES
from amparo.areas.entitlements.rules.facts import DATES, VALUES, Facts
from amparo.kernel.decision import NotThere
from amparo.web.components.fields import ChoiceMany, DayField
from amparo.web.staff.entitlement_words import here

NOTHING = ""
#: So many facts can be supposed at once: more, and nobody sees any more what made the difference.
SUPPOSED = ("first", "second")


class CompareForm(forms.Form):
    """The countries side by side, and as of which day."""

    countries = ChoiceMany(label=_("Countries"), choices=())
    on = DayField(
        label=_("As of"), required=False, help_text=_("Rules change. Left empty: as they are today, as far as we know.")
    )

    def __init__(self, *args: Any, countries: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["countries"].choices = countries  # type: ignore[attr-defined]
        self.fields["countries"].help_text = gettext("Up to %(most)s.") % {"most": MOST_COUNTRIES}

    def clean_countries(self) -> list[str]:
        """Not more than fit side by side."""
        chosen: list[str] = self.cleaned_data["countries"]
        if len(chosen) > MOST_COUNTRIES:
            raise forms.ValidationError(gettext("Choose at most %(most)s.") % {"most": MOST_COUNTRIES})
        return chosen


class FactsToCompareForm(CompareForm):
    """The same with a question for each fact, in the groups in which they are asked."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for key, question in questions().items():
            label = here(question.question)
            if key in DATES:
                self.fields[key] = DayField(label=label, required=False)
            else:
                self.fields[key] = forms.ChoiceField(label=label, required=False, choices=_answers(key))
            self.fields[key].says_optional = False  # type: ignore[attr-defined]

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The questions by group, and how many of each were answered."""
        return [_section(self, one.key, here(one.name), here(one.why)) for one in groups()]

    def facts(self) -> Facts:
        """What was answered; the rest is not known."""
        typed = self.cleaned_data
        coded = {key: value_of(key, typed[key]) for key in VALUES if typed.get(key)}
        return Facts(**coded, **{key: typed[key] for key in DATES if typed.get(key)})


class SupposeForm(CompareForm):
    """Her facts stand; one or two of them can be supposed to be otherwise."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = (gettext("What if …"), gettext("… and also"))
        for name, label in zip(SUPPOSED, labels, strict=True):
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=_statements())
            self.fields[name].says_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Nothing can be supposed to be so and otherwise at once."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        keys = [typed[name].partition("=")[0] for name in SUPPOSED if typed.get(name)]
        if len(set(keys)) < len(keys):
            self.add_error(SUPPOSED[1], gettext("This is about the same fact as the first. Choose another."))
        return typed

    def supposed(self) -> dict[str, Any]:
        """The facts that are supposed, by key."""
        chosen = [self.cleaned_data[name].partition("=") for name in SUPPOSED if self.cleaned_data.get(name)]
        return {key: value_of(key, answer) for key, _sign, answer in chosen}


def statement_of(key: str, answer: str) -> str:
    """What a fact says with this answer, as a line that stands by itself; raises NotThere where there is none."""
    question = questions().get(key)
    if question is None or answer not in question.says:
        raise NotThere
    return here(question.says[answer])


def _answers(key: str) -> list[tuple[str, str]]:
    says = questions()[key].says
    return [(NOTHING, gettext("Not known")), *((one, here(says[one])) for one in choices_of(key))]


def _statements() -> list[tuple[str, Any]]:
    """Everything that can be supposed, by group."""
    return [(NOTHING, gettext("Nothing else")), *((here(one.name), _of_group(one.key)) for one in groups())]


def _of_group(group: str) -> list[tuple[str, str]]:
    asked = (one for one in questions_of(group) if one.key in VALUES)
    return [(f"{one.key}={answer}", here(one.says[answer])) for one in asked for answer in choices_of(one.key)]


def _section(form: FactsToCompareForm, key: str, name: str, why: str) -> dict[str, Any]:
    fields = [form[one.key] for one in questions_of(key)]
    return {"key": key, "name": name, "why": why, "fields": fields, "answered": _answered(fields)}


def _answered(fields: Iterable[forms.BoundField]) -> int:
    return sum(bool(field.value()) for field in fields)
