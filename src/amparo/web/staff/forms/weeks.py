"""A week in ticks: seven days, six parts of two hours each. Nothing is dragged."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format

from amparo.areas.activities.rules.weeks import BLOCKS, DAYS, Weekly, from_ticks, ticked
from amparo.web.components.fields import Choice, ChoiceMany


class Hours(ChoiceMany):
    """The parts of one day, side by side."""

    inline = True
    says_optional = False  # seven times would be noise

    def __init__(self, *, label: Any, **options: Any) -> None:
        super().__init__(label=label, choices=(), required=False, **options)


class WeekForm(forms.Form):
    """When somebody is free, day by day; subclasses add what else is asked."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        parts = block_choices()
        for day in DAYS:
            field = Hours(label=WEEKDAYS[day])
            field.choices = parts
            self.fields[day_name(day)] = field

    def weekly(self) -> list[Weekly]:
        """The times that were ticked, once the form is valid."""
        typed = self.cleaned_data
        return from_ticks({day: [int(one) for one in typed[day_name(day)]] for day in DAYS})


def day_name(day: int) -> str:
    """The name of a day's field."""
    return f"day_{day}"


def day_names() -> list[str]:
    """The names of all seven."""
    return [day_name(day) for day in DAYS]


def block_choices() -> list[Choice]:
    """The parts of a day by their numbers: '9–11 h', short enough for two beside each other on a telephone."""
    return [(str(place), f"{starts.hour}–{ends.hour} h") for place, (starts, ends) in enumerate(BLOCKS)]


def initial_ticks(weekly: Sequence[Weekly]) -> dict[str, Any]:
    """What the form shows for these times."""
    return {day_name(day): [str(one) for one in blocks] for day, blocks in ticked(weekly).items()}


def days_in_words(weekly: Iterable[Weekly]) -> list[tuple[str, str]]:
    """Each day that has times, with them in words."""
    times = list(weekly)
    return [
        (str(WEEKDAYS[day]), ", ".join(_span(one) for one in times if one.weekday == day))
        for day in DAYS
        if any(one.weekday == day for one in times)
    ]


def _span(one: Weekly) -> str:
    return f"{time_format(one.starts, 'TIME_FORMAT')}–{time_format(one.ends, 'TIME_FORMAT')}"
