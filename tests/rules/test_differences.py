"""What differs between two sets of rules is told part by part."""

from datetime import date

import msgspec

from amparo.areas.entitlements.rules.differences import differences
from amparo.areas.entitlements.rules.scheme import Checked, Length, Pathway, Permit, RuleSet, Source, Stage

SOURCE = Source(cite="field practice", where="a test")


def _permit(name: str, days: int) -> Permit:
    return Permit(
        id=name,
        kind="temporary_stay",
        title={"en": name},
        conditions="adult",
        lasts=Length(days=days),
        renewable=False,
        source=SOURCE,
    )


STAGE = Stage(id="aa.stage", title={"en": "s"}, who="she", due={"en": "d"}, lasts=Length(days=1), source=SOURCE)
PATH = Pathway(id="aa.path", title={"en": "p"}, stages=(STAGE,), source=SOURCE)
BEFORE = RuleSet(
    country="AA",
    title={"en": "AA"},
    valid_from=date(2020, 1, 1),
    valid_to=None,
    checked=Checked(on=date(2020, 1, 1), by="a test"),
    source=SOURCE,
    permits=(_permit("aa.one", 30), _permit("aa.two", 30)),
    services=(),
    pathways=(PATH,),
)


def test_the_same_rules_do_not_differ() -> None:
    later = msgspec.structs.replace(BEFORE, valid_from=date(2026, 1, 1))
    assert differences(BEFORE, BEFORE) == differences(BEFORE, later) == ()


def test_what_changed_what_is_new_and_what_is_gone_are_told_by_themselves() -> None:
    after = msgspec.structs.replace(BEFORE, permits=(_permit("aa.one", 60), _permit("aa.new", 30)), pathways=())
    found = {one.id: (one.before is not None, one.after is not None) for one in differences(BEFORE, after)}
    assert found == {
        "aa.one": (True, True),
        "aa.new": (False, True),
        "aa.two": (True, False),
        "aa.path": (True, False),
    }
    assert [one.id for one in differences(BEFORE, after)][:2] == ["aa.one", "aa.new"]
