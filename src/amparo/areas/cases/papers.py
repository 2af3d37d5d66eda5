"""Papers of hers: cleaned of what they give away, sealed, and opened in memory only."""

from dataclasses import dataclass
from datetime import datetime

from amparo.areas.access import wall
from amparo.areas.access.rules import HELD_STILL, Part, Viewer
from amparo.areas.audit.actions import Trace
from amparo.areas.audit.reads import note_read
from amparo.areas.vault import cleaning, sealing, store
from amparo.areas.vault.cleaning import NotAPaper
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, require

from .acting import acting
from .files import CaseFile, HeldBack
from .models import Document
from .queries import one_page
from .rules import PaperKind, Status, papers_may_be_taken

__all__ = ("NotAPaper", "OpenPaper", "PaperFile", "add_paper", "open_paper", "papers_of", "remove_paper", "sweep")

PAGE = 25
SHELF = "papers"


@dataclass(frozen=True)
class PaperFile:
    """A paper as the list shows it, with its title opened; `size` in bytes."""

    id: int
    kind: str
    title: str
    media_type: str
    size: int
    author_name: str
    added_at: datetime


@dataclass(frozen=True)
class OpenPaper:
    """A paper's content, for one answer."""

    media_type: str
    content: bytes


def add_paper(case: CaseFile, *, by: Viewer, kind: PaperKind, title: str, content: bytes) -> int:
    """Clean, seal and keep a paper; gives its number. Raises NotAPaper, and Refused before her yes."""
    require(papers_may_be_taken(Status(case.status)))
    require(case.writable(by, Part.PAPERS))
    paper = cleaning.clean(content)
    with acting(case, by=by, part=Part.PAPERS, verb="paper added") as act:
        name = store.put(case.person, paper.content, shelf=SHELF)
        row = Document.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            author_id=by.member,
            kind=kind,
            title=sealing.seal_text(case.person, title, "document.title"),
            media_type=paper.media_type,
            size=len(paper.content),
            file=name,
            added_at=clock.now(),
        )
        act.subject, act.words = row.pk, [kind]
    return row.pk


def remove_paper(case: CaseFile, number: int, *, by: Viewer) -> None:
    """Take a paper out, at her wish or because it does not belong here; the history keeps that it was there.

    Its file goes with the next sweep, so that nothing is lost where this is undone half-way.
    """
    with acting(case, by=by, part=Part.PAPERS, verb="paper removed") as act:
        row = Document.objects.select_for_update(no_key=True).filter(pk=number, case=case.id).first()
        if row is None:
            raise NotThere
        if f"paper-{number}" in case.held.things:
            require(HELD_STILL)
        act.subject, act.words = number, [row.kind]
        row.delete()


def papers_of(viewer: Viewer, case: CaseFile, *, page: int = 1) -> tuple[list[PaperFile], bool]:
    """Her papers, latest first, 25 a page, and whether there are more."""
    rows = Document.objects.filter(case=case.id, organisation=viewer.organisation).select_related("author")
    found, more = one_page(rows.order_by("-added_at", "-pk"), page, PAGE)
    return [_file(case, row) for row in found], more


def open_paper(viewer: Viewer, case: CaseFile, number: int) -> OpenPaper:
    """The paper's content; raises NotThere where it is not of this case. The opening is noted."""
    row = Document.objects.filter(case=case.id, organisation=viewer.organisation, pk=number).first()
    if row is None:
        raise NotThere
    if case.held.hides(f"paper-{number}"):
        raise HeldBack(case, f"paper-{number}")
    note_read(Trace("paper opened", f"case {case.id} #{number}", case.person))
    return OpenPaper(row.media_type, store.get(case.person, row.file, shelf=SHELF))


def sweep() -> int:
    """Delete the files that no paper knows any more; gives how many."""
    known: set[str] = set()
    for _ in wall.each_organisation():
        known.update(Document.objects.values_list("file", flat=True))
    return store.sweep(SHELF, known=known)


def _file(case: CaseFile, row: Document) -> PaperFile:
    return PaperFile(
        id=row.pk,
        kind=row.kind,
        title=sealing.open_text(case.person, row.title, "document.title"),
        media_type=row.media_type,
        size=row.size,
        author_name=row.author.name,
        added_at=row.added_at,
    )
