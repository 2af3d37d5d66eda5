"""Closing with her, asking how she is, and coming back; the team and its referent."""

from datetime import date, timedelta

import pytest

from amparo.areas.cases import standing, team
from amparo.areas.cases.models import Case, Closing, Due, Event, Handover, TeamMember
from amparo.areas.cases.rules import DueKind, Status
from amparo.areas.cases.standing import Ending
from amparo.areas.cases.team import Handing
from amparo.areas.plans.actions import note_need
from amparo.areas.plans.models import Need
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, Refused
from tests.cast import Cast

HERS = "canary-her-evaluation"
HANDED = "canary-handed-over"
DAY = date(2026, 4, 1)


def _closed(cast: Cast, *ask_on: date) -> None:
    ending = Ending("own_life", "integrated", DAY, with_her=True, words={"helped": HERS}, ask_on=ask_on)
    standing.close_case(cast.case(), by=cast["assigned"], ending=ending)


def test_closing_settles_what_was_due_and_keeps_the_days_she_agreed_to(cast: Cast) -> None:
    standing.start_accompanying(cast.case(), by=cast["assigned"])
    _closed(cast, date(2026, 5, 1), date(2026, 7, 1))
    case = cast.case()
    assert (case.status, case.outcome, case.closed_on) == (Status.FOLLOW_UP, "integrated", DAY)
    due = Due.objects.filter(done_at=None)
    assert [(one.kind, one.on) for one in due.order_by("on")] == [
        (DueKind.FOLLOW_UP, date(2026, 5, 1)),
        (DueKind.FOLLOW_UP, date(2026, 7, 1)),
    ]


def test_her_words_at_the_end_are_sealed_and_open_for_who_accompanied_her(cast: Cast) -> None:
    _closed(cast)
    assert HERS.encode() not in bytes(Closing.objects.get().words)
    assert standing.closings_of(cast["assigned"], cast.case())[0].words == {"helped": HERS}
    assert standing.closings_of(cast["officer"], cast.case("officer"))[0].words == {}
    assert standing.closings_of(cast["coordinator"], cast.case("coordinator"))[0].words == {}


def test_she_comes_back_in_one_step_with_her_history_and_her_team(cast: Cast) -> None:
    _closed(cast, date(2026, 5, 1))
    before = TeamMember.objects.filter(until=None).count()
    standing.welcome_back(cast.case().person, by=cast["assigned"])
    case = cast.case()
    assert (case.status, case.closed_on, case.outcome) == (Status.ACCOMPANIED, None, "")
    assert TeamMember.objects.filter(until=None).count() == before
    assert Event.objects.filter(verb="case closed").exists()
    assert Closing.objects.get().came_back_on is not None
    assert set(Due.objects.filter(done_at=None).values_list("kind", flat=True)) == {DueKind.RISK}


def test_a_colleague_who_was_not_in_her_team_may_welcome_her_and_is_in_it_then(cast: Cast) -> None:
    _closed(cast)
    standing.welcome_back(cast.case().person, by=cast["colleague"])
    assert cast.case("colleague").in_team
    assert cast.case().referent == cast["assigned"].member


def test_she_may_be_closed_and_welcomed_again_and_each_ending_is_kept(cast: Cast) -> None:
    for _ in range(2):
        _closed(cast)
        standing.welcome_back(cast.case().person, by=cast["assigned"])
    assert Closing.objects.count() == 2


@pytest.mark.parametrize("name", ["stranger", "foreign_coordinator"])
def test_nobody_of_another_organisation_reopens_her_case(cast: Cast, name: str) -> None:
    _closed(cast)
    with pytest.raises(NotThere):
        standing.welcome_back(cast.case().person, by=cast[name])


@pytest.mark.parametrize("name", ["psychologist", "lawyer", "mediator"])
def test_closing_is_for_the_referent_and_the_coordination_in_her_team(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        standing.close_case(cast.case(name), by=cast[name], ending=Ending("own_life", "integrated", DAY, with_her=True))


def test_a_case_is_not_closed_twice_and_an_open_one_is_not_reopened(cast: Cast) -> None:
    with pytest.raises(Refused):
        standing.welcome_back(cast.case().person, by=cast["assigned"])
    _closed(cast)
    with pytest.raises(Refused):
        _closed(cast)
    assert Closing.objects.count() == 1


def _handed(cast: Cast, **changes: object) -> int:
    what = {"to": cast["colleague"].member, "text": HANDED, "tell_by": date(2026, 4, 8)} | changes
    return team.hand_over(cast.case(), by=cast["assigned"], what=Handing(**what))  # type: ignore[arg-type]


def test_a_handover_changes_the_referent_and_waits_to_be_read_and_told(cast: Cast) -> None:
    number = _handed(cast)
    assert Case.objects.get().referent_id == cast["colleague"].member
    open_ones = Due.objects.filter(done_at=None).exclude(kind=DueKind.RISK)
    assert set(open_ones.values_list("kind", flat=True)) == {DueKind.HANDOVER, DueKind.REFERENT_TOLD}
    with pytest.raises(Refused):
        team.confirm_handover(cast.case(), number, by=cast["assigned"])
    team.confirm_handover(cast.case("colleague"), number, by=cast["colleague"])
    team.note_she_was_told(cast.case("colleague"), number, by=cast["colleague"], words="She is glad.", on=DAY)
    assert not open_ones.exists()


def test_what_is_handed_over_is_read_by_the_two_and_by_nobody_else(cast: Cast) -> None:
    _handed(cast)
    assert HANDED.encode() not in bytes(Handover.objects.get().text)
    for name, reads in (("assigned", True), ("colleague", True), ("psychologist", False), ("coordinator", False)):
        assert (team.handovers_of(cast[name], cast.case(name))[0].text == HANDED) is reads, name


def test_a_handover_needs_a_word_to_her_or_a_day_for_it(cast: Cast) -> None:
    with pytest.raises(Refused):
        _handed(cast, tell_by=None)
    with pytest.raises(NotThere):
        _handed(cast, to=cast["psychologist"].member)
    with pytest.raises(NotThere):
        _handed(cast, to=cast["stranger"].member)
    assert Case.objects.get().referent_id == cast["assigned"].member


def test_the_last_referent_cannot_leave_and_others_can(cast: Cast) -> None:
    with pytest.raises(Refused):
        team.take_from_team(cast.case(), by=cast["assigned"], member=cast["assigned"].member)
    team.take_from_team(cast.case(), by=cast["assigned"], member=cast["lawyer"].member)
    with pytest.raises(NotThere):
        cast.case("lawyer")


def test_a_team_is_changed_by_her_referent_and_the_coordination(cast: Cast) -> None:
    team.add_to_team(cast.case("coordinator"), by=cast["coordinator"], member=cast["colleague"].member)
    assert cast.case("colleague").in_team
    with pytest.raises(Refused):
        team.add_to_team(cast.case("colleague"), by=cast["colleague"], member=cast["coordinator"].member)
    with pytest.raises(NotThere):
        team.add_to_team(cast.case(), by=cast["assigned"], member=cast["stranger"].member)


def test_who_stands_in_sees_what_is_due_for_the_referent_only_while_it_lasts(cast: Cast) -> None:
    from datetime import timedelta

    from amparo.areas.access.rules import Part
    from amparo.areas.cases.acting import acting
    from amparo.areas.cases.dues import due_lines, set_due
    from amparo.kernel import clock

    today = clock.today("Europe/Madrid")
    with acting(cast.case(), by=cast["assigned"], part=Part.PLAN, verb="x") as act:
        act.quiet = True
        set_due(cast.case(), DueKind.STEP, on=today, member=cast["assigned"].member)
    team.add_to_team(cast.case(), by=cast["assigned"], member=cast["colleague"].member)

    def kinds() -> list[str]:
        lines = due_lines(cast["colleague"], until=today)
        return [line.kind for line in lines if line.kind != DueKind.RISK]

    assert kinds() == []
    what = Handing(to=cast["colleague"].member, text=HANDED, told_words="She knows.", told_on=today)
    team.stand_in(cast.case(), by=cast["assigned"], what=what, starts_on=today, until=today + timedelta(days=7))
    assert set(kinds()) == {DueKind.STEP, DueKind.HANDOVER}
    assert cast.case().referent == cast["assigned"].member
    with clock.standing_at(clock.now() + timedelta(days=9)):
        assert DueKind.STEP not in kinds()


def _stand_in(cast: Cast, name: str = "colleague", *, begins: int = 0, days: int = 7) -> None:
    today = clock.today("Europe/Madrid")
    what = Handing(to=cast[name].member, text=HANDED, told_words="She knows.", told_on=today)
    begin = today + timedelta(days=begins)
    team.stand_in(cast.case(), by=cast["assigned"], what=what, starts_on=begin, until=begin + timedelta(days=days))


def test_who_stands_in_is_known_while_it_lasts(cast: Cast) -> None:
    assert team.standing_in(cast["assigned"], cast.case()) is None
    _stand_in(cast)
    found = team.standing_in(cast["lawyer"], cast.case("lawyer"))
    assert found is not None
    assert (found.member, found.name) == (cast["colleague"].member, "Colleague")
    with clock.standing_at(clock.now() + timedelta(days=9)):
        assert team.standing_in(cast["lawyer"], cast.case("lawyer")) is None


def test_who_will_stand_in_does_not_stand_in_yet(cast: Cast) -> None:
    _stand_in(cast, begins=3)
    assert team.standing_in(cast["assigned"], cast.case()) is None
    assert Event.objects.get(verb="standing in agreed").on == clock.today("Europe/Madrid"), "it was agreed today"


def test_who_left_the_team_or_became_referent_stands_in_no_more(cast: Cast) -> None:
    _stand_in(cast)
    team.take_from_team(cast.case(), by=cast["assigned"], member=cast["colleague"].member)
    assert team.standing_in(cast["assigned"], cast.case()) is None
    _stand_in(cast)
    _handed(cast)
    assert team.standing_in(cast["assigned"], cast.case()) is None


def test_the_plan_of_a_closed_case_waits_until_she_is_back(cast: Cast) -> None:
    _closed(cast, date(2026, 5, 1))
    case = cast.case()
    with pytest.raises(Refused, match="stays as she left it"):
        note_need(case, by=cast["assigned"], domain="safety", her_words="late")
    assert not Need.objects.exists()
    standing.welcome_back(case.person, by=cast["assigned"])
    assert note_need(cast.case(), by=cast["assigned"], domain="safety", her_words="now")
