"""Who may do what, as tables: roles, purposes, parts, audiences, tasks and addresses, with the reason of each."""

from collections.abc import Iterator

from amparo.areas.access.at_need import (
    may_answer_ask,
    may_ask_for_identity,
    may_break_glass,
    may_end_glass,
    may_look_at_glass,
)
from amparo.areas.access.rules import (
    CEILING,
    CEILINGS,
    GRANTED,
    READS,
    WRITES,
    Asked,
    Audience,
    Part,
    Purpose,
    Task,
    Ties,
    Viewer,
    decide,
    purpose_of,
)
from amparo.areas.access.tasks import TASKS
from amparo.areas.cases.rules import GLASS_TIME, OPENING_TIME, YES_TIME
from amparo.areas.orgs.rules import Role
from amparo.kernel.decision import Decision
from amparo.kernel.labels import Label
from amparo.web.staff.case_pages import CasePart
from amparo.web.staff.pages import StaffPage
from scripts.markdown import table

HERE, ME, SOMEBODY = 1, 7, 8
HOLDS_WHEN = {
    Purpose.ACCOMPANY: "she or he is of her team now",
    Purpose.GROUP: "she is in a group that the facilitator holds today, and said yes to groups",
    Purpose.COORDINATE: "the role is coordinator, for every case of the house",
    Purpose.OVERSEE: "the role is data protection officer, for every case of the house",
    Purpose.DANGER: f"she or he opened it in danger to life, less than {GLASS_TIME.seconds // 3600} hours ago",
    Purpose.APPROVED: f"a second person said yes, less than {YES_TIME.seconds // 3600} hours ago",
}
_TIES = {
    Purpose.ACCOMPANY: Ties(HERE, in_team=True),
    Purpose.GROUP: Ties(HERE, in_group=True, agreed_to_groups=True),
    Purpose.COORDINATE: Ties(HERE),
    Purpose.OVERSEE: Ties(HERE),
    Purpose.DANGER: Ties(HERE, in_danger=True),
    Purpose.APPROVED: Ties(HERE, approved=True),
}


def lines() -> Iterator[str]:
    """The whole document."""
    yield "Everything starts closed. Who is not trained and has not signed confidentiality opens nothing (R12), and"
    yield "nothing crosses from one organisation to another, whatever stands below. Cooperation with authorities,"
    yield "identification and legal status are no input of any of these rules (R1)."
    yield ""
    yield from _purposes()
    for purpose in Purpose:
        yield from _parts(purpose)
    yield from _audiences()
    yield from _at_need()
    yield from _tasks()
    yield from _addresses()


def readers(part: Part, label: Label = Label.OPERATIONAL) -> Iterator[tuple[Purpose, list[Role]]]:
    """For each purpose, the roles that read words of this label in this part."""
    for purpose, ties in _TIES.items():
        asked = Asked(part, label=label)
        roles = [role for role in READS[purpose] if purpose_of(_viewer(role), asked, ties) is purpose]
        if roles:
            yield purpose, roles


def _viewer(role: Role) -> Viewer:
    return Viewer(member=ME, organisation=HERE, role=role)


def _purposes() -> Iterator[str]:
    yield "## For what somebody comes to a case"
    yield ""
    rows = [
        (one, HOLDS_WHEN[one], ", ".join(READS[one]), CEILING[one], f"{GRANTED[one].reason} ({GRANTED[one].source})")
        for one in Purpose
    ]
    yield from table(("purpose", "holds when", "roles", "words up to", "reason (rule)"), rows)


def _parts(purpose: Purpose) -> Iterator[str]:
    roles = list(READS[purpose])
    yield f"## Parts of a case: {purpose}"
    yield ""
    yield "`r` reads, `w` also writes."
    yield ""
    rows = []
    for part in Part:
        marks = ["".join(_mark(purpose, role, part)) for role in roles]
        if any(marks):
            rows.append((part, *marks, CEILINGS.get((purpose, part), CEILING[purpose])))
    yield from table(("part", *roles, "words up to"), rows)


def _mark(purpose: Purpose, role: Role, part: Part) -> Iterator[str]:
    if part in READS[purpose].get(role, ()):
        yield "r"
    if part in WRITES[purpose].get(role, ()):
        yield "w"


def _audiences() -> Iterator[str]:
    yield "## Notes, by whom they are for"
    yield ""
    rows = []
    for audience in Audience:
        read = [
            f"{role} ({purpose}{', as her referent' if referent else ''})"
            for purpose, ties in _TIES.items()
            for role in READS[purpose]
            for referent in (False, True)
            if _reads_note(role, audience, ties, referent=referent)
        ]
        rows.append((audience, ", ".join(read)))
    yield from table(("audience", "read by"), rows)


def _reads_note(role: Role, audience: Audience, ties: Ties, *, referent: bool) -> bool:
    """As her referent only where that is what opens it."""
    asked = Asked(Part.NOTES, audience=audience)
    plainly = decide(_viewer(role), asked, ties).allowed
    as_referent = decide(_viewer(role), asked, Ties(HERE, in_team=ties.in_team, is_referent=True)).allowed
    return as_referent and not plainly and ties.in_team if referent else plainly


def _at_need() -> Iterator[str]:
    team = Ties(HERE, in_team=True)
    yield "## Beyond one's everyday part"
    yield ""
    yield f"An identity that is opened closes by itself after {OPENING_TIME.seconds // 60} minutes."
    yield ""
    rows = [
        (
            role,
            _yes(may_break_glass(_viewer(role), Ties(HERE))),
            _yes(may_ask_for_identity(_viewer(role), Ties(HERE))),
            _yes(may_answer_ask(_viewer(role), asker=SOMEBODY, ties=team)),
            _yes(may_answer_ask(_viewer(role), asker=SOMEBODY, ties=Ties(HERE))),
            _yes(may_end_glass(_viewer(role), opened_by=SOMEBODY, ties=Ties(HERE))),
            _yes(may_look_at_glass(_viewer(role), organisation=HERE)),
        )
        for role in Role
    ]
    head = ("role", "opens a case in danger to life, outside her team", "asks for an identity, outside her team")
    answers = ("says yes or no to a colleague, in her team", "the same, outside it")
    yield from table((*head, *answers, "ends somebody's opening", "looks at it afterwards"), rows)


def _yes(decision: Decision) -> str:
    return "yes" if decision else ""


def _tasks() -> Iterator[str]:
    yield "## Tasks outside any one case"
    yield ""
    rows = [(task, *("yes" if task in TASKS[role] else "" for role in Role)) for task in Task]
    yield from table(("task", *Role), rows)


def _addresses() -> Iterator[str]:
    yield "## Addresses of the staff's site"
    yield ""
    yield "A page asks for a task, and a page of a case also for a part of it. Some decide more; the access table of"
    yield "the tests holds the answer of each address for everybody."
    yield ""
    yield from table(("address", "name", "task", "part of the case"), sorted(_pages()))


def _pages() -> Iterator[tuple[str, str, str, str]]:
    from django.urls import get_resolver

    for pattern, name, page in _views(get_resolver().url_patterns, ""):
        if isinstance(page, type) and issubclass(page, StaffPage):
            part = f"{'writes' if page.writes else 'reads'} {page.part}" if issubclass(page, CasePart) else ""
            yield f"`/{pattern}`", name, page.task, part


def _views(patterns: list, before: str) -> Iterator[tuple[str, str, object]]:  # type: ignore[type-arg]
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from _views(one.url_patterns, f"{before}{one.pattern}")
        else:
            yield f"{before}{one.pattern}", str(one.name), getattr(one.callback, "view_class", None)
