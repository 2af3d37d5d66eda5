"""What is wrong with a plan, in words for whoever reads them (pure).

Who keeps away from whom, and what risk somebody lives with, is told to whoever reads her safety, and to nobody else:
others read that it would not be safe for someone, without a name, a number or a rule from which it could be guessed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from amparo.kernel.language import worded

from .checking import Broken
from .instance import Instance, Plan
from .weeks import Window

#: Rules of the contract that speak of her safety; what breaks one of them is no safe session.
OF_SAFETY = frozenset({3, 4, 5, 6})
#: Rules whose break would make a published session impossible or unsafe; the size of a group and its level would not.
NEVER_NEW = frozenset({1, 3, 4, 5, 6})

#: A session in a plan: the place of its group, and its own place in that.
Place = tuple[int, int]

_SESSION = re.compile(r"(\S+) on (\d{4}-\d\d-\d\d \d\d:\d\d) in (\S+?)(?=$|[\s:,])")
_SIZE = re.compile(r"(\d+) women in a group of ")
_WORD = re.compile(r"[\w.-]+")

_NOT_FREE = re.compile(r": (\S+) is not available$")
HAS_APPOINTMENT = worded("Somebody has an appointment then.")
UNSAFE = worded("This would not be safe for someone. The coordination knows more.")
_SAID: tuple[tuple[int, str, str], ...] = (
    (
        *(0, "did not ask"),
        worded("Somebody in it did not ask for it, does not want it, is in a pause, or has it in other weeks already."),
    ),
    (0, "off the grid", worded("The session does not begin at a quarter of an hour.")),
    (0, "there is no room", worded("The room is not in use any more.")),
    (0, "on the site", worded("The activity is not held at this place.")),
    (0, "there is no woman", worded("Somebody in it is not accompanied here any more.")),
    (0, "does not hold", worded("Whoever holds it is not trained and signed for it, or does not hold it any more.")),
    (0, "", worded("What was asked or offered has changed since.")),
    (1, "not held there", worded("The activity is not held in this room.")),
    (1, "changes its", worded("One group keeps one professional.")),
    (1, "room", worded("Two sessions would be in this room at once.")),
    (1, "professional", worded("The professional would be in two sessions at once.")),
    (1, "seats", worded("The room has too few seats.")),
    (1, "longer than", worded("The session is too long.")),
    (1, "sessions, not", worded("The group has more or fewer sessions than the activity.")),
    (1, "too near", worded("Two sessions of the group are too few days apart.")),
    (1, "is in two", worded("Somebody would be in two sessions at once.")),
    (1, "is not available", worded("Somebody is not free then.")),
    (2, "in a group of", worded("The group is smaller or larger than the activity asks for.")),
    (2, "level", worded("The level does not fit.")),
    (2, "", worded("The languages do not fit.")),
    (3, "avoids", worded("Somebody in it keeps away from this place.")),
    (3, "", worded("There is no childcare place for all children at that time.")),
    (4, "agreed", worded("Her yes to being in groups is missing.")),
    (4, "", worded("Her risk is too high for this group, or was not assessed in time.")),
    (5, "must not meet", worded("Two women who must not meet would be near each other.")),
    (5, "", worded("Somebody who meets nobody would meet others.")),
    (6, "", worded("Between two individual sessions lies less than half an hour.")),
)
_OPEN_TO_ALL = worded("There is no childcare place for all children at that time.")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong: by which rule, in which sessions, and whom of the women it is about."""

    rule: int
    text: str
    sessions: frozenset[Place]
    women: tuple[str, ...]

    @property
    def is_secret(self) -> bool:
        """Whether only who reads the safety of these women may know it."""
        return self.rule in OF_SAFETY and self.text != _OPEN_TO_ALL

    def told(self, *, reads_safety: bool) -> "Told":
        """The words for somebody who reads the safety of all these women, or not."""
        if self.is_secret and not reads_safety:
            return Told(UNSAFE, ())
        return Told(self.text, self.women)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody reads of it, and which women are named beside it."""

    text: str
    women: tuple[str, ...]


def troubles(
    broken: Iterable[Broken],
    plan: Plan,
    *,
    women: Iterable[str],
    appointments: Mapping[str, Sequence[Window]] | None = None,
    instance: Instance | None = None,
) -> list[Trouble]:
    """What the checker found, each with the sessions and the women it is about; the same thing once.

    Who is not free because of one of the `appointments` is told so, and never what it is.
    """
    known, found = frozenset(women), []
    lengths = {one.id: timedelta(minutes=one.minutes) for one in instance.activities} if instance else {}
    for one in broken:
        named = tuple(dict.fromkeys(word for word in _WORD.findall(one.says) if word in known))
        where = _sessions(one, plan)
        met = _NOT_FREE.search(one.says)
        taken = (appointments or {}).get(met[1], ()) if met else ()
        text = HAS_APPOINTMENT if _clash(taken, where, plan, lengths) else _text(one)
        found.append(Trouble(one.rule, text, where, named))
    return list(dict.fromkeys(found))


def _clash(taken: Sequence[Window], where: Iterable[Place], plan: Plan, lengths: Mapping[str, timedelta]) -> bool:
    held = [
        (start, start + lengths.get(plan.groups[group].activity, timedelta()))
        for group, place in where
        for start in (plan.groups[group].sessions[place].start,)
    ]
    return any(one < end and start < other for start, end in held for one, other in taken)


def added(before: Sequence[Trouble], after: Sequence[Trouble]) -> list[Trouble]:
    """What a change would add that must not be added to a published plan."""
    return [one for one in after if one.rule in NEVER_NEW and one not in before]


def _text(one: Broken) -> str:
    return next(text for rule, part, text in _SAID if rule == one.rule and part in one.says)


def _sessions(one: Broken, plan: Plan) -> frozenset[Place]:
    """Those that the text names; where it names none, those that it can only mean: of what and whom it does name."""
    spots: dict[Place, tuple[set[str], set[str], set[str]]] = {}
    starts: dict[Place, str] = {}
    for number, group in enumerate(plan.groups):
        for place, session in enumerate(group.sessions):
            spots[number, place] = ({group.activity}, set(group.women), {session.room})
            starts[number, place] = f"{session.start:%Y-%m-%d %H:%M}"
    keys = set(_SESSION.findall(one.says))
    said = frozenset(spot for spot, (activity, _, room) in spots.items() if (*activity, starts[spot], *room) in keys)
    if said:
        return said
    words = set(_WORD.findall(one.says))
    meant = [words & set().union(*(has[kind] for has in spots.values())) for kind in range(3)]
    if not any(meant):
        return said
    where = [
        spot for spot, has in spots.items() if all(not names or names & has[kind] for kind, names in enumerate(meant))
    ]
    size = _SIZE.match(one.says)
    of_size = [spot for spot in where if size and len(set(plan.groups[spot[0]].women)) == int(size[1])]
    return frozenset(of_size or where)
