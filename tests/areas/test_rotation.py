"""Keys of every level are replaced while others read and write: everything still opens, and only with the new key."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import pytest
from django.conf import settings

from amparo.areas.access.rules import Audience
from amparo.areas.audit.models import Entry
from amparo.areas.cases import actions as cases
from amparo.areas.cases.models import Document, Note
from amparo.areas.people import queries as people
from amparo.areas.vault import finders, keystore, registry, resealing, rotation, rules, sealing, store
from amparo.areas.vault.models import Finder, OrganisationKey, PersonKey
from amparo.areas.vault.registry import sealed_fields
from amparo.node.backup.sharing import alone_with_the_keys
from amparo.node.errors import NodeError
from tests.world import World


@pytest.fixture(autouse=True)
def _no_copy_of_the_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy is read from the database of a node; these tests stand in one of their own (see tests/cli)."""
    monkeypatch.setattr(keystore, "refresh", lambda: None)


@pytest.fixture(autouse=True)
def _papers_as_they_were(world: World) -> Iterator[None]:
    """The database takes back what a test did; the files do not."""
    before = {file: file.read_bytes() for file in settings.FILES.glob("*/*")}
    yield
    for file, content in before.items():
        file.write_bytes(content)


def rotate(replace: Callable[..., None], world: World) -> None:
    replace(world.cast["assigned"].organisation, settle=0, say=lambda said: None)


def numbers(world: World) -> dict[str, set[int | None]]:
    """With which keys the values of her organisation are sealed, by field."""
    found: dict[str, set[int | None]] = {}
    for field, person, sealed in _values():
        if person in _persons(world.cast["assigned"].organisation):
            found.setdefault(field, set()).add(rules.number_of(sealed))
    return found


def test_after_a_person_s_key_is_replaced_everything_opens_with_the_new_one_alone(world: World) -> None:
    before = everything_opened()
    assert set().union(*numbers(world).values()) == {1}
    rotate(rotation.rotate_persons, world)
    sealing.forget_keys()
    assert everything_opened() == before
    assert set().union(*numbers(world).values()) == {2}
    assert len(numbers(world)) > 25
    ours = PersonKey.objects.using("keys").filter(organisation=world.cast["assigned"].organisation)
    assert set(ours.values_list("number", flat=True)) == {2}


def test_papers_are_sealed_again_too(world: World) -> None:
    document = Document.objects.select_related("case").get(pk=world.hers["paper"])
    before = store.get(document.case.person_id, document.file, shelf="papers")
    rotate(rotation.rotate_persons, world)
    sealing.forget_keys()
    assert store.get(document.case.person_id, document.file, shelf="papers") == before
    assert rules.number_of((settings.FILES / "papers" / document.file).read_bytes()) == 2


def test_another_organisation_s_keys_stay(world: World) -> None:
    foreign = list(PersonKey.objects.using("keys").filter(organisation=world.cast["stranger"].organisation).values())
    rotate(rotation.rotate_persons, world)
    assert (
        list(PersonKey.objects.using("keys").filter(organisation=world.cast["stranger"].organisation).values())
        == foreign
    )


def test_it_may_stop_in_the_middle_and_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything_opened()
    fields = sealed_fields()
    monkeypatch.setattr(registry, "sealed_fields", lambda: _cut_after(20, fields))
    with pytest.raises(KeyboardInterrupt):
        rotate(rotation.rotate_persons, world)
    monkeypatch.undo()
    monkeypatch.setattr(keystore, "refresh", lambda: None)
    sealing.forget_keys()
    assert everything_opened() == before
    assert set().union(*numbers(world).values()) == {1, 2}
    rotate(rotation.rotate_persons, world)
    sealing.forget_keys()
    assert everything_opened() == before
    assert set().union(*numbers(world).values()) == {2}


def test_a_process_that_still_knows_the_old_key_alone_reads_and_writes_on(world: World) -> None:
    person = world.cast.case().person
    with remembering(person):
        sealing.open_text(person, Note.objects.filter(case__person=person)[0].text, "note.text")
        old = sealing._persons[person]
        rings = _between_the_keys(world)
        sealing._persons[person] = old
        late = {"text": "late-word", "audience": Audience.TEAM, "happened_on": date(2026, 3, 1)}
        cases.write_note(world.cast.case(), by=world.cast["assigned"], **late)
        assert everything_opened()  # with the stale key in memory, which looks again where it must
        assert resealing.reseal(rings) > 0
        assert resealing.reseal(rings) == 0


def test_nothing_is_destroyed_where_one_value_does_not_open(world: World) -> None:
    note = Note.objects.filter(case__person=world.cast.case().person)[0]
    Note.objects.filter(pk=note.pk).update(text=rules.seal(b"?" * 32, b"damaged", "note.text"))
    with pytest.raises(NodeError, match=rf"cases.Note.text {note.pk} does not open"):
        rotate(rotation.rotate_persons, world)
    person = note.case.person_id
    assert set(PersonKey.objects.using("keys").filter(person=person).values_list("number", flat=True)) == {1, 2}


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(world: World) -> None:
    person = world.cast.case().person
    rings = _between_the_keys(world)
    field = next(one for one in sealed_fields() if one.label == "cases.Note.text")
    batch = next(resealing._old_values(field, rings))
    newer = rules.seal_newest({1: rings[person][1]}, b"newer words", f"note.text {person}")
    Note.objects.filter(case__person=person).update(text=newer)
    resealing._resealed(field, batch)
    assert {bytes(note.text) for note in Note.objects.filter(case__person=person)} == {newer}


def test_after_an_organisation_s_key_is_replaced_names_are_found_and_reasons_open(world: World) -> None:
    worker = world.cast["assigned"]
    sealed = sealing.seal_reason(worker.organisation, "an old reason")
    before, found = everything_opened(), people.found_by_name(worker, "+34 600 123 987")
    assert found
    rotate(rotation.rotate_organisation, world)
    sealing.forget_keys()
    assert everything_opened() == before
    assert people.found_by_name(worker, "600123987") == found
    assert sealing.open_reason(worker.organisation, sealed) == "an old reason"
    rows = PersonKey.objects.using("keys").filter(organisation=worker.organisation)
    assert {rules.number_of(bytes(row.wrapped)) for row in rows} == {2}
    assert set(Finder.objects.filter(organisation=worker.organisation).values_list("key", flat=True)) == {2}
    assert OrganisationKey.objects.using("keys").filter(organisation=worker.organisation).count() == 2


def test_while_hashes_are_renewed_both_find_her(world: World) -> None:
    worker = world.cast["assigned"]
    found = people.found_by_name(worker, "+34 600 123 987")
    old = sealing.organisation_keys(worker.organisation)
    rotation._add_organisation_key(worker.organisation, 2)
    assert people.found_by_name(worker, "600123987") == found
    finders.renew_finders(worker.organisation)
    assert people.found_by_name(worker, "600123987") == found
    sealing._organisations[worker.organisation] = old  # a process that looks again within the minute
    assert people.found_by_name(worker, "600123987") == found


def test_an_interrupted_replacement_of_an_organisation_goes_on_with_the_same_key(world: World) -> None:
    organisation = world.cast["assigned"].organisation
    rotation._add_organisation_key(organisation, 2)
    rotate(rotation.rotate_organisation, world)
    assert max(sealing.organisation_keys(organisation)) == 2
    rotate(rotation.rotate_organisation, world)
    assert max(sealing.organisation_keys(organisation)) == 3


def test_hashes_of_an_earlier_form_are_found_and_renewed(world: World) -> None:
    organisation = world.cast["assigned"].organisation
    for finder in Finder.objects.filter(organisation=organisation):
        Finder.objects.filter(pk=finder.pk).update(form=1, token=bytes(finder.token)[::-1])
    assert people.found_by_name(world.cast["assigned"], "600123987") == []
    assert finders.finders_of_an_earlier_form() == [organisation]
    finders.bring_finders_to_form(organisation)
    assert finders.finders_of_an_earlier_form() == []
    assert people.found_by_name(world.cast["assigned"], "600123987")


def test_a_replacement_is_in_the_log(world: World) -> None:
    rotate(rotation.rotate_persons, world)
    entry = Entry.objects.filter(chain=world.cast["assigned"].organisation).order_by("number").last()
    assert entry is not None
    assert (entry.verb, entry.facts) == ("keys replaced", '{"level": "person"}')


def test_two_replacements_do_not_run_at_once(world: World) -> None:
    with alone_with_the_keys(), pytest.raises(NodeError, match="wait until that is done"):
        rotate(rotation.rotate_persons, world)


@contextmanager
def remembering(person: UUID) -> Iterator[None]:
    """With her keys in memory, as a process of the web has them."""
    sealing.load_keys([person])
    yield


def everything_opened() -> dict[tuple[str, object, str], bytes]:
    """Every sealed value of everybody, opened, by field, person and place."""
    opened = {}
    for field in sealed_fields():
        for row in field.model.objects.all():
            opened[field.label, row.pk, str(registry.about_whom(row))] = registry.opened(field, row)
    return opened


def _values() -> Iterator[tuple[str, UUID, bytes]]:
    for field in sealed_fields():
        for row in field.model.objects.all():
            if sealed := bytes(getattr(row, field.name)):
                yield field.label, registry.about_whom(row), sealed


def _persons(organisation: int) -> set[UUID]:
    return set(PersonKey.objects.using("keys").filter(organisation=organisation).values_list("person", flat=True))


def _between_the_keys(world: World) -> dict[UUID, dict[int, bytes]]:
    organisation = world.cast["assigned"].organisation
    rotation._add_person_keys(organisation)
    return rotation._rings_of(organisation)


def _cut_after(count: int, fields: tuple[registry.MarkedField, ...]) -> Iterator[registry.MarkedField]:
    yield from fields[:count]
    raise KeyboardInterrupt
