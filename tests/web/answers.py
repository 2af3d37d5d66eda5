"""What a row of the access table can say.

A row names those for whom the page is open; everybody else follows from what the page is about. A page of a case is
closed (403) to those who know of her case, is not there (404) for her organisation's other caseworkers and for other
organisations, and is closed to roles that have no cases at all. Whoever is not signed in is led to the sign-in.
"""

from collections.abc import Mapping
from dataclasses import dataclass

NOBODY = "nobody"
KNOW_OF_HER = ("assigned", "coordinator", "psychologist", "lawyer", "mediator", "officer")
HAVE_CASES_BUT_NOT_HERS = ("colleague", "stranger", "foreign_coordinator")
HAVE_NO_CASES = ("facilitator", "hotline", "analyst", "administrator", "untrained")
SIGNED_IN = (*KNOW_OF_HER, *HAVE_CASES_BUT_NOT_HERS, *HAVE_NO_CASES)
EVERYBODY = (*SIGNED_IN, NOBODY)

CASEWORKERS = "assigned colleague stranger"
COORDINATORS = "coordinator foreign_coordinator"
HER_TEAM = "assigned psychologist lawyer mediator"

Answers = Mapping[str, int]


@dataclass(frozen=True)
class Row:
    """The status that each of the cast gets from a GET and from a POST that carries nothing."""

    get: Answers
    post: Answers


def everybody(get: int, post: int = 405) -> Row:
    """The same answer for all, signed in or not."""
    return Row(dict.fromkeys(EVERYBODY, get), dict.fromkeys(EVERYBODY, post))


def signed_in(get: int, post: int, *, nobody: int = 302, nobody_post: int = 302) -> Row:
    """One answer for whoever is signed in, another for whoever is not."""
    return Row(
        {**dict.fromkeys(SIGNED_IN, get), NOBODY: nobody}, {**dict.fromkeys(SIGNED_IN, post), NOBODY: nobody_post}
    )


def page(open_to: str) -> Row:
    """A page outside any case: for these, closed to the others."""
    return _outside(open_to, 200, 405)


def page_decided_late(open_to: str) -> Row:
    """The same where what the page shows decides, not the role's tasks: a POST is refused before that."""
    row = page(open_to)
    return Row(row.get, {**dict.fromkeys(SIGNED_IN, 405), NOBODY: 302})


def form(open_to: str) -> Row:
    """A form outside any case; an empty one comes back."""
    return _outside(open_to, 200, 422)


def command(open_to: str, *, post: int = 302) -> Row:
    """A button outside any case; a GET leads back."""
    return _outside(open_to, 302, post)


def case_page(open_to: str) -> Row:
    """A page of a case."""
    return _of_case(open_to, 200, 405)


def case_form(open_to: str, *, post: int = 422) -> Row:
    """A form of a case; an empty one comes back."""
    return _of_case(open_to, 200, post)


def case_command(open_to: str, *, post: int = 302) -> Row:
    """A button within a case; a GET leads back to where it stands."""
    return _of_case(open_to, 302, post)


def thing_form(open_to: str, *, not_there: str, post: int = 422) -> Row:
    """A form about one thing outside any case, which another organisation's people do not find."""
    return _outside(open_to, 200, post, not_there)


def thing_command(open_to: str, *, not_there: str, post: int = 302) -> Row:
    """A button about one thing outside any case; a GET leads back."""
    return _outside(open_to, 302, post, not_there)


def read_by_program(open_to: str) -> Row:
    """An address for programs outside any case: who is not signed in is told so, and led nowhere."""
    return _for_programs(_outside(open_to, 200, 405))


def case_read_by_program(open_to: str) -> Row:
    """The same of a case."""
    return _for_programs(_of_case(open_to, 200, 405))


def case_written_by_program(open_to: str) -> Row:
    """Writing of a program in a case: the case is decided on before what was sent is read."""
    row = _of_case(open_to, 405, 422)
    return Row(dict.fromkeys(EVERYBODY, 405), {**row.post, NOBODY: 401})


def _for_programs(row: Row) -> Row:
    return Row({**row.get, NOBODY: 401}, dict.fromkeys(EVERYBODY, 405))


def _outside(open_to: str, get: int, post: int, not_there: str = "") -> Row:
    closed = {**dict.fromkeys(SIGNED_IN, 403), **dict.fromkeys(_names(not_there), 404), NOBODY: 302}
    mine = _names(open_to)
    return Row({**closed, **dict.fromkeys(mine, get)}, {**closed, **dict.fromkeys(mine, post)})


def _of_case(open_to: str, get: int, post: int) -> Row:
    closed = {
        **dict.fromkeys(KNOW_OF_HER + HAVE_NO_CASES, 403),
        **dict.fromkeys(HAVE_CASES_BUT_NOT_HERS, 404),
        NOBODY: 302,
    }
    mine = _names(open_to)
    return Row({**closed, **dict.fromkeys(mine, get)}, {**closed, **dict.fromkeys(mine, post)})


def _names(words: str) -> tuple[str, ...]:
    names = tuple(words.split())
    unknown = set(names) - set(EVERYBODY)
    if unknown:
        raise ValueError(f"not of the cast: {unknown}")
    return names
