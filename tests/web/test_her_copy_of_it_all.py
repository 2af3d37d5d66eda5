"""The copy of her file: everything about her that the maker may give, in words, and what is left out with its why."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from amparo.areas.access.rules import Part
from amparo.areas.audit.models import Entry
from amparo.areas.cases import restricting
from amparo.areas.cases.rules import HeldBecause
from amparo.areas.consent.models import Disclosure
from amparo.areas.rights.copying import COPIED, NOT_COPIED, OF_OTHERS, Why, read, shown_fields
from amparo.areas.vault.registry import our_models, person_of
from amparo.kernel import clock
from amparo.web.staff.her_file import WHY
from amparo.web.staff.her_file_words import FIELDS, SILENT
from amparo.web.staff.tables_words import TABLES
from tests.cast import CALLED, FAMILY_NAME, LAWYER_NOTE, PHONE, PSYCHOLOGIST_NOTE, REFERENT_NOTE, TEAM_NOTE
from tests.things import DAY
from tests.web.conftest import client_of
from tests.world import FOREIGN_NOTE, THING, TOLD, World

ASKED = {"language": "en", "form": "paper", "warned": "on"}
ABOUT_HER = {one._meta.label for one in our_models() if person_of(one)}
# Shown by another field of the row, or leading to a row that stands in the copy by itself.
BY_ANOTHER = {"plans.Need.basic_need", "plans.Goal.need", "safety.Change.assessment"}
CODE = re.compile(r"[a-z]+(_[a-z]+)+")


def test_every_table_about_her_is_copied_or_named_with_the_reason_why_not() -> None:
    assert set(COPIED) | set(NOT_COPIED) == ABOUT_HER
    assert set(COPIED) & set(NOT_COPIED) == set()
    assert set(TABLES) == ABOUT_HER
    assert set(WHY) == set(Why)


@pytest.mark.parametrize("table", COPIED)
def test_every_field_of_hers_has_words(table: str) -> None:
    fields = {one.name for one in shown_fields(table)}
    known = set(FIELDS[table]) | SILENT | {one.rpartition(".")[2] for one in BY_ANOTHER if one.startswith(table)}
    assert fields - known == set()
    assert {name for name in FIELDS[table] if "." not in name} - fields == set()


def made(world: World, who: str = "assigned", **asked: str) -> str:
    answer = client_of(world.cast, who).post(reverse("rights_copy", args=(world.cast.code,)), {**ASKED, **asked})
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


@pytest.mark.usefixtures("papers_unset")
def test_it_holds_what_is_written_about_her_and_neither_name_nor_anybody_elses(world: World) -> None:
    paper = made(world)
    for word in (TEAM_NOTE, REFERENT_NOTE, THING, TOLD):
        assert word in paper, word
    for word in (CALLED, FAMILY_NAME, PHONE, FOREIGN_NOTE, LAWYER_NOTE, PSYCHOLOGIST_NOTE, world.cast.code):
        assert word not in paper, word
    assert "Here House" not in paper
    assert "Assigned" not in paper


@pytest.mark.usefixtures("papers_unset")
def test_names_stand_in_it_where_she_asks_for_them_at_that_moment(world: World) -> None:
    paper = made(world, names="on")
    assert CALLED in paper
    assert FAMILY_NAME in paper
    assert "Whoever finds this paper knows who you are" in paper


@pytest.mark.usefixtures("papers_unset")
def test_it_says_what_is_left_out_and_why(world: World) -> None:
    paper = made(world)
    assert "Notes (2 entries): Written for one professional alone." in paper
    assert "Name, contacts and documents (1 entry): You did not ask for names this time." in paper
    assert "GDPR, Art. 15(4)" in paper
    assert "is a list of its own" in paper
    psychologists = made(world, "psychologist")
    assert PSYCHOLOGIST_NOTE in psychologists
    assert "Another colleague of your team gives it to you." in psychologists


def test_what_is_held_or_would_endanger_her_is_counted_and_not_shown(world: World) -> None:
    cast = world.cast
    Disclosure.objects.filter(person=cast.case().person).update(knowing="endangers")
    wish = {"ground": HeldBecause.NOT_WANTED, "words": "not this", "since": DAY}
    restricting.restrict(cast.case(), by=cast["assigned"], thing=Part.SAFETY, **wish)  # type: ignore[arg-type]
    copy = read(cast["assigned"], cast.case(), with_names=False)
    assert not {"safety.Incident", "consent.Disclosure"} & {one.table for one in copy.sections}
    why = {(one.table, one.why) for one in copy.left_out}
    assert {("safety.Incident", Why.PART), ("consent.Disclosure", Why.ENDANGERS)} <= why


@pytest.mark.parametrize("language", ["en", "es", "it"])
def test_as_a_file_every_value_has_its_words_and_no_code_stands_for_one(world: World, language: str) -> None:
    content = json.loads(made(world, form="file", language=language))
    assert (content["format"], content["version"], content["language"]) == ("amparo-her-file", 1, language)
    assert content["taken_out"].keys() == {"number"}
    fields = [field for section in content["sections"] for row in section["rows"] for field in row]
    assert len(fields) > 100
    assert [one for one in fields if CODE.fullmatch(one["words"])] == []
    assert {section["table"] for section in content["sections"]} > {"safety.Incident", "plans.Rating", "cases.Note"} - {
        "plans.Rating"
    }


def test_it_bears_the_day_on_which_it_is_handed_to_her_also_while_utc_still_counts_the_one_before(world: World) -> None:
    late = (clock.now() + timedelta(days=1)).replace(hour=23, minute=30)
    with clock.standing_at(late):
        content = json.loads(made(world, form="file"))
    assert content["made_on"] == str(late.date() + timedelta(days=1))


@pytest.mark.usefixtures("papers_unset")
def test_that_she_took_it_stands_in_the_ledger_in_the_history_and_in_the_log(world: World) -> None:
    cast = world.cast
    person, before = cast.case().person, Disclosure.objects.count()
    made(world, names="on")
    assert Disclosure.objects.count() == before + 1
    row = Disclosure.objects.latest("pk")
    assert (row.ground, row.knowing, "name" in row.shared) == ("her_own", "told", True)
    entries = Entry.objects.filter(person=person)
    assert {"taken out", "copy handed over"} <= set(entries.values_list("verb", flat=True))
    history = client_of(cast, "assigned").get(reverse("case_history", args=(cast.code,))).content.decode()
    assert "A copy of her file was handed to her" in history


def test_whoever_is_not_of_her_team_makes_none(world: World) -> None:
    for who in ("coordinator", "officer"):
        answer = client_of(world.cast, who).post(reverse("rights_copy", args=(world.cast.code,)), ASKED)
        assert answer.status_code == 422
        assert "Somebody of her team makes the copy" in answer.content.decode()
    without = {**ASKED, "warned": ""}
    assert (
        client_of(world.cast, "assigned").post(reverse("rights_copy", args=(world.cast.code,)), without).status_code
        == 422
    )


def test_who_sent_her_is_never_in_it() -> None:
    assert "intake.Referral.sender_words" in OF_OTHERS
    assert "sender_words" not in {one.name for one in shown_fields("intake.Referral")}
