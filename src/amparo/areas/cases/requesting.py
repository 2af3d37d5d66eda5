"""Answering a request of police, courts or offices about a woman, and telling her: what that changes in her case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.consent import actions as consent
from amparo.areas.consent import requests
from amparo.areas.consent.actions import Passed
from amparo.areas.consent.asked import Knowing, RequestFile
from amparo.areas.consent.rules import HerKnowing, RecipientKind
from amparo.areas.consent.rules.requests import OPENS, Asker, Basis, Move, Verdict, may_answer, may_move
from amparo.kernel import clock
from amparo.kernel.decision import require

from .acting import acting
from .dues import set_due, settle_due
from .files import CaseFile, case_for
from .rules import DueKind

_KINDS = {
    Asker.POLICE: RecipientKind.POLICE,
    Asker.PROSECUTOR: RecipientKind.COURT,
    Asker.COURT: RecipientKind.COURT,
}


@dataclass(frozen=True)
class Answer:
    """What is given: the exact words, what they tell of her, and her consent where that opens it."""

    words: str
    on: date
    shared: Sequence[str] = ()
    consent: int | None = None


def receive(received: requests.Received, *, by: Viewer, code: str = "") -> int:
    """Note a request, about the woman with this code where one is given; gives its number."""
    case = case_for(by, code, Part.REQUESTS, write=True) if code else None
    return requests.receive(received, by=by, person=case.person if case else None)


def link(request: RequestFile, *, by: Viewer, code: str) -> None:
    """Note whom it is about; raises NotThere where there is no such woman here."""
    requests.link(request, by=by, person=case_for(by, code, Part.REQUESTS, write=True).person)


@transaction.atomic
def answer(request: RequestFile, given: Answer, *, by: Viewer) -> None:
    """Give the answer. Where it tells something of her it stands in her list, and what she must be told falls due."""
    require(may_move(request.state, Move.ANSWER))
    require(may_answer(Verdict(request.verdict), shared=given.shared, words=given.words))
    disclosure = None
    if given.shared and request.code:
        case = case_for(by, request.code, Part.REQUESTS, write=True)
        disclosure = _disclose(case, request, given, by)
    requests.answer(request, by=by, words=given.words, shared=given.shared, on=given.on, disclosure=disclosure)


@transaction.atomic
def settle_knowing(request: RequestFile, knowing: Knowing, *, by: Viewer) -> None:
    """Note that she was told, or why not yet; the ledger says the same of what was given."""
    requests.settle_knowing(request, knowing, by=by)
    if request.disclosure is None or request.person is None:
        return
    why_not = knowing.why_not
    consent.settle_knowing(
        request.person, request.disclosure, by=by, knowing=knowing.knowing, told_on=knowing.told_on, why_not=why_not
    )
    case = case_for(by, request.code, Part.REQUESTS, write=True)
    if knowing.knowing is not HerKnowing.NOT_YET:
        settle_due(case, DueKind.TELL_HER, subject=request.disclosure)


def _disclose(case: CaseFile, request: RequestFile, given: Answer, by: Viewer) -> int:
    known = request.knowing
    with acting(case, by=by, part=Part.REQUESTS, verb="disclosure recorded", on=given.on) as act:
        passed = Passed(
            ground=OPENS[Basis(request.basis)],
            shared=tuple(given.shared),
            on=given.on,
            consent=given.consent,
            recipient=request.words["office"],
            recipient_kind=_KINDS.get(request.asker, RecipientKind.AUTHORITY),
            why=request.words["basis_words"],
            knowing=known.knowing,
            told_on=known.told_on,
            why_not=known.why_not,
        )
        number = consent.record_disclosure(case.person, passed, by=by)
        if known.knowing is HerKnowing.NOT_YET:
            set_due(case, DueKind.TELL_HER, on=clock.today(by.time_zone), subject=number)
        act.subject, act.words = number, [passed.ground]
        act.facts["shared"] = " ".join(given.shared)
        # What she must not know yet does not stand in a history that is read with her.
        act.quiet = known.knowing is HerKnowing.ENDANGERS
    return number
