"""Asking a second person to agree that one opens an identity: outside her team, or with a role that does not (R3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from amparo.areas.access.at_need import may_answer_ask, may_ask_for_identity
from amparo.areas.access.rules import Part, Ties, Viewer, sees_all_cases
from amparo.areas.audit.actions import Trace, record
from amparo.areas.people.queries import found_by_code
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, require

from .acting import noting
from .dues import settle_due
from .files import CaseFile, files_with_code
from .models import Case, Due, IdentityAsk, TeamMember
from .rules import YES_TIME, Ask, DueKind, ask_state, may_be_answered

__all__ = ("AskFile", "answer_ask", "ask_for_identity", "ask_of", "asks_of")


@dataclass(frozen=True)
class AskFile:
    """One question for an identity, as who asked, who may answer, and the officer see it."""

    id: int
    case: int
    code: str
    member: int
    member_name: str
    reason: str
    asked_at: datetime
    state: Ask
    answered_by: str
    answered_at: datetime | None
    until: datetime | None
    words: str


def ask_for_identity(*, by: Viewer, code: str, reason: str) -> None:
    """Ask for the identity of the woman with this code.

    Where this house accompanies nobody with this code, nothing tells the asker so: the answer is the same silence.
    """
    known = files_with_code(by, code)
    require(may_ask_for_identity(by, known[0].ties(by) if known else Ties(by.organisation)))
    person = found_by_code(by, code)
    case = Case.objects.filter(person=person, organisation=by.organisation, erased_on=None).first() if person else None
    with transaction.atomic():
        number = _ask(case, by, reason) if case else 0
        trace = Trace(
            "identity asked for",
            f"case {case.pk} #{number}" if case else "nobody",
            person,
            {"found": bool(case)},
            sealing.seal_reason(by.organisation, reason),
        )
        record(trace, organisation=by.organisation, member=by.member)


def answer_ask(case: CaseFile, number: int, *, by: Viewer, yes: bool, words: str = "") -> None:
    """Say yes, for a few hours and for this one colleague, or no with the reason. Never to oneself."""
    with noting(case, by=by, part=Part.TEAM, verb="identity agreed to" if yes else "identity refused") as act:
        row = IdentityAsk.objects.select_for_update(no_key=True).filter(pk=number, case=case.id).first()
        if row is None:
            raise NotThere
        require(may_answer_ask(by, asker=row.member_id, ties=case.ties(by)))
        now = clock.now()
        require(may_be_answered(_state(row, now)))
        row.answered_at, row.answered_by_id, row.until = now, by.member, now + YES_TIME if yes else None
        row.words = sealing.seal_text(case.person, words, "identityask.words")
        row.save(update_fields=("answered_at", "answered_by", "until", "words"))
        settle_due(case, DueKind.IDENTITY_ASK, subject=number)
        act.subject, act.facts["asker"] = number, row.member_id


def asks_of(viewer: Viewer, *, limit: int = 50) -> list[AskFile]:
    """Questions that concern the viewer, latest first.

    All of the house for officer and coordination; otherwise those about women whom she or he accompanies, and the own.
    """
    rows = list(_concerning(viewer).select_related("case__person", "member", "answered_by")[:limit])
    sealing.load_keys(row.case.person_id for row in rows)
    return [_file(row) for row in rows]


def ask_of(viewer: Viewer, case: CaseFile, number: int) -> AskFile:
    """One question about this case; raises NotThere where it is none of it or not for this viewer."""
    rows = _concerning(viewer).select_related("case__person", "member", "answered_by")
    row = rows.filter(pk=number, case=case.id).first()
    if row is None:
        raise NotThere
    return _file(row)


def _ask(case: Case, by: Viewer, reason: str) -> int:
    """The question, in place of one of the same colleague that still waits."""
    mine: dict[str, Any] = {"organisation_id": by.organisation, "case": case}
    said = {"reason": sealing.seal_text(case.person_id, reason, "identityask.reason"), "asked_at": clock.now()}
    row, _ = IdentityAsk.objects.update_or_create(**mine, member_id=by.member, answered_at=None, defaults=said)
    due = {"on": clock.today(by.time_zone)}
    Due.objects.update_or_create(**mine, kind=DueKind.IDENTITY_ASK, subject=row.pk, done_at=None, defaults=due)
    return row.pk


def _concerning(viewer: Viewer) -> QuerySet[IdentityAsk]:
    rows = IdentityAsk.objects.filter(organisation=viewer.organisation).order_by("-asked_at", "-pk")
    if not viewer.cleared:
        return rows.none()
    if sees_all_cases(viewer):
        return rows
    hers = TeamMember.objects.filter(member=viewer.member, until=None).values("case")
    return rows.filter(Q(case__in=hers) | Q(member=viewer.member))


def _state(row: IdentityAsk, now: datetime) -> Ask:
    return ask_state(answered_at=row.answered_at, until=row.until, now=now)


def _file(row: IdentityAsk) -> AskFile:
    person = row.case.person_id
    return AskFile(
        id=row.pk,
        case=row.case_id,
        code=row.case.person.code,
        member=row.member_id,
        member_name=row.member.name,
        reason=sealing.open_text(person, row.reason, "identityask.reason"),
        asked_at=row.asked_at,
        state=_state(row, clock.now()),
        answered_by=row.answered_by.name if row.answered_by else "",
        answered_at=row.answered_at,
        until=row.until,
        words=sealing.open_text(person, row.words, "identityask.words"),
    )
