"""One of each thing that an address can name, for one case; every text carries the same word."""

import io
from datetime import UTC, date, datetime, time, timedelta

from PIL import Image

from amparo.areas.access import calendars, tokens
from amparo.areas.access.calendars import Word
from amparo.areas.access.rules import Audience, Viewer
from amparo.areas.activities.models import Reminder
from amparo.areas.cases import actions as cases
from amparo.areas.cases import appointments, family, papers, restricting, services, standing
from amparo.areas.cases.deadlines import keep_deadline
from amparo.areas.cases.dues import due_of_case, set_due
from amparo.areas.cases.models import Appointment, BreakGlass, Handover, IdentityAsk
from amparo.areas.cases.queries import CaseFile, case_for
from amparo.areas.cases.rules import GLASS_TIME, DueKind, HeldBecause, PaperKind, Topic
from amparo.areas.cases.services import Delivered
from amparo.areas.entitlements.folders import SHIPPED
from amparo.areas.entitlements.models import OwnRules
from amparo.areas.people.actions import Kin
from amparo.areas.plans import actions as plans
from amparo.areas.plans import reviewing
from amparo.areas.plans.actions import StepWords
from amparo.areas.plans.agreeing import record_agreement
from amparo.areas.plans.catalogue import JOB_PLAN_AREAS
from amparo.areas.plans.queries import plan_of
from amparo.areas.plans.rules import Agreement, Who
from amparo.areas.rights import correcting, erasing
from amparo.areas.rights.models import DueToGo
from amparo.areas.rights.rules import Asker
from amparo.areas.vault import sealing
from amparo.kernel import clock
from tests.consenting import consent_things
from tests.entitling import legal_things
from tests.holding import IN_THE_ROOM, held_things
from tests.programming import asked_things
from tests.referring import intake_things
from tests.safeguarding import safety_things

Things = dict[str, object]
DAY = date(2026, 3, 1)
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def things_of(case: CaseFile, *, by: Viewer, word: str, told: str, is_hers: bool) -> Things:
    """Make one of each thing for this case; `told` is the word in what her sender told of her."""
    intake = intake_things(case, by=by, word=told)  # before her yes
    standing.start_accompanying(case, by=by, on=DAY)
    case = case_for(by, case.code)
    return {
        "code": case.code,
        "domain": "accommodation",
        "country": "BE",
        "job_area": next(iter(JOB_PLAN_AREAS)),
        **_work(case, by, word),
        **_around(case, by, word),
        **_plan(case, by, word),
        **intake,
        **safety_things(case, by=by, word=word, is_hers=is_hers),
        **consent_things(case, by=by, word=word, is_hers=is_hers),
        **legal_things(case, by=by, word=word),
        **asked_things(case, by=by, word=word),
        "reminder": reminder_of(case),
        "call": reminder_of(case, by_hand=True),
        **held_things(case, by=by, word=IN_THE_ROOM if is_hers else word),
        **_rights(case, by, word),
        "own": own_rules_of_the_past(case, by),
    }


def reminder_of(case: CaseFile, *, by_hand: bool = False) -> int:
    """One that waits to be sent, or to be told by a colleague."""
    return Reminder.objects.create(
        organisation_id=case.organisation,
        case_id=case.id,
        appointment=Appointment.objects.filter(case=case.id).latest("pk"),
        starts_at=MOMENT,
        about="changed" if by_hand else "time",
        by_hand=by_hand,
        channel="sms",
        agreement=0,
        planned_at=MOMENT,
    ).pk


def own_rules_of_the_past(case: CaseFile, by: Viewer) -> int:
    """Rules that the house put in the place of those of the files, for a year that is long over."""
    text = (SHIPPED / "be" / "2013.yaml").read_text("utf-8")
    text = text.replace("valid_from: 2012-01-01", "valid_from: 1998-01-01").replace("2013-12-31", "1998-12-31", 1)
    row = OwnRules.objects.create(
        organisation_id=case.organisation,
        country="BE",
        valid_from=date(1998, 1, 1),
        valid_to=date(1998, 12, 31),
        text=sealing.seal_of_house(case.organisation, text.encode(), "ownrules.text"),
        reason=sealing.seal_reason(case.organisation, "The law was another one."),
        member_id=by.member,
        made_at=MOMENT,
    )
    return row.pk


def _work(case: CaseFile, by: Viewer, word: str) -> Things:
    appointment = appointments.Plan(date(2026, 4, 1), time(10, 30), Topic.HEALTH, by.member, word)
    return {
        "note": cases.write_note(case, by=by, text=word, audience=Audience.TEAM, happened_on=DAY),
        "service": services.note_service(case, by=by, what=Delivered("counselling", DAY, 30, note=word)),
        "appointment": appointments.plan_appointment(case, by=by, plan=appointment),
        "paper": papers.add_paper(case, by=by, kind=PaperKind.HEALTH, title=word, content=picture()),
    }


def _around(case: CaseFile, by: Viewer, word: str) -> Things:
    sealed = sealing.seal_text(case.person, word, "handover.text")
    handover = Handover.objects.create(
        organisation_id=case.organisation,
        case_id=case.id,
        from_member_id=by.member,
        to_member_id=by.member,
        text=sealed,
        starts_on=DAY,
        made_at=MOMENT,
    )
    set_due(case, DueKind.FOLLOW_UP, on=DAY, subject=case.id)
    keep_deadline(case, DueKind.EXPIRY, subject=1000 + case.id, on=clock.today("Europe/Madrid") + timedelta(days=40))
    return {
        "due": next(line.id for line in due_of_case(by, case) if line.kind == DueKind.EXPIRY),
        **_need(case, by, word),
        "member": by.member,
        "follow_up": case.id,
        "relative": family.write_relative(case, by=by, kin=Kin("child", name=word, note=word)),
        "handover": handover.pk,
        "token": token_of(by),
        "secret": "an-address-that-nobody-made",
        "calendar": calendar_of(by),
        "passkey": 1,  # nobody of the cast has one
    }


def _need(case: CaseFile, by: Viewer, word: str) -> Things:
    """An opening in danger to life that is over, and a question for her identity that waits."""
    mine = {"organisation_id": case.organisation, "case_id": case.id, "member_id": by.member}
    why = sealing.seal_text(case.person, word, "breakglass.reason")
    glass = BreakGlass.objects.create(**mine, reason=why, opened_at=MOMENT, until=MOMENT + GLASS_TIME)
    why = sealing.seal_text(case.person, "An appointment.", "identityask.reason")
    return {"glass": glass.pk, "ask": IdentityAsk.objects.create(**mine, reason=why, asked_at=MOMENT).pk}


def _plan(case: CaseFile, by: Viewer, word: str) -> Things:
    need = plans.note_need(case, by=by, domain="accommodation", her_words=word, our_view=word)
    goal = plans.set_goal(case, by=by, domain="accommodation", words=word, need=need)
    step = StepWords("conversation", word, Who.MEMBER, by.member, due_on=date(2026, 4, 2))
    number = plans.add_step(case, goal, by=by, step=step)
    answer = {"agreement": Agreement.PARTLY, "her_words": word, "asked_on": DAY}
    return {
        "need": need,
        "goal": goal,
        "step": number,
        "version": record_agreement(case, by=by, mark=plan_of(by, case).mark, **answer),
        "review": reviewing.begin_review(case, by=by, on=DAY, present=word),
    }


def _rights(case: CaseFile, by: Viewer, word: str) -> Things:
    note = cases.write_note(case, by=by, text=word, audience=Audience.TEAM, happened_on=DAY)
    thing = f"note-{note}"
    held = restricting.restrict(case, by=by, thing=thing, ground=HeldBecause.WRONG, words=word, since=DAY)
    case = case_for(by, case.code)
    restricting.read_with_reason(case, thing, by=by, reason=word)
    wrong = correcting.ask(case, by=by, thing="services", words=word, asked_on=DAY)
    wish = erasing.Wish(thing, Asker.HERSELF, DAY, words=word)
    DueToGo.objects.create(organisation_id=case.organisation, case_id=case.id, due_on=DAY, listed_on=DAY)
    return {
        "restriction": held,
        "thing": thing,
        "correction": wrong,
        "keep": "case",
        "erasure": erasing.ask(case, by=by, wish=wish),
    }


def picture() -> bytes:
    """A small picture, as a telephone takes one."""
    out = io.BytesIO()
    Image.new("RGB", (24, 16), (200, 180, 160)).save(out, "JPEG")
    return out.getvalue()


def calendar_of(by: Viewer) -> int:
    """The number of an address for this member's calendar."""
    calendars.make_link(by=by, account=0, word=Word.NOTES, had_second_step=True)
    return calendars.links_of(by)[0].id


def token_of(by: Viewer) -> int:
    """The number of a token of this member's."""
    tokens.make_token(by=by, account=0, name="Own program", may_write=True, days=7, had_second_step=True)
    return tokens.tokens_of(by)[0].id
