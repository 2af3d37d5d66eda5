"""The coded words of plans in the reader's language."""

from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from amparo.areas.access.rules import Part
from amparo.areas.cases.queries import CaseFile, HistoryLine
from amparo.areas.cases.rules import Status, may_still_change
from amparo.areas.knowledge.catalogue import practice_points
from amparo.areas.plans import catalogue
from amparo.areas.plans.rules import (
    RATINGS,
    Agreement,
    Answer,
    BasicAnswer,
    Discarding,
    GoalStatus,
    NeedStatus,
    PlanWarning,
    WarningKind,
    Who,
)
from amparo.kernel.language import Texts, pick
from amparo.web.staff.history import VERBS, Words, simple
from amparo.web.staff.pages import Context
from amparo.web.staff.words import WHY

_AGREEMENT: dict[str, Promise] = {
    Agreement.YES: gettext_lazy("She agrees"),
    Agreement.PARTLY: gettext_lazy("She agrees to part of it"),
    Agreement.NOT_YET: gettext_lazy("She does not agree yet"),
}
_AGREEMENT_SHAPE = {Agreement.YES: "done", Agreement.PARTLY: "open-now", Agreement.NOT_YET: "open"}
_NEED: dict[str, Promise] = {
    NeedStatus.OPEN: gettext_lazy("open"),
    NeedStatus.MET: gettext_lazy("met"),
    NeedStatus.ASIDE: gettext_lazy("set aside"),
}
_GOAL: dict[str, Promise] = {
    GoalStatus.GOING: gettext_lazy("under way"),
    GoalStatus.REACHED: gettext_lazy("reached"),
    GoalStatus.ASIDE: gettext_lazy("set aside"),
}
DISCARDING: list[tuple[str, Promise]] = [
    (Discarding.MISTAKE, gettext_lazy("It was begun by mistake")),
    (Discarding.HER_WISH, gettext_lazy("She does not want to go on with it")),
]
_JOB: dict[str, Promise] = {
    "wishes": gettext_lazy("What she wants"),
    "skills": gettext_lazy("What she can do"),
    "strengths": gettext_lazy("Her strengths"),
    "experience": gettext_lazy("What she has learnt and done"),
    "preparation": gettext_lazy("What is still needed"),
}
_RATING: dict[str, str | Promise] = {
    "": "–",
    Answer.UNKNOWN: gettext_lazy("not known yet"),
    Answer.UNSAID: gettext_lazy("does not want to say"),
}


def worded(texts: Texts) -> str:
    """One text of a catalogue in the reader's language."""
    return pick(texts, get_language() or "en")


def domain_words(key: str) -> str:
    """The name of a domain."""
    return worded(catalogue.domain(key).name)


def about_words(domain: str, basic_need: str) -> str:
    """What a need is about: the basic need where it is one, else its domain."""
    return basic_need_words(basic_need) if basic_need else domain_words(domain)


def basic_need_words(key: str) -> str:
    """The name of a basic need."""
    return next(worded(need.name) for need in catalogue.basic_needs() if need.key == key)


def kind_words(key: str) -> str:
    """The name of a kind of step."""
    return next(worded(kind.name) for kind in catalogue.step_kinds() if kind.key == key)


def agreement_words(agreement: str) -> str:
    """What she said to a version."""
    return str(_AGREEMENT[agreement])


def agreement_shape(agreement: str) -> str:
    """The shape that stands beside the words."""
    return _AGREEMENT_SHAPE[Agreement(agreement)]


def agreements() -> list[tuple[str, Promise]]:
    """Her answers to choose from."""
    return list(_AGREEMENT.items())


def need_status_words(status: str) -> str:
    """Where a need stands."""
    return str(_NEED[status])


def goal_status_words(status: str) -> str:
    """Where a goal stands."""
    return str(_GOAL[status])


def who_words(who: str, by: str) -> str:
    """Who takes a step."""
    if who == Who.SHE:
        return _("She")
    return by or _("Somebody else")


def weeks_words(weeks: int) -> str:
    """How long something lasts."""
    return ngettext("%(weeks)d week", "%(weeks)d weeks", weeks) % {"weeks": weeks}


def rating_words(domain: str, rating: str) -> str:
    """An answer in a review: the worded step, or one of the two ways out; empty where nothing was said."""
    if rating in RATINGS:
        return f"{rating} – {worded(catalogue.domain(domain).step(int(rating)))}"
    return short_rating(rating) if rating else ""


def short_rating(rating: str) -> str:
    """The same for a cell of a table."""
    return str(_RATING.get(rating, rating))


def job_area_words(area: str) -> str:
    """A section of the job plan."""
    return str(_JOB[area])


def why_it_stays(case: CaseFile) -> str:
    """Why nobody can change her plan as her case stands; empty where one can."""
    reason = may_still_change(Status(case.status), Part.PLAN).reason
    return _(reason) if reason else ""


def points_of(domain: str) -> list[Context]:
    """What has helped others in a domain, each point with its source."""
    return [{"text": worded(point.text), "source": str(point.source)} for point in practice_points(domain)]


def warning_words(warning: PlanWarning, of: str) -> Context:
    """A warning with the way out; `of` names the step or the need that it is about."""
    basic = ", ".join(basic_need_words(key) for key in warning.basic_needs)
    text, way_out = {
        WarningKind.LONG_BEFORE_BASIC: (
            _("“%(step)s” is long, and a basic need is still open: %(needs)s.") % {"step": of, "needs": basic},
            _("A short or modular course leaves her free to stop and come back. She decides; this stops nothing."),
        ),
        WarningKind.BASIC_WITHOUT_GOAL: (
            _("A basic need has no goal yet: %(need)s.") % {"need": basic},
            _("Ask her what would help first."),
        ),
        WarningKind.HER_WORDS_MISSING: (
            _("Her own words are missing: %(need)s.") % {"need": of},
            _("Ask her how she sees it, and write it as she says it."),
        ),
        WarningKind.NO_REVIEW: (
            _("No day is set to look at the plan with her."),
            _("Choose one together."),
        ),
    }[warning.kind]
    return {"text": text, "way_out": way_out, "source": warning.source}


def _about(template: Promise) -> Words:
    """A line of history about a need or a domain; its word is a key of either catalogue."""

    def words(line: HistoryLine) -> str:
        return str(template) % {"about": _catalogued(line)}

    return words


def _catalogued(line: HistoryLine) -> str:
    key = line.words[0] if line.words else ""
    names: dict[str, Texts] = {one.key: one.name for one in catalogue.step_kinds()}
    names |= {one.key: one.name for one in catalogue.basic_needs()}
    names |= {one.key: one.name for one in catalogue.domains()}
    return worded(names[key]) if key in names else key


def _kind(template: Promise) -> Words:
    return lambda line: str(template) % {"kind": kind_words(line.words[0])}


def _basic_needs_asked(line: HistoryLine) -> str:
    answers = [word.rpartition(".") for word in line.words]
    missing = [basic_need_words(key) for key, _dot, answer in answers if answer == BasicAnswer.MISSING]
    if not missing:
        return _("Asked about basic needs: nothing is missing that she spoke of")
    return _("Asked about basic needs; missing: %(needs)s") % {"needs": ", ".join(missing)}


def _reviewed(line: HistoryLine) -> str:
    count = int(line.words[0])
    words = ngettext("Review with her: %(count)d area of life", "Review with her: %(count)d areas of life", count)
    return words % {"count": count}


def _agreed(line: HistoryLine) -> str:
    number, agreement = line.words
    return _("Asked about her plan, version %(number)s: %(answer)s") % {
        "number": number,
        "answer": agreement_words(agreement),
    }


VERBS |= {
    "basic needs asked": _basic_needs_asked,
    "need noted": _about(gettext_lazy("Need noted: %(about)s")),
    "need changed": _about(gettext_lazy("Need looked at again: %(about)s")),
    "need open": _about(gettext_lazy("Need open again: %(about)s")),
    "need met": _about(gettext_lazy("Need met: %(about)s")),
    "need aside": _about(gettext_lazy("Need set aside: %(about)s")),
    "goal set": _about(gettext_lazy("Goal set: %(about)s")),
    "goal changed": _about(gettext_lazy("Goal worded anew: %(about)s")),
    "goal going": _about(gettext_lazy("Goal taken up again: %(about)s")),
    "goal reached": _about(gettext_lazy("Goal reached: %(about)s")),
    "goal aside": _about(gettext_lazy("Goal set aside: %(about)s")),
    "step added": _kind(gettext_lazy("Step planned: %(kind)s")),
    "step changed": _kind(gettext_lazy("Step worded anew: %(kind)s")),
    "step done": _kind(gettext_lazy("Step done: %(kind)s")),
    "step open again": _kind(gettext_lazy("Step open again: %(kind)s")),
    "step moved": _kind(gettext_lazy("Step moved to another day: %(kind)s")),
    "plan agreed": _agreed,
    "review held": _reviewed,
    "job plan written": lambda line: _("Talked about work: %(about)s") % {"about": job_area_words(line.words[0])},
    "review planned": simple(gettext_lazy("A day set to look at her plan again")),
}
_lazy_kind: Any = lazy(kind_words, str)
WHY |= {f"step_{kind.key}": _lazy_kind(kind.key) for kind in catalogue.step_kinds()}
