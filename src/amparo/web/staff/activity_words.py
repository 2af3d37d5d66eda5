"""The coded words of activities in the reader's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from amparo.areas.activities.asking import WishFile
from amparo.areas.activities.catalogue import Start
from amparo.areas.activities.periods import PeriodFile
from amparo.areas.activities.rules.states import (
    Answer,
    Came,
    CostKind,
    Ended,
    InGroup,
    Kind,
    Moment,
    PeriodState,
    Reason,
    Solving,
)
from amparo.areas.activities.rules.taking_part import By, Stop, TakingPart
from amparo.areas.cases.queries import HistoryLine
from amparo.areas.orgs.queries import Trained
from amparo.web.components.fields import language_name

from .history import VERBS, simple
from .words import WHY

KINDS: dict[str, Promise] = {Kind.GROUP: _("In a group"), Kind.INDIVIDUAL: _("Alone with one professional")}
ANSWERS: dict[str, Promise] = {Answer.YES: _("Yes"), Answer.LATER: _("Later, perhaps"), Answer.NO: _("No")}
ENDED: dict[Ended, Promise] = {
    Ended.IN_FORCE: _("It was put in force meanwhile: what it proposed counts now."),
    Ended.DROPPED: _("It was dropped meanwhile: everything stays as it was."),
    Ended.REPLACED: _("A new one was asked for meanwhile, and stands in its place."),
}
IN_GROUP: dict[str, Promise] = {
    InGroup.YES: _("Yes, with others"),
    InGroup.ALONE: _("Only alone"),
    InGroup.NOT_ASKED: _("Not asked yet"),
}
REASONS: dict[str, Promise] = {
    Reason.WORK: _("Work"),
    Reason.SCHOOL: _("The children's school"),
    Reason.COURT: _("Court"),
    Reason.OFFICE: _("An office"),
    Reason.HEALTH: _("Health"),
    Reason.CHILDREN: _("Nobody looks after the children"),
    Reason.TRANSPORT: _("The way there"),
    Reason.REST: _("She needs rest"),
    Reason.OTHER: _("Something else"),
}
CAME: dict[str, Promise] = {
    Came.CAME: _("Came"),
    Came.LATE: _("Came late"),
    Came.LEFT_EARLY: _("Left early"),
    Came.ABSENT: _("Did not come"),
    Came.NOT_KNOWN: _("Not known"),
}
MOMENTS: dict[str, Promise] = {Moment.START: _("At the start"), Moment.END: _("At the end")}
COSTS: dict[str, Promise] = {
    CostKind.LEADER: _("Who holds it"),
    CostKind.MATERIALS: _("Materials"),
    CostKind.ROOM: _("Room"),
    CostKind.CHILDCARE: _("Childcare"),
    CostKind.TICKETS: _("Tickets"),
    CostKind.OTHER: _("Something else"),
}
AVOIDS: dict[str, Promise] = {
    "woman": _("One woman of this house"),
    "everybody": _("Everybody: she meets nobody"),
    "site": _("A place"),
}
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


def period_words(period: PeriodFile) -> tuple[str, str]:
    """Where the planning of some weeks stands: the words, and the shape of their mark."""
    if period.state is PeriodState.PUBLISHED:
        return gettext("published"), "done"
    if period.solving is Solving.RUNNING:
        return gettext("being computed"), "open-now"
    return gettext("draft"), "open"


def outcome_words(period: PeriodFile) -> str:
    """How good the computed plan is, in a sentence; empty where none was computed, or it was changed by hand since."""
    if period.solving is Solving.FAILED:
        return gettext("The plan was changed while it was computed again. It is as you left it: plan it again.")
    if period.solving is Solving.STOPPED:
        return gettext("It was interrupted while it was computed; the plan is as it was before. Plan it again.")
    if period.solving is not Solving.DONE or not period.outcome:
        return ""
    if period.outcome == "optimal":
        return gettext("This is the best plan there is for what was asked.")
    if period.bound and period.objective is not None:
        share = {"share": round(100 * period.objective / period.bound)}
        return gettext("A good plan: at least %(share)s %% of what could be reached at best.") % share
    return gettext("Nothing of what was asked can be held as things stand. Below stands why.")


def answer_words(wish: WishFile) -> str:
    """Her answer in a word or two; what became of a yes that was answered."""
    if wish.said is None:
        return ""
    if wish.stop:
        return gettext("in a pause") if wish.stop.is_pause else gettext("ended her place")
    if wish.to_ask_again:
        return gettext("took part")
    return gettext("has a place") if wish.is_answered else str(ANSWERS[wish.said.answer])


def part_words(wish: WishFile, today: date) -> str:
    """From when until when she takes part or took part, and what it means for her yes; empty where nothing does."""
    part, is_yes = wish.part, wish.said is not None and wish.said.answer is Answer.YES
    said = taking_part_words(part, today) if part else ""
    if wish.stop:
        before = "" if part and part.is_over and part.in_pause else said
        return (before + " " + stop_words(wish.stop)).strip()
    if is_yes and wish.activity.offer.goes_on:
        return (said + " " + gettext("It goes on until she says otherwise.")).strip()
    if part is None:
        return ""
    if wish.to_ask_again:
        return said + " " + gettext("Ask her whether she would like it again.")
    if is_yes and not wish.is_answered and not (part.is_over and part.in_pause):
        return said + " " + gettext("She would like it again.")
    return said


def answered_words(by: By, today: date) -> str:
    """Why her yes is not planned for in some weeks."""
    return stop_words(by) if isinstance(by, Stop) else taking_part_words(by, today)


def stop_words(stop: Stop) -> str:
    """Since when she is in a pause, or ended her place, and what to do."""
    on = {"on": _day(stop.on)}
    if stop.is_pause:
        return gettext("A pause was agreed with her on %(on)s: ask her whether she comes again.") % on
    return gettext("She ended her place on %(on)s; she may come back: ask her when she wants to.") % on


def taking_part_words(part: TakingPart, today: date) -> str:
    """From when until when she takes part or took part."""
    days = {"first": _day(part.first_on), "until": _day(part.until)}
    if part.is_over and part.in_pause:
        return gettext("It ended on %(until)s, while her place waited in a pause. Her yes stands.") % days
    if part.is_over:
        return gettext("She took part until %(until)s.") % days
    if part.in_pause:
        return gettext("Her place waits in a pause; it goes on until %(until)s.") % days
    if part.has_begun(today):
        return gettext("She takes part until %(until)s.") % days
    return gettext("She has a place from %(first)s to %(until)s.") % days


def trained_words(one: Trained) -> str:
    """Whether a colleague may hold sessions: since when she is trained and has signed, or what is missing (R12)."""
    if one.cleared and one.trained_on and one.signed_on:
        days = {"trained": _day(one.trained_on), "signed": _day(one.signed_on)}
        return gettext("Trained on %(trained)s, signed on %(signed)s") % days
    if one.trained_on is None:
        return gettext("Not trained yet: not planned until then")
    if one.signed_on is None:
        return gettext("Not signed yet: not planned until then")
    return gettext("Training or signature lies ahead: not planned until then")


def start_words(one: Start) -> str:
    """What a house finds in the starting catalogue, in a line: for whom, how often, how long, how many."""
    words = [str(KINDS[one.kind])]
    counted = {"count": one.sessions, "minutes": one.minutes}
    sessions = ngettext("%(count)s session of %(minutes)s min", "%(count)s sessions of %(minutes)s min", one.sessions)
    words.append(sessions % counted)
    if one.kind is Kind.GROUP:
        words.append(gettext("%(least)s to %(most)s women") % {"least": one.min_women, "most": one.max_women})
    words += [gettext("therapeutic")] if one.therapeutic else []
    words += [gettext("without knowing the language")] if one.needs_no_language else []
    words += [gettext("goes on until she says otherwise")] if one.goes_on else []
    return " · ".join(words)


def _day(on: date) -> str:
    return date_format(on, "SHORT_DATE_FORMAT")


def weekday_words(weekday: int) -> str:
    """The name of a day of the week; 0 is Monday."""
    return str(WEEKDAYS[weekday])


def weekday_of(value: Any, _row: Mapping[str, Any]) -> str:
    """The same for a row of her file."""
    return weekday_words(value)


def level_words(levels: Mapping[str, str]) -> str:
    """Her levels, each language with its own: 'Spanish A1, English B2'."""
    return ", ".join(f"{language_name(language)} {level}" for language, level in sorted(levels.items()))


def levels_of(value: Any, _row: Mapping[str, Any]) -> str:
    """The same for a row of her file."""
    return level_words(value)


def answers_of(value: Any, _row: Mapping[str, Any]) -> str:
    """The numbers that she chose, in the order of the questions, for a row of her file."""
    return ", ".join(str(one) for one in value.values())


def _said(line: HistoryLine) -> str:
    return str(gettext("Asked about an activity: %(answer)s") % {"answer": ANSWERS.get("".join(line.words), "")})


VERBS |= {
    "interest noted": _said,
    "free times noted": simple(_("Noted when she can come")),
    "days noted": simple(_("Days that are different")),
    "tickets handed out": simple(_("Tickets handed out")),
    "placed in a group": simple(_("A place in an activity")),
    "sessions moved": simple(_("Sessions of hers moved")),
    "place ended": simple(_("A place in an activity ended")),
    "avoidance noted": simple(_("Somebody or a place she keeps away from")),
    "avoidance ended": simple(_("She need not keep away any more")),
}
WHY |= {
    "session_unsafe": _("It may not be safe for her as it stands"),
    "session_changed": _("Something changed since it was planned"),
}
