"""Keeping something of her file without using it, at her wish, and reading it all the same with a reason (Art. 18)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from amparo.areas.access.rules import WHOLE_FILE, Part, Viewer
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, refused, require

from .acting import acting
from .files import CaseFile
from .models import Document, HeldReading, Note, Restriction
from .rules import HELD_READING_TIME, HeldBecause, may_lift, one_narrative


@dataclass(frozen=True)
class RestrictionFile:
    """Something that is or was held, with her words."""

    id: int
    thing: str
    ground: HeldBecause
    words: str
    since: date
    member_name: str
    lifted_on: date | None
    lifted_words: str


def restrict(case: CaseFile, *, by: Viewer, thing: str, ground: HeldBecause, words: str, since: date) -> int:
    """Keep this and use it no more; gives the restriction's number. Raises NotThere for what is not of this file."""
    require_thing(by, case, thing)
    with acting(case, by=by, part=Part.RIGHTS, verb="use restricted", on=since) as act:
        if since > clock.today(by.time_zone):
            require(refused("This day is still to come."))
        row = Restriction(
            organisation_id=case.organisation,
            case_id=case.id,
            thing=thing,
            ground=ground,
            words=sealing.seal_text(case.person, words, "restriction.words"),
            since=since,
            member_id=by.member,
        )
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            require(refused("This is kept and not used already."))
        act.subject, act.words = row.pk, [thing]
    return row.pk


def lift(case: CaseFile, number: int, *, by: Viewer, words: str, on: date) -> None:
    """She said that it may be used again; her word is kept."""
    with acting(case, by=by, part=Part.RIGHTS, verb="restriction lifted", on=on) as act:
        row = Restriction.objects.select_for_update(no_key=True).filter(pk=number, case=case.id, lifted_on=None).first()
        if row is None:
            raise NotThere
        require(may_lift(words=words, on=on, since=row.since, today=clock.today(by.time_zone)))
        row.lifted_on, row.lifted_by_id = on, by.member
        row.lifted_words = sealing.seal_text(case.person, words, "restriction.lifted_words")
        row.save(update_fields=("lifted_on", "lifted_by", "lifted_words"))
        HeldReading.objects.filter(case=case.id, until__gt=clock.now()).update(until=clock.now())
        act.subject, act.words = number, [row.thing]


def read_with_reason(case: CaseFile, thing: str, *, by: Viewer, reason: str) -> datetime:
    """Open something held for this colleague alone; gives until when. It stands in the history, without the reason."""
    if not holds(case, thing):
        raise NotThere
    until = clock.now() + HELD_READING_TIME
    with acting(case, by=by, part=Part.RIGHTS, verb="held part read") as act:
        if not reason.strip():
            require(refused("Write down why you need to read it now."))
        row = HeldReading.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            thing=thing,
            member_id=by.member,
            reason=sealing.seal_text(case.person, reason, "heldreading.reason"),
            at=clock.now(),
            until=until,
        )
        act.subject, act.words = row.pk, [thing]
    return until


def restrictions_of(viewer: Viewer, case: CaseFile) -> list[RestrictionFile]:
    """What is held, then what was, latest first; her words only for who accompanies her."""
    require(case.readable(viewer, Part.RIGHTS))
    rows = Restriction.objects.filter(case=case.id, organisation=viewer.organisation).select_related("member")
    found = [_file(case, row, opened=case.in_team) for row in rows.order_by("-since", "-pk")]
    return sorted(found, key=lambda one: one.lifted_on is not None)


def holds(case: CaseFile, thing: str) -> bool:
    """Whether this part or narrative is held, by itself or with all of the file."""
    return thing in case.held.things or (thing in set(Part) and WHOLE_FILE in case.held.things)


def require_thing(viewer: Viewer, case: CaseFile, thing: str) -> None:
    """Raise NotThere unless this is all of the file, a part of it, or a narrative in it that is for the viewer."""
    if thing == WHOLE_FILE or thing in set(Part):
        return
    named = one_narrative(thing)
    if named is None:
        raise NotThere
    kind, number = named
    if kind == "note":
        there = Note.objects.filter(case=case.id, pk=number, audience__in=case.audiences(viewer)).exists()
    else:
        there = kind == "paper" and Document.objects.filter(case=case.id, pk=number).exists()
    if not there:
        raise NotThere


def _file(case: CaseFile, row: Restriction, *, opened: bool) -> RestrictionFile:
    return RestrictionFile(
        id=row.pk,
        thing=row.thing,
        ground=HeldBecause(row.ground),
        words=sealing.open_text(case.person, row.words, "restriction.words") if opened else "",
        since=row.since,
        member_name=row.member.name,
        lifted_on=row.lifted_on,
        lifted_words=sealing.open_text(case.person, row.lifted_words, "restriction.lifted_words") if opened else "",
    )
