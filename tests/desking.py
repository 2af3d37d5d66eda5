"""One alert and one decided request of an authority, for the world."""

from datetime import UTC, date, datetime

from amparo.areas.access.models import Alert
from amparo.areas.access.rules import Viewer
from amparo.areas.audit.rules import RuleKey
from amparo.areas.consent import asked, requests
from amparo.areas.consent.requests import Received
from amparo.areas.consent.rules.requests import Asker, Basis, Channel, Verdict
from tests.consenting import png

CAME = date(2026, 3, 3)


def received(word: str, **more: object) -> Received:
    """A letter of the police in which every text carries the word."""
    letter = {"asker": Asker.POLICE, "office": word, "what": word, "channel": Channel.LETTER, "received_on": CAME}
    return Received(**{**letter, "official": word, "reference": word, **more})  # type: ignore[arg-type]


def decided_request(case_person: object, *, by: Viewer, word: str, basis: Basis = Basis.COURT_ORDER) -> int:
    """A request about her with a paper, whose basis was looked at and which was decided."""
    number = requests.receive(received(word, paper=png()), by=by, person=case_person)  # type: ignore[arg-type]
    requests.name_basis(asked.request_of(by, number), by=by, basis=basis, words=word)
    verdict = Verdict.NOTHING if basis in (Basis.NONE, Basis.LAW_NAMED) else Verdict.MINIMAL
    requests.decide(asked.request_of(by, number), by=by, verdict=verdict, reason=word)
    return number


def desk_things(case_person: object, *, by: Viewer, reader: Viewer, word: str) -> dict[str, object]:
    """One of each thing of the desk for this house."""
    alert = Alert.objects.create(
        organisation_id=by.organisation,
        rule=RuleKey.AT_NIGHT,
        member_id=reader.member,
        on=CAME,
        count=2,
        first=1,
        last=2,
        found_at=datetime(2026, 3, 3, 23, tzinfo=UTC),
    )
    return {"alert": alert.pk, "asked": decided_request(case_person, by=by, word=word)}
