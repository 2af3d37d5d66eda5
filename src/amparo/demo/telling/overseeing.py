"""What the data protection officer finds: requests of authorities, reading that stands out, and what was looked at."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.audit import reads
from amparo.areas.audit.rules import Outcome
from amparo.areas.cases import alerts, requesting
from amparo.areas.cases.particulars import open_identity
from amparo.areas.cases.queries import CaseFile, Filters, case_for, case_list
from amparo.areas.cases.requesting import Answer
from amparo.areas.cases.rules import Status
from amparo.areas.consent import asked, requests
from amparo.areas.consent.asked import Knowing, RequestFile
from amparo.areas.consent.requests import Received
from amparo.areas.consent.rules import HerKnowing
from amparo.areas.consent.rules.requests import Asker, Basis, Channel, Silence, Verdict
from amparo.areas.orgs.rules import Role
from amparo.demo.reading import bank
from amparo.demo.scene import Stage
from amparo.kernel import clock

LOOK_AGAIN_IN = timedelta(days=20)
KNOWN_FOR = timedelta(days=60)  # longer than the oldest request
ONE_MORNING = 12  # women whom a coordinator opens before a meeting
NAMES_READERS = "heather-house"


def tell_oversight(stage: Stage) -> None:
    """The requests of this house, in their states; then what stands out in its log, one thing looked at."""
    officer = stage.house.viewer(Role.DATA_PROTECTION_OFFICER)
    known = case_list(officer, Filters(status=Status.ACCOMPANIED)).cases
    women = [woman for woman in known if woman.opened_on < stage.today - KNOWN_FOR]
    if not women:
        return
    for place, one in enumerate(bank("requests")):
        _tell_request(stage, one, women[place % len(women)])
    _read_much(stage, officer, women)
    _set_names(stage, officer)
    alerts.look_now(by=officer)
    found, _more = alerts.alerts_of(officer)
    if found:
        words = stage.words(bank("phrases")["alert_looked_at"][0])
        alerts.settle_alert(found[-1].id, by=officer, outcome=Outcome.EXPLAINED, words=words)


def _tell_request(stage: Stage, one: Mapping[str, Any], woman: CaseFile) -> None:
    today = stage.today
    came = today - timedelta(days=one["days_ago"])
    by = stage.house.viewer(Role.COORDINATOR)
    with stage.standing_on(came):
        received = Received(
            asker=Asker(one["asker"]),
            office=stage.words(one["office"]),
            what=stage.words(one["what"]),
            channel=Channel(one["channel"]),
            received_on=came,
            reference=one.get("reference", ""),
            due_on=today + timedelta(days=one["due_in"]) if "due_in" in one else None,
        )
        number = requesting.receive(received, by=by, code=woman.code if "basis" in one else "")
    if "basis" in one:
        with stage.standing_on(came, 2):
            _weigh(stage, one, by, number)
    if "answer" in one:
        with stage.standing_on(came + timedelta(days=min(3, one["days_ago"]))):
            _answer(stage, one, stage.house.viewer(Role.DATA_PROTECTION_OFFICER), number)


def _weigh(stage: Stage, one: Mapping[str, Any], by: Viewer, number: int) -> None:
    def now() -> RequestFile:
        return asked.request_of(by, number)

    words = stage.words(one["words"]) if "words" in one else ""
    requests.name_basis(now(), by=by, basis=Basis(one["basis"]), words=words)
    if "note" in one:
        today = clock.today(by.time_zone)
        requests.advise(now(), by=by, kind="advice", on=today, words=stage.words(one["note"]))
    requests.decide(now(), by=by, verdict=Verdict(one["verdict"]), reason=stage.words(one["reason"]))
    if "silent" in one:
        silent = Knowing(
            HerKnowing.ENDANGERS,
            silence=Silence.ENDANGERS_HER,
            why_not=stage.words(one["why_not"]),
            look_again_on=clock.today(by.time_zone) + LOOK_AGAIN_IN,
        )
        requesting.settle_knowing(now(), silent, by=by)


def _answer(stage: Stage, one: Mapping[str, Any], by: Viewer, number: int) -> None:
    today = clock.today(by.time_zone)
    given = Answer(words=stage.words(one["answer"]), on=today, shared=tuple(one.get("shared", ())))
    requesting.answer(asked.request_of(by, number), given, by=by)
    if "told" in one:
        told = Knowing(HerKnowing.TOLD, told_on=today)
        requesting.settle_knowing(asked.request_of(by, number), told, by=by)


def _read_much(stage: Stage, officer: Viewer, women: list[CaseFile]) -> None:
    """Many files before a meeting, a name that is spelt in four ways, a name opened with its reason."""
    coordinator = stage.house.viewer(Role.COORDINATOR)
    with _reading_as(coordinator):
        for woman in women[:ONE_MORNING]:
            case_for(coordinator, woman.code, Part.PLAN)
    worker = stage.house.viewer(Role.CASEWORKER)
    for spelling in bank("phrases")["spellings"]:
        with _reading_as(worker):
            case_list(worker, Filters(typed=stage.words(spelling)))
    with _reading_as(officer):
        case_for(officer, women[0].code, Part.READERS)
    lawyer = stage.house.viewer(Role.LAWYER)
    hers = [case for case in case_list(lawyer, Filters(status=Status.ACCOMPANIED)).cases if not case.anonymous]
    if hers:
        open_identity(hers[0], by=lawyer, reason=stage.words(bank("phrases")["identity_reason"][0]))


def _set_names(stage: Stage, officer: Viewer) -> None:
    """One house names colleagues on her list; the others say roles."""
    now = alerts.reading_settings(officer)
    names = stage.house.house.code == NAMES_READERS
    alerts.change_reading_settings(by=officer, open_from=now.open_from, open_until=now.open_until, names_readers=names)


@contextmanager
def _reading_as(viewer: Viewer) -> Iterator[None]:
    """What is read in the block stands in the log, as from a page."""
    reads.start()
    yield
    reads.flush(organisation=viewer.organisation, member=viewer.member)
