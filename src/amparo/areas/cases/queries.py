"""Reading cases: the list, the notes, the history. Everything starts from a file that `files` gave out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.people import queries as people
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.codes import read_code
from amparo.kernel.decision import NotThere

from .files import CaseFile, case_for, files, visible_cases
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
    rows = _narrowed(visible_cases(viewer), viewer, filters).order_by("-opened_on", "-pk")
    start = (max(page, 1) - 1) * PAGE
    found = files(rows[start : start + PAGE + 1], viewer)
    return CasePage(cases=found[:PAGE], page=max(page, 1), more=len(found) > PAGE)


def notes_of(viewer: Viewer, case: CaseFile, *, page: int = 1, size: int = PAGE) -> tuple[list[NoteFile], bool]:
    """The notes that are for the viewer, latest first, `size` a page, and whether there are more."""
    rows, more = one_page(_notes(viewer, case).order_by("-happened_on", "-pk"), page, size)
    return [_note(case, row) for row in rows], more


def note_of(viewer: Viewer, case: CaseFile, number: int) -> NoteFile:
    """One note that is for the viewer; raises NotThere otherwise."""
    row = _notes(viewer, case).filter(pk=number).first()
    if row is None:
        raise NotThere
    return _note(case, row)


def history_of(
    viewer: Viewer, case: CaseFile, *, page: int = 1, part: str = "", size: int = PAGE
) -> tuple[list[HistoryLine], bool]:
    """What happened in the parts that the viewer reads, or in one of them, latest first, and whether there is more."""
    parts = [one.value for one in Part if case.readable(viewer, one) and part in ("", one)]
    audiences = ["", *case.audiences(viewer)]
    events = Event.objects.filter(
        case=case.id, organisation=viewer.organisation, part__in=parts, audience__in=audiences
    )
    rows, more = one_page(events.select_related("member").order_by("-at", "-pk"), page, size)
    return [_history_line(row) for row in rows], more


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
    by_name = Q(person__in=people.found_by_name(viewer, typed), in_team=True)
    return by_name | Q(person__code__startswith=typed.upper())


def _notes(viewer: Viewer, case: CaseFile) -> QuerySet[Note]:
    notes = Note.objects.filter(case=case.id, organisation=viewer.organisation)
    return notes.filter(audience__in=case.audiences(viewer)).select_related("author")


def _note(case: CaseFile, row: Note) -> NoteFile:
    return NoteFile(
        id=row.pk,
        author=row.author_id,
        author_name=row.author.name,
        audience=row.audience,
        happened_on=row.happened_on,
        text=sealing.open_text(case.person, row.text, "note.text"),
        written_at=row.written_at,
        version=row.version,
    )


def _history_line(row: Event) -> HistoryLine:
    return HistoryLine(
        id=row.pk,
        part=row.part,
        verb=row.verb,
        subject=row.subject,
        audience=row.audience,
        words=tuple(row.words),
        on=row.on,
        at=row.at,
        member_name=row.member.name,
    )
