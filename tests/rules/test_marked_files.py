"""Files that people write are read strictly; every mistake is told with its line, all of a file at once."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.kernel.catalogue import CatalogueError, read
from amparo.kernel.marked import Problem, read_marked
from amparo.kernel.shape import misfits


class Inner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    when: "str | Inner"
    kind: Literal["one", "two"] = "one"
    days: int | None = None


class Wide(msgspec.Struct, forbid_unknown_fields=True):
    """More fields than anybody wants to read in a line."""

    a: int = 0
    b: int = 0
    c: int = 0
    d: int = 0
    e: int = 0
    f: int = 0
    g: int = 0
    h: int = 0
    i: int = 0
    j: int = 0
    k: int = 0
    m: int = 0
    n: int = 0


class Outer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: dict[str, str]
    since: date
    until: date | None
    parts: tuple[Inner, ...] = ()
    open: bool = False


def problems(text: str) -> list[str]:
    marked = read_marked(text, "words.yaml")
    found = list(marked.problems) or [marked.problem(*one) for one in misfits(marked.content, Outer)]
    return [str(problem) for problem in found]


RIGHT = """\
name: {en: Yes, es: "no"}
since: 2013-06-01
until: ~
parts:
  - when: on
  - when:
      when: 045
      days: 45
    kind: two
"""


def test_a_file_is_read_as_it_is_written() -> None:
    marked = read_marked(RIGHT, "words.yaml")
    assert not marked.problems
    assert not list(misfits(marked.content, Outer))
    whole = msgspec.convert(marked.content, Outer)
    assert whole == Outer(
        name={"en": "Yes", "es": "no"},
        since=date(2013, 6, 1),
        until=None,
        parts=(Inner(when="on"), Inner(when=Inner(when="045", days=45), kind="two")),
    )
    assert marked.lines["parts", 2, "when", "days"] == 8


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("since: 2013-06-01", "since: 2013-02-30", "line 2: since: expected a day that exists, found 2013-02-30"),
        ("2013-06-01", "2013-06-01 10:00", "line 2: since: expected a day such as 2013-06-01, without quotes, found"),
        ("since: 2013-06-01\n", "", "line 1: since: expected a value, found nothing"),
        ("until: ~\n", "", "line 1: until: expected a value (null where there is none), found nothing"),
        ("until: ~", "until: 2013", "line 3: until: expected a day such as 2013-06-01, without quotes, found 2013"),
        ("days: 45", "days: abc", "line 8: parts[2].when.days: expected a whole number, found 'abc'"),
        ("days: 45", "days: 045", "line 8: parts[2].when.days: expected a whole number, found '045'"),
        ("days: 45", "days: true", "line 8: parts[2].when.days: expected a whole number, found true"),
        ("days: 45", "days: 4.5", "line 8: parts[2].when.days: expected a whole number, found '4.5'"),
        ("days: 45", "dasy: 45", "line 8: parts[2].when.dasy: expected a field that exists, perhaps 'days'"),
        ("days: 45", "x: 45", "line 8: parts[2].when.x: expected one of the fields when, kind, days"),
        ("kind: two", "kind: three", "line 9: parts[2].kind: expected one of one, two, found 'three'"),
        ("kind: two", "kind: 2", "line 9: parts[2].kind: expected one of one, two, found 2"),
        ("when: on", "when:", "or fields with values, found nothing"),
        ("- when: on", "- on", "line 5: parts[1]: expected fields with values, found 'on'"),
        ("en: Yes", "en: 7", "line 1: name.en: expected a text (in quotes where it looks like a number, a date or"),
        ("en: Yes", "en: 2013-06-01", "found 2013-06-01"),
        ('{en: Yes, es: "no"}', "[Yes]", "line 1: name: expected fields with values, found a list"),
        ("kind: two", "kind: two\nopen: yes", "line 10: open: expected true or false, found 'yes'"),
        ("kind: two", f"kind: {'x' * 70}", f"found '{'x' * 59}…"),
        ("kind: two", "when: x", "line 9: parts[2].when: expected every field once: the field 'when' is given twice"),
        ("when: on", "when: &one on", "line 5: parts[1].when: expected the words themselves, without &, * or !"),
        ("when: on", "when: !!str on", "line 5: parts[1].when: expected the words themselves, without &, * or !"),
        ("when: on", "when: *one", "line 5: parts[1].when: expected the words themselves, without &, * or !"),
        ("when: on", "when: a: b", "line 5: the file: expected YAML: a text with a colon and a space in quotes"),
        ("  - when: on", "\t- when: on", "line 5: the file: expected YAML: spaces to indent (no tabs)"),
        ("en: Yes", "en: 'Yes", "expected YAML: a closing quotation mark"),
        ("en: Yes", 'en: "\\q"', "line 1: the file: expected YAML: '…' instead of \"…\" around a text with"),
        ("en: Yes", "en: \0", "line 1: the file: expected YAML: a text without control characters"),
        ("until: ~", "until: ~\n[a]: b", "line 4: the file: expected the name of a field before the colon"),
        ("until: ~", "until: ~\n---\na: b", "line 4: the file: expected one document, without --- in between"),
        ("when: on", f"when: {'[' * 60}", "line 5: the file: expected at most 40 levels inside each other"),
        ("until: ~", "until: ~\n} x", "line 4: the file: expected YAML: "),
        (RIGHT, "", "line 1: the file: expected fields with values, found nothing"),
        (RIGHT, "[]", "line 1: the file: expected fields with values, found a list"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_field(old: str, new: str, told: str) -> None:
    assert old in RIGHT
    found = problems(RIGHT.replace(old, new, 1))
    assert any(told in problem and problem.startswith("words.yaml, line ") for problem in found), found


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    assert len(problems(RIGHT.replace("on", "3").replace("two", "four").replace("45", "x"))) == 3


def test_where_there_are_many_fields_they_are_not_listed() -> None:
    assert list(misfits({"unheard": 1}, Wide)) == [(("unheard",), "a field that exists")]


def test_numbers_have_limits_and_rows_a_length() -> None:
    kind = msgspec.defstruct(
        "Row", [("pair", tuple[int, str]), ("some", Annotated[int, msgspec.Meta(ge=1, le=9)]), ("part", float | None)]
    )
    assert list(misfits({"pair": [1, "x"], "some": 1, "part": 1}, kind)) == []
    assert list(misfits({"pair": ["x"], "some": 0, "part": 0.5}, kind)) == [
        (("pair",), "a list of 2, found 1"),
        (("pair", 1), "a whole number, found 'x'"),
        (("some",), "1 or more, found 0"),
    ]
    assert list(misfits({"pair": [1, "x"], "some": 10, "part": "x"}, kind)) == [
        (("some",), "9 or less, found 10"),
        (("part",), "a number, found 'x'"),
    ]


def test_half_of_a_character_is_told() -> None:
    kind = msgspec.defstruct("Row", [("name", str)])
    assert list(misfits({"name": "whole \U0001f600"}, kind)) == []
    assert [place for place, _ in misfits({"name": "half \ud83d"}, kind)] == [("name",)]
    assert "whole characters" in next(said for _, said in misfits({"name": "\udfff"}, kind))


def test_a_problem_reads_as_a_sentence_with_its_place() -> None:
    problem = Problem("be/2013.yaml", 14, "permits[2].lasts.days", "a whole number, found 'abc'")
    told = "be/2013.yaml, line 14: permits[2].lasts.days: expected a whole number, found 'abc'"
    assert str(problem) == told


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_bytes("name: Bélgica".encode("latin-1"))
    with pytest.raises(CatalogueError, match=r"words\.yaml: expected text in UTF-8"):
        read(file)


_SCRAPS = st.none() | st.booleans() | st.integers(-5, 50) | st.sampled_from(["one", "two", "x"]) | st.dates()
_FIELDS = st.sampled_from(["when", "kind", "days", "name", "since", "until", "parts", "open", "x"])
CONTENT = st.recursive(
    _SCRAPS, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(_FIELDS, inside, max_size=5), max_leaves=12
)
_INNER = st.fixed_dictionaries(
    {"when": st.sampled_from(["x", "y"]) | CONTENT}, optional={"kind": _SCRAPS, "days": _SCRAPS}
)
WHOLE = st.fixed_dictionaries(
    {"name": st.just({"en": "x"}) | CONTENT, "since": st.dates() | CONTENT, "until": st.none() | _SCRAPS},
    optional={"parts": st.lists(_INNER, max_size=3), "open": st.booleans() | CONTENT},
)


@given(content=WHOLE | CONTENT)
def test_what_has_no_mistake_is_what_the_type_takes(content: object) -> None:
    found = list(misfits(content, Outer))
    try:
        msgspec.convert(content, Outer)
    except msgspec.ValidationError:
        assert found
    else:
        assert not found
