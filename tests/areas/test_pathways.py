"""Her pathways: written down as they happen, worked out at once, and on Today in good time."""

from datetime import date, timedelta

import msgspec
import pytest

from amparo.areas.audit.models import Entry
from amparo.areas.cases import standing
from amparo.areas.cases.deadlines import Wanted, keep_deadlines
from amparo.areas.cases.dues import due_lines
from amparo.areas.cases.models import Due, Event
from amparo.areas.cases.rules import DueKind
from amparo.areas.cases.standing import Ending
from amparo.areas.entitlements import (
    catalogue,
    own_rules,
    pathway_acts,
    pathway_keeping,
    pathway_nights,
    pathways,
    telling,
)
from amparo.areas.entitlements.house_rules import schemes_for
from amparo.areas.entitlements.models import PathwayEvent, PathwayStage
from amparo.areas.entitlements.pathway_keeping import Scheme
from amparo.areas.entitlements.pathway_nights import work_out_everything
from amparo.areas.entitlements.pathways import RunFile
from amparo.areas.entitlements.rules.answers import SaidBy
from amparo.areas.entitlements.rules.pathways import Happened, Outcome, State, What
from amparo.areas.entitlements.rules.scheme import Length
from amparo.areas.entitlements.telling import Told
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, Refused
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
REFLECTION, FIRST, RUNS = "be.reflection", "be.first_permit", "be.permit_while_case_runs"
WHY = "canary-of-the-office"


def today() -> date:
    return clock.today("Europe/Madrid")


def ago(days: int) -> date:
    return today() - timedelta(days)


def begin(cast: Cast, on: date, *, country: str = "BE", pathway: str = "be.pathway", stage: str = "") -> int:
    return pathway_acts.start_pathway(
        cast.case(), by=cast["assigned"], country=country, pathway=pathway, on=on, stage=stage
    )


def run_of(cast: Cast, number: int) -> RunFile:
    return pathways.pathway_for(cast["assigned"], cast.case(), number)


def record(cast: Cast, number: int, event: Happened, *, words: str = "", version: int | None = None) -> None:
    pathway_acts.record_event(cast.case(), number, by=cast["assigned"], event=event, words=words, version=version)


def days_due(cast: Cast, name: str = "assigned") -> list[date]:
    lines = due_lines(cast[name], until=today() + timedelta(7))
    return [line.on for line in lines if line.kind == DueKind.DEADLINE]


def tell(cast: Cast, **given: str) -> None:
    told = Told(SaidBy.DOCUMENT, today())
    telling.record_facts(cast.case(), by=cast["assigned"], country="BE", told=told, given=given)


def test_a_pathway_runs_from_its_first_day_and_its_end_is_on_today(cast: Cast) -> None:
    number = begin(cast, ago(10))
    first = run_of(cast, number).stages[0]
    assert (first.line.state, first.line.due_on) == (State.RUNNING, today() + timedelta(34))
    assert days_due(cast) == days_due(cast, "lawyer") == [today() + timedelta(34)]
    assert days_due(cast, "psychologist") == []


def test_the_day_it_began_answers_the_question_for_it(cast: Cast) -> None:
    begin(cast, ago(10))
    facts = telling.facts_for(cast["assigned"], cast.case(), "BE")
    assert facts.reflection_started_on == ago(10)


def test_a_day_that_is_told_starts_its_stage_and_moves_it(cast: Cast) -> None:
    number = begin(cast, ago(40))
    tell(cast, permit_started_on=ago(5).isoformat())
    assert run_of(cast, number).stage(FIRST).line.starts_on == ago(5)
    tell(cast, permit_started_on=ago(3).isoformat(), consents="yes")
    stage = run_of(cast, number).stage(FIRST)
    assert stage.line.starts_on == ago(3)
    assert [one.stands for one in stage.events] == [False, True], "what was written first stays to be seen"
    before = PathwayEvent.objects.count()
    tell(cast, permit_started_on=ago(3).isoformat())
    tell(cast, permit_started_on="unknown")
    assert PathwayEvent.objects.count() == before


def test_a_day_that_was_told_before_counts_when_the_pathway_begins(cast: Cast) -> None:
    tell(cast, permit_started_on=ago(5).isoformat())
    assert run_of(cast, begin(cast, ago(40))).stage(FIRST).line.starts_on == ago(5)


def test_she_may_be_in_a_later_stage_when_it_is_first_written_down(cast: Cast) -> None:
    number = begin(cast, ago(10), stage=RUNS)
    assert run_of(cast, number).stage(RUNS).line.state is State.RUNNING
    with pytest.raises(NotThere):
        begin(cast, ago(10), country="GB", pathway="gb.pathway", stage="be.reflection")


def test_what_was_dealt_with_goes_and_the_next_stage_counts_from_its_end(cast: Cast) -> None:
    number = begin(cast, ago(46))
    assert days_due(cast) == [ago(2)], "overdue, it stays"
    row = PathwayStage.objects.get(run=number, stage=REFLECTION)
    pathway_acts.handle_stage(cast.case(), row.pk, by=cast["assigned"])
    following = run_of(cast, number).stage(FIRST).line
    assert following.starts_on == ago(1)
    assert following.due_on
    assert days_due(cast) == []
    with pytest.raises(Refused):
        pathway_acts.handle_stage(cast.case(), row.pk, by=cast["assigned"])


def test_an_extension_moves_the_deadline_and_one_that_moved_is_new_to_everybody(cast: Cast) -> None:
    number = begin(cast, ago(30))
    record(cast, number, Happened(REFLECTION, What.EXTENDED, today(), by=Length(days=20)))
    assert days_due(cast) == [today() + timedelta(34)]
    record(cast, number, Happened(REFLECTION, What.EXTENDED, today(), until=today() + timedelta(50)))
    assert days_due(cast) == [today() + timedelta(50)]
    with pytest.raises(Refused, match="never makes it earlier"):
        record(cast, number, Happened(REFLECTION, What.EXTENDED, today(), until=today()))


def test_what_stands_still_is_not_due_until_it_runs_again(cast: Cast) -> None:
    number = begin(cast, ago(30))
    record(cast, number, Happened(REFLECTION, What.SUSPENDED, ago(10)), words=WHY)
    assert days_due(cast) == []
    record(cast, number, Happened(REFLECTION, What.RESUMED, ago(4)))
    assert days_due(cast) == [ago(30) + timedelta(44 + 6)]


def test_an_appeal_keeps_the_stage_open_and_nothing_is_missed_before_it(cast: Cast) -> None:
    number = begin(cast, ago(5), country="GB", pathway="gb.pathway", stage="gb.reasonable_grounds_decision")
    name = "gb.reasonable_grounds_decision"
    record(cast, number, Happened(name, What.DECIDED, ago(1), outcome=Outcome.NEGATIVE))
    assert days_due(cast) == [ago(1)], "the source names no time, so it is due at once"
    record(cast, number, Happened(name, What.APPEALED, today()))
    assert days_due(cast) == []
    assert run_of(cast, number).stage(name).line.state is State.APPEALED
    record(cast, number, Happened(name, What.APPEAL_DECIDED, today(), outcome=Outcome.POSITIVE))
    assert run_of(cast, number).stage("gb.conclusive_decision").line.starts_on == today()


def test_a_date_is_corrected_and_what_was_written_stays_to_be_seen(cast: Cast) -> None:
    number = begin(cast, ago(10))
    run = run_of(cast, number)
    event = run.stages[0].events[0]
    pathway_acts.correct_event(
        cast.case(), event.id, by=cast["assigned"], on=ago(12), until=None, words=WHY, version=run.version
    )
    run = run_of(cast, number)
    assert run.stages[0].line.starts_on == ago(12)
    assert [(one.stands, one.words) for one in run.stages[0].events] == [(False, ""), (True, WHY)]
    assert telling.facts_for(cast["assigned"], cast.case(), "BE").reflection_started_on == ago(12)
    with pytest.raises(NotThere):
        pathway_acts.correct_event(
            cast.case(), event.id, by=cast["assigned"], on=ago(12), until=None, words="", version=run.version
        )


def test_what_never_happened_is_taken_back_and_can_be_seen(cast: Cast) -> None:
    number = begin(cast, ago(10))
    record(cast, number, Happened(REFLECTION, What.DECIDED, ago(1), outcome=Outcome.POSITIVE))
    run = run_of(cast, number)
    wrong = run.stages[0].events[-1]
    pathway_acts.take_event_back(cast.case(), wrong.id, by=cast["assigned"], words=WHY, version=run.version)
    run = run_of(cast, number)
    assert run.stages[0].line.state is State.RUNNING
    assert [(one.event.what, one.taken_back) for one in run.stages[0].events][-1] == (What.DECIDED, True)


def test_two_colleagues_do_not_overrule_each_other_unseen(cast: Cast) -> None:
    number = begin(cast, ago(10))
    seen = run_of(cast, number).version
    event = Happened(REFLECTION, What.EXTENDED, today(), by=Length(days=5))
    pathway_acts.record_event(
        cast.case("lawyer"), number, by=cast["lawyer"], event=event, words="by phone", version=seen
    )
    with pytest.raises(Conflict) as conflict:
        record(cast, number, event, version=seen)
    assert (conflict.value.who, dict(conflict.value.theirs)["words"]) == ("Lawyer", "by phone")
    assert days_due(cast) == [today() + timedelta(39)]


def test_it_is_followed_once_and_ends_when_it_is_no_longer_followed(cast: Cast) -> None:
    number = begin(cast, ago(10))
    with pytest.raises(Refused, match="already"):
        begin(cast, ago(3))
    pathway_acts.end_pathway(cast.case(), number, by=cast["assigned"])
    assert days_due(cast) == []
    with pytest.raises(Refused, match="no longer followed"):
        record(cast, number, Happened(REFLECTION, What.HANDLED, today()))
    assert begin(cast, ago(3)) != number


def test_days_that_nobody_can_mean_are_refused_and_nothing_is_written(cast: Cast) -> None:
    number = begin(cast, ago(10))
    before = PathwayEvent.objects.count()
    for absurd in (Length(months=3000), Length(years=300), Length(working_days=30000)):
        with pytest.raises(Refused, match="year"):
            record(cast, number, Happened(REFLECTION, What.EXTENDED, today(), by=absurd))
    for day in (date(9999, 12, 31), date(2200, 1, 1)):
        with pytest.raises(Refused, match="year"):
            record(cast, number, Happened(REFLECTION, What.EXTENDED, today(), until=day))
    with pytest.raises(Refused):
        begin(cast, date(1, 1, 1), country="GB", pathway="gb.pathway")
    with pytest.raises(Refused, match="do not know"):
        begin(cast, today(), pathway="be.nowhere")
    with pytest.raises(Refused, match="do not know"):
        begin(cast, today(), country="ZZ")
    assert PathwayEvent.objects.count() == before


def test_only_who_works_on_her_legal_status_writes_and_reads_it(cast: Cast) -> None:
    number = begin(cast, ago(10))
    event = Happened(REFLECTION, What.HANDLED, today())
    for name in ("psychologist", "mediator", "coordinator"):
        with pytest.raises(Refused):
            pathway_acts.record_event(cast.case(name), number, by=cast[name], event=event)
    for name in ("psychologist", "mediator"):
        with pytest.raises(Refused):
            pathways.pathways_of(cast[name], cast.case(name))
    with pytest.raises(NotThere):
        pathways.pathway_for(cast["assigned"], cast.case(), number + 1)
    assert pathways.stages_due(cast["stranger"], PathwayStage.objects.values_list("pk", flat=True)) == {}
    assert len(pathways.stages_due(cast["assigned"], PathwayStage.objects.values_list("pk", flat=True))) == 4


def test_reasons_are_sealed_and_the_history_holds_coded_words(cast: Cast) -> None:
    number = begin(cast, ago(10))
    record(cast, number, Happened(REFLECTION, What.SUSPENDED, today()), words=WHY)
    assert run_of(cast, number).stages[0].events[-1].words == WHY
    assert all(WHY.encode() not in bytes(row.words) for row in PathwayEvent.objects.all())
    assert Event.objects.get(verb="pathway suspended").words == ["BE", REFLECTION]


def test_a_closed_case_warns_of_nothing_and_takes_it_up_again(cast: Cast) -> None:
    standing.start_accompanying(cast.case(), by=cast["assigned"], on=date(2026, 1, 20))
    begin(cast, ago(10))
    ending = Ending(on=today(), reason="goals_reached", outcome="integrated", with_her=True)
    standing.close_case(cast.case(), by=cast["assigned"], ending=ending)
    assert days_due(cast) == []
    standing.welcome_back(cast.case().person, by=cast["assigned"])
    assert days_due(cast) == [today() + timedelta(34)]
    assert Due.objects.filter(kind=DueKind.DEADLINE).count() == 1


def test_every_night_each_deadline_is_worked_out_and_only_what_changed_is_written(cast: Cast) -> None:
    number = begin(cast, ago(10))
    house = cast["assigned"].organisation
    assert vars(work_out_everything(house)) == {"runs": 1, "stages": 0, "deadlines": 0}
    PathwayStage.objects.filter(run=number).delete()
    Due.objects.filter(kind=DueKind.DEADLINE).delete()
    assert vars(work_out_everything(house)) == {"runs": 1, "stages": 4, "deadlines": 1}
    assert days_due(cast) == [today() + timedelta(34)]
    with clock.standing_at(clock.now() + timedelta(days=60)):
        assert vars(work_out_everything(house)) == {"runs": 1, "stages": 1, "deadlines": 0}
        assert PathwayStage.objects.get(run=number, stage=REFLECTION).state == State.OVERDUE


def test_when_the_rules_change_the_deadlines_follow_at_night(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    number = begin(cast, ago(10))
    house = cast["assigned"].organisation
    scheme = pathway_keeping.scheme_of(schemes_for(house), "BE", "be.pathway", ago(10))
    assert scheme
    first = msgspec.structs.replace(scheme.pathway.stages[0], lasts=Length(days=60))
    shorter = msgspec.structs.replace(scheme.pathway, stages=(first, *scheme.pathway.stages[1:]))
    changed = Scheme(shorter, scheme.rules)
    monkeypatch.setattr(pathway_nights, "scheme_of_run", lambda *asked: changed)
    assert vars(work_out_everything(house)) == {"runs": 1, "stages": 1, "deadlines": 1}
    assert days_due(cast) == [today() + timedelta(49)]
    assert Entry.objects.filter(verb="deadlines worked out").count() == 1
    monkeypatch.setattr(pathway_nights, "scheme_of_run", lambda *asked: None)
    assert vars(work_out_everything(house)) == {"runs": 1, "stages": 0, "deadlines": 0}
    assert days_due(cast) == [today() + timedelta(49)], "what was due stays where no rules know it"
    assert PathwayStage.objects.filter(run=number).count() == 4


def test_an_organisation_s_own_rules_count_its_deadlines(cast: Cast) -> None:
    begin(cast, ago(10))
    assert days_due(cast) == [today() + timedelta(34)]
    rules = catalogue.in_force("BE", today()).rule_set
    text = own_rules.text_to_start_from(cast["lawyer"], "BE", rules)
    text = text.replace("valid_from: 2012-01-01", "valid_from: 2014-01-01").replace(
        "valid_to: 2013-12-31", "valid_to: null"
    )
    permits, stages = text.split("pathways:", 1)
    shorter = stages.replace("lasts: {days: 45}", "lasts: {days: 40}")
    shorter = shorter.replace("be.reflection: 2013-07-15", "be.reflection: 2013-07-10")
    shorter = shorter.replace("be.reflection: 2012-03-04", "be.reflection: 2012-02-28")
    own_rules.put_in_place(f"{permits}pathways:{shorter}", by=cast["lawyer"], country="BE", reason=WHY)
    work_out_everything(cast["stranger"].organisation)
    assert days_due(cast) == [today() + timedelta(34)], "nobody else's rules count here"
    assert vars(work_out_everything(cast["assigned"].organisation)) == {"runs": 1, "stages": 1, "deadlines": 1}
    assert days_due(cast) == [today() + timedelta(29)]


def test_at_night_nothing_is_due_again_in_a_closed_case_or_where_it_was_dealt_with(cast: Cast) -> None:
    standing.start_accompanying(cast.case(), by=cast["assigned"], on=date(2026, 1, 20))
    house, number = cast["assigned"].organisation, begin(cast, ago(60))
    row = PathwayStage.objects.get(run=number, stage=REFLECTION)
    pathway_acts.handle_stage(cast.case(), row.pk, by=cast["assigned"])
    assert vars(work_out_everything(house)) == {"runs": 1, "stages": 0, "deadlines": 0}
    ending = Ending(on=today(), reason="goals_reached", outcome="integrated", with_her=True)
    standing.close_case(cast.case(), by=cast["assigned"], ending=ending)
    assert vars(work_out_everything(house)) == {"runs": 0, "stages": 0, "deadlines": 0}
    assert days_due(cast) == []


def test_a_deadline_that_is_too_much_at_night_is_settled_and_one_that_moved_is_new(cast: Cast) -> None:
    house, number = cast["assigned"].organisation, begin(cast, ago(10))
    stage = PathwayStage.objects.get(run=number, stage=FIRST)
    reflection = PathwayStage.objects.get(run=number, stage=REFLECTION)
    wanted = [Wanted(cast.case_number, stage.pk, ago(-3), "who_she")]
    assert keep_deadlines(house, DueKind.DEADLINE, wanted) == 1
    Due.objects.filter(subject=reflection.pk).update(on=ago(-90))
    assert vars(work_out_everything(house)) == {"runs": 1, "stages": 0, "deadlines": 2}
    assert days_due(cast) == [today() + timedelta(34)]
