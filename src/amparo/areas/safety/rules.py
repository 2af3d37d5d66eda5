"""How dangerous it is for her now, when to look again, and who decides (pure).

R5: risk is assessed at entry, at every change, and after a set time (C&H-B 2.1.1, lines 230-238).
R8: the software proposes and explains; a person decides.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from amparo.kernel.decision import ALLOWED, Decision, refused

from .catalogue import LEVELS, triggers
from .instruments import OPEN_ANSWERS, WEIGHTS, Instrument, RiskItem, Threshold

#: Where the proposal comes from, as it is cited on the screen.
PROPOSAL_SOURCE = "C&H-B, 2.1.1, lines 230-236"
#: For so long a tap by mistake can be taken back.
TAKE_BACK_TIME = timedelta(hours=24)
#: The key of the answer to each question, by the key of the question; a question left out was not asked.
Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reason:
    """A question whose answer weighs something, or that stays open."""

    item: str
    answer: str  # empty where it was not asked
    weight: str
    from_before: bool = False  # open now, and a danger at the last assessment

    @property
    def open(self) -> bool:
        """Whether nobody knows the answer now."""
        return self.answer in ("", *OPEN_ANSWERS)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A level, what it follows from, and the answers behind it, the heaviest first."""

    level: str
    alone: str  # the question that is enough by itself, or empty
    threshold: Threshold | None  # what was reached, where no answer was enough by itself
    reasons: tuple[Reason, ...]
    source: str = PROPOSAL_SOURCE

    @property
    def dangers(self) -> tuple[Reason, ...]:
        """The answers that tell of a danger."""
        return tuple(one for one in self.reasons if not one.open or one.from_before)

    @property
    def still_open(self) -> tuple[Reason, ...]:
        """The questions that nobody can answer yet."""
        return tuple(one for one in self.reasons if one.open and not one.from_before)


def propose_level(instrument: Instrument, hers: Answers, theirs: Answers, before: Answers | None = None) -> Proposal:
    """The level that her answers and the professional's lead to; of two views the heavier one counts.

    `before` has the answers that counted at the last assessment: where a question is open now, a danger
    known then still counts. Not knowing is not safety, so an open question is never read as a no.
    """
    found = [_reason(item, hers, theirs, before or {}, instrument.level.open_weighs) for item in instrument.items]
    reasons = tuple(sorted((one for one in found if _rank(one.weight)), key=lambda one: -_rank(one.weight)))
    for one in reasons:
        if instrument.level.high_if_any_alone and one.weight == "high" and instrument.item(one.item).raises_alone:
            return Proposal("high", one.item, None, reasons)
    for level, threshold in _thresholds(instrument):
        if _reached(threshold, reasons):
            return Proposal(level, "", threshold, reasons)
    return Proposal("low", "", None, reasons)


def counted(instrument: Instrument, hers: Answers, theirs: Answers, before: Answers | None = None) -> dict[str, str]:
    """The answer that counts for each question that is not open: what the next assessment starts from."""
    found = [_reason(item, hers, theirs, before or {}, "none") for item in instrument.items]
    return {one.item: one.answer for one in found if not one.open} | {
        one.item: (before or {})[one.item] for one in found if one.from_before
    }


def next_due(level: str, on: date) -> date:
    """Until when an assessment of this level holds (C&H-B 2.1.1, lines 238)."""
    return _months_later(on, triggers().months_by_level[level])


def due_after(trigger: str, on: date) -> date:
    """By when risk is assessed again after this happened (R5); raises KeyError for an unknown trigger."""
    return on + timedelta(days={one.key: one.due_within_days for one in triggers().triggers}[trigger])


def is_overdue(due_on: date | None, today: date) -> bool:
    """Whether an assessment should have been done before today (R5)."""
    return due_on is not None and due_on < today


def may_decide(*, proposed: str, decided: str, reason: str, on: date, next_on: date) -> Decision:
    """Whether a person may decide so: with a reason where the level differs, and not to be looked at later than set."""
    if decided not in LEVELS:
        return refused("Choose low, medium or high.", "R8")
    if decided != proposed and not reason.strip():
        return refused("Your level differs from the proposed one. Write why, so that colleagues understand.", "R8")
    if not on < next_on <= next_due(decided, on):
        return refused("This level has to be looked at again sooner. Choose an earlier day.", "R5; C&H-B 2.1.1")
    return ALLOWED


def may_take_back(*, noted_by: int, noted_at: datetime, by: int, now: datetime) -> Decision:
    """A tap by mistake is taken back by who tapped, within a day; later, an assessment says what was so."""
    if noted_by == by and now - noted_at <= TAKE_BACK_TIME:
        return ALLOWED
    return refused("Only who noted it can take it back, within a day. Assess her risk instead.")


def may_join_psychological_group(level: str, *, overdue: bool) -> Decision:
    """Psychological support in a group only where risk was assessed as low, and that still holds (R4)."""
    source = "R4; C&H-L 5.1.2, lines 573-576"
    if level == "low" and not overdue:
        return ALLOWED
    if not level or overdue:
        return refused("Psychological groups wait until her risk is assessed. Offer individual sessions.", source)
    return refused("Psychological groups are for low risk only. Offer individual sessions.", source)


def _reason(item: RiskItem, hers: Answers, theirs: Answers, before: Answers, open_weighs: str) -> Reason:
    given = [answers[item.key] for answers in (hers, theirs) if answers.get(item.key)]
    known = [key for key in given if key not in OPEN_ANSWERS]
    if known:
        heaviest = max(known, key=lambda key: _rank(item.answer(key).weight))
        return Reason(item.key, heaviest, item.answer(heaviest).weight)
    asked = given[-1] if given else ""
    earlier = next((one.weight for one in item.answers if one.key == before.get(item.key)), "none")
    if _rank(earlier) > _rank(open_weighs):
        return Reason(item.key, asked, earlier, from_before=True)
    return Reason(item.key, asked, open_weighs)


def _thresholds(instrument: Instrument) -> list[tuple[str, Threshold]]:
    rules = instrument.level
    return [("high", rules.high_if_at_least), *(("medium", one) for one in rules.medium_if_at_least)]


def _reached(threshold: Threshold, reasons: tuple[Reason, ...]) -> bool:
    return sum(_rank(one.weight) >= _rank(threshold.weight) for one in reasons) >= threshold.count


def _rank(weight: str) -> int:
    return WEIGHTS.index(weight)


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
