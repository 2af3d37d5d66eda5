"""The request desk: from the letter that comes to the exact answer, with her list and her knowing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from amparo.areas.audit.models import Entry
from amparo.areas.cases import requesting
from amparo.areas.cases.dues import due_of_case
from amparo.areas.cases.models import Event
from amparo.areas.cases.requesting import Answer
from amparo.areas.cases.rules import DueKind
from amparo.areas.consent import asked, requests
from amparo.areas.consent.asked import Knowing, RequestFile
from amparo.areas.consent.models import AuthorityRequest
from amparo.areas.consent.queries import disclosures_of
from amparo.areas.consent.rules import Ground, HerKnowing
from amparo.areas.consent.rules.requests import Basis, DueWhy, Silence, State, Verdict
from amparo.areas.vault import sealing, store
from amparo.areas.vault.cleaning import NotAPaper
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, Refused
from tests.cast import Cast
from tests.consenting import png
from tests.desking import decided_request, received

WORD = "canary-asked"
SOON = timedelta(days=10)


def today(cast: Cast) -> date:
    return clock.today(cast["officer"].time_zone)


def decided(cast: Cast, basis: Basis = Basis.COURT_ORDER) -> RequestFile:
    number = decided_request(cast.case().person, by=cast["officer"], word=WORD, basis=basis)
    return asked.request_of(cast["officer"], number)


def again(cast: Cast, request: RequestFile) -> RequestFile:
    return asked.request_of(cast["officer"], request.id)


def given(cast: Cast, *shared: str) -> Answer:
    return Answer(words="She lives in this province.", on=today(cast), shared=shared)


def test_a_letter_without_a_known_woman_waits_for_whom_it_is_about(cast: Cast) -> None:
    number = requesting.receive(received(WORD, paper=png()), by=cast["coordinator"])
    one = asked.request_of(cast["officer"], number)
    assert (one.state, one.code, one.person) == (State.RECEIVED, "", None)
    assert (one.words["office"], one.words["what"]) == (WORD, WORD)
    assert asked.paper_of(cast["officer"], number)[0] == "image/png"
    requests.advise(one, by=cast["officer"], kind="advice", on=today(cast), words=WORD)
    requesting.link(again(cast, one), by=cast["officer"], code=cast.code)
    linked = again(cast, one)
    assert (linked.code, linked.words["what"]) == (cast.code, WORD)
    assert asked.notes_on(cast["officer"], linked)[0].words == WORD
    assert asked.paper_of(cast["officer"], number)[0] == "image/png"


def test_from_then_on_destroying_her_key_destroys_its_words_and_the_desk_still_opens(cast: Cast) -> None:
    one = decided(cast)
    sealing.destroy_person_key(cast.case().person)
    assert set(asked.requests_of(cast["officer"])[0][0].words.values()) == {""}
    assert one.words["what"] == WORD


def test_a_code_that_is_none_of_ours_says_so(cast: Cast) -> None:
    with pytest.raises(NotThere):
        requesting.receive(received(WORD), by=cast["officer"], code="2222-222")
    assert not AuthorityRequest.objects.exists()


def test_something_that_is_no_paper_keeps_nothing(cast: Cast) -> None:
    with pytest.raises(NotAPaper):
        requests.receive(received(WORD, paper=b"MZ not a paper"), by=cast["officer"])
    assert not AuthorityRequest.objects.exists()


@pytest.mark.parametrize("name", ["assigned", "psychologist", "lawyer", "administrator", "analyst", "hotline"])
def test_who_does_not_handle_requests_sees_none(cast: Cast, name: str) -> None:
    one = decided(cast)
    with pytest.raises(Refused):
        asked.requests_of(cast[name])
    with pytest.raises(Refused):
        requests.receive(received(WORD), by=cast[name])
    with pytest.raises(Refused):
        requests.decide(one, by=cast[name], verdict=Verdict.NOTHING, reason=WORD)
    assert asked.due_requests(cast[name]) == []


def test_another_organisations_request_is_not_there(cast: Cast) -> None:
    one = decided(cast)
    with pytest.raises(NotThere):
        asked.request_of(cast["foreign_coordinator"], one.id)
    with pytest.raises(NotThere):
        requests.take_back(one, by=cast["foreign_coordinator"], words="")


def test_a_law_that_is_only_named_opens_nothing(cast: Cast) -> None:
    one = decided(cast, Basis.LAW_NAMED)
    with pytest.raises(Refused):
        requests.decide(one, by=cast["officer"], verdict=Verdict.MINIMAL, reason=WORD)
    assert again(cast, one).verdict == Verdict.NOTHING


def test_what_is_given_stands_word_by_word_and_in_her_list_of_disclosures(cast: Cast) -> None:
    one = decided(cast)
    requesting.answer(one, given(cast, "code", "contact"), by=cast["officer"])
    now = again(cast, one)
    assert (now.state, now.words["answer"]) == (State.ANSWERED, "She lives in this province.")
    disclosed = disclosures_of(cast["officer"], cast.case().person)[0]
    assert (disclosed.id, disclosed.ground) == (now.disclosure, Ground.COURT_ORDER)
    assert (disclosed.recipient, disclosed.why, disclosed.shared) == (WORD, WORD, ("code", "contact"))
    kinds = {line.kind for line in due_of_case(cast["assigned"], cast.case())}
    assert DueKind.TELL_HER in kinds
    verbs = set(Entry.objects.filter(person=cast.case().person).values_list("verb", flat=True))
    assert {"request received", "request decided", "request answered", "disclosure recorded"} <= verbs


def test_an_answer_that_gives_nothing_leaves_no_disclosure(cast: Cast) -> None:
    one = decided(cast, Basis.NONE)
    with pytest.raises(Refused):
        requesting.answer(one, given(cast, "code"), by=cast["officer"])
    requesting.answer(one, given(cast), by=cast["officer"])
    assert disclosures_of(cast["officer"], cast.case().person) == []
    assert again(cast, one).state is State.ANSWERED


def test_her_yes_for_somebody_else_does_not_cover_the_police(cast: Cast) -> None:
    one = decided(cast, Basis.HER_CONSENT)
    with pytest.raises(Refused):
        requesting.answer(one, given(cast, "code"), by=cast["officer"])
    assert again(cast, one).state is State.DECIDED


def test_telling_her_settles_what_was_due_and_the_ledger_says_so(cast: Cast) -> None:
    one = decided(cast)
    requesting.answer(one, given(cast, "code"), by=cast["officer"])
    known = Knowing(HerKnowing.TOLD, told_on=today(cast))
    requesting.settle_knowing(again(cast, one), known, by=cast["coordinator"])
    assert disclosures_of(cast["officer"], cast.case().person)[0].told_on == today(cast)
    assert DueKind.TELL_HER not in {line.kind for line in due_of_case(cast["assigned"], cast.case())}
    assert [line.why for line in asked.due_requests(cast["officer"])] == []


def test_where_telling_her_endangers_her_nothing_stands_in_what_is_read_with_her(cast: Cast) -> None:
    one = decided(cast)
    again_on = today(cast) + SOON
    silent = Knowing(HerKnowing.ENDANGERS, silence=Silence.ENDANGERS_HER, why_not=WORD, look_again_on=again_on)
    requesting.settle_knowing(one, silent, by=cast["officer"])
    requesting.answer(again(cast, one), given(cast, "code"), by=cast["officer"])
    assert not Event.objects.filter(case=cast.case().id, verb="disclosure recorded").exists()
    assert asked.requests_about(cast["assigned"], cast.case().person) == []
    assert disclosures_of(cast["officer"], cast.case().person)[0].why_not == WORD
    with clock.standing_at(clock.now() + SOON):
        assert [line.why for line in asked.due_requests(cast["officer"])] == [DueWhy.LOOK_AGAIN]


def test_a_basis_looked_at_anew_takes_the_decision_back(cast: Cast) -> None:
    one = decided(cast)
    requests.name_basis(one, by=cast["officer"], basis=Basis.LAW_NAMED, words=WORD)
    now = again(cast, one)
    assert (now.state, now.verdict) == (State.WEIGHED, "")


def test_who_saw_an_older_request_changes_nothing(cast: Cast) -> None:
    one = decided(cast)
    requests.advise(one, by=cast["coordinator"], kind="call", on=today(cast), words="they called")
    requests.name_basis(again(cast, one), by=cast["coordinator"], basis=Basis.NONE, words="")
    with pytest.raises((Conflict, Refused)):
        requests.decide(one, by=cast["officer"], verdict=Verdict.AS_ORDERED, reason="late")
    with pytest.raises(Conflict):
        requests.name_basis(replace(one), by=cast["officer"], basis=Basis.COURT_ORDER, words="late")


def test_what_they_took_back_is_closed_with_what_they_said(cast: Cast) -> None:
    one = decided(cast)
    requests.take_back(one, by=cast["officer"], words="a mistake of theirs")
    now = again(cast, one)
    assert now.state is State.TAKEN_BACK
    assert asked.notes_on(cast["officer"], now)[0].words == "a mistake of theirs"


def test_what_is_wanted_soon_stands_on_today(cast: Cast) -> None:
    near, far = today(cast) + timedelta(days=3), today(cast) + timedelta(days=30)
    for due_on in (near, far):
        requests.receive(received(WORD, due_on=due_on), by=cast["officer"])
    assert [(line.why, line.on) for line in asked.due_requests(cast["coordinator"])] == [(DueWhy.ANSWER, near)]


def test_files_that_no_request_knows_are_swept(cast: Cast) -> None:
    number = requests.receive(received(WORD, paper=png()), by=cast["officer"])
    left = store.put(cast.case().person, b"left over", shelf=asked.SHELF)
    with clock.standing_at(clock.now() + timedelta(hours=2)):
        assert requests.sweep() >= 1
    with pytest.raises(NotThere):
        store.get(cast.case().person, left, shelf=asked.SHELF)
    assert asked.paper_of(cast["officer"], number)[1]
