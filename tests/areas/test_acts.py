"""Every verb that the code writes into the log has words, in three languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import amparo
from amparo.areas.access.rules import Part
from amparo.areas.audit.catalogue import acts, things
from amparo.areas.audit.rules import Does
from amparo.areas.cases.catalogue import readers_words
from amparo.areas.entitlements.rules.pathways import What
from amparo.areas.plans.rules import GoalStatus, NeedStatus

SOURCES = sorted((Path(amparo.__file__).parent / "areas").rglob("*.py"))
# Functions whose first or named argument is a verb of the log.
BY_KEYWORD = "verb"
FIRST = {"Trace"}
SECOND = {"_note", "note"}


def written(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    places = [keyword.value for keyword in call.keywords if keyword.arg == BY_KEYWORD]
    places += call.args[:1] if name in FIRST else []
    places += call.args[1:2] if name in SECOND else []
    for place in places:
        for one in (place.body, place.orelse) if isinstance(place, ast.IfExp) else (place,):
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                yield one.value


def verbs() -> set[str]:
    """What stands in the source, and what is put together from coded words."""
    calls = [
        node for file in SOURCES for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    found = {verb for call in calls for verb in written(call)}
    found |= (
        {f"read {part}" for part in Part}
        | {f"need {one}" for one in NeedStatus}
        | {f"goal {one}" for one in GoalStatus}
        | {f"pathway {one}" for one in What}
    )
    return found | {
        "consent given",
        "consent refused",
        "first interview booked",
        "first interview moved",
        "family added",
    }


def test_every_verb_of_the_log_has_words() -> None:
    known = verbs()
    assert len(known) > 90
    assert sorted(known - set(acts())) == [], "add a line for each to areas/audit/data/acts.yaml"


def test_every_kind_of_act_has_a_word_in_her_list() -> None:
    assert {one.value for one in Does} <= set(readers_words())
    assert {act.thing for act in acts().values()} <= set(things())
