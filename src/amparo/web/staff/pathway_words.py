"""Words of pathways: stages, where they stand, what happens in them, and who must act."""

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.cases.queries import HistoryLine
from amparo.areas.entitlements.catalogue import NoRules, sets_of
from amparo.areas.entitlements.rules.pathways import Outcome, State, What
from amparo.areas.entitlements.rules.scheme import Pathway

from .entitlement_words import ACTOR, here
from .history import VERBS
from .words import WHY

#: Shape and words of where a stage stands (look.md: no meaning by colour alone).
STAGE_STATE: dict[str, tuple[str, Promise]] = {
    State.TO_COME: ("plain", gettext_lazy("To come")),
    State.RUNNING: ("open-now", gettext_lazy("Running")),
    State.SUSPENDED: ("unknown", gettext_lazy("Stands still")),
    State.OVERDUE: ("overdue", gettext_lazy("Overdue")),
    State.APPEALED: ("soon", gettext_lazy("Appealed against")),
    State.DONE: ("done", gettext_lazy("Over")),
}
OUTCOME: dict[str, Promise] = {
    Outcome.POSITIVE: gettext_lazy("Yes"),
    Outcome.NEGATIVE: gettext_lazy("No"),
    Outcome.WITHDRAWN: gettext_lazy("Nobody decides any more, or it does not apply"),
}
#: What happened, as a line of a list.
HAPPENED: dict[str, Promise] = {
    What.STARTED: gettext_lazy("Began"),
    What.EXTENDED: gettext_lazy("Extended"),
    What.SUSPENDED: gettext_lazy("Stands still from here"),
    What.RESUMED: gettext_lazy("Runs again"),
    What.DECIDED: gettext_lazy("Decided"),
    What.APPEALED: gettext_lazy("Appeal lodged"),
    What.APPEAL_DECIDED: gettext_lazy("Appeal decided"),
    What.HANDLED: gettext_lazy("Dealt with"),
}
#: The same as something to do.
TO_DO: dict[str, Promise] = {
    What.STARTED: gettext_lazy("It has begun"),
    What.EXTENDED: gettext_lazy("Extend it"),
    What.SUSPENDED: gettext_lazy("It stands still"),
    What.RESUMED: gettext_lazy("It runs again"),
    What.DECIDED: gettext_lazy("Note the decision"),
    What.APPEALED: gettext_lazy("Note the appeal"),
    What.APPEAL_DECIDED: gettext_lazy("Note the answer to the appeal"),
    What.HANDLED: gettext_lazy("It was dealt with"),
}
UNIT: dict[str, Promise] = {
    "days": gettext_lazy("days"),
    "working_days": gettext_lazy("working days"),
    "months": gettext_lazy("months"),
    "years": gettext_lazy("years"),
}
WHY |= {f"who_{actor}": words for actor, words in ACTOR.items()}


def who_words(actor: str) -> str:
    """Who must act, as a sentence."""
    return _("To act: %(who)s.") % {"who": ACTOR[actor]}


def pathway_words(number: str) -> str:
    """A pathway by its number in the rules; the number itself where no rules know it any more."""
    found = next((path for path in _pathways(number) if path.id == number), None)
    return here(found.title) if found else number


def stage_words(number: str) -> str:
    """A stage by its number in the rules; the number itself where no rules know it any more."""
    stages = [stage for path in _pathways(number) for stage in path.stages if stage.id == number]
    return here(stages[-1].title) if stages else number


def happened_words(what: str) -> str:
    """What happened in a stage; that it was taken back, where it was."""
    return str(HAPPENED[what]) if what in HAPPENED else _("Taken back")


def _pathways(number: str) -> tuple[Pathway, ...]:
    """Those of every set of rules of the country that the number begins with."""
    try:
        return tuple(path for rules in sets_of(number.partition(".")[0].upper()) for path in rules.pathways)
    except NoRules:
        return ()


def _begun(line: HistoryLine) -> str:
    return _("Followed for her: %(scheme)s") % {"scheme": pathway_words(line.words[1])}


def _ended(line: HistoryLine) -> str:
    return _("No longer followed: %(scheme)s") % {"scheme": pathway_words(line.words[1])}


def _in_stage(line: HistoryLine) -> str:
    what = line.verb.removeprefix("pathway ")
    words = HAPPENED.get(what, gettext_lazy("Corrected"))
    outcome = f": {OUTCOME[line.words[2]]}" if line.words[2:] else ""
    return capfirst(f"{stage_words(line.words[1])}: {words}{outcome}")


VERBS |= {f"pathway {what}": _in_stage for what in (*What, "corrected")}
VERBS |= {"pathway begun": _begun, "pathway ended": _ended}
