"""Countries side by side: every kind in its row, every country in its column, and what is only supposed shows."""

from datetime import date

from amparo.areas.entitlements.rules.comparing import KINDS, MOST_COUNTRIES, side_by_side, supposing
from amparo.areas.entitlements.rules.facts import NOTHING_KNOWN, Facts
from amparo.areas.entitlements.rules.judging import Answer, judge
from amparo.areas.entitlements.rules.scheme import Checked, Length, Permit, RuleSet, Service, Source, Test

ON = date(2026, 11, 22)
SOURCE = Source(cite="field practice", where="a test")


def _rules(country: str, *, permits: tuple[Permit, ...] = (), services: tuple[Service, ...] = ()) -> RuleSet:
    return RuleSet(
        country=country,
        title={"en": country},
        valid_from=date(2020, 1, 1),
        valid_to=None,
        checked=Checked(on=date(2020, 1, 1), by="a test"),
        source=SOURCE,
        permits=permits,
        services=services,
    )


def _permit(name: str, condition: str) -> Permit:
    return Permit(
        id=name,
        kind="temporary_stay",
        title={"en": name},
        conditions=condition,
        lasts=Length(months=3),
        renewable=False,
        source=SOURCE,
    )


HEALTH = Service(
    id="bb.health",
    kind="health",
    title={"en": "Health"},
    conditions=Test(all=()),
    provider="mainstream",
    free_of_charge=None,
    source=SOURCE,
)
ONE = _rules("AA", permits=(_permit("aa.first", "adult"), _permit("aa.second", "cooperates")))
OTHER = _rules("BB", permits=(_permit("bb.first", "cooperates"),), services=(HEALTH,))


def _answers(facts: Facts) -> list[Answer]:
    return [judge(one, facts, as_of=ON) for one in (ONE, OTHER)]


def test_a_row_holds_what_each_country_has_of_one_kind_in_the_order_of_the_countries() -> None:
    rows = side_by_side(_answers(NOTHING_KNOWN))
    assert [row.kind for row in rows] == ["temporary_stay", "health"]
    assert [[cell.judged.item.id for cell in cells] for cells in rows[0].cells] == [
        ["aa.first", "aa.second"],
        ["bb.first"],
    ]
    assert [len(cells) for cells in rows[1].cells] == [0, 1]


def test_permits_stand_before_services_and_no_kind_twice() -> None:
    assert KINDS.index("humanitarian_permit") < KINDS.index("accommodation_specialised")
    assert len(KINDS) == len(set(KINDS)) == 12
    assert MOST_COUNTRIES == 4


def test_nothing_changes_where_nothing_is_supposed() -> None:
    cells = [cell for row in side_by_side(_answers(Facts(adult=True))) for part in row.cells for cell in part]
    assert [cell.before for cell in cells] == [None] * 4
    assert not any(cell.changes for cell in cells)


def test_what_is_supposed_shows_where_it_makes_a_difference_and_nowhere_else() -> None:
    facts = Facts(adult=True)
    rows = side_by_side(_answers(supposing(facts, {"cooperates": False})), before=_answers(facts))
    changes = {cell.judged.item.id: (cell.before, cell.changes) for row in rows for part in row.cells for cell in part}
    assert changes == {
        "aa.first": ("eligible", False),
        "aa.second": ("undetermined", True),
        "bb.first": ("undetermined", True),
        "bb.health": ("eligible", False),
    }


def test_supposing_leaves_what_is_known_as_it_is() -> None:
    facts = Facts(adult=True)
    assert supposing(facts, {"adult": False}) == Facts(adult=False)
    assert facts == Facts(adult=True)
    assert supposing(facts, {}) == facts


def test_a_country_whose_permit_another_day_did_not_have_is_told_as_new() -> None:
    """Where the sets differ, what was not there before has no status to compare with."""
    before = [judge(_rules("AA"), NOTHING_KNOWN, as_of=ON), _answers(NOTHING_KNOWN)[1]]
    rows = side_by_side(_answers(NOTHING_KNOWN), before=before)
    assert [cell.before for cell in rows[0].cells[0]] == [None, None]
