"""Erasing one narrative or all of her, after two have looked at it (GDPR, Art. 17). It cannot be undone.

The order is safe at every moment: first, in one transaction of the main database, her words, her identity and her code
go, and the erasure is marked as under way. Then her key is destroyed in the other database, and with it whatever a
backup still holds. Where the node stops in between, `finish_all` goes on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from amparo.areas.access import actions as access
from amparo.areas.access.rules import WHOLE_FILE, Part, Task, Viewer, may_do
from amparo.areas.audit.actions import Trace, record
from amparo.areas.cases.acting import Act, acting
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import Case, Due
from amparo.areas.people import actions as people
from amparo.areas.vault import sealing, store
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, refused, require

from . import rules, wiping
from .models import Erasure
from .narratives import named, require_narrative, table_of
from .rules import Asker, Erasing, Obligation, Stand


@dataclass(frozen=True)
class Wish:
    """What shall be erased, who asked, what was said, and what the law obliges to keep."""

    thing: str
    asker: Asker
    asked_on: date
    words: str = ""
    obligation: Obligation = Obligation.NOTHING
    keep_until: date | None = None


@dataclass(frozen=True)
class ErasureFile:
    """An erasure as the pages show it; the words only to whoever accompanies her."""

    id: int
    thing: str
    asker: Asker
    words: str
    asked_on: date
    asked_by_name: str
    agreed_by_name: str
    agreed_on: date | None
    ended_by_name: str
    ended_at: datetime | None
    pieces: int
    stand: Stand


def ask(case: CaseFile, *, by: Viewer, wish: Wish) -> int:
    """Take down that something shall be erased; gives the erasure's number. Nothing goes yet."""
    if wish.thing != WHOLE_FILE:
        require_narrative(by, case, wish.thing)
    today = clock.today(by.time_zone)
    with acting(case, by=by, part=Part.RIGHTS, verb="erasure asked", on=wish.asked_on) as act:
        if wish.asked_on > today:
            require(refused("This day is still to come."))
        require(rules.is_told_why_kept(wish.obligation, keep_until=wish.keep_until, today=today))
        if Erasure.objects.filter(case=case.id, thing=wish.thing, state=Erasing.WAITING).exists():
            require(refused("This was asked for already, and is being looked at."))
        row = Erasure.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            thing=wish.thing,
            asker=wish.asker,
            words=sealing.seal_text(case.person, wish.words, "erasure.words"),
            asked_on=wish.asked_on,
            asked_by_id=by.member,
            obligation=wish.obligation,
            keep_until=wish.keep_until if wish.obligation is not Obligation.NOTHING else None,
            not_before=rules.has_time_to_think(whole=wish.thing == WHOLE_FILE, asked_on=max(wish.asked_on, today)),
            state=Erasing.WAITING,
        )
        act.subject, act.words = row.pk, [_kind(wish.thing), wish.asker]
    return row.pk


def agree(case: CaseFile, number: int, *, by: Viewer) -> None:
    """The second person's yes."""
    require(may_do(by, Task.KEEP_OR_ERASE))
    with _about(case, number, by, "erasure agreed") as (row, act):
        require(rules.may_agree(_stand(row), by=by.member))
        row.agreed_by_id, row.agreed_on = by.member, clock.today(by.time_zone)
        row.save(update_fields=("agreed_by", "agreed_on"))
        act.words = [_kind(row.thing)]


def call_off(case: CaseFile, number: int, *, by: Viewer) -> None:
    """She thought again, or it must be kept."""
    with _about(case, number, by, "erasure called off") as (row, act):
        require(rules.may_call_off(_stand(row)))
        row.state, row.ended_by_id, row.ended_at = Erasing.CALLED_OFF, by.member, clock.now()
        row.save(update_fields=("state", "ended_by", "ended_at"))
        act.words = [_kind(row.thing)]


def carry_out(case: CaseFile, number: int, *, by: Viewer, typed: str) -> None:
    """Erase it for good. `typed` must be her code. All of her: the key goes as soon as this is saved."""
    require(may_do(by, Task.KEEP_OR_ERASE))
    with transaction.atomic():
        Case.objects.select_for_update(no_key=True).get(pk=case.id)
        row = _row(case, number)
        confirmed = rules.code_is_typed(typed, case.code)
        require(rules.may_carry_out(_stand(row), today=clock.today(by.time_zone), is_confirmed=confirmed))
        if row.thing == WHOLE_FILE:
            _erase_all(case, row, by)
        else:
            _erase_one(case, row, by)


def erasures_of(viewer: Viewer, case: CaseFile) -> list[ErasureFile]:
    """Everything that somebody asked to erase in this case, latest first."""
    require(case.readable(viewer, Part.RIGHTS))
    rows = Erasure.objects.filter(case=case.id, organisation=viewer.organisation)
    return [_file(case, row) for row in rows.select_related("asked_by", "agreed_by", "ended_by").order_by("-pk")]


def erasure_of(viewer: Viewer, case: CaseFile, number: int) -> ErasureFile:
    """One of them; raises NotThere where it is of another case."""
    for one in erasures_of(viewer, case):
        if one.id == number:
            return one
    raise NotThere


def amounts_of(viewer: Viewer, case: CaseFile) -> list[wiping.Amount]:
    """What stands of her in figures, before anything goes."""
    require(case.readable(viewer, Part.RIGHTS))
    return [one for one in wiping.amounts(case.person) if one.rows]


def finish_all(organisation: int) -> int:
    """Destroy the keys of those whose erasure was interrupted; gives how many there were."""
    rows = Erasure.objects.filter(state=Erasing.UNDER_WAY, organisation=organisation)
    numbers = list(rows.values_list("pk", flat=True))
    for number in numbers:
        _finish(number)
    return len(numbers)


def _erase_all(case: CaseFile, row: Erasure, by: Viewer) -> None:
    today = clock.today(by.time_zone)
    pieces = sum(one.with_words for one in wiping.amounts(case.person))
    files = wiping.wipe_person(case.person)
    code = people.take_code_away(case.person, by=by)
    access.forget_addresses(code)
    Due.objects.filter(case=case.id, done_at=None).update(done_at=clock.now())
    Case.objects.filter(pk=case.id).update(erased_on=today, closed_on=case.closed_on or today)
    _mark(row, Erasing.UNDER_WAY, by, pieces)
    Erasure.objects.filter(case=case.id, state=Erasing.WAITING).update(state=Erasing.CALLED_OFF)
    trace = Trace("person erased", f"case {case.id} #{row.pk}", case.person, {"pieces": pieces, "asker": row.asker})
    record(trace, organisation=case.organisation, member=by.member)
    transaction.on_commit(lambda: _finish(row.pk))
    transaction.on_commit(lambda: store.remove(files))


def _erase_one(case: CaseFile, row: Erasure, by: Viewer) -> None:
    kind, number = named(row.thing)
    with acting(case, by=by, part=Part.RIGHTS, verb="narrative erased") as act:
        files = wiping.wipe_row(table_of(kind), number)
        _mark(row, Erasing.DONE, by, 1)
        act.subject, act.words = row.pk, [kind]
    transaction.on_commit(lambda: store.remove(files))


def _mark(row: Erasure, state: Erasing, by: Viewer, pieces: int) -> None:
    row.state, row.ended_by_id, row.ended_at, row.pieces = state, by.member, clock.now(), pieces
    row.save(update_fields=("state", "ended_by", "ended_at", "pieces"))


def _finish(number: int) -> None:
    """The key goes, then it is done. Doing it twice changes nothing."""
    row = Erasure.objects.select_related("case").get(pk=number)
    sealing.destroy_person_key(row.case.person_id)
    Erasure.objects.filter(pk=number, state=Erasing.UNDER_WAY).update(state=Erasing.DONE)


@contextmanager
def _about(case: CaseFile, number: int, by: Viewer, verb: str) -> Iterator[tuple[Erasure, Act]]:
    with acting(case, by=by, part=Part.RIGHTS, verb=verb) as act:
        act.subject = number
        yield _row(case, number), act


def _row(case: CaseFile, number: int) -> Erasure:
    row = Erasure.objects.select_for_update(no_key=True).filter(pk=number, case=case.id).first()
    if row is None:
        raise NotThere
    return row


def _kind(thing: str) -> str:
    """What the history may say: that it was a note, not which."""
    return thing.partition("-")[0]


def _stand(row: Erasure) -> Stand:
    return Stand(
        state=Erasing(row.state),
        asked_by=row.asked_by_id,
        agreed_by=row.agreed_by_id,
        obligation=Obligation(row.obligation),
        keep_until=row.keep_until,
        not_before=row.not_before,
    )


def _file(case: CaseFile, row: Erasure) -> ErasureFile:
    return ErasureFile(
        id=row.pk,
        thing=row.thing,
        asker=Asker(row.asker),
        words=sealing.open_text(case.person, row.words, "erasure.words") if case.in_team else "",
        asked_on=row.asked_on,
        asked_by_name=row.asked_by.name,
        agreed_by_name=row.agreed_by.name if row.agreed_by else "",
        agreed_on=row.agreed_on,
        ended_by_name=row.ended_by.name if row.ended_by else "",
        ended_at=row.ended_at,
        pieces=row.pieces,
        stand=_stand(row),
    )
