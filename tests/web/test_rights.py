"""Her rights over her file on the screen: what she may ask, and what is kept and not used."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from amparo.areas.access.rules import WHOLE_FILE, Part
from amparo.areas.audit.models import Entry
from amparo.areas.cases import actions, papers, restricting, standing
from amparo.areas.cases.files import HeldBack, case_for
from amparo.areas.cases.models import HeldReading, Note, Restriction
from amparo.areas.cases.queries import notes_of
from amparo.areas.cases.rules import HELD_READING_TIME, HeldBecause, PaperKind
from amparo.areas.rights.catalogue import her_rights
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, Refused
from tests.cast import TEAM_NOTE, Cast
from tests.things import DAY, picture
from tests.web.conftest import SignIn


def hold(cast: Cast, thing: str, *, by: str = "assigned") -> int:
    case = cast.case(by)
    wish = {"ground": HeldBecause.NOT_WANTED, "words": "canary-do-not-use", "since": DAY}
    return restricting.restrict(case, by=cast[by], thing=thing, **wish)  # type: ignore[arg-type]


def team_note(cast: Cast) -> int:
    return Note.objects.filter(case=cast.case_number, audience="team").values_list("pk", flat=True)[0]


def test_anybody_of_her_team_takes_down_that_a_part_may_not_be_used(cast: Cast, sign_in: SignIn) -> None:
    worker = sign_in("mediator")
    wish = {"thing": "notes", "ground": "not_wanted", "words": "canary-do-not-use", "since": "2026-03-01"}
    answer = worker.post(reverse("rights_hold", args=(cast.code,)), wish)
    assert answer.status_code == 302
    page = worker.get(answer["Location"]).content.decode()
    assert "canary-do-not-use" in page
    row = Restriction.objects.get()
    assert (row.thing, row.case_id, b"canary" in bytes(row.words)) == ("notes", cast.case_number, False)
    assert Entry.objects.filter(verb="use restricted", person=cast.case().person).count() == 1


@pytest.mark.parametrize("thing", ["notes", WHOLE_FILE])
def test_a_held_part_asks_for_a_reason_first_and_then_opens_to_that_colleague_alone(
    cast: Cast, sign_in: SignIn, thing: str
) -> None:
    hold(cast, thing)
    notes, reason = reverse("case_notes", args=(cast.code,)), reverse("rights_read", args=(cast.code, "notes"))
    worker, lawyer = sign_in("assigned"), sign_in("lawyer")
    answer = worker.get(notes)
    assert (answer.status_code, answer["Location"]) == (302, reason)
    assert worker.post(reason, {"reason": ""}).status_code == 422
    assert worker.post(reason, {"reason": "canary-reason"})["Location"] == notes
    assert TEAM_NOTE in worker.get(notes).content.decode()
    assert lawyer.get(notes).status_code == 302
    assert b"canary" not in bytes(HeldReading.objects.get().reason)
    with clock.standing_at(clock.now() + HELD_READING_TIME + timedelta(seconds=1)), pytest.raises(HeldBack):
        case_for(cast["assigned"], cast.code, Part.NOTES)


def test_nothing_is_changed_in_a_held_part_even_after_a_reason_was_given(cast: Cast, sign_in: SignIn) -> None:
    hold(cast, "notes")
    restricting.read_with_reason(cast.case(), "notes", by=cast["assigned"], reason="a court asks")
    typed = {"text": "more", "happened_on": "2026-03-01", "audience": "team"}
    answer = sign_in("assigned").post(reverse("note_write", args=(cast.code,)), typed)
    assert answer.status_code == 403
    assert "nothing is changed in it" in answer.content.decode()
    with pytest.raises(Refused):
        actions.write_note(
            cast.case(), by=cast["assigned"], text="more", audience=actions.Audience.TEAM, happened_on=DAY
        )
    assert Note.objects.filter(case=cast.case_number).count() == 4


def test_whoever_could_not_read_the_part_anyway_learns_no_wish_of_hers(cast: Cast, sign_in: SignIn) -> None:
    hold(cast, "papers")
    papers_page = reverse("case_papers", args=(cast.code,))
    assert sign_in("psychologist").get(papers_page).status_code == 403
    assert sign_in("colleague").get(papers_page).status_code == 404


def test_one_note_is_held_and_all_others_stay_readable(cast: Cast, sign_in: SignIn) -> None:
    other = actions.write_note(
        cast.case(), by=cast["assigned"], text="another", audience=actions.Audience.TEAM, happened_on=DAY
    )
    thing = f"note-{team_note(cast)}"
    hold(cast, thing)
    worker, notes = sign_in("assigned"), reverse("case_notes", args=(cast.code,))
    page = worker.get(notes).content.decode()
    assert (TEAM_NOTE in page, "another" in page) == (False, True)
    worker.post(reverse("rights_read", args=(cast.code, thing)), {"reason": "she asked me to read it to her"})
    assert TEAM_NOTE in worker.get(notes).content.decode()
    texts = {note.id: note.text for note in notes_of(cast["lawyer"], cast.case("lawyer"))[0]}
    assert (texts[team_note(cast)], texts[other]) == ("", "another")
    with pytest.raises(Refused):
        actions.correct_note(cast.case(), team_note(cast), by=cast["assigned"], text="changed", version=1)


def test_one_paper_is_held_until_a_reason_is_given(cast: Cast) -> None:
    worker = cast["assigned"]
    standing.start_accompanying(cast.case(), by=worker)
    number = papers.add_paper(cast.case(), by=worker, kind=PaperKind.HEALTH, title="X-ray", content=picture())
    hold(cast, f"paper-{number}")
    with pytest.raises(HeldBack):
        papers.open_paper(worker, cast.case(), number)
    with pytest.raises(Refused):
        papers.remove_paper(cast.case(), number, by=worker)
    restricting.read_with_reason(cast.case(), f"paper-{number}", by=worker, reason="the doctor asks")
    assert papers.open_paper(worker, cast.case(), number).content


def test_it_is_used_again_with_her_word_alone(cast: Cast, sign_in: SignIn) -> None:
    number = hold(cast, "notes")
    worker, lift = sign_in("assigned"), reverse("rights_lift", args=(cast.code, number))
    assert worker.post(lift, {"words": "", "on": "2026-03-02"}).status_code == 422
    assert worker.post(lift, {"words": "canary-use-it", "on": "2026-03-02"}).status_code == 302
    assert worker.get(reverse("case_notes", args=(cast.code,))).status_code == 200
    assert "canary-use-it" in worker.get(reverse("case_rights", args=(cast.code,))).content.decode()
    assert worker.get(lift).status_code == 404


def test_while_all_is_held_her_referent_and_her_rights_stay_open(cast: Cast, sign_in: SignIn) -> None:
    hold(cast, WHOLE_FILE)
    worker = sign_in("assigned")
    for name in ("case", "case_people", "case_rights"):
        assert worker.get(reverse(name, args=(cast.code,))).status_code == 200, name
    for name in ("case_safety", "case_plan", "case_services", "case_history", "case_consents"):
        assert worker.get(reverse(name, args=(cast.code,))).status_code == 302, name


def test_the_same_thing_is_not_held_twice_and_nothing_of_another_case_is(cast: Cast) -> None:
    hold(cast, "notes")
    with pytest.raises(Refused):
        hold(cast, "notes")
    for thing in ("note-987654", "paper-987654", "nothing", f"note-{team_note(cast) + 1}"):
        with pytest.raises(NotThere):
            hold(cast, thing, by="mediator")
    with pytest.raises(NotThere):
        restricting.read_with_reason(cast.case(), "safety", by=cast["assigned"], reason="curious")


def test_the_officer_sees_that_something_is_held_and_not_her_words(cast: Cast, sign_in: SignIn) -> None:
    hold(cast, "notes")
    page = sign_in("officer").get(reverse("case_rights", args=(cast.code,))).content.decode()
    assert "She does not want it to be used" in page
    assert "canary-do-not-use" not in page


@pytest.mark.usefixtures("papers_unset")
def test_what_she_may_ask_is_one_page_in_her_language_without_her_name_and_ours(cast: Cast, sign_in: SignIn) -> None:
    worker = sign_in("assigned")
    page = worker.get(reverse("rights_sheet", args=(cast.code,))).content.decode()
    sheet = re.findall(r'<article class="a-sheet".*?</article>', page, re.DOTALL)[0]
    assert 'lang="ro"' in sheet  # hers
    assert her_rights().heading["ro"] in sheet
    assert cast.code not in sheet
    paper = worker.get(reverse("rights_sheet_pdf", args=(cast.code,)) + "?language=it").content.decode()
    assert her_rights().rights[0].title["it"] in paper
    assert "Here House" not in paper
