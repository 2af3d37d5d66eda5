"""Reading what police, courts and offices asked: the desk's list, one request, what is due, what is about her."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.areas.access.rules import Task, Viewer, may_do
from amparo.areas.audit.actions import Trace
from amparo.areas.audit.reads import note_read
from amparo.areas.people.queries import codes_of
from amparo.areas.vault import sealing, store
from amparo.areas.vault.rules import Unreadable
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, require

from .models import AuthorityRequest, RequestNote
from .rules import HerKnowing
from .rules import requests as rules
from .rules.requests import Asker, Channel, DueWhy, Standing, State

PAGE = 25
SHELF = "requests"
SEALED = ("office", "official", "reference", "what", "basis_words", "reason", "answer", "why_not")


@dataclass(frozen=True)
class Knowing:
    """Whether she knows of the request, and if not, why and until when that is left so."""

    knowing: HerKnowing
    told_on: date | None = None
    silence: str = ""
    why_not: str = ""
    look_again_on: date | None = None


@dataclass(frozen=True)
class NoteFile:
    """Advice, an appeal or a call, opened."""

    id: int
    kind: str
    on: date
    words: str
    member_name: str


@dataclass(frozen=True)
class RequestFile:
    """One request with its sealed words opened; `code` is empty while it is not known whom it is about."""

    id: int
    organisation: int
    person: UUID | None
    code: str
    state: State
    asker: Asker
    channel: Channel
    received_on: date
    due_on: date | None
    words: dict[str, str]
    basis: str
    has_paper: bool
    verdict: str
    decided_name: str
    decided_on: date | None
    shared: tuple[str, ...]
    answered_name: str
    answered_on: date | None
    disclosure: int | None
    knowing: Knowing
    member_name: str
    version: int

    @property
    def dues(self) -> list[tuple[DueWhy, date | None]]:
        """What is due about it."""
        standing = Standing(
            self.state, self.due_on, self.knowing.knowing, self.knowing.look_again_on, self.person is not None
        )
        return rules.what_is_due(standing)


@dataclass(frozen=True)
class DueRequest:
    """One line of Today."""

    request: RequestFile
    why: DueWhy
    on: date | None


def requests_of(viewer: Viewer, *, state: str = "", page: int = 1) -> tuple[list[RequestFile], bool]:
    """The organisation's requests, latest first, 25 a page, and whether there are more."""
    rows = handled(viewer)
    if state:
        rows = rows.filter(state=state)
    start = (max(page, 1) - 1) * PAGE
    found = list(rows.order_by("-received_on", "-pk")[start : start + PAGE + 1])
    return _files(viewer, found[:PAGE]), len(found) > PAGE


def request_of(viewer: Viewer, number: int) -> RequestFile:
    """One of them; raises NotThere where it is none of this organisation's. The read is noted."""
    row = handled(viewer).filter(pk=number).first()
    if row is None:
        raise NotThere
    note_read(Trace("request read", f"request {number}", row.person_id))
    return _files(viewer, [row])[0]


def requests_about(viewer: Viewer, person: UUID) -> list[RequestFile]:
    """What was asked about her, latest first, without what she must not be told yet. The caller decided on the part."""
    rows = AuthorityRequest.objects.filter(organisation=viewer.organisation, person=person)
    rows = rows.exclude(knowing=HerKnowing.ENDANGERS).select_related("person", "decided_by", "answered_by", "member")
    return _files(viewer, list(rows.order_by("-received_on", "-pk")[:PAGE]))


def notes_on(viewer: Viewer, request: RequestFile) -> list[NoteFile]:
    """Advice, appeals and calls about a request, latest first."""
    rows = RequestNote.objects.filter(organisation=viewer.organisation, request=request.id).select_related("member")
    owner = request.person or request.organisation
    return [
        NoteFile(row.pk, row.kind, row.on, open_for(owner, row.words, "requestnote.words"), row.member.name)
        for row in rows.order_by("-on", "-pk")
    ]


def paper_of(viewer: Viewer, number: int) -> tuple[str, bytes]:
    """The paper of a request: its media type and content. The opening is noted."""
    row = handled(viewer).filter(pk=number).exclude(paper="").first()
    if row is None:
        raise NotThere
    note_read(Trace("request paper opened", f"request {number}", row.person_id))
    return row.paper_type, store.get(owner_of(row), row.paper, shelf=SHELF)


def due_requests(viewer: Viewer) -> list[DueRequest]:
    """What is due about requests within the next days, the most urgent first; nothing for who does not handle them."""
    if not may_do(viewer, Task.HANDLE_REQUESTS):
        return []
    open_ones = Q(state__in=(State.RECEIVED, State.WEIGHED, State.DECIDED))
    rows = handled(viewer).filter(open_ones | Q(person__isnull=False) & ~Q(knowing=HerKnowing.TOLD))
    last = date.fromordinal(clock.today(viewer.time_zone).toordinal() + rules.SOON.days)
    due = [DueRequest(one, why, on) for one in _files(viewer, list(rows[:200])) for why, on in one.dues]
    soon = [one for one in due if one.on is None or one.on <= last]
    return sorted(soon, key=lambda one: (one.on or date.min, one.request.id))


def handled(viewer: Viewer) -> QuerySet[AuthorityRequest]:
    """The requests of the viewer's organisation; raises Refused for who does not handle them."""
    require(may_do(viewer, Task.HANDLE_REQUESTS))
    rows = AuthorityRequest.objects.filter(organisation=viewer.organisation)
    return rows.select_related("decided_by", "answered_by", "member")


def owner_of(row: AuthorityRequest) -> UUID | int:
    """With whose key its words are sealed: hers, or the organisation's while it is not known whom it is about."""
    return row.person_id or row.organisation_id


def word_of(row: AuthorityRequest, field: str) -> str:
    """One of its sealed words, opened."""
    return open_for(owner_of(row), getattr(row, field), f"authorityrequest.{field}")


def seal_for(owner: UUID | int, text: str, field: str) -> bytes:
    """Seal a word of a request for this owner."""
    if isinstance(owner, int):
        return sealing.seal_of_house(owner, text.encode(), field)
    return sealing.seal_text(owner, text, field)


def open_for(owner: UUID | int, sealed: bytes | memoryview, field: str) -> str:
    """A word of a request, opened for this owner."""
    if isinstance(owner, int):
        return sealing.open_of_house(owner, sealed, field).decode()
    return sealing.open_text(owner, sealed, field)


def _files(viewer: Viewer, rows: list[AuthorityRequest]) -> list[RequestFile]:
    persons = {row.person_id for row in rows if row.person_id}
    sealing.load_keys(persons)
    codes = codes_of(viewer, persons)
    return [_file(row, codes) for row in rows]


def _words(row: AuthorityRequest) -> dict[str, str]:
    """All of them; empty where her key was destroyed."""
    try:
        return {name: word_of(row, name) for name in SEALED}
    except Unreadable:
        return dict.fromkeys(SEALED, "")


def _file(row: AuthorityRequest, codes: dict[UUID, str]) -> RequestFile:
    words = _words(row)
    return RequestFile(
        id=row.pk,
        organisation=row.organisation_id,
        person=row.person_id,
        code=codes.get(row.person_id, "") if row.person_id else "",
        state=State(row.state),
        asker=Asker(row.asker),
        channel=Channel(row.channel),
        received_on=row.received_on,
        due_on=row.due_on,
        words=words,
        basis=row.basis,
        has_paper=bool(row.paper),
        verdict=row.verdict,
        decided_name=row.decided_by.name if row.decided_by else "",
        decided_on=row.decided_on,
        shared=tuple(row.shared),
        answered_name=row.answered_by.name if row.answered_by else "",
        answered_on=row.answered_on,
        disclosure=row.disclosure_id,
        knowing=Knowing(HerKnowing(row.knowing), row.told_on, row.silence, words["why_not"], row.look_again_on),
        member_name=row.member.name,
        version=row.version,
    )
