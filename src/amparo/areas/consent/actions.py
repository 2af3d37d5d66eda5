"""Recording what she answers and what is passed on. Callers check the right to the case and write history and audit."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from amparo.areas.access.rules import Viewer
from amparo.areas.people.models import Person
from amparo.areas.people.queries import person_file
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Decision, NotThere, refused, require

from . import rules
from .catalogue import current_consent_text
from .models import Consent, ConsentAnswer, Disclosure, Signature
from .queries import ConsentFile, consent_of, consents_of, name_key
from .rules import Answer, Ground, HerKnowing, Interpreted, Proof, State
from .signatures import Picture


@dataclass(frozen=True)
class Asked:
    """What she is asked: a purpose, and the way or the recipient where it has one."""

    purpose: str
    variant: str = ""
    recipient: str = ""
    recipient_kind: str = ""


@dataclass(frozen=True)
class Said:
    """What she answered, how it was explained to her, and what shows it."""

    answer: Answer
    on: date
    until: date | None = None
    language: str = ""
    explained: tuple[str, ...] = ()
    interpreted: Interpreted = Interpreted.NOBODY
    shared: tuple[str, ...] = ()
    about: str = ""
    conditions: str = ""
    proof: Proof = Proof.WORD
    witness: str = ""
    picture: Picture | None = None


@dataclass(frozen=True)
class Passed:
    """What was passed on, to whom, on which ground, and whether she knows."""

    ground: Ground
    shared: tuple[str, ...]
    on: date
    consent: int | None = None
    recipient: str = ""
    recipient_kind: str = ""
    why: str = ""
    knowing: HerKnowing = HerKnowing.NOT_YET
    told_on: date | None = None
    why_not: str = ""


def record_answer(person: UUID, asked: Asked, said: Said, *, by: Viewer) -> ConsentFile:
    """Add her answer to what she was asked; gives the consent as it stands. Raises Refused where a rule says no.

    A yes without a last day holds as long as its text says.
    """
    text = current_consent_text(asked.purpose)
    today = clock.today(by.time_zone)
    said = replace(said, until=said.until or rules.months_later(said.on, text.months))
    hers = person_file(by, person).languages
    require(rules.is_in_time(on=said.on, until=said.until, today=today, months=text.months))
    require(rules.is_understood(said.language, hers=hers, interpreted=said.interpreted))
    require(rules.is_proven(said.answer, said.proof, has_picture=said.picture is not None, witness=said.witness))
    consent = _consent_for(person, asked, by)
    row = _add_answer(person, consent, said, by=by, version=text.version)
    if said.picture is not None and said.answer is Answer.GIVEN:
        Signature.objects.create(
            organisation_id=by.organisation,
            answer=row,
            media_type=said.picture.media_type,
            content=sealing.seal_bytes(person, said.picture.content, "signature.content"),
        )
    return consent_of(by, person, consent)


def withdraw(person: UUID, number: int, *, by: Viewer) -> ConsentFile:
    """Add that she takes her yes back, today; gives the consent as it stands. Nothing but her word is needed."""
    found = consent_of(by, person, number)
    today = clock.today(by.time_zone)
    if found.state_on(today) not in (State.GIVEN, State.ENDED):
        require(refused("There is no yes to take back here."))
    said = Said(answer=Answer.WITHDRAWN, on=max(today, found.latest.on), language=found.latest.language)
    _add_answer(person, number, said, by=by, version=found.latest.text_version)
    return consent_of(by, person, number)


def record_disclosure(person: UUID, passed: Passed, *, by: Viewer) -> int:
    """Note what was passed on; gives its number. Raises Refused without her yes and without an exception (R2)."""
    consent = consent_of(by, person, passed.consent) if passed.consent is not None else None
    require(rules.has_happened(passed.on, today=clock.today(by.time_zone)))
    covered = _covered(consent, passed)
    require(rules.may_disclose(passed.ground, covered=covered, why=passed.why))
    require(rules.knowing_is_whole(passed.knowing, told_on=passed.told_on, why_not=passed.why_not))
    named = consent if passed.ground is Ground.CONSENT and consent else passed
    row = Disclosure.objects.create(
        organisation_id=by.organisation,
        person_id=person,
        ground=passed.ground,
        answer_id=consent.answer_on(passed.on).id if named is consent else None,
        recipient_kind=named.recipient_kind,
        recipient=sealing.seal_text(person, named.recipient, "disclosure.recipient"),
        shared=list(passed.shared),
        why=sealing.seal_text(person, passed.why, "disclosure.why"),
        knowing=passed.knowing,
        told_on=passed.told_on if passed.knowing is HerKnowing.TOLD else None,
        why_not=sealing.seal_text(person, passed.why_not, "disclosure.why_not"),
        on=passed.on,
        member_id=by.member,
        recorded_at=clock.now(),
    )
    return row.pk


def note_told(person: UUID, number: int, *, by: Viewer, told_on: date) -> None:
    """She was told of a disclosure on that day."""
    require(rules.has_happened(told_on, today=clock.today(by.time_zone)))
    mine = Disclosure.objects.filter(organisation=by.organisation, person=person, pk=number)
    if not mine.update(knowing=HerKnowing.TOLD, told_on=told_on):
        raise NotThere


def settle_knowing(
    person: UUID, number: int, *, by: Viewer, knowing: HerKnowing, told_on: date | None, why_not: str
) -> None:
    """Whether she knows of a disclosure by now, and if not, why."""
    require(rules.knowing_is_whole(knowing, told_on=told_on, why_not=why_not))
    mine = Disclosure.objects.filter(organisation=by.organisation, person=person, pk=number)
    sealed = sealing.seal_text(person, why_not, "disclosure.why_not")
    if not mine.update(knowing=knowing, told_on=told_on, why_not=sealed):
        raise NotThere


def _covered(consent: ConsentFile | None, passed: Passed) -> Decision:
    if consent is None:
        return rules.is_covered([], purpose="", on=passed.on)
    return rules.is_covered(
        consent.recorded,
        purpose=consent.purpose,
        recipient=consent.recipient_key,
        on=passed.on,
        shared=passed.shared if consent.purpose in rules.SHARING else (),
    )


def _consent_for(person: UUID, asked: Asked, by: Viewer) -> int:
    """The record for this purpose and recipient: the one there is, or a new one."""
    _require_recipient(asked)
    Person.objects.select_for_update(no_key=True).get(pk=person)  # two colleagues at once still make one record
    wanted = (asked.purpose, asked.variant or name_key(asked.recipient))
    for found in consents_of(by, person):
        if (found.purpose, found.recipient_key) == wanted:
            return found.id
    row = Consent.objects.create(
        organisation_id=by.organisation,
        person_id=person,
        purpose=asked.purpose,
        variant=asked.variant,
        recipient_kind=asked.recipient_kind,
        recipient=sealing.seal_text(person, asked.recipient.strip(), "consent.recipient"),
        is_named=bool(asked.recipient),
        created_at=clock.now(),
    )
    return row.pk


def _require_recipient(asked: Asked) -> None:
    text = current_consent_text(asked.purpose)
    if text.needs_recipient and not name_key(asked.recipient):
        require(refused("For whom is it? A yes is always for one recipient.", rules.RULE))
    if text.variants and asked.variant not in {one.key for one in text.variants}:
        require(refused("Each way of contact is agreed to by itself. Choose one.", rules.RULE))


def _add_answer(person: UUID, consent: int, said: Said, *, by: Viewer, version: int) -> ConsentAnswer:
    return ConsentAnswer.objects.create(
        organisation_id=by.organisation,
        consent_id=consent,
        answer=said.answer,
        on=said.on,
        until=said.until if said.answer is Answer.GIVEN else None,
        text_version=version,
        language=said.language,
        explained=list(said.explained),
        interpreted=said.interpreted,
        shared=list(said.shared),
        about=sealing.seal_text(person, said.about, "consentanswer.about"),
        conditions=sealing.seal_text(person, said.conditions, "consentanswer.conditions"),
        proof=said.proof if said.answer is Answer.GIVEN else "",
        witness=sealing.seal_text(person, said.witness, "consentanswer.witness"),
        member_id=by.member,
        recorded_at=clock.now(),
    )
