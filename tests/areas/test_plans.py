"""Her plan as the area keeps it: her words are added and never replaced, and every answer is to one version."""

from datetime import date, timedelta

import pytest

from amparo.areas.access.rules import Part
from amparo.areas.cases import standing, team
from amparo.areas.cases.dues import due_lines, due_of_case
from amparo.areas.cases.models import Event
from amparo.areas.cases.standing import Ending
from amparo.areas.plans import actions, agreeing, queries
from amparo.areas.plans.actions import StepWords
from amparo.areas.plans.models import Need, PlanVersion, Saying, Step
from amparo.areas.plans.rules import Agreement, GoalStatus, NeedStatus, Who
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, Refused
from tests.cast import Cast

SAYS = "canary: I want to sleep without fear"
VIEW = "canary-our-view"


def note(cast: Cast, *, domain: str = "accommodation", basic_need: str = "", her_words: str = SAYS) -> int:
    worker = cast["assigned"]
    return actions.note_need(
        cast.case(), by=worker, domain=domain, basic_need=basic_need, her_words=her_words, our_view=VIEW
    )


def goal(cast: Cast, need: int | None = None) -> int:
    return actions.set_goal(cast.case(), by=cast["assigned"], domain="accommodation", words="a key", need=need)


def step(cast: Cast, of: int, **changed: object) -> int:
    words = StepWords(**{"kind": "procedure", "words": "ring the office", **changed})  # type: ignore[arg-type]
    return actions.add_step(cast.case(), of, by=cast["assigned"], step=words)


def in_days(days: int) -> date:
    return clock.today("Europe/Madrid") + timedelta(days=days)


def test_asking_about_basic_needs_notes_what_is_missing_in_her_words(cast: Cast) -> None:
    _ask_basic(cast, {"food": "missing", "clothing": "there", "transport": "unknown"}, {"food": SAYS})
    need = _plan(cast).needs[0]
    assert len(_plan(cast).needs) == 1
    assert need.said is not None
    assert (need.domain, need.basic_need, need.said.words) == ("economic_situation", "food", SAYS)


def test_asking_again_adds_what_she_says_and_notes_no_need_twice(cast: Cast) -> None:
    _ask_basic(cast, {"food": "missing"}, {"food": SAYS})
    _ask_basic(cast, {"food": "missing"}, {"food": "less and less"})
    need = _plan(cast).needs[0]
    assert need.said is not None
    assert [need.said.words, *(said.words for said in need.said_before)] == ["less and less", SAYS]
    assert Need.objects.count() == 1


def test_what_is_there_again_is_for_her_to_call_met(cast: Cast) -> None:
    _ask_basic(cast, {"food": "missing"}, {})
    _ask_basic(cast, {"food": "there"}, {"food": "not asked for"})
    assert [need.basic_need for need in _plan(cast).needs] == ["food"]
    assert not Saying.objects.exists()


def test_a_need_keeps_her_words_sealed_and_gives_them_back(cast: Cast) -> None:
    number = note(cast)
    stored = bytes(Saying.objects.get(need=number).words) + bytes(Need.objects.get(pk=number).our_view)
    assert b"canary" not in stored
    need = queries.need_of(cast["assigned"], cast.case(), number)
    assert need.said is not None
    assert (need.said.words, need.our_view) == (SAYS, VIEW)


def test_what_she_says_later_stands_before_what_she_said_first(cast: Cast) -> None:
    number = note(cast)
    actions.change_need(cast.case(), number, by=cast["psychologist"], her_words="now a garden", our_view="x", version=1)
    need = queries.need_of(cast["assigned"], cast.case(), number)
    assert need.said is not None
    assert [need.said.words, *(said.words for said in need.said_before)] == ["now a garden", SAYS]


def test_changing_the_view_alone_leaves_her_words_as_they_were(cast: Cast) -> None:
    number = note(cast)
    actions.change_need(cast.case(), number, by=cast["assigned"], her_words="", our_view="y", version=1)
    need = queries.need_of(cast["assigned"], cast.case(), number)
    assert need.said is not None
    assert (need.said.words, need.said_before, need.our_view) == (SAYS, (), "y")


def test_a_view_that_a_colleague_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    number = note(cast)
    actions.change_need(cast.case(), number, by=cast["psychologist"], her_words="", our_view="theirs", version=1)
    with pytest.raises(Conflict) as conflict:
        actions.change_need(cast.case(), number, by=cast["assigned"], her_words="", our_view="mine", version=1)
    assert conflict.value.theirs == [("our_view", "theirs")]
    assert queries.need_of(cast["assigned"], cast.case(), number).our_view == "theirs"


def test_she_puts_her_needs_into_her_order_and_one_set_aside_stays_out_of_it(cast: Cast) -> None:
    first, second, third = note(cast), note(cast), note(cast)
    actions.mark_need(cast.case(), second, by=cast["assigned"], status=NeedStatus.ASIDE)
    actions.move_need(cast.case(), third, by=cast["assigned"], up=True)
    plan = queries.plan_of(cast["assigned"], cast.case())
    assert [need.id for need in plan.needs] == [third, first]
    assert [need.id for need in plan.past_needs] == [second]


def test_a_need_that_is_not_open_or_not_hers_cannot_be_moved(cast: Cast) -> None:
    number = note(cast)
    actions.mark_need(cast.case(), number, by=cast["assigned"], status=NeedStatus.MET)
    for one in (number, number + 1000):
        with pytest.raises(NotThere):
            actions.move_need(cast.case(), one, by=cast["assigned"], up=True)


def test_a_step_is_due_until_it_is_done_and_due_again_when_it_was_not(cast: Cast) -> None:
    number = step(cast, goal(cast), due_on=in_days(3))
    assert _due_steps(cast) == [number]
    actions.finish_step(cast.case(), number, by=cast["assigned"])
    assert _due_steps(cast) == []
    actions.reopen_step(cast.case(), number, by=cast["assigned"])
    assert _due_steps(cast) == [number]


def test_the_steps_of_a_goal_that_is_set_aside_are_not_due(cast: Cast) -> None:
    one = goal(cast)
    number = step(cast, one, due_on=in_days(3))
    actions.mark_goal(cast.case(), one, by=cast["assigned"], status=GoalStatus.ASIDE)
    assert _due_steps(cast) == []
    actions.mark_goal(cast.case(), one, by=cast["assigned"], status=GoalStatus.GOING)
    assert _due_steps(cast) == [number]


def test_when_she_comes_back_her_open_steps_are_due_again_and_done_ones_stay_done(cast: Cast) -> None:
    one = goal(cast)
    done, still_open = step(cast, one, due_on=in_days(3)), step(cast, one, due_on=in_days(4))
    actions.finish_step(cast.case(), done, by=cast["assigned"])
    actions.set_next_review(cast.case(), by=cast["assigned"], on=in_days(30))
    ending = Ending("own_life", "integrated", clock.today("Europe/Madrid"), with_her=True)
    standing.close_case(cast.case(), by=cast["assigned"], ending=ending)
    assert _due_steps(cast) == []
    standing.welcome_back(cast.case().person, by=cast["assigned"])
    assert _due_steps(cast) == [still_open]
    assert _plan(cast).review_on == in_days(30)


def test_a_step_stays_as_it_is_while_she_is_away_and_is_due_once_when_she_is_back(cast: Cast) -> None:
    number = step(cast, goal(cast), due_on=in_days(3))
    ending = Ending("own_life", "integrated", clock.today("Europe/Madrid"), with_her=True)
    standing.close_case(cast.case(), by=cast["assigned"], ending=ending)
    with pytest.raises(Refused):
        actions.move_step(cast.case(), number, by=cast["assigned"], to=in_days(9))
    standing.welcome_back(cast.case().person, by=cast["assigned"])
    actions.move_step(cast.case(), number, by=cast["assigned"], to=in_days(9))
    assert [line.on for line in due_of_case(cast["assigned"], cast.case()) if line.kind == "step"] == [in_days(9)]


def test_the_step_of_a_colleague_who_leaves_her_team_is_seen_by_the_others(cast: Cast) -> None:
    step(cast, goal(cast), who=Who.MEMBER, member=cast["psychologist"].member, due_on=in_days(3))
    assert "step" not in {line.kind for line in due_lines(cast["assigned"], until=in_days(7))}
    team.take_from_team(cast.case(), by=cast["assigned"], member=cast["psychologist"].member)
    assert "step" in {line.kind for line in due_lines(cast["assigned"], until=in_days(7))}


def test_a_step_moves_to_another_day_and_never_into_the_past(cast: Cast) -> None:
    number = step(cast, goal(cast), due_on=in_days(3))
    actions.move_step(cast.case(), number, by=cast["assigned"], to=in_days(9))
    assert [line.on for line in due_of_case(cast["assigned"], cast.case()) if line.kind == "step"] == [in_days(9)]
    with pytest.raises(Refused):
        actions.move_step(cast.case(), number, by=cast["assigned"], to=in_days(-1))


def test_a_step_is_taken_by_a_member_of_her_team_and_by_no_other_colleague(cast: Cast) -> None:
    one = goal(cast)
    lawyer, outsider = cast["lawyer"].member, cast["colleague"].member
    number = step(cast, one, who=Who.MEMBER, member=lawyer)
    assert queries.step_of(cast["assigned"], cast.case(), number).by == "Lawyer"
    for member in (outsider, cast["stranger"].member, None):
        with pytest.raises(NotThere):
            step(cast, one, who=Who.MEMBER, member=member)


def test_who_else_takes_a_step_is_sealed_and_forgotten_when_she_takes_it_herself(cast: Cast) -> None:
    number = step(cast, goal(cast), who=Who.OTHER, other="canary-sister")
    assert b"canary" not in bytes(Step.objects.get(pk=number).other)
    assert queries.step_of(cast["assigned"], cast.case(), number).by == "canary-sister"
    words = StepWords(kind="procedure", words="ring", who=Who.SHE, other="canary-sister")
    actions.change_step(cast.case(), number, by=cast["assigned"], step=words, version=1)
    assert queries.step_of(cast["assigned"], cast.case(), number).by == ""


def test_a_goal_worded_anew_by_a_colleague_meanwhile_is_not_overwritten(cast: Cast) -> None:
    number = goal(cast)
    with pytest.raises(Conflict) as conflict:
        actions.change_goal(cast.case(), number, by=cast["assigned"], domain="safety", words="other", version=7)
    assert conflict.value.theirs == [("words", "a key")]
    assert queries.goal_of(cast["assigned"], cast.case(), number).words == "a key"


def test_a_step_worded_anew_by_a_colleague_meanwhile_is_not_overwritten(cast: Cast) -> None:
    number = step(cast, goal(cast))
    words = StepWords("procedure", "other")
    with pytest.raises(Conflict) as conflict:
        actions.change_step(cast.case(), number, by=cast["assigned"], step=words, version=7)
    assert conflict.value.theirs == [("words", "ring the office")]
    assert queries.step_of(cast["assigned"], cast.case(), number).words == "ring the office"


def test_her_answer_is_kept_with_the_plan_as_it_stood(cast: Cast) -> None:
    need = note(cast)
    _ask(cast, Agreement.PARTLY, "less at once")
    actions.change_need(cast.case(), need, by=cast["assigned"], her_words="now a garden", our_view="x", version=1)
    version = queries.version_of(cast["assigned"], cast.case(), 1)
    assert (version.agreement, version.her_words) == ("partly", "less at once")
    assert version.snapshot["needs"][0]["her_words"] == SAYS
    assert b"canary" not in bytes(PlanVersion.objects.get().snapshot)


def test_the_plan_says_when_it_changed_after_she_was_asked(cast: Cast) -> None:
    number = step(cast, goal(cast, note(cast)), due_on=in_days(2))
    _ask(cast)
    assert not _plan(cast).changed_since
    actions.finish_step(cast.case(), number, by=cast["assigned"])
    actions.move_step(cast.case(), number, by=cast["assigned"], to=in_days(5))
    assert not _plan(cast).changed_since, "what becomes of a step is no change of the plan"
    note(cast, domain="employment")
    assert _plan(cast).changed_since
    assert _ask(cast) == 2


def test_she_is_not_said_to_agree_to_a_plan_that_changed_meanwhile(cast: Cast) -> None:
    note(cast)
    mark = _plan(cast).mark
    note(cast, domain="employment")
    with pytest.raises(Conflict):
        _ask(cast, mark=mark)
    assert not PlanVersion.objects.exists()


def test_nobody_agrees_to_an_empty_plan(cast: Cast) -> None:
    with pytest.raises(Refused, match="nothing in the plan"):
        _ask(cast)


def test_the_answer_can_set_the_day_of_the_next_review(cast: Cast) -> None:
    note(cast)
    _ask(cast, review_on=in_days(30))
    assert _plan(cast).review_on == in_days(30)
    actions.set_next_review(cast.case(), by=cast["assigned"], on=in_days(40))
    assert _plan(cast).review_on == in_days(40)


@pytest.mark.parametrize("name", ["lawyer", "mediator", "coordinator"])
def test_who_may_not_write_the_plan_changes_nothing(cast: Cast, name: str) -> None:
    need = note(cast)
    case, viewer = cast.case(name), cast[name]
    with pytest.raises(Refused):
        actions.note_need(case, by=viewer, domain="safety")
    with pytest.raises(Refused):
        actions.mark_need(case, need, by=viewer, status=NeedStatus.MET)
    with pytest.raises(Refused):
        actions.set_goal(case, by=viewer, domain="safety", words="x")
    assert Need.objects.count() == 1


def test_the_officer_reads_nothing_of_the_plan(cast: Cast) -> None:
    note(cast)
    with pytest.raises(Refused):
        queries.plan_of(cast["officer"], cast.case("officer"))


def test_history_and_log_hold_codes_and_never_her_words(cast: Cast) -> None:
    from amparo.areas.audit.models import Entry

    need = note(cast, basic_need="food")
    step(cast, goal(cast, need), due_on=in_days(1))
    _ask(cast)
    lines = Event.objects.filter(part=Part.PLAN)
    assert {line.verb for line in lines} == {"need noted", "goal set", "step added", "plan agreed"}
    written = [str(line.words) for line in lines] + [str(entry.facts) for entry in Entry.objects.all()]
    assert not any("canary" in words or "key" in words or "ring" in words for words in written)


def _ask_basic(cast: Cast, answers: dict[str, str], her_words: dict[str, str]) -> None:
    actions.ask_basic_needs(cast.case(), by=cast["assigned"], answers=answers, her_words=her_words)


def _plan(cast: Cast) -> queries.PlanFile:
    return queries.plan_of(cast["assigned"], cast.case())


def _ask(
    cast: Cast,
    agreement: Agreement = Agreement.YES,
    her_words: str = "",
    *,
    mark: str = "",
    review_on: date | None = None,
) -> int:
    return agreeing.record_agreement(
        cast.case(),
        by=cast["assigned"],
        agreement=agreement,
        her_words=her_words,
        asked_on=clock.today("Europe/Madrid"),
        mark=mark or _plan(cast).mark,
        review_on=review_on,
    )


def _due_steps(cast: Cast) -> list[int]:
    return [line.subject for line in due_of_case(cast["assigned"], cast.case()) if line.kind == "step"]
