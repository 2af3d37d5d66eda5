"""Words for how she may be reached, in the reader's language."""

import json
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.cases.queries import HistoryLine
from amparo.areas.consent.contact import Terms
from amparo.areas.consent.rules.contact import Channel, Checked

from .history import VERBS

WAYS: dict[str, Promise] = {
    Channel.CALL: gettext_lazy("Telephone call"),
    Channel.SMS: gettext_lazy("Text message"),
    Channel.MESSAGING_APP: gettext_lazy("Messaging app"),
    Channel.THROUGH_SOMEONE: gettext_lazy("Through somebody she trusts"),
    Channel.EMAIL: gettext_lazy("E-mail"),
    Channel.LETTER: gettext_lazy("Letter"),
}
_TO_DO: dict[str, Promise] = {
    Channel.CALL: gettext_lazy("call"),
    Channel.SMS: gettext_lazy("text"),
    Channel.MESSAGING_APP: gettext_lazy("write by app"),
    Channel.THROUGH_SOMEONE: gettext_lazy("through somebody she trusts"),
    Channel.EMAIL: gettext_lazy("e-mail"),
    Channel.LETTER: gettext_lazy("letter"),
}
CHECKED: dict[str, Promise] = {
    Checked.YES: gettext_lazy("Somebody else checks it"),
    Checked.NO: gettext_lazy("Nobody else looks at it"),
    Checked.UNKNOWN: gettext_lazy("Not known whether others look at it"),
}
# Any Monday: only the name of the day is shown.
_A_MONDAY = date(2024, 1, 1)


def day_name(day: int, *, short: bool = False) -> str:
    """The name of a day of the week; 0 is Monday."""
    return date_format(_A_MONDAY.replace(day=1 + day), "D" if short else "l")


def days_words(days: Iterable[int]) -> str:
    """Days of the week in short; a run of three or more as 'Mon–Fri'; empty where any day will do."""
    given = sorted(set(days))
    if not given or len(given) == 7:
        return ""
    if len(given) > 2 and given == list(range(given[0], given[-1] + 1)):
        return f"{day_name(given[0], short=True)}–{day_name(given[-1], short=True)}"
    return ", ".join(day_name(day, short=True) for day in given)


def hours_words(first: time | None, last: time | None) -> str:
    """Hours of the day; empty where any hour will do."""
    if first and last:
        return f"{time_format(first)}–{time_format(last)}"
    if first:
        return _("from %(time)s") % {"time": time_format(first)}
    return _("until %(time)s") % {"time": time_format(last)} if last else ""


def reach_words(reach: str) -> str:
    """The line in the head of a case: 'call 10:00–13:00, Mon–Fri, ask for Ana'; a line written otherwise as it is."""
    try:
        kept: Any = json.loads(reach)
        way = str(_TO_DO[kept["way"]])
        hours = hours_words(_time(kept["from"]), _time(kept["until"]))
        days = days_words(kept["days"])
        name = kept["ask_for"]
    except (ValueError, KeyError, TypeError):
        return reach
    asked = _("ask for %(name)s") % {"name": name} if name else ""
    return ", ".join(part for part in (f"{way} {hours}".strip(), days, asked) if part)


def terms_rows(terms: Terms, *, reminders: bool = True) -> list[tuple[str, str]]:
    """What was agreed about one way, as labels with words."""
    times = ", ".join(part for part in (hours_words(terms.from_time, terms.until_time), days_words(terms.days)) if part)
    rows = [
        (_("When"), times or _("At any time")),
        (_("Ask for"), terms.ask_for),
        (_("Who it is") if terms.channel is Channel.THROUGH_SOMEONE else _("Who may answer"), terms.who),
        (_("Call from"), terms.call_from),
        (_("If somebody else answers"), terms.otherwise),
        (_("Never"), terms.never),
        (_("Messages"), _("A message may be left") if terms.leaves_message else _("Leave no message")),
        (_("Who sees it"), str(CHECKED[terms.checked])),
        (_("Reminders"), _("She would like to be reminded in this way") if reminders and terms.reminders else ""),
    ]
    return [(label, words) for label, words in rows if words]


def _time(written: str) -> time | None:
    return time.fromisoformat(written) if written else None


def _agreed(line: HistoryLine) -> str:
    way, answer = line.words
    if answer == "yes":
        return _("Agreed how to reach her: %(way)s") % {"way": WAYS[way]}
    return _("Not to be used to reach her: %(way)s") % {"way": WAYS[way]}


VERBS |= {"contact agreed": _agreed}
