"""Reading cases: the list, the notes, the history. Everything starts from a file that `files` gave out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from amparo.areas.access.rules import Audience, Part, Viewer
from amparo.areas.people import queries as people
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.codes import read_code
from amparo.kernel.decision import NotThere
from amparo.storage.prepared import prepared

from .files import CaseFile, case_for, files, files_with_code, latest_files, visible_cases
from .models import Case, Due, Event, Note

__all__ = ("CaseFile", "case_for", "case_list", "history_of", "note_of", "notes_of")

PAGE = 25
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Filters:
    """What the case list is narrowed to."""

    typed: str = ""
    status: str = ""
    mine: bool = False
    due: str = ""  # overdue or week
    referent: int = 0


@dataclass(frozen=True)
class CasePage:
    """One page of the list, and whether another follows."""

    cases: list[CaseFile]
    page: int
    more: bool


@dataclass(frozen=True)
class NoteFile:
    """A note with its text opened."""

    id: int
    author: int
    author_name: str
    audience: str
    happened_on: date
    text: str
    written_at: datetime
    version: int
    held: bool = False  # kept and not used at her wish: the text is empty until it is opened with a reason

    @property
    def thing(self) -> str:
        """Its name where it is restricted, corrected or erased by itself."""
        return f"note-{self.id}"


@dataclass(frozen=True)
class HistoryLine:
    """One line of a case's history, in coded words that the screen translates."""

    id: int
    part: str
    verb: str
    subject: int
    audience: str
    words: tuple[str, ...]
    on: date
    at: datetime
    member_name: str


def case_list(viewer: Viewer, filters: Filters, *, page: int = 1) -> CasePage:
    """The cases that the viewer may know of, newest first, 25 a page."""
    start = (max(page, 1) - 1) * PAGE
    code = read_code(filters.typed)
    if filters == Filters(mine=filters.mine, status=filters.status):
        found = latest_files(viewer, status=filters.status, mine=filters.mine, start=start, size=PAGE + 1)
    elif code and filters == Filters(typed=filters.typed):
        found = files_with_code(viewer, code)
    else:
        rows = _narrowed(visible_cases(viewer), viewer, filters).order_by("-opened_on", "-pk")
        found = files(rows[start : start + PAGE + 1], viewer)
    return CasePage(cases=found[:PAGE], page=max(page, 1), more=len(found) > PAGE)


def notes_of(viewer: Viewer, case: CaseFile, *, page: int = 1, size: int = PAGE) -> tuple[list[NoteFile], bool]:
    """The notes that are for the viewer, latest first, `size` a page, and whether there are more."""
    mine = tuple(sorted(case.audiences(viewer)))
    start = (max(page, 1) - 1) * size
    rows = _notes_for(case.id, viewer.organisation, audiences=mine, start=start, size=size + 1) if mine else []
    return [_note(case, row) for row in rows[:size]], len(rows) > size


def note_of(viewer: Viewer, case: CaseFile, number: int) -> NoteFile:
    """One note that is for the viewer; raises NotThere otherwise."""
    notes = Note.objects.filter(pk=number, case=case.id, organisation=viewer.organisation)
    row = notes.filter(audience__in=case.audiences(viewer)).values_list(*_NOTE).first()
    if row is None:
        raise NotThere
    return _note(case, row)


def history_of(
    viewer: Viewer, case: CaseFile, *, page: int = 1, part: str = "", size: int = PAGE
) -> tuple[list[HistoryLine], bool]:
    """What happened in the parts that the viewer reads, or in one of them, latest first, and whether there is more."""
    parts = tuple(one.value for one in Part if case.readable(viewer, one) and part in ("", one))
    audiences = ("", *sorted(case.audiences(viewer)))
    start = (max(page, 1) - 1) * size
    shape: dict[str, Any] = {"parts": parts, "audiences": audiences, "start": start, "size": size + 1}
    rows = _events(case.id, viewer.organisation, **shape) if parts else []
    return [_history_line(row) for row in rows[:size]], len(rows) > size


def one_page(rows: QuerySet[Row], page: int, size: int) -> tuple[list[Row], bool]:
    """One page of the rows, and whether another follows."""
    start = (max(page, 1) - 1) * size
    found = list(rows[start : start + size + 1])
    return found[:size], len(found) > size


def _narrowed(cases: QuerySet[Case], viewer: Viewer, filters: Filters) -> QuerySet[Case]:
    if filters.status:
        cases = cases.filter(status=filters.status)
    if filters.mine:
        cases = cases.filter(referent=viewer.member)
    if filters.referent:
        cases = cases.filter(referent=filters.referent)
    if filters.due:
        today = clock.today(viewer.time_zone)
        last = today if filters.due == "overdue" else date.fromordinal(today.toordinal() + 8)
        cases = cases.filter(Exists(Due.objects.filter(case=OuterRef("pk"), done_at=None, on__lt=last)))
    return cases.filter(_typed(viewer, filters.typed.strip())) if filters.typed.strip() else cases


def _typed(viewer: Viewer, typed: str) -> Q:
    code = read_code(typed)
    if code is not None:
        return Q(person__code=code)
    mine = visible_cases(viewer).filter(Q(in_team=True))
    found = people.found_by_name(viewer, typed, shown=lambda persons: mine.filter(person__in=persons).count())
    by_name = Q(person__in=found, in_team=True)
    return by_name | Q(person__code__startswith=typed.upper())


_NOTE = ("pk", "author", "author__name", "audience", "happened_on", "text", "written_at", "version")
_NoteRow = tuple[int, int, str, str, date, bytes, datetime, int]
_EVENT = ("pk", "part", "verb", "subject", "audience", "words", "on", "at", "member__name")
_EventRow = tuple[int, str, str, int, str, list[str], date, datetime, str]


@prepared
def _notes_for(
    case: int, organisation: int, *, audiences: tuple[Audience, ...], start: int, size: int
) -> QuerySet[Note, _NoteRow]:
    notes = Note.objects.filter(case=case, organisation=organisation, audience__in=audiences)
    return notes.order_by("-happened_on", "-pk").values_list(*_NOTE)[start : start + size]


@prepared
def _events(
    case: int, organisation: int, *, parts: tuple[str, ...], audiences: tuple[str, ...], start: int, size: int
) -> QuerySet[Event, _EventRow]:
    events = Event.objects.filter(case=case, organisation=organisation, part__in=parts, audience__in=audiences)
    return events.order_by("-at", "-pk").values_list(*_EVENT)[start : start + size]


def _note(case: CaseFile, row: _NoteRow) -> NoteFile:
    number, author, author_name, audience, happened_on, sealed, written_at, version = row
    held = case.held.hides(f"note-{number}")
    text = "" if held else sealing.open_text(case.person, sealed, "note.text")
    return NoteFile(number, author, author_name, audience, happened_on, text, written_at, version, held)


def _history_line(row: _EventRow) -> HistoryLine:
    number, part, verb, subject, audience, words, on, at, member_name = row
    return HistoryLine(number, part, verb, subject, audience, tuple(words), on, at, member_name)
