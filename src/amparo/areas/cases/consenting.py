"""Consents and disclosures as changes to a case: decided, in its history and audit, with what falls due."""

from datetime import date

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.consent import actions as consent
from amparo.areas.consent.actions import Asked, Passed, Said
from amparo.areas.consent.queries import ConsentFile
from amparo.areas.consent.rules import Answer, HerKnowing
from amparo.areas.consent.rules.contact import Channel
from amparo.kernel import clock
from amparo.kernel.decision import require

from .acting import acting
from .contact import stop_contact
from .dues import set_due, settle_due
from .files import CaseFile
from .rules import DueKind, Status, papers_may_be_taken

_VERBS = {Answer.GIVEN: "consent given", Answer.REFUSED: "consent refused"}


def record_answer(case: CaseFile, asked: Asked, said: Said, *, by: Viewer) -> int:
    """Note her answer; gives the number of the consent. Refused before her yes to being accompanied (C&H-L 496-499).

    A yes falls due on its last day, so that she is asked again.
    """
    require(papers_may_be_taken(Status(case.status)))
    with acting(case, by=by, part=Part.CONSENTS, verb=_VERBS[said.answer], on=said.on) as act:
        found = consent.record_answer(case.person, asked, said, by=by)
        _keep_in_mind(case, found)
        act.subject, act.words = found.id, _coded(found)
    return found.id


def withdraw_consent(case: CaseFile, number: int, *, by: Viewer) -> ConsentFile:
    """She takes her yes back; anybody of her team notes it, and it counts at once. Gives the consent as it stands."""
    with acting(case, by=by, part=Part.WITHDRAWALS, verb="consent withdrawn") as act:
        found = consent.withdraw(case.person, number, by=by)
        _keep_in_mind(case, found)
        if found.purpose == "contact_by":
            stop_contact(case, Channel(found.variant), by=by)
        act.subject, act.words = found.id, _coded(found)
    return found


def record_disclosure(case: CaseFile, passed: Passed, *, by: Viewer) -> int:
    """Note what was passed on about her; gives its number. What she does not know of yet falls due today."""
    with acting(case, by=by, part=Part.CONSENTS, verb="disclosure recorded", on=passed.on) as act:
        number = consent.record_disclosure(case.person, passed, by=by)
        if passed.knowing is HerKnowing.NOT_YET:
            set_due(case, DueKind.TELL_HER, on=clock.today(by.time_zone), subject=number)
        act.subject, act.words = number, [passed.ground]
        act.facts["shared"] = " ".join(passed.shared)
    return number


def note_told(case: CaseFile, number: int, *, by: Viewer, told_on: date) -> None:
    """She was told of a disclosure."""
    with acting(case, by=by, part=Part.CONSENTS, verb="told of disclosure", on=told_on) as act:
        consent.note_told(case.person, number, by=by, told_on=told_on)
        settle_due(case, DueKind.TELL_HER, subject=number)
        act.subject = number


def _keep_in_mind(case: CaseFile, found: ConsentFile) -> None:
    latest = found.latest
    if latest.answer is Answer.GIVEN and latest.until is not None:
        set_due(case, DueKind.CONSENT, on=latest.until, subject=found.id, why=found.purpose[:30])
    else:
        settle_due(case, DueKind.CONSENT, subject=found.id)


def _coded(found: ConsentFile) -> list[str]:
    return [word for word in (found.purpose, found.variant or found.recipient_kind) if word]
