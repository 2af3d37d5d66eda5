"""She says that something is wrong: it is put right and the old text kept, or her words stand beside it (Art. 16)."""

from dataclasses import dataclass
from datetime import date

from amparo.areas.access.rules import HELD_STILL, Part, Viewer
from amparo.areas.cases.acting import acting
from amparo.areas.cases.dues import set_due, settle_due
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import Note
from amparo.areas.cases.rules import DueKind
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, refused, require

from . import rules
from .models import Correction
from .narratives import KINDS, named, require_narrative
from .rules import Correcting


@dataclass(frozen=True)
class CorrectionFile:
    """A wish to correct, with what became of it; her words only to whoever may read the thing itself."""

    id: int
    thing: str
    words: str
    asked_on: date
    due_on: date
    member_name: str
    state: Correcting
    decided_by_name: str
    decided_on: date | None
    why: str
    before: str


def ask(case: CaseFile, *, by: Viewer, thing: str, words: str, asked_on: date) -> int:
    """Take down what she says is wrong; gives the wish's number. It is answered within a month (GDPR, Art. 12(3))."""
    _require_thing(by, case, thing)
    with acting(case, by=by, part=Part.RIGHTS, verb="correction asked", on=asked_on) as act:
        if asked_on > clock.today(by.time_zone):
            require(refused("This day is still to come."))
        row = Correction.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            thing=thing,
            words=sealing.seal_text(case.person, words, "correction.words"),
            asked_on=asked_on,
            member_id=by.member,
            state=Correcting.ASKED,
        )
        set_due(case, DueKind.RIGHTS, on=asked_on + rules.ANSWER_WITHIN, subject=row.pk)
        act.subject, act.words = row.pk, [thing.partition("-")[0]]
    return row.pk


def decide(case: CaseFile, number: int, *, by: Viewer, state: Correcting, why: str, text: str = "") -> None:
    """Put it right, or let her words stand beside it. A note takes `text`; what stood there before is kept, sealed."""
    with acting(case, by=by, part=Part.RIGHTS, verb="correction decided") as act:
        row = Correction.objects.select_for_update(no_key=True).filter(pk=number, case=case.id).first()
        if row is None:
            raise NotThere
        _require_thing(by, case, row.thing)
        require(rules.may_correct_now(Correcting(row.state)))
        require(rules.is_explained(state, why=why))
        if state is Correcting.CORRECTED and row.thing.startswith("note-"):
            before = _rewrite_note(case, named(row.thing)[1], by=by, text=text)
            row.before = sealing.seal_text(case.person, before, "correction.before")
        elif state is Correcting.CORRECTED and not why.strip():
            require(refused("Put it right where it stands first, then write down here what you changed."))
        row.state, row.decided_by_id, row.decided_on = state, by.member, clock.today(by.time_zone)
        row.why = sealing.seal_text(case.person, why, "correction.why")
        row.save(update_fields=("state", "decided_by", "decided_on", "why", "before"))
        settle_due(case, DueKind.RIGHTS, subject=number)
        act.subject, act.words = number, [row.thing.partition("-")[0], state]


def corrections_of(viewer: Viewer, case: CaseFile) -> list[CorrectionFile]:
    """What she said is wrong, latest first; one query."""
    require(case.readable(viewer, Part.RIGHTS))
    rows = Correction.objects.filter(case=case.id, organisation=viewer.organisation)
    found = rows.select_related("member", "decided_by").order_by("-asked_on", "-pk")
    return [_file(case, row, opened=case.in_team) for row in found]


def correction_of(viewer: Viewer, case: CaseFile, number: int) -> CorrectionFile:
    """One of them; raises NotThere where it is of another case, or about a narrative for others' eyes."""
    for one in corrections_of(viewer, case):
        if one.id == number:
            _require_thing(viewer, case, one.thing)
            return one
    raise NotThere


def note_text(viewer: Viewer, case: CaseFile, thing: str) -> str:
    """The text of the note that is meant; empty where the thing is none."""
    if not thing.startswith("note-"):
        return ""
    return sealing.open_text(case.person, _note(case, named(thing)[1], viewer).text, "note.text")


def beside(viewer: Viewer, case: CaseFile, kind: str) -> dict[str, list[CorrectionFile]]:
    """Her words that stand beside single things of this kind, by the thing; one query.

    Empty for whoever reads the things but not what she asked about her file, such as in danger to life.
    """
    if not case.readable(viewer, Part.RIGHTS):
        return {}
    found: dict[str, list[CorrectionFile]] = {}
    for one in corrections_of(viewer, case):
        if one.state is not Correcting.CORRECTED and one.thing.startswith(f"{kind}-"):
            found.setdefault(one.thing, []).append(one)
    return found


def _rewrite_note(case: CaseFile, number: int, *, by: Viewer, text: str) -> str:
    if not text.strip():
        require(refused("Write the note as it should stand."))
    if f"note-{number}" in case.held.things:
        require(HELD_STILL)
    require(case.writable(by, Part.NOTES))
    note = _note(case, number, by)
    before = sealing.open_text(case.person, note.text, "note.text")
    note.text, note.version = sealing.seal_text(case.person, text, "note.text"), note.version + 1
    note.save(update_fields=("text", "version"))
    return before


def _note(case: CaseFile, number: int, viewer: Viewer) -> Note:
    mine = Note.objects.filter(pk=number, case=case.id, audience__in=case.audiences(viewer))
    row = mine.first()
    if row is None:
        raise NotThere
    return row


def _require_thing(viewer: Viewer, case: CaseFile, thing: str) -> None:
    if thing in set(Part):
        require(case.readable(viewer, Part(thing)))
        return
    if thing.partition("-")[0] not in KINDS:
        raise NotThere
    require_narrative(viewer, case, thing)


def _file(case: CaseFile, row: Correction, *, opened: bool) -> CorrectionFile:
    def words(sealed: bytes | memoryview, field: str) -> str:
        return sealing.open_text(case.person, sealed, f"correction.{field}") if opened else ""

    return CorrectionFile(
        id=row.pk,
        thing=row.thing,
        words=words(row.words, "words"),
        asked_on=row.asked_on,
        due_on=row.asked_on + rules.ANSWER_WITHIN,
        member_name=row.member.name,
        state=Correcting(row.state),
        decided_by_name=row.decided_by.name if row.decided_by else "",
        decided_on=row.decided_on,
        why=words(row.why, "why"),
        before=words(row.before, "before"),
    )
