"""What she says is wrong is put right or stands beside it; what is due to go is looked at before anything goes."""

from datetime import date, timedelta

import pytest

from amparo.areas.access.actions import keep_text
from amparo.areas.access.models import KeptText, Submission
from amparo.areas.cases.dues import due_of_case
from amparo.areas.cases.files import case_for
from amparo.areas.cases.models import Case, Note
from amparo.areas.cases.queries import notes_of
from amparo.areas.cases.rules import Status
from amparo.areas.rights import correcting, keeping
from amparo.areas.rights.models import Correction, DueToGo, Period
from amparo.areas.rights.rules import Correcting
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, Refused
from tests.cast import TEAM_NOTE, Cast

DAY = date(2026, 3, 1)


def note(cast: Cast, audience: str = "team") -> str:
    return f"note-{Note.objects.get(case=cast.case_number, audience=audience).pk}"


def asked(cast: Cast, thing: str, *, by: str = "assigned") -> int:
    return correcting.ask(cast.case(by), by=cast[by], thing=thing, words="canary-it-was-not-so", asked_on=DAY)


def text_of(cast: Cast, thing: str) -> str:
    return {one.thing: one.text for one in notes_of(cast["assigned"], cast.case())[0]}[thing]


def test_a_note_is_put_right_long_after_its_day_and_the_old_text_is_kept_sealed(cast: Cast) -> None:
    thing = note(cast)
    number = asked(cast, thing)
    decided = {"state": Correcting.CORRECTED, "why": "She showed the letter.", "text": "as it was"}
    with clock.standing_at(clock.now() + timedelta(days=20)):
        correcting.decide(cast.case(), number, by=cast["assigned"], **decided)  # type: ignore[arg-type]
    assert text_of(cast, thing) == "as it was"
    found = correcting.correction_of(cast["assigned"], cast.case(), number)
    assert (found.before, found.state) == (TEAM_NOTE, Correcting.CORRECTED)
    row = Correction.objects.get(pk=number)
    assert TEAM_NOTE.encode() not in bytes(row.before)
    with pytest.raises(Refused):
        correcting.decide(cast.case(), number, by=cast["assigned"], **decided)  # type: ignore[arg-type]


def test_where_the_professional_sees_it_otherwise_her_words_stand_beside_it(cast: Cast) -> None:
    thing = note(cast)
    number = asked(cast, thing)
    with pytest.raises(Refused):
        correcting.decide(cast.case(), number, by=cast["assigned"], state=Correcting.BESIDE, why="")
    correcting.decide(cast.case(), number, by=cast["assigned"], state=Correcting.BESIDE, why="It is what I saw.")
    assert text_of(cast, thing) == TEAM_NOTE
    beside = correcting.beside(cast["mediator"], cast.case("mediator"), "note")
    assert [(one.words, one.why) for one in beside[thing]] == [("canary-it-was-not-so", "It is what I saw.")]


def test_it_stands_on_today_until_it_is_answered(cast: Cast) -> None:
    number = asked(cast, "safety")
    kinds = [line.kind for line in due_of_case(cast["assigned"], cast.case())]
    assert "rights" in kinds
    with pytest.raises(Refused, match="Put it right where it stands"):
        correcting.decide(cast.case(), number, by=cast["assigned"], state=Correcting.CORRECTED, why="")
    correcting.decide(
        cast.case(), number, by=cast["assigned"], state=Correcting.CORRECTED, why="The level was changed."
    )
    assert "rights" not in [line.kind for line in due_of_case(cast["assigned"], cast.case())]


def test_what_is_not_for_ones_eyes_is_not_corrected_by_one(cast: Cast) -> None:
    with pytest.raises(NotThere):
        asked(cast, note(cast, "psychologist"))
    number = asked(cast, note(cast, "psychologist"), by="psychologist")
    with pytest.raises(NotThere):
        correcting.correction_of(cast["assigned"], cast.case(), number)
    with pytest.raises(Refused):
        asked(cast, "identity", by="mediator")
    for thing in ("nothing", "note-987654"):
        with pytest.raises(NotThere):
            asked(cast, thing, by="mediator")


def closed(cast: Cast, on: date) -> None:
    Case.objects.filter(pk=cast.case_number).update(status=Status.CLOSED, closed_on=on)


def long_ago() -> date:
    return clock.today("Europe/Madrid").replace(day=1) - timedelta(days=366 * 6)


def test_a_case_whose_time_is_over_is_listed_and_nothing_of_it_goes(cast: Cast) -> None:
    closed(cast, long_ago())
    organisation = cast["assigned"].organisation
    assert keeping.list_what_is_due(organisation) == 1
    assert keeping.list_what_is_due(organisation) == 0
    assert [line.code for line in keeping.due_to_go(cast["officer"])] == [cast.code]
    assert keeping.due_to_go(cast["foreign_coordinator"]) == []
    assert text_of(cast, note(cast)) == TEAM_NOTE
    with pytest.raises(Refused):
        keeping.due_to_go(cast["assigned"])


def test_a_case_that_is_open_or_closed_not_long_ago_is_not_listed_and_coming_back_takes_it_off(cast: Cast) -> None:
    organisation = cast["assigned"].organisation
    assert keeping.list_what_is_due(organisation) == 0
    closed(cast, clock.today("Europe/Madrid") - timedelta(days=30))
    assert keeping.list_what_is_due(organisation) == 0
    closed(cast, long_ago())
    keeping.list_what_is_due(organisation)
    Case.objects.filter(pk=cast.case_number).update(status=Status.ACCOMPANIED, closed_on=None)
    keeping.list_what_is_due(organisation)
    assert not DueToGo.objects.exists()


def test_it_is_kept_longer_with_a_reason_and_comes_back_on_its_day(cast: Cast) -> None:
    closed(cast, long_ago())
    keeping.list_what_is_due(cast["assigned"].organisation)
    until = clock.today("Europe/Madrid") + timedelta(days=90)
    case = case_for(cast["officer"], cast.code)
    with pytest.raises(Refused):
        keeping.keep_longer(case, by=cast["officer"], until=until, reason="")
    with pytest.raises(Refused):
        keeping.keep_longer(cast.case(), by=cast["assigned"], until=until, reason="because")
    keeping.keep_longer(case, by=cast["officer"], until=until, reason="canary-a-trial-goes-on")
    assert b"canary" not in bytes(DueToGo.objects.get().reason)
    assert keeping.due_to_go(cast["officer"])[0].until == until
    with clock.standing_at(clock.now() + timedelta(days=91)):
        keeping.list_what_is_due(cast["assigned"].organisation)
    assert keeping.due_to_go(cast["officer"])[0].until is None


def test_an_organisation_keeps_longer_or_shorter_within_bounds(cast: Cast) -> None:
    keeping.set_period("case", by=cast["officer"], years=8, reason="canary-trials-last")
    found = {one.text.key: one for one in keeping.schedule(cast["officer"])}
    assert (found["case"].years, found["case"].reason, found["member"].years) == (8, "canary-trials-last", 5)
    assert b"canary" not in bytes(Period.objects.get().reason)
    closed(cast, long_ago())
    assert keeping.list_what_is_due(cast["assigned"].organisation) == 0
    for years in (0, 11):
        with pytest.raises(Refused):
            keeping.set_period("case", by=cast["officer"], years=years, reason="because")
    with pytest.raises(NotThere):
        keeping.set_period("nothing", by=cast["officer"], years=5, reason="because")
    assert next(one for one in keeping.schedule(cast["foreign_coordinator"]) if one.text.key == "case").years == 5


def test_what_is_kept_for_a_day_goes_by_itself_and_what_is_younger_stays(cast: Cast) -> None:
    Submission.objects.create(token="a", location="/")
    keep_text({"text": ["typed"]}, account=cast.accounts["assigned"], path="/cases/")
    assert keeping.forget_fleeting() == 0
    with clock.standing_at(clock.now() + timedelta(hours=25)):
        assert keeping.forget_fleeting() == 2
    assert not KeptText.objects.exists()


def test_every_night_every_house_is_looked_at(cast: Cast) -> None:
    closed(cast, long_ago())
    assert keeping.list_everywhere() == 1
