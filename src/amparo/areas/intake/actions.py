"""Writing a referral: begin, fill its pages in any order, hand it over, recognise who she is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from amparo.areas.access.rules import Task, Viewer, may_do
from amparo.areas.audit.actions import Fact, Trace, record
from amparo.areas.cases.models import Case
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.areas.people.queries import codes_of
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, require

from . import rules
from .models import Referral, Reply, Resolution
from .queries import FIELDS, ReferralFile, Words, opened_words
from .rules import Page, State

# What of each page is coded, so that it can be counted; all else on it is words, and sealed.
CODED: dict[Page, frozenset[str]] = {
    Page.SENDER: frozenset({"received_on", "sender_kind", "way"}),
    Page.ABOUT: frozenset({"children"}),
    Page.REASON: frozenset(),
    Page.NEEDS: frozenset({"urgent_needs"}),
    Page.TOLD: frozenset({"told"}),
    Page.REACH: frozenset({"channels", "phone_checked"}),
    Page.SIX: frozenset({"answers"}),
}


@dataclass(frozen=True)
class Written:
    """What was typed on one page: its words by field, its coded values by column, and the version it started from."""

    page: Page
    version: int
    words: Words
    codes: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def start_referral(*, by: Viewer, known: UUID | None = None) -> int:
    """Begin a referral for a woman who is known, or for a new person with a fresh code; gives its number.

    Nothing about her is asked to begin: she may stay anonymous (R21).
    """
    require(may_do(by, Task.RECEIVE_REFERRALS))
    if known is not None and not codes_of(by, [known]):
        raise NotThere
    person = known or people.create_person(by=by)
    row = Referral.objects.create(
        organisation_id=by.organisation,
        person_id=person,
        taken_by_id=by.member,
        state=State.DRAFT,
        known_before=known is not None,
        started_at=clock.now(),
    )
    note(row, "referral started", by, known=known is not None)
    return row.pk


@transaction.atomic
def write_page(referral: ReferralFile, written: Written, *, by: Viewer) -> None:
    """Save one page. Raises Conflict where a colleague saved the same page meanwhile."""
    row = locked(referral, by)
    require(rules.may_change(State(row.state)))
    put_page(row, written)
    note(row, "referral page written", by, page=written.page)


@transaction.atomic
def write_about(
    referral: ReferralFile, written: Written, *, by: Viewer, particulars: Particulars, identity: Words
) -> None:
    """Save the page about her: what is counted with the person, what identifies her in the vault.

    Of a woman who is known, only the words are kept with the referral; what her file says stays as it is.
    """
    write_page(referral, written, by=by)
    if not referral.known_before:
        people.write_particulars(referral.person, by=by, particulars=particulars)
        people.add_identity_words(referral.person, by=by, words=identity)


@transaction.atomic
def hand_in(referral: ReferralFile, *, by: Viewer) -> None:
    """The draft goes to those who decide."""
    row = locked(referral, by)
    require(rules.may_hand_in(State(row.state), row.pages))
    row.state = State.TO_DECIDE
    row.save(update_fields=("state",))
    note(row, "referral handed over", by)


@transaction.atomic
def discard_draft(referral: ReferralFile, *, by: Viewer, why: rules.Discarding) -> None:
    """Erase a draft. A woman who stands here for nothing else goes with it, and the key of every word she had.

    The log keeps who did so, when and why.
    """
    row = locked(referral, by)
    require(rules.may_discard(State(row.state)))
    note(row, "referral discarded", by, why=why)
    person = row.person_id
    row.delete()
    stands_elsewhere = Referral.objects.filter(person=person).exists() or Case.objects.filter(person=person).exists()
    if not stands_elsewhere:
        people.forget_person(person, by=by)


@transaction.atomic
def link_to_known(referral: ReferralFile, known: UUID, *, by: Viewer) -> None:
    """She turned out to be known: everything written moves to her code, sealed with her key (R18).

    What was new in her identity joins what the vault holds; nothing there is replaced. The code of the draft goes.
    """
    require(may_do(by, Task.DECIDE_REFERRALS))
    row = locked(referral, by)
    has_case = Case.objects.filter(person=row.person_id).exists()
    require(rules.may_be_linked(State(row.state), known_before=row.known_before, has_case=has_case))
    if known == row.person_id or not codes_of(by, [known]):
        raise NotThere
    before = row.person_id
    for one in Referral.objects.select_for_update(no_key=True).filter(person=before, organisation=by.organisation):
        _move(one, known)
    people.join_persons(before, known, by=by)
    row.person_id = known
    note(row, "referral linked to a known person", by)


def put_page(row: Referral, written: Written) -> None:
    """Write the page into a locked row; raises Conflict where its version is not the one that was shown."""
    sealed, version = FIELDS[written.page], row.pages.get(written.page, 0)
    if version != written.version:
        raise Conflict(list(opened_words(row.person_id, getattr(row, sealed), sealed).items()))
    if set(written.codes) - CODED[written.page]:
        raise ValueError(f"not a column of the page {written.page}: {sorted(written.codes)}")
    setattr(row, sealed, sealed_words(row.person_id, written.words, sealed))
    for column, value in written.codes.items():
        setattr(row, column, value)
    row.pages = {**row.pages, written.page.value: version + 1}
    row.save(update_fields=(sealed, "pages", *written.codes))


def locked(referral: ReferralFile, by: Viewer) -> Referral:
    """The row of a referral that was given out, locked until the action ends."""
    row = Referral.objects.select_for_update(no_key=True).filter(pk=referral.id, organisation=by.organisation).first()
    if row is None or row.person_id != referral.person:
        raise NotThere
    return row


def note(row: Referral, verb: str, by: Viewer, **facts: Fact) -> None:
    """Write the audit entry of an action on a referral."""
    record(Trace(verb, f"referral {row.pk}", row.person_id, facts), organisation=by.organisation, member=by.member)


def sealed_words(person: UUID, words: Words, field: str) -> bytes:
    """The words of a page, sealed as one piece; nothing where nothing was written."""
    kept = {name: text.strip() for name, text in words.items() if text.strip()}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True) if kept else ""
    return sealing.seal_text(person, text, f"referral.{field}")


def _move(row: Referral, known: UUID) -> None:
    before = row.person_id
    for column in FIELDS.values():
        setattr(row, column, sealed_words(known, opened_words(before, getattr(row, column), column), column))
    for resolution in Resolution.objects.filter(referral=row):
        resolution.words = _resealed(before, known, resolution.words, "resolution.words")
        resolution.where_to = _resealed(before, known, resolution.where_to, "resolution.where_to")
        resolution.save(update_fields=("words", "where_to"))
    for reply in Reply.objects.filter(referral=row):
        reply.text = _resealed(before, known, reply.text, "reply.text")
        reply.save(update_fields=("text",))
    row.person_id, row.known_before = known, True
    row.save()


def _resealed(before: UUID, known: UUID, sealed: bytes | memoryview, field: str) -> bytes:
    return sealing.seal_text(known, sealing.open_text(before, sealed, field), field)
