"""Assessing, changes, incidents and the plan: what is written, what becomes due, and what stays sealed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from amparo.areas.access.rules import Viewer
from amparo.areas.cases.dues import due_lines, due_of_case
from amparo.areas.cases.models import Due, Event
from amparo.areas.cases.rules import DueKind
from amparo.areas.safety import actions, planning, queries
from amparo.areas.safety.actions import Filled, Happened
from amparo.areas.safety.models import Assessment
from amparo.areas.safety.planning import Chosen, PlanWords
from amparo.areas.safety.rules import next_due
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, Refused
from tests.cast import Cast

HER_WORDS, REMARK, REASON = "canary-her-words", "canary-remark", "canary-reason"
NOW_PART = Filled(
    hers={"imminent_danger": "no", "still_exploited": "unknown"},
    theirs={"imminent_danger": "yes"},
    words={"imminent_danger": (HER_WORDS, REMARK)},
)
EMPTY = Filled({}, {}, {})
WRITERS = ["assigned", "psychologist"]
READERS = ["assigned", "psychologist", "coordinator"]
OUTSIDE = ["lawyer", "mediator", "officer"]


def today(viewer: Viewer) -> date:
    return clock.today(viewer.time_zone)


def risk_due(cast: Cast) -> Due:
    return Due.objects.get(case=cast.case_number, kind=DueKind.RISK, done_at=None)


def assessed(cast: Cast, level: str = "high", filled: Filled = NOW_PART, reason: str = "") -> int:
    worker = cast["assigned"]
    number = actions.start_assessment(cast.case(), by=worker)
    actions.save_answers(cast.case(), number, by=worker, area="now", filled=filled, seen=0)
    version = queries.assessment_of(worker, cast.case(), number).version
    actions.decide_level(cast.case(), number, by=worker, level=level, reason=reason, version=version)
    return number


def test_when_a_case_opens_an_assessment_is_due_within_a_week(cast: Cast) -> None:
    assert (risk_due(cast).on, risk_due(cast).why) == (date(2026, 1, 19), "entry")
    assert cast.case().risk_due == date(2026, 1, 19)


def test_a_decision_stands_in_the_head_and_sets_the_next_day(cast: Cast) -> None:
    assessed(cast)
    case, day = cast.case(), today(cast["assigned"])
    assert (case.risk_level, case.risk_on, case.risk_due) == ("high", day, next_due("high", day))
    assert risk_due(cast).why == "set_time"
    line = Event.objects.get(verb="risk assessed")
    assert (line.words, line.part) == (["high"], "safety")


def test_an_assessment_keeps_both_views_and_their_words(cast: Cast) -> None:
    number = assessed(cast)
    read = queries.assessment_of(cast["psychologist"], cast.case("psychologist"), number)
    assert (read.hers["imminent_danger"], read.theirs["imminent_danger"]) == ("no", "yes")
    assert read.words == {"imminent_danger": (HER_WORDS, REMARK)}
    assert (read.proposed_level, read.level) == ("high", "high")


def test_there_is_one_draft_and_a_second_start_goes_on_with_it(cast: Cast) -> None:
    first = actions.start_assessment(cast.case(), by=cast["assigned"])
    assert actions.start_assessment(cast.case("psychologist"), by=cast["psychologist"]) == first
    draft = queries.draft_of(cast["assigned"], cast.case())
    assert draft is not None
    assert draft.started_by_name == "Assigned"


def test_two_who_fill_in_different_parts_do_not_disturb_each_other(cast: Cast) -> None:
    number = actions.start_assessment(cast.case(), by=cast["assigned"])
    law = Filled({"proceedings": "known"}, {}, {})
    actions.save_answers(cast.case(), number, by=cast["assigned"], area="now", filled=NOW_PART, seen=0)
    actions.save_answers(cast.case("psychologist"), number, by=cast["psychologist"], area="law", filled=law, seen=0)
    read = queries.assessment_of(cast["assigned"], cast.case(), number)
    assert read.hers == {"imminent_danger": "no", "still_exploited": "unknown", "proceedings": "known"}
    assert read.saved == {"now": 1, "law": 1}


def test_two_who_fill_in_the_same_part_both_keep_their_words(cast: Cast) -> None:
    number = actions.start_assessment(cast.case(), by=cast["assigned"])
    actions.save_answers(cast.case(), number, by=cast["assigned"], area="now", filled=NOW_PART, seen=0)
    with pytest.raises(Conflict) as changed:
        actions.save_answers(
            cast.case("psychologist"), number, by=cast["psychologist"], area="now", filled=EMPTY, seen=0
        )
    assert any(HER_WORDS in text and "Yes" in text for _, text in changed.value.theirs)
    actions.save_answers(cast.case(), number, by=cast["assigned"], area="now", filled=EMPTY, seen=1)
    read = queries.assessment_of(cast["assigned"], cast.case(), number)
    assert (read.hers, read.theirs, read.words) == ({}, {}, {})


def test_an_answer_that_is_not_in_the_instrument_is_not_written(cast: Cast) -> None:
    number = actions.start_assessment(cast.case(), by=cast["assigned"])
    with pytest.raises(KeyError):
        actions.save_answers(
            cast.case(),
            number,
            by=cast["assigned"],
            area="now",
            filled=Filled({"imminent_danger": "x"}, {}, {}),
            seen=0,
        )
    assert Assessment.objects.get().hers == {}


def test_nobody_decides_on_answers_that_changed_meanwhile(cast: Cast) -> None:
    number = actions.start_assessment(cast.case(), by=cast["assigned"])
    actions.save_answers(cast.case(), number, by=cast["assigned"], area="now", filled=NOW_PART, seen=0)
    with pytest.raises(Conflict):
        actions.decide_level(cast.case(), number, by=cast["assigned"], level="medium", reason="", version=1)
    assert cast.case().risk_level == ""


def test_a_decided_assessment_is_not_changed_or_decided_again(cast: Cast) -> None:
    number = assessed(cast)
    with pytest.raises(Conflict):
        actions.save_answers(cast.case(), number, by=cast["assigned"], area="now", filled=EMPTY, seen=1)
    with pytest.raises(Conflict):
        actions.decide_level(cast.case(), number, by=cast["assigned"], level="low", reason="x", version=2)
    assert cast.case().risk_level == "high"


def test_a_level_that_differs_needs_a_reason_and_the_reason_is_sealed(cast: Cast) -> None:
    with pytest.raises(Refused):
        assessed(cast, level="low")
    assert cast.case().risk_level == ""
    number = Assessment.objects.get().pk
    actions.decide_level(cast.case(), number, by=cast["assigned"], level="low", reason=REASON, version=2)
    read = queries.assessment_of(cast["assigned"], cast.case(), number)
    assert (read.proposed_level, read.level, read.reason) == ("high", "low", REASON)


def test_what_was_dangerous_last_time_counts_while_it_is_not_known(cast: Cast) -> None:
    assessed(cast)
    number = actions.start_assessment(cast.case(), by=cast["assigned"])
    read = queries.assessment_of(cast["assigned"], cast.case(), number)
    assert read.before == {"imminent_danger": "yes"}
    assert read.proposal.level == "high"
    earlier = queries.assessment_before(cast["assigned"], cast.case(), number)
    assert earlier is not None
    assert earlier.words["imminent_danger"][0] == HER_WORDS


@pytest.mark.parametrize(("trigger", "days"), [("threat", 1), ("move", 7), ("return_considered", 14)])
def test_what_changes_opens_a_new_assessment(cast: Cast, trigger: str, days: int) -> None:
    assessed(cast)
    day = today(cast["assigned"])
    assert actions.note_change(cast.case(), by=cast["assigned"], trigger=trigger) == day + timedelta(days=days)
    assert (risk_due(cast).on, risk_due(cast).why) == (day + timedelta(days=days), trigger)
    waiting = queries.changes_waiting(cast["assigned"], cast.case())
    assert [one.trigger for one in waiting] == [trigger]
    number = assessed(cast)
    assert queries.changes_waiting(cast["assigned"], cast.case()) == []
    assert [one.trigger for one in queries.changes_looked_at(cast["assigned"], cast.case(), number)] == [trigger]


def test_a_change_never_buys_time(cast: Cast) -> None:
    actions.note_change(cast.case(), by=cast["assigned"], trigger="move")
    assert (risk_due(cast).on, risk_due(cast).why) == (date(2026, 1, 19), "entry")


def test_before_a_day_in_court_risk_is_looked_at_in_time(cast: Cast) -> None:
    assessed(cast)
    day = today(cast["assigned"])
    in_a_month = day + timedelta(days=30)
    actions.note_change(cast.case(), by=cast["assigned"], trigger="court_date", on=in_a_month)
    assert risk_due(cast).on == day + timedelta(days=7)


def test_the_same_change_tapped_twice_is_noted_once(cast: Cast) -> None:
    for note in ("", "canary-note"):
        actions.note_change(cast.case(), by=cast["assigned"], trigger="threat", note=note)
    waiting = queries.changes_waiting(cast["assigned"], cast.case())
    assert [(one.trigger, one.note) for one in waiting] == [("threat", "canary-note")]
    assert Event.objects.filter(verb="something changed").count() == 1


def test_a_tap_by_mistake_gives_the_earlier_day_back_and_stays_in_the_history(cast: Cast) -> None:
    worker = cast["assigned"]
    assessed(cast)
    regular = risk_due(cast).on
    for trigger in ("move", "threat"):
        actions.note_change(cast.case(), by=worker, trigger=trigger)
    move, threat = queries.changes_waiting(worker, cast.case())
    with pytest.raises(Refused):
        actions.take_back_change(cast.case("psychologist"), threat.id, by=cast["psychologist"])
    actions.take_back_change(cast.case(), threat.id, by=worker)
    assert (risk_due(cast).on, risk_due(cast).why) == (today(worker) + timedelta(days=7), "move")
    actions.take_back_change(cast.case(), move.id, by=worker)
    assert (risk_due(cast).on, risk_due(cast).why) == (regular, "set_time")
    with pytest.raises(NotThere):
        actions.take_back_change(cast.case(), move.id, by=worker)
    assert Event.objects.filter(verb="change taken back").count() == 2
    actions.note_change(cast.case(), by=worker, trigger="threat")
    assert len(queries.changes_waiting(worker, cast.case())) == 1


def test_before_the_first_assessment_the_week_of_entry_counts_again(cast: Cast) -> None:
    worker = cast["assigned"]
    with clock.standing_at(datetime(2026, 1, 13, tzinfo=UTC)):
        actions.note_change(cast.case(), by=worker, trigger="threat")
        assert risk_due(cast).on == date(2026, 1, 14)
        waiting = queries.changes_waiting(worker, cast.case())
        actions.take_back_change(cast.case(), waiting[0].id, by=worker)
    assert (risk_due(cast).on, risk_due(cast).why) == (date(2026, 1, 19), "entry")


def reported(cast: Cast, kind: str = "threat", danger_now: str = "no") -> int:
    what = Happened(
        kind, datetime(2026, 5, 1, 9, tzinfo=UTC), danger_now, ("police",), "canary-incident", "canary-done"
    )
    return actions.report_incident(cast.case(), by=cast["assigned"], what=what)


def test_an_incident_keeps_what_happened_and_opens_an_assessment(cast: Cast) -> None:
    assessed(cast)
    number = reported(cast)
    read = queries.incident_of(cast["psychologist"], cast.case("psychologist"), number)
    assert (read.happened, read.done, read.told) == ("canary-incident", "canary-done", ("police",))
    assert risk_due(cast).why == "threat"
    assert [one.id for one in queries.incidents_of(cast["assigned"], cast.case())] == [number]


def test_an_incident_without_danger_to_her_opens_none(cast: Cast) -> None:
    assessed(cast)
    reported(cast, kind="discrimination")
    assert risk_due(cast).why == "set_time"


@pytest.mark.parametrize(("kind", "why"), [("discrimination", "asked_for"), ("threat", "threat")])
def test_with_danger_now_risk_is_looked_at_today(cast: Cast, kind: str, why: str) -> None:
    assessed(cast)
    actions.note_change(cast.case(), by=cast["assigned"], trigger=why)
    reported(cast, kind=kind, danger_now="yes")
    assert (risk_due(cast).on, risk_due(cast).why) == (today(cast["assigned"]), why)


def test_an_incident_is_followed_up_and_what_happened_stays(cast: Cast) -> None:
    number = reported(cast)
    follow = {"danger_now": "no", "told": ("police", "her"), "done": "moved", "version": 1}
    actions.update_incident(cast.case(), number, by=cast["assigned"], **follow)  # type: ignore[arg-type]
    read = queries.incident_of(cast["assigned"], cast.case(), number)
    assert (read.danger_now, read.done, read.happened) == ("no", "moved", "canary-incident")
    with pytest.raises(Conflict):
        actions.update_incident(cast.case(), number, by=cast["assigned"], **follow)  # type: ignore[arg-type]


WORDS = PlanWords(
    "canary-her-steps", "canary-team-steps", "Ana: +34 600 111 222\n112\nthe neighbour", "yes please", "yes"
)


def planned(cast: Cast, chosen: Chosen, seen: int = 0) -> int:
    return planning.write_plan(cast.case(), by=cast["assigned"], words=WORDS, chosen=chosen, seen=seen)


def test_a_plan_is_written_with_its_measures_and_whom_to_call(cast: Cast) -> None:
    planned(cast, Chosen(frozenset({"code_word", "call_emergency"}), added=(("prepare", "the blue bag"),)))
    plan = queries.plan_of(cast["psychologist"], cast.case("psychologist"))
    assert plan is not None
    assert plan.her_steps == "canary-her-steps"
    assert plan.calls_by_name == (("Ana", "+34 600 111 222"), ("", "112"), ("the neighbour", ""))
    assert [(one.key, one.words) for one in plan.at("prepare")] == [("code_word", ""), ("", "the blue bag")]
    assert [one.key for one in plan.at("now")] == ["call_emergency"]


def test_a_new_version_keeps_measures_and_the_old_one_stays_readable(cast: Cast) -> None:
    planned(cast, Chosen(frozenset({"code_word", "new_number"}), added=(("prepare", "the blue bag"),)))
    first = queries.plan_of(cast["assigned"], cast.case())
    assert first is not None
    by_key = {one.key: one for one in first.measures}
    planning.finish_measure(cast.case(), by_key["code_word"].id, by=cast["assigned"])
    planned(cast, Chosen(frozenset({"code_word"}), kept=frozenset({by_key[""].id})), seen=1)
    second = queries.plan_of(cast["assigned"], cast.case())
    assert second is not None
    assert {(one.key, one.done_on is not None) for one in second.measures} == {("code_word", True), ("", False)}
    again = queries.plan_of(cast["assigned"], cast.case(), 1)
    assert again is not None
    assert {one.key for one in again.measures} == {"code_word", "new_number", ""}


def test_a_plan_that_a_colleague_rewrote_is_not_overwritten(cast: Cast) -> None:
    planned(cast, Chosen(frozenset()))
    with pytest.raises(Conflict) as changed:
        planned(cast, Chosen(frozenset()))
    assert "canary-her-steps" in dict(changed.value.theirs).values()


def test_a_measure_with_a_day_is_due_until_it_is_done_or_left_out(cast: Cast) -> None:
    planned(cast, Chosen(frozenset({"new_number", "code_word"})))
    plan = queries.plan_of(cast["assigned"], cast.case())
    assert plan is not None
    day = date(2026, 6, 1)
    for one in plan.measures:
        planning.arrange_measure(
            cast.case(), one.id, by=cast["assigned"], who="referent", until=day, words="", version=1
        )
    dues = Due.objects.filter(kind=DueKind.MEASURE, done_at=None)
    assert {(due.on, due.member_id, due.why) for due in dues} == {
        (day, cast["assigned"].member, "measure_new_number"),
        (day, cast["assigned"].member, "measure_code_word"),
    }
    first = plan.at("prepare")[0]
    planning.finish_measure(cast.case(), first.id, by=cast["assigned"])
    assert [due.subject for due in dues.all()] == [plan.at("prepare")[1].id]
    planning.finish_measure(cast.case(), first.id, by=cast["assigned"], done=False)
    assert dues.all().count() == 2
    planned(cast, Chosen(frozenset()), seen=1)
    assert dues.all().count() == 0
    with pytest.raises(NotThere):
        planning.finish_measure(cast.case(), first.id, by=cast["assigned"])


def test_nothing_written_about_her_safety_lies_in_clear(cast: Cast) -> None:
    assessed(cast, level="low", reason=REASON)
    actions.note_change(cast.case(), by=cast["assigned"], trigger="threat", note="canary-note")
    reported(cast)
    planned(cast, Chosen(frozenset(), added=(("prepare", "canary-measure"),)))
    tables = [
        "safety_assessment", "safety_change", "safety_incident", "safety_safetyplan", "safety_measure",
        "cases_due", "cases_event", "audit_entry",
    ]  # fmt: skip
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            stored = cursor.fetchone()[0]
            assert stored, table
            assert "canary" not in stored, table
            assert b"canary".hex() not in stored, table


@pytest.mark.parametrize("name", OUTSIDE)
def test_those_outside_her_safety_read_and_write_nothing_of_it(cast: Cast, name: str) -> None:
    number = assessed(cast)
    incident = reported(cast)
    planned(cast, Chosen(frozenset()))
    viewer, case = cast[name], cast.case(name)
    reads = [
        lambda: queries.assessment_of(viewer, case, number),
        lambda: queries.assessments_of(viewer, case),
        lambda: queries.incident_of(viewer, case, incident),
        lambda: queries.plan_of(viewer, case),
        lambda: queries.changes_waiting(viewer, case),
        lambda: actions.start_assessment(case, by=viewer),
        lambda: actions.note_change(case, by=viewer, trigger="move"),
    ]
    for read in reads:
        with pytest.raises(Refused):
            read()


def test_a_coordinator_outside_the_team_reads_and_does_not_write(cast: Cast) -> None:
    number = assessed(cast)
    viewer, case = cast["coordinator"], cast.case("coordinator")
    assert queries.assessment_of(viewer, case, number).level == "high"
    with pytest.raises(Refused):
        actions.note_change(case, by=viewer, trigger="move")


@pytest.mark.parametrize("name", ["assigned", "psychologist", "lawyer", "mediator"])
def test_an_overdue_assessment_is_seen_by_the_whole_team(cast: Cast, name: str) -> None:
    viewer = cast[name]
    lines = [line for line in due_lines(viewer, until=date(2030, 1, 1)) if line.kind == "risk"]
    assert [(line.when, line.code) for line in lines] == [("overdue", cast.code)]
    of_case = [line for line in due_of_case(viewer, cast.case(name)) if line.kind == "risk"]
    knows = name in ("assigned", "psychologist")
    assert [(line.why, line.closed) for line in of_case] == [("entry" if knows else "", not knows)]


def test_who_only_sees_that_the_case_exists_does_not_see_that_risk_is_overdue(cast: Cast) -> None:
    assert due_of_case(cast["officer"], cast.case("officer")) == []
