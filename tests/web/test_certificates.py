"""Certificates: formal, neutral, and known again by a number alone."""

import io
import json
import re
from datetime import timedelta

import pytest
from pypdf import PdfReader

from amparo.areas.activities.held import attending, certifying
from amparo.areas.activities.held.catalogue import LANGUAGES, certificate_words
from amparo.areas.activities.held.certifying import Issued, IssuerWords
from amparo.areas.activities.held.models import Certificate
from amparo.areas.activities.models import Activity, Session
from amparo.areas.activities.rules.states import Came, Paper
from amparo.areas.audit.models import Entry
from amparo.kernel import clock
from amparo.kernel.decision import Refused
from amparo.kernel.text import folded_words
from tests.cast import CALLED, FAMILY_NAME, Cast
from tests.holding import IN_THE_ROOM, a_session, held_things
from tests.web.conftest import SignIn

# Beginnings of words that tell who comes here, or why, in the languages of the papers.
TELLING = (
    *("traff", "traffi", "victim", "vict", "surviv", "superviv", "sopravv", "exploit", "explot", "sfrutt"),
    *("trata", "tratta", "prostit", "women", "woman", "mujer", "donn", "dona", "dones", "migra", "refug", "rifug"),
    *("shelter", "acogid", "accogl", "acollid", "asyl", "asil", "social", "protec", "protez", "help", "ayuda", "aiut"),
    *("program", "cope", "hope", "amparo", "attend", "absen", "ausen", "assen"),
)
NAME = "Ana María Ñandú"


@pytest.fixture
def group(cast: Cast) -> int:
    """A group in which she has a place, and a name under which the house issues."""
    certifying.name_issuer(IssuerWords("Centre for Learning", "Barcelona"), by=cast["coordinator"])
    return int(str(held_things(cast.case(), by=cast["assigned"], word=IN_THE_ROOM)["course"]))


def page(cast: Cast, group: int) -> str:
    return f"/cases/{cast.code}/activities/sessions/certificate/{group}/"


def typed(**more: object) -> dict[str, object]:
    return {"kind": "participation", "name": NAME, "hours": "1", "language": "es", **more}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_paper_tells_who_comes_here(language: str) -> None:
    for texts in certificate_words().values():
        assert language in texts
        assert [word for word in folded_words(texts[language]) if word.startswith(TELLING)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["participation", "completion"])
def test_the_printed_paper_has_all_that_is_formal_and_nothing_that_tells(
    cast: Cast, sign_in: SignIn, group: int, language: str, kind: str
) -> None:
    answer = sign_in("assigned").post(page(cast, group), typed(language=language, kind=kind))
    assert answer.headers["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    text = " ".join(one.extract_text() for one in reader.pages)
    number = Certificate.objects.get().number
    assert len(reader.pages) == 1
    assert all(one in text for one in (NAME, "Course in sewing", "Centre for Learning", number))
    everything = f"{text} {reader.metadata} {answer.headers['Content-Disposition']}"
    assert [word for word in folded_words(everything) if word.startswith(TELLING)] == []
    assert not any(one in everything for one in ("Here House", cast.code, CALLED, FAMILY_NAME, "Sewing"))


@pytest.mark.parametrize("signs", [24, 60, 120])
def test_a_name_without_spaces_stays_on_the_paper_however_long_it_is(
    cast: Cast, sign_in: SignIn, group: int, signs: int
) -> None:
    name = ("Wolfeschlegelsteinhausenbergerdorff" * 4)[:signs]
    answer = sign_in("assigned").post(page(cast, group), typed(name=name))
    (paper,) = PdfReader(io.BytesIO(answer.content)).pages
    edges: list[float] = []

    def note(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip() and text.strip() in name:
            edges.append(tm[4] * cm[0] + tm[5] * cm[2] + cm[4])

    paper.extract_text(visitor_text=note)
    assert "".join(paper.extract_text().split()).replace("\u200b", "").count(name) == 1
    assert edges
    assert min(edges) >= 28 / 25.4 * 72 - 1  # it is centred: what keeps the left margin keeps the right one


def test_the_course_is_called_by_its_name_in_the_language_of_the_paper(cast: Cast, group: int) -> None:
    Activity.objects.filter(groups=group).update(key="sewing", neutral_name="Curso de costura")
    case, by = cast.case(), cast["assigned"]
    for language, name in (("it", "Corso di cucito"), ("ca", "Curs de costura"), ("es", "Curso de costura")):
        issued = certifying.issue(case, group, by=by, paper=Paper.PARTICIPATION, hours=1, language=language)
        assert issued.course == name


def test_whoever_chooses_the_paper_sees_how_many_sessions_were_cancelled(
    cast: Cast, sign_in: SignIn, group: int
) -> None:
    session, by = Session.objects.get(group=group), cast["assigned"]
    more = [a_session(session.group, by=by, starts=session.starts_at - timedelta(days=day)) for day in (1, 2, 3, 40)]
    assert "cancelled" not in sign_in("assigned").get(page(cast, group)).content.decode()
    Session.objects.filter(pk=more[0].pk).update(state="cancelled")
    shown = sign_in("assigned").get(page(cast, group)).content.decode()
    assert "In the days of her place 3 sessions were held, and 1 was cancelled." in shown
    Session.objects.filter(pk__in=[one.pk for one in more]).update(state="cancelled")  # one before she came
    browser = sign_in("assigned")
    shown = browser.get(page(cast, group)).content.decode()
    assert "In the days of her place 1 session was held, and 3 were cancelled." in shown
    answer = browser.post(page(cast, group), typed(kind="completion"))  # the choice stays theirs
    assert answer.headers["Content-Type"] == "application/pdf"


def test_nothing_is_certified_that_still_lies_ahead(cast: Cast, group: int) -> None:
    Session.objects.filter(group=group).update(starts_at=clock.now() + timedelta(days=1))
    with pytest.raises(Refused, match="No session of it is over yet"):
        certifying.issue(cast.case(), group, by=cast["assigned"], paper=Paper.COMPLETION, hours=1, language="en")
    assert not Certificate.objects.exists()


def test_in_the_middle_of_a_course_a_paper_names_what_was_held_and_not_that_it_is_complete(
    cast: Cast, group: int
) -> None:
    case, by, today = cast.case(), cast["assigned"], clock.today("Europe/Madrid")
    held = Session.objects.get(group=group)
    coming = a_session(held.group, by=by, starts=clock.now() + timedelta(days=20))
    issued = issue(cast, group, Paper.PARTICIPATION)
    assert (issued.first_on, issued.last_on) == (today, today)
    with pytest.raises(Refused, match="held so far"):
        certifying.issue(case, group, by=by, paper=Paper.PARTICIPATION, hours=2, language="en")
    with pytest.raises(Refused, match="Its last session is not behind her"):
        issue(cast, group, Paper.COMPLETION)
    Session.objects.filter(pk=coming.pk).update(state="cancelled")  # cut short
    assert issue(cast, group, Paper.COMPLETION).last_on == today


def test_who_left_before_the_end_is_given_a_paper_that_she_took_part(cast: Cast, group: int) -> None:
    held = Session.objects.get(group=group)
    a_session(held.group, by=cast["assigned"], starts=clock.now() - timedelta(days=9))
    held.group.places.update(until=clock.today("Europe/Madrid") - timedelta(days=2))
    with pytest.raises(Refused, match="Its last session is not behind her"):
        issue(cast, group, Paper.COMPLETION)
    issued = issue(cast, group, Paper.PARTICIPATION)
    assert issued.last_on == clock.today("Europe/Madrid") - timedelta(days=9)


def issue(cast: Cast, group: int, paper: Paper) -> Issued:
    return certifying.issue(cast.case(), group, by=cast["assigned"], paper=paper, hours=1, language="en")


@pytest.mark.usefixtures("papers_unset")
def test_her_name_is_on_the_paper_and_stays_nowhere(cast: Cast, sign_in: SignIn, group: int) -> None:
    answer = sign_in("assigned").post(page(cast, group), typed())
    assert json.loads(answer.content)["name"] == NAME
    row = Certificate.objects.values().get()
    entry = Entry.objects.get(verb="certificate issued")
    assert NAME not in f"{row} {entry.facts} {entry.subject}"
    assert row["number"] in entry.facts
    assert re.search(
        row["number"], sign_in("assigned").get(f"/cases/{cast.code}/activities/sessions/").content.decode()
    )


@pytest.mark.usefixtures("papers_unset")
def test_the_hours_proposed_are_those_noted_and_never_more_than_the_course_has(
    cast: Cast, sign_in: SignIn, group: int
) -> None:
    course = certifying.course_of(cast["assigned"], cast.case(), group)
    first = attending.Session.objects.get(pk=course.sessions[0].id)
    before = a_session(first.group, by=cast["assigned"], starts=first.starts_at - timedelta(days=7))
    attending.correct_attendance(cast.case(), before.pk, by=cast["assigned"], came=Came.LATE)
    browser = sign_in("assigned")
    shown = browser.get(page(cast, group)).content.decode()
    assert re.search(r'name="hours"[^>]*value="1"', shown)
    assert "Held so far: 2" in shown
    assert browser.post(page(cast, group), typed(hours="3")).status_code == 422
    assert browser.post(page(cast, group), typed(hours="2")).status_code == 200


def test_nothing_is_issued_before_a_neutral_name_was_chosen(cast: Cast, sign_in: SignIn) -> None:
    group = int(str(held_things(cast.case(), by=cast["assigned"], word=IN_THE_ROOM)["course"]))
    answer = sign_in("assigned").post(page(cast, group), typed())
    assert answer.status_code == 422
    assert "under which neutral name" in answer.content.decode()
    assert not Certificate.objects.exists()


@pytest.mark.usefixtures("papers_unset")
def test_who_asks_about_a_number_hears_a_day_or_a_no_and_nothing_else(cast: Cast, sign_in: SignIn, group: int) -> None:
    sign_in("assigned").post(page(cast, group), typed())
    number = Certificate.objects.get().number
    text = sign_in("colleague").post("/certificates/", {"number": number.lower().replace("-", " ")}).content.decode()
    assert "Genuine" in text
    assert not any(one in text for one in (NAME, cast.code, "Sewing", "sewing"))
    assert "No certificate" in sign_in("stranger").post("/certificates/", {"number": number}).content.decode()


def test_the_issuer_is_no_name_that_tells_who_comes_here(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in("coordinator")
    for name in ("Here House", "Refugio de víctimas", "Centro contro la tratta"):
        answer = browser.post("/certificates/issuer/", {"name": name, "version": "0"})
        assert (answer.status_code, "tells who" in answer.content.decode()) == (422, True), name
    assert browser.post("/certificates/issuer/", {"name": "Northside Learning", "version": "0"}).status_code == 302


def test_only_her_team_gives_one(cast: Cast, sign_in: SignIn, group: int) -> None:
    for who in ("colleague", "facilitator", "coordinator", "analyst"):
        assert sign_in(who).post(page(cast, group), typed()).status_code in (403, 404)
    assert not Certificate.objects.exists()
