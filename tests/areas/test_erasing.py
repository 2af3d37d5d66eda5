"""Erasing all of her: nothing of hers opens afterwards, whatever was counted is still counted, and nothing breaks."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import models, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from amparo.areas.access.rules import WHOLE_FILE, Viewer
from amparo.areas.audit.models import Entry
from amparo.areas.cases import papers
from amparo.areas.cases.dues import due_lines
from amparo.areas.cases.files import Erased, case_for
from amparo.areas.cases.models import Case, Document, Note
from amparo.areas.cases.queries import Filters, case_list
from amparo.areas.cases.rules import PaperKind
from amparo.areas.people.models import Person, Relative
from amparo.areas.people.queries import found_by_name
from amparo.areas.rights import erasing, wiping
from amparo.areas.rights.models import Erasure
from amparo.areas.rights.rules import WAIT_FOR_ALL, Asker, Erasing, Obligation
from amparo.areas.vault import sealing
from amparo.areas.vault.models import Finder, Identity, PersonKey
from amparo.areas.vault.registry import MarkedField, about_whom, our_models, person_of, sealed_fields
from amparo.areas.vault.rules import Unreadable
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, Refused
from amparo.kernel.labels import Label
from tests.cast import FAMILY_NAME, Cast
from tests.things import picture
from tests.world import World

Stolen = list[tuple[MarkedField, UUID, bytes]]


def wish_for_all(cast: Cast, **more: object) -> int:
    today = clock.today("Europe/Madrid")
    wish = erasing.Wish(WHOLE_FILE, Asker.HERSELF, today, words="canary-erase-me", **more)  # type: ignore[arg-type]
    return erasing.ask(cast.case(), by=cast["assigned"], wish=wish)


def agreed(cast: Cast, number: int) -> None:
    erasing.agree(case_for(cast["officer"], cast.code), number, by=cast["officer"])


def erase(cast: Cast, number: int, *, by: str = "coordinator", typed: str = "", days: int = WAIT_FOR_ALL.days) -> None:
    with clock.standing_at(clock.now() + timedelta(days=days)):
        erasing.carry_out(case_for(cast[by], cast.code), number, by=cast[by], typed=typed or cast.code)


def stolen_before(person: UUID) -> Stolen:
    """Everything sealed of hers, as a thief copied it from the database before she was erased."""
    found = []
    for field in sealed_fields():
        for row in models.QuerySet(field.model).filter(**{person_of(field.model): person}):
            sealed = bytes(getattr(row, field.name))
            found += [(field, about_whom(row), sealed)] if sealed else []
    return found


def counts() -> dict[str, int]:
    """How many rows each table has, but for those that identify."""
    identifying = ("vault.Identity", "vault.Finder", "vault.PersonKey", "audit.Entry", "rights.Erasure")
    every = [one for one in our_models() if one._meta.label not in identifying]
    return {one._meta.label: models.QuerySet(one).count() for one in every}


def coded() -> dict[str, int]:
    """What statistics count: cases by status, outcome and level; persons by year and country."""
    by: dict[str, int] = {}
    for row in Case.objects.values_list("status", "outcome", "risk_level", "person__birth_year", "person__gender"):
        by[str(row)] = by.get(str(row), 0) + 1
    return by


@pytest.fixture
def erased(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> tuple[World, UUID, Stolen]:
    cast = world.cast
    person = cast.case().person
    stolen = stolen_before(person)
    number = wish_for_all(cast)
    agreed(cast, number)
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast, number)
    return world, person, stolen


def test_nothing_that_was_sealed_for_her_opens_again_not_even_from_a_copy_made_before(
    erased: tuple[World, UUID, Stolen],
) -> None:
    _world, person, stolen = erased
    assert {"cases.Note.text", "vault.Identity.sealed", "people.Relative.name", "safety.Incident.happened"} <= {
        field.label for field, _, _ in stolen
    }
    assert not PersonKey.objects.using("keys").filter(person=person).exists()
    for field, whom, sealed in stolen:
        with pytest.raises(Unreadable):
            sealing.open_bytes(whom, sealed, field.context)
    assert stolen_before(person) == []


def test_her_identity_the_marks_that_find_her_and_her_papers_are_gone(erased: tuple[World, UUID, Stolen]) -> None:
    world, person, _ = erased
    cast = world.cast
    assert not Identity.objects.filter(person=person).exists()
    assert not Finder.objects.filter(person=person).exists()
    assert found_by_name(cast["assigned"], FAMILY_NAME) == []
    mine = Document.objects.filter(case__person=person)
    assert mine.exists()
    assert set(mine.values_list("file", flat=True)) == {""}
    assert {bytes(one) for one in Relative.objects.filter(person=person).values_list("name", flat=True)} == {b""}


def test_the_files_of_her_papers_leave_the_disk_at_once_and_those_of_others_stay(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    cast = world.cast
    files = Path(settings.FILES)
    added = papers.add_paper(cast.case(), by=cast["assigned"], kind=PaperKind.OTHER, title="X", content=picture())
    hers = set(Document.objects.filter(pk=added).values_list("file", flat=True))
    others = set(Document.objects.exclude(case=cast.case_number).values_list("file", flat=True))
    assert hers
    assert others
    assert hers | others <= {one.name for one in files.rglob("*")}
    number = wish_for_all(cast)
    agreed(cast, number)
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast, number)
    left = {one.name for one in files.rglob("*")}
    assert hers & left == set()
    assert others <= left


def test_what_is_counted_stays_counted_without_a_link_to_the_code_that_others_know(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    cast = world.cast
    number = wish_for_all(cast)
    agreed(cast, number)
    before, figures, person = counts(), coded(), cast.case().person
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast, number)
    after = counts()
    assert {name: count for name, count in after.items() if count != before[name]} == {}
    assert coded() == figures
    assert Person.objects.get(pk=person).code != cast.code
    assert not Person.objects.filter(code=cast.code).exists()


def test_the_log_keeps_its_entries_with_her_number_and_without_her_code(erased: tuple[World, UUID, Stolen]) -> None:
    world, person, _ = erased
    entries = Entry.objects.filter(person=person)
    assert entries.filter(verb="note written").exists()
    assert entries.filter(verb="person erased").count() == 1
    for entry in entries:
        assert world.cast.code not in f"{entry.subject} {entry.facts} {entry.origin}"


def test_she_stands_in_no_list_and_whoever_knew_of_her_is_told_calmly(erased: tuple[World, UUID, Stolen]) -> None:
    world, person, _ = erased
    cast = world.cast
    fresh = Person.objects.get(pk=person).code
    for name in ("assigned", "coordinator", "officer"):
        assert person not in {one.person for one in case_list(cast[name], Filters()).cases}
        with pytest.raises(Erased):
            case_for(cast[name], fresh)
    assert _closed_to(cast["colleague"], fresh)
    assert _closed_to(cast["stranger"], fresh)
    assert _closed_to(cast["assigned"], cast.code)
    later = clock.today("Europe/Madrid") + timedelta(days=10_000)
    assert due_lines(cast["coordinator"], until=later) == []


def _closed_to(viewer: Viewer, code: str) -> bool:
    try:
        case_for(viewer, code)
    except Erased:
        return False
    except NotThere:
        return True
    return False


def test_the_other_womans_words_are_untouched(erased: tuple[World, UUID, Stolen]) -> None:
    world, person, _ = erased
    others = {about_whom(row) for row in Note.objects.exclude(case__person=person).select_related("case")}
    assert others
    assert all(stolen_before(one) for one in others)
    assert PersonKey.objects.using("keys").filter(person__in=others).count() == len(others)
    assert world.foreign["code"]


def test_a_node_that_stops_between_the_two_databases_finishes_by_itself(world: World) -> None:
    cast = world.cast
    person = cast.case().person
    number = wish_for_all(cast)
    agreed(cast, number)
    erase(cast, number)  # what follows the commit never came: the node stopped
    assert Erasure.objects.get(pk=number).state == Erasing.UNDER_WAY
    assert PersonKey.objects.using("keys").filter(person=person).exists()
    assert stolen_before(person) == []
    assert erasing.finish_all(cast["stranger"].organisation) == 0
    assert erasing.finish_all(cast["assigned"].organisation) == 1
    assert Erasure.objects.get(pk=number).state == Erasing.DONE
    assert not PersonKey.objects.using("keys").filter(person=person).exists()
    assert erasing.finish_all(cast["assigned"].organisation) == 0


def test_where_something_goes_wrong_half_way_nothing_was_erased(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = world.cast
    number = wish_for_all(cast)
    agreed(cast, number)
    before = len(stolen_before(cast.case().person))

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(erasing, "record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        erase(cast, number)
    assert len(stolen_before(cast.case().person)) == before
    assert cast.case().called
    assert Identity.objects.filter(person=cast.case().person).exists()


def test_nobody_erases_alone_at_once_or_without_typing_her_code(world: World) -> None:
    cast = world.cast
    number = wish_for_all(cast)
    with pytest.raises(Refused, match="second person"):
        erase(cast, number)
    with pytest.raises(Refused):
        erasing.agree(cast.case(), number, by=cast["assigned"])
    agreed(cast, number)
    with pytest.raises(Refused, match="not over yet"):
        erase(cast, number, days=WAIT_FOR_ALL.days - 1)
    with pytest.raises(Refused, match="Type her code"):
        erase(cast, number, typed="2222-222")
    with pytest.raises(Refused):
        erase(cast, number, by="assigned")
    assert stolen_before(cast.case().person)


def test_who_took_it_down_is_not_the_second_person(world: World) -> None:
    cast = world.cast
    case = case_for(cast["coordinator"], cast.code)
    wish = erasing.Wish(WHOLE_FILE, Asker.ORDER, clock.today("Europe/Madrid"))
    number = erasing.ask(case, by=cast["coordinator"], wish=wish)
    with pytest.raises(Refused, match="You took it down"):
        erasing.agree(case, number, by=cast["coordinator"])


def test_what_a_law_makes_us_keep_is_not_erased_before_its_day(world: World) -> None:
    cast = world.cast
    until = clock.today("Europe/Madrid") + timedelta(days=100)
    number = wish_for_all(cast, obligation=Obligation.CLAIM, keep_until=until)
    agreed(cast, number)
    with pytest.raises(Refused, match="law"):
        erase(cast, number)
    erase(cast, number, days=100)
    assert Erasure.objects.get(pk=number).state == Erasing.UNDER_WAY


def test_one_note_goes_for_good_and_that_it_was_there_stays(world: World) -> None:
    cast = world.cast
    note = Note.objects.filter(case=cast.case_number, audience="team").earliest("pk")
    wish = erasing.Wish(f"note-{note.pk}", Asker.HERSELF, clock.today("Europe/Madrid"))
    number = erasing.ask(cast.case(), by=cast["assigned"], wish=wish)
    agreed(cast, number)
    before, pieces = counts(), len(stolen_before(cast.case().person))
    erase(cast, number)
    note.refresh_from_db()
    assert bytes(note.text) == b""
    assert (note.audience, counts()["cases.Note"]) == ("team", before["cases.Note"])
    assert len(stolen_before(cast.case().person)) == pieces - 1
    assert PersonKey.objects.using("keys").filter(person=cast.case().person).exists()
    with pytest.raises(NotThere):
        erasing.ask(cast.case(), by=cast["assigned"], wish=wish)


def test_a_note_for_other_eyes_is_not_named_by_whoever_may_not_read_it(world: World) -> None:
    cast = world.cast
    note = Note.objects.get(case=cast.case_number, audience="psychologist")
    wish = erasing.Wish(f"note-{note.pk}", Asker.HERSELF, clock.today("Europe/Madrid"))
    with pytest.raises(NotThere):
        erasing.ask(cast.case(), by=cast["assigned"], wish=wish)
    assert erasing.ask(cast.case("psychologist"), by=cast["psychologist"], wish=wish)


def test_every_table_with_words_or_identity_of_hers_is_emptied_whoever_adds_it() -> None:
    left_out = [one.label for one in sealed_fields() if one.model not in wiping._tables()]
    assert left_out == []
    identifying = {
        one._meta.label
        for one in our_models()
        for field in one._meta.local_fields
        if getattr(getattr(field, "marking", None), "label", None) is Label.IDENTIFYING
    }
    assert identifying <= {one._meta.label for one in wiping._tables()}
