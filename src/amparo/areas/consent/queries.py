"""Reading what she agreed to and what was passed on. The caller has decided about Part.CONSENTS of her case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from amparo.areas.access.rules import Viewer
from amparo.areas.vault import sealing
from amparo.kernel.decision import Decision, NotThere
from amparo.kernel.text import folded_words

from . import rules
from .catalogue import CONTACT_BY, CONTACT_WAYS
from .models import Consent, ConsentAnswer, Disclosure, Signature
from .rules import Answer, Ground, HerKnowing, Recorded, State
from .signatures import Picture


@dataclass(frozen=True)
class AnswerFile:
    """One answer of hers, with its sealed words opened."""

    id: int
    answer: Answer
    on: date
    until: date | None
    text_version: int
    language: str
    explained: tuple[str, ...]
    interpreted: str
    shared: tuple[str, ...]
    about: str
    conditions: str
    proof: str
    witness: str
    member_name: str
    recorded_at: datetime


@dataclass(frozen=True)
class ConsentFile:
    """One thing she was asked, with every answer, the latest first."""

    id: int
    purpose: str
    variant: str
    recipient_kind: str
    recipient: str
    answers: tuple[AnswerFile, ...]

    @property
    def recipient_key(self) -> str:
        """By what its recipient is compared: the way of contact, or the name however it is spelt."""
        return self.variant or name_key(self.recipient)

    @property
    def recorded(self) -> list[Recorded]:
        """Its answers as the rules read them, in the order in which they were recorded."""
        return [
            Recorded(self.purpose, self.recipient_key, one.answer, one.on, one.until, frozenset(one.shared))
            for one in sorted(self.answers, key=lambda one: one.id)
        ]

    @property
    def latest(self) -> AnswerFile:
        """The answer that counts."""
        return self.answers[0]

    def answer_on(self, on: date) -> AnswerFile:
        """The answer that counted on that day; raises NotThere where she was not asked yet."""
        for answer in self.answers:
            if answer.on <= on:
                return answer
        raise NotThere

    def state_on(self, on: date) -> State:
        """Where it stands on that day."""
        return rules.state_on(self.recorded, on)


@dataclass(frozen=True)
class DisclosureFile:
    """One disclosure, with its sealed words opened; `consent` is the number of the consent that covered it."""

    id: int
    ground: Ground
    consent: int | None
    recipient_kind: str
    recipient: str
    shared: tuple[str, ...]
    why: str
    knowing: HerKnowing
    told_on: date | None
    why_not: str
    on: date
    member_name: str


def name_key(name: str) -> str:
    """A recipient's name without case, accents and order of words."""
    return " ".join(folded_words(name))


def consents_of(viewer: Viewer, person: UUID) -> list[ConsentFile]:
    """Everything she was asked, in the order in which it was first asked; two queries, however many."""
    rows = Consent.objects.filter(organisation=viewer.organisation, person=person).order_by("pk")
    answers: dict[int, list[AnswerFile]] = {row.pk: [] for row in rows}
    found = ConsentAnswer.objects.filter(consent__person=person, organisation=viewer.organisation)
    for answer in found.select_related("member").order_by("-on", "-pk"):
        answers[answer.consent_id].append(_answer(person, answer))
    return [_consent(person, row, answers[row.pk]) for row in rows if answers[row.pk]]


def consent_of(viewer: Viewer, person: UUID, number: int) -> ConsentFile:
    """One of them; raises NotThere where it is not hers."""
    row = Consent.objects.filter(organisation=viewer.organisation, person=person, pk=number).first()
    if row is None:
        raise NotThere
    found = row.answers.select_related("member").order_by("-on", "-pk")
    return _consent(person, row, [_answer(person, answer) for answer in found])


def signature_of(viewer: Viewer, person: UUID, answer: int) -> Picture:
    """Her signature or the signed paper for one answer; raises NotThere where there is none."""
    row = Signature.objects.filter(
        organisation=viewer.organisation, answer__consent__person=person, answer=answer
    ).first()
    if row is None:
        raise NotThere
    return Picture(row.media_type, sealing.open_bytes(person, row.content, "signature.content"))


def disclosures_of(viewer: Viewer, person: UUID) -> list[DisclosureFile]:
    """Everything that was passed on about her, latest first."""
    rows = Disclosure.objects.filter(organisation=viewer.organisation, person=person)
    return [disclosure_file(person, row) for row in rows.select_related("member", "answer").order_by("-on", "-pk")]


def disclosure_of(viewer: Viewer, person: UUID, number: int) -> DisclosureFile:
    """One of them; raises NotThere where it is not about her."""
    row = (
        Disclosure.objects.filter(organisation=viewer.organisation, person=person, pk=number)
        .select_related("member", "answer")
        .first()
    )
    if row is None:
        raise NotThere
    return disclosure_file(person, row)


def is_covered(
    viewer: Viewer, person: UUID, *, purpose: str, recipient: str = "", on: date, shared: Iterable[str] = ()
) -> Decision:
    """Whether her recorded yes covers this purpose and this recipient (a name or a way of contact) on that day (R2)."""
    recorded = [one for consent in consents_of(viewer, person) for one in consent.recorded]
    key = recipient if recipient in CONTACT_WAYS else name_key(recipient)
    return rules.is_covered(recorded, purpose=purpose, recipient=key, on=on, shared=shared)


def who_agreed(organisation: int, purpose: str, *, on: date) -> frozenset[UUID]:
    """Everybody of the house whose yes to this purpose, which has no recipient, stands on that day; one query."""
    rows = ConsentAnswer.objects.filter(organisation=organisation, consent__purpose=purpose, on__lte=on)
    latest: dict[UUID, tuple[str, date | None]] = {}
    found = rows.order_by("on", "pk").values_list("consent__person", "answer", "until")
    for person, answer, until in found:
        latest[person] = (answer, until)
    return frozenset(
        person
        for person, (answer, until) in latest.items()
        if answer == Answer.GIVEN and (until is None or until >= on)
    )


def ways_taken_back(organisation: int, persons: Iterable[UUID], *, on: date) -> frozenset[tuple[UUID, str]]:
    """The ways of contact of which each was asked and to which no yes stands on that day (R7); one query."""
    rows = ConsentAnswer.objects.filter(organisation=organisation, consent__purpose=CONTACT_BY, on__lte=on)
    found = rows.filter(consent__person__in=list(persons)).order_by("on", "pk")
    latest = {
        (person, way): answer == Answer.GIVEN and (until is None or until >= on)
        for person, way, answer, until in found.values_list("consent__person", "consent__variant", "answer", "until")
    }
    return frozenset(one for one, stands in latest.items() if not stands)


def _consent(person: UUID, row: Consent, answers: list[AnswerFile]) -> ConsentFile:
    return ConsentFile(
        id=row.pk,
        purpose=row.purpose,
        variant=row.variant,
        recipient_kind=row.recipient_kind,
        recipient=sealing.open_text(person, row.recipient, "consent.recipient"),
        answers=tuple(answers),
    )


def _answer(person: UUID, row: ConsentAnswer) -> AnswerFile:
    return AnswerFile(
        id=row.pk,
        answer=Answer(row.answer),
        on=row.on,
        until=row.until,
        text_version=row.text_version,
        language=row.language,
        explained=tuple(row.explained),
        interpreted=row.interpreted,
        shared=tuple(row.shared),
        about=sealing.open_text(person, row.about, "consentanswer.about"),
        conditions=sealing.open_text(person, row.conditions, "consentanswer.conditions"),
        proof=row.proof,
        witness=sealing.open_text(person, row.witness, "consentanswer.witness"),
        member_name=row.member.name,
        recorded_at=row.recorded_at,
    )


def disclosure_file(person: UUID, row: Disclosure) -> DisclosureFile:
    """A disclosure with its sealed words opened; the caller decided about whom it is."""
    return DisclosureFile(
        id=row.pk,
        ground=Ground(row.ground),
        consent=row.answer.consent_id if row.answer else None,
        recipient_kind=row.recipient_kind,
        recipient=sealing.open_text(person, row.recipient, "disclosure.recipient"),
        shared=tuple(row.shared),
        why=sealing.open_text(person, row.why, "disclosure.why"),
        knowing=HerKnowing(row.knowing),
        told_on=row.told_on,
        why_not=sealing.open_text(person, row.why_not, "disclosure.why_not"),
        on=row.on,
        member_name=row.member.name,
    )
