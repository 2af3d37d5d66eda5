"""The request desk: noting what police, courts and offices ask, deciding it, and keeping exactly what was given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from amparo.areas.access import wall
from amparo.areas.access.exports import Export, take_out
from amparo.areas.access.rules import Task, Viewer, may_do
from amparo.areas.audit.actions import Fact, Trace, record
from amparo.areas.vault import cleaning, store
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, require

from .asked import SEALED, SHELF, Knowing, RequestFile, handled, open_for, owner_of, seal_for, word_of
from .models import AuthorityRequest, RequestNote
from .rules import HerKnowing
from .rules import requests as rules
from .rules.requests import Asker, Basis, Channel, Move, State, Verdict

NOTE_KINDS = ("advice", "appeal", "call")


@dataclass(frozen=True)
class Received:
    """What came: who asks, what, how and until when an answer is wanted."""

    asker: Asker
    office: str
    what: str
    channel: Channel
    received_on: date
    official: str = ""
    reference: str = ""
    due_on: date | None = None
    paper: bytes = b""


@transaction.atomic
def receive(received: Received, *, by: Viewer, person: UUID | None = None) -> int:
    """Note a request; gives its number. `person` where it is already sure whom it is about."""
    require(may_do(by, Task.HANDLE_REQUESTS))
    today = clock.today(by.time_zone)
    require(rules.is_received_whole(received.received_on, received.due_on, today=today))
    row = AuthorityRequest(
        organisation_id=by.organisation,
        person_id=person,
        state=State.RECEIVED,
        asker=received.asker,
        channel=received.channel,
        received_on=received.received_on,
        due_on=received.due_on,
        member_id=by.member,
        recorded_at=clock.now(),
    )
    for name in ("office", "official", "reference", "what"):
        _put(row, name, getattr(received, name))
    _put_paper(row, received.paper)
    row.save()
    _note(row, "request received", by, asker=row.asker, paper=bool(row.paper))
    return row.pk


@transaction.atomic
def link(request: RequestFile, *, by: Viewer, person: UUID) -> None:
    """Note whom it is about: from now on its words are sealed with her key, and stand in her list."""
    row = _locked(request, by, Move.LINK)
    words = {name: word_of(row, name) for name in SEALED}
    owner, paper = owner_of(row), row.paper
    content = store.get(owner, paper, shelf=SHELF) if paper else b""
    notes = [(note, open_for(owner, note.words, "requestnote.words")) for note in row.notes.all()]
    row.person_id = person
    for name, text in words.items():
        _put(row, name, text)
    if content:
        row.paper = store.put(person, content, shelf=SHELF)
    for note, text in notes:
        note.words = seal_for(person, text, "requestnote.words")
        note.save(update_fields=("words",))
    _save(row)
    _note(row, "request linked", by)


@transaction.atomic
def add_paper(request: RequestFile, *, by: Viewer, content: bytes) -> None:
    """Keep the scanned paper, in place of one that was there. Raises NotAPaper."""
    row = _locked(request, by, Move.ADD_PAPER)
    _put_paper(row, content)
    _save(row)
    _note(row, "request paper added", by)


@transaction.atomic
def name_basis(request: RequestFile, *, by: Viewer, basis: Basis, words: str) -> None:
    """Note on what it stands. A decision that was taken on another basis has to be taken again."""
    row = _locked(request, by, Move.NAME_BASIS)
    require(rules.is_basis_whole(basis, words))
    row.basis, row.state = basis, rules.after(State(row.state), Move.NAME_BASIS)
    row.verdict = ""
    _put(row, "basis_words", words)
    _save(row)
    _note(row, "request basis named", by, basis=basis.value)


@transaction.atomic
def decide(request: RequestFile, *, by: Viewer, verdict: Verdict, reason: str) -> None:
    """Decide what is given, with the reason."""
    row = _locked(request, by, Move.DECIDE)
    weighed = rules.Weighed(Basis(row.basis), word_of(row, "basis_words"), row.person_id is not None)
    require(rules.may_decide(verdict, weighed, reason=reason))
    row.verdict, row.state = verdict, rules.after(State(row.state), Move.DECIDE)
    row.decided_by_id, row.decided_on = by.member, clock.today(by.time_zone)
    _put(row, "reason", reason)
    _save(row)
    _note(row, "request decided", by, verdict=verdict.value, basis=row.basis)


@transaction.atomic
def answer(
    request: RequestFile, *, by: Viewer, words: str, shared: Sequence[str], on: date, disclosure: int | None
) -> None:
    """Keep exactly what was given. The caller has recorded the disclosure where something about her was given."""
    row = _locked(request, by, Move.ANSWER)
    require(rules.may_answer(Verdict(row.verdict), shared=shared, words=words))
    row.state = rules.after(State(row.state), Move.ANSWER)
    row.answered_by_id, row.answered_on, row.shared, row.disclosure_id = by.member, on, list(shared), disclosure
    _put(row, "answer", words)
    _save(row)
    _note(row, "request answered", by, verdict=row.verdict, shared=" ".join(shared))


@transaction.atomic
def take_back(request: RequestFile, *, by: Viewer, words: str) -> None:
    """They took it back; why, where they said it, is kept as a note."""
    row = _locked(request, by, Move.TAKE_BACK)
    row.state = rules.after(State(row.state), Move.TAKE_BACK)
    _save(row)
    if words.strip():
        _add_note(row, by, "call", clock.today(by.time_zone), words)
    _note(row, "request taken back", by)


@transaction.atomic
def advise(request: RequestFile, *, by: Viewer, kind: str, on: date, words: str) -> int:
    """Note legal advice, an appeal or a call; gives the note's number."""
    row = _locked(request, by, Move.ADVISE)
    number = _add_note(row, by, kind, on, words)
    _note(row, "request advice noted", by, kind=kind)
    return number


@transaction.atomic
def settle_knowing(request: RequestFile, knowing: Knowing, *, by: Viewer) -> None:
    """Note that she was told, or why not yet and when that is looked at again."""
    row = _locked(request, by, Move.TELL)
    _require_knowing(knowing, by)
    row.knowing, row.silence, row.look_again_on = knowing.knowing, knowing.silence, knowing.look_again_on
    row.told_on = knowing.told_on if knowing.knowing is HerKnowing.TOLD else None
    _put(row, "why_not", knowing.why_not)
    _save(row)
    told = knowing.knowing is HerKnowing.TOLD
    _note(row, "told of request" if told else "silence about a request", by, silence=knowing.silence)


def take_out_letter(request: RequestFile, *, by: Viewer) -> Export:
    """Note that the letter of answer was made, and give its mark; raises Refused where there is no answer yet."""
    require(may_do(by, Task.HANDLE_REQUESTS))
    return take_out("request letter", by=by, person=request.person, facts={"request": request.id})


def sweep() -> int:
    """Delete the files that no request knows any more; gives how many."""
    known: set[str] = set()
    for _ in wall.each_organisation():
        known.update(AuthorityRequest.objects.exclude(paper="").values_list("paper", flat=True))
    return store.sweep(SHELF, known=known)


def _require_knowing(knowing: Knowing, by: Viewer) -> None:
    require(
        rules.may_keep_silent(
            knowing.knowing,
            silence=knowing.silence,
            why_not=knowing.why_not,
            look_again_on=knowing.look_again_on,
            told_on=knowing.told_on,
            today=clock.today(by.time_zone),
        )
    )


def _locked(request: RequestFile, by: Viewer, move: Move) -> AuthorityRequest:
    """The row, locked until the action ends; raises Conflict where a colleague changed it meanwhile."""
    row = handled(by).select_for_update(of=("self",), no_key=True).filter(pk=request.id).first()
    if row is None:
        raise NotThere
    require(rules.may_move(State(row.state), move))
    if row.version != request.version:
        now = word_of(row, "reason")
        raise Conflict([("reason", now)] if now else [])
    return row


def _save(row: AuthorityRequest) -> None:
    row.version += 1
    row.save()


def _note(row: AuthorityRequest, verb: str, by: Viewer, **facts: Fact) -> None:
    trace = Trace(verb, f"request {row.pk}", row.person_id, facts)
    record(trace, organisation=by.organisation, member=by.member)


def _add_note(row: AuthorityRequest, by: Viewer, kind: str, on: date, words: str) -> int:
    require(rules.is_received_whole(on, None, today=clock.today(by.time_zone)))
    note = RequestNote.objects.create(
        organisation_id=by.organisation,
        request=row,
        kind=kind,
        on=on,
        words=seal_for(owner_of(row), words, "requestnote.words"),
        member_id=by.member,
        recorded_at=clock.now(),
    )
    return note.pk


def _put_paper(row: AuthorityRequest, content: bytes) -> None:
    if content:
        paper = cleaning.clean(content)
        row.paper, row.paper_type = store.put(owner_of(row), paper.content, shelf=SHELF), paper.media_type


def _put(row: AuthorityRequest, field: str, text: str) -> None:
    setattr(row, field, seal_for(owner_of(row), text, f"authorityrequest.{field}"))
