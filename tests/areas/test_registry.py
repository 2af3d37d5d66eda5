"""The list of labelled fields is whole, and what it says of a sealed field opens it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import models

import amparo
from amparo.areas.vault.registry import (
    MarkedField,
    about_whom,
    fields_about_her,
    marked_fields,
    opened,
    person_of,
    sealed_fields,
)
from amparo.kernel.labels import Keep, Label, Marking, Seal
from tests.world import World

BYTES = (models.BinaryField,)
AREAS = Path(amparo.__file__).parent / "areas"
SOURCE = "".join(one.read_text(encoding="utf-8") for one in AREAS.rglob("*.py") if one.name != "models.py")


def _named(label: str) -> MarkedField:
    return next(one for one in marked_fields() if one.label == label)


def _rows(field: MarkedField) -> list[models.Model]:
    return list(field.model._base_manager.exclude(**{field.name: b""}))


def test_every_binary_field_is_a_hash_or_sealed_and_says_how() -> None:
    unsaid = [
        one.label
        for one in marked_fields()
        if isinstance(one.model._meta.get_field(one.name), BYTES) and one.seal is None
    ]
    assert unsaid == []


def test_whatever_is_sealed_with_her_key_leads_to_her() -> None:
    assert [one.label for one in sealed_fields() if not one.person] == []


def test_two_fields_are_never_sealed_for_the_same_place() -> None:
    places = [one.context for one in sealed_fields()]
    assert sorted(places) == sorted(set(places))


def test_a_field_without_a_label_is_an_error_and_not_left_out() -> None:
    name = _named("cases.Note.text")
    with _relabelled(name, None), pytest.raises(LookupError, match=r"cases\.Note\.text"):
        marked_fields()


def test_a_new_label_is_in_the_list_at_once() -> None:
    with _relabelled(_named("cases.Note.text"), Marking(Label.PUBLIC, Keep.DAY)):
        assert "cases.Note.text" not in {one.label for one in sealed_fields()}


@pytest.mark.parametrize(
    ("label", "lookup"),
    [
        ("people.Person.called", "pk"),
        ("people.Relative.name", "person"),
        ("cases.Note.text", "case__person"),
        ("vault.Identity.sealed", "person"),
        ("intake.Reply.text", "referral__person"),
        ("orgs.Member.name", ""),
    ],
)
def test_a_row_leads_to_whom_it_is_about(label: str, lookup: str) -> None:
    assert _named(label).person == person_of(_named(label).model) == lookup


def test_what_is_about_nobody_says_so(world: World) -> None:
    row = _named("orgs.Member.name").model._base_manager.first()
    assert row is not None
    with pytest.raises(LookupError):
        about_whom(row)


def test_whatever_stands_sealed_opens_with_the_place_that_the_list_names(world: World) -> None:
    read = set()
    for field in sealed_fields():
        for row in _rows(field):
            assert opened(field, row), field.label
            assert about_whom(row), field.label
            read.add(field.label)
    assert {"cases.Note.text", "people.Person.called", "vault.Identity.sealed", "safety.Incident.happened"} <= read


@pytest.mark.parametrize("field", sealed_fields(), ids=lambda field: field.label)
def test_the_place_that_the_list_names_stands_in_the_code_that_seals(field: MarkedField) -> None:
    """Also where the world of these tests has no row: two parts of the path put their area before the place."""
    short = field.context.removeprefix("safety.")
    by_column = f'f"{field.context.partition(".")[0]}.{{field}}"'
    assert f'"{short}"' in SOURCE or by_column in SOURCE


def test_a_paper_is_known_as_a_file_of_hers() -> None:
    paper = _named("cases.Document.file")
    assert (paper.seal, paper.person) == (Seal.FILE, "case__person")
    assert paper in fields_about_her()


@contextmanager
def _relabelled(one: MarkedField, marking: Marking | None) -> Iterator[None]:
    field = one.model._meta.get_field(one.name)
    before = field.marking  # type: ignore[union-attr]
    field.marking = marking  # type: ignore[union-attr]
    try:
        yield
    finally:
        field.marking = before  # type: ignore[union-attr]
