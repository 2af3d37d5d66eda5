"""The demonstration: every role signs in, every kind of thing is there, and no story contradicts the calendar."""

import json
import random
import re
from collections.abc import Iterator
from datetime import timedelta

import pycountry
import pytest
from django.core.management import call_command
from django.db.models import F, Max, Model
from django.test import Client
from pytest_django import DjangoDbBlocker

from amparo import demo
from amparo.areas.access import calendars
from amparo.areas.access.calendars import Word
from amparo.areas.access.queries import viewer_of
from amparo.areas.access.rules import Audience, Viewer
from amparo.areas.activities import rechecking
from amparo.areas.activities.models import HeldIn, Period, Session
from amparo.areas.activities.rules.states import PeriodState
from amparo.areas.activities.standing import standing
from amparo.areas.audit import checking
from amparo.areas.cases import models as cases
from amparo.areas.cases.dues import due_lines
from amparo.areas.cases.queries import Filters, case_list
from amparo.areas.cases.rules import DueKind, Status
from amparo.areas.consent.models import ConsentAnswer, Disclosure, Signature
from amparo.areas.consent.rules import Answer
from amparo.areas.entitlements import models as entitlements
from amparo.areas.intake import models as intake
from amparo.areas.intake import rules as intake_rules
from amparo.areas.orgs.models import Account, Member, Organisation
from amparo.areas.orgs.queries import membership_of
from amparo.areas.orgs.rules import SECOND_FACTOR_ROLES, Role
from amparo.areas.people.models import Person, Relative
from amparo.areas.plans import models as plans
from amparo.areas.safety import models as safety
from amparo.areas.safety.models import Avoidance
from amparo.areas.vault.registry import opened, sealed_fields
from amparo.demo.scene import Stage, lines_on_today
from amparo.demo.staff import HOUSES, Staffed
from amparo.demo.telling import gathering
from amparo.kernel import clock
from amparo.kernel.language import LANGUAGES
from amparo.node.home import home

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WOMEN = 60
A_CASELOAD = 10
ONE_LOOK = 18  # with sessions and deadlines of states, on a Monday, whose week is longest


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demonstration, filled once for all tests of this module and thrown away after them."""
    with django_db_blocker.unblock():
        demo.fill(cases=WOMEN)
    yield
    with django_db_blocker.unblock():
        for alias in ("default", "keys"):
            call_command("flush", database=alias, interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _inside(told: None) -> None:
    """Every test here looks at the same demonstration."""


def accounts() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((home() / "demo-accounts.json").read_text(encoding="utf-8"))
    return found


def viewer(account: dict[str, str]) -> Viewer:
    seat = membership_of(account["username"], account["organisation"])
    assert seat is not None
    return viewer_of(seat)


def caseworkers() -> list[Viewer]:
    return [viewer(one) for one in accounts() if one["role"] == Role.CASEWORKER]


def values(model: type[Model], field: str) -> set[str]:
    return set(model._default_manager.values_list(field, flat=True))


def test_every_role_of_every_organisation_has_an_account_that_signs_in() -> None:
    found = accounts()
    houses = values(Organisation, "code")
    assert {(one["role"], one["organisation"]) for one in found} == {(role, code) for role in Role for code in houses}
    for one in found:
        assert Account.objects.get(username=one["username"]).check_password(one["password"]), one["username"]
        assert bool(one["totp_secret"]) == (one["role"] in SECOND_FACTOR_ROLES), one["username"]


def test_there_are_sixty_women_in_three_houses_and_nobody_has_too_many() -> None:
    assert cases.Case.objects.count() == WOMEN
    for worker in caseworkers():
        mine = cases.Case.objects.filter(referent=worker.member, status__in=("meeting", "accompanied"))
        assert 1 <= mine.count() <= A_CASELOAD, worker.name


def test_cases_stand_at_every_point_of_the_path() -> None:
    assert values(cases.Case, "status") == set(Status)
    assert cases.Case.objects.filter(anonymous=True).exists()
    assert cases.Closing.objects.filter(came_back_on__isnull=False).exists()
    assert cases.Handover.objects.filter(seen_at=None).exists()
    assert values(cases.Case, "risk_level") >= {"low", "medium", "high"}


def test_every_kind_of_thing_that_is_written_about_a_woman_is_there() -> None:
    assert values(cases.Note, "audience") == set(Audience)
    assert values(ConsentAnswer, "answer") == set(Answer)
    assert values(plans.Need, "status") == {"open", "met", "aside"}
    assert values(plans.PlanVersion, "agreement") >= {"yes", "partly"}
    assert values(cases.Event, "verb") >= {"step moved", "step done", "goal reached", "came back", "referent changed"}
    for model in (
        Disclosure,
        Signature,
        cases.Appointment,
        plans.JobPlan,
        safety.Incident,
        safety.SafetyPlan,
        safety.Change,
        cases.Document,
        cases.ServiceDelivered,
        Relative,
    ):
        assert model._default_manager.exists(), model.__name__


def test_referrals_stand_at_every_point_and_every_decided_one_was_answered() -> None:
    assert values(intake.Referral, "state") == set(intake_rules.State)
    decided = intake.Referral.objects.exclude(state__in=("draft", "to_decide"))
    assert not decided.filter(replies=None).exists()
    assert values(intake.Interview, "answer") == {"", *intake_rules.Answer}


def test_a_trajectory_has_several_reviews_with_both_views() -> None:
    long = plans.Review.objects.values("case").annotate(last=Max("on")).order_by("-last")
    assert len(long) >= 30
    ratings = plans.Rating.objects.filter(review__finished_at__isnull=False)
    assert ratings.filter(hers="x").count() == 0
    assert ratings.exclude(hers=F("ours")).exists()


def test_what_each_caseworker_sees_on_today_is_worth_a_look_and_does_not_overflow() -> None:
    for worker in caseworkers():
        today = clock.today(worker.time_zone)
        lines = due_lines(worker, until=today + timedelta(days=7))
        assert 1 <= len(lines) <= ONE_LOOK, (worker.name, [(line.kind, line.on) for line in lines])
    first = [viewer(one) for one in accounts() if one["username"].startswith("caseworker.")]
    for worker in first:
        lines = due_lines(worker, until=clock.today(worker.time_zone) + timedelta(days=7))
        assert {line.when for line in lines} >= {"overdue", "today", "week"}, (worker.name, lines)
        assert DueKind.HANDOVER in {line.kind for line in lines}, worker.name


@pytest.mark.parametrize(("full", "more"), [(0, 0), (100, 1)], ids=["no room on Today", "room on Today"])
def test_whatever_plan_was_found_an_alarm_leaves_today_one_look(
    monkeypatch: pytest.MonkeyPatch, full: int, more: int
) -> None:
    monkeypatch.setattr(gathering, "FULL", full)
    stage = staged("casa-ginestra")
    Avoidance.objects.filter(organisation=stage.house.organisation).delete()
    rechecking.look(stage.house.organisation)
    before = [lines_on_today(worker) for worker in stage.workers]
    period = Period.objects.filter(organisation=stage.house.organisation, state=PeriodState.PUBLISHED).latest(
        "first_on"
    )
    gathering.raise_alarm(stage, standing(period), gathering.women_of(stage), but=0)
    assert Avoidance.objects.filter(organisation=stage.house.organisation).count() == more
    assert (sum(lines_on_today(worker) for worker in stage.workers) > sum(before)) == bool(more)


def staged(code: str) -> Stage:
    """One of the houses, as its story was told."""
    house = next(one for one in HOUSES if one.code == code)
    seats = {one["username"]: viewer(one) for one in accounts() if one["organisation"] == code}
    members: dict[Role, list[int]] = {}
    for seat in seats.values():
        members.setdefault(seat.role, []).append(seat.member)
    number = Organisation.objects.get(code=code).pk
    staffed = Staffed(house, number, members, viewers={seat.member: seat for seat in seats.values()})
    return Stage(staffed, HOUSES.index(house), random.Random(0))


def test_no_story_is_ahead_of_today_or_before_the_opening_of_its_case() -> None:
    now = clock.now()
    today = max(clock.today(house.time_zone) for house in Organisation.objects.all())
    assert not cases.Event.objects.filter(at__gt=now).exists()
    assert not cases.Event.objects.filter(on__gt=today).exclude(verb__startswith="appointment").exists()
    assert not cases.Event.objects.filter(on__lt=F("case__opened_on")).exists()
    assert not cases.Note.objects.filter(happened_on__lt=F("case__opened_on")).exists()
    assert not cases.ServiceDelivered.objects.filter(on__gt=today).exists()
    assert not plans.Step.objects.filter(done_on__lt=F("noted_on")).exists()


def test_nothing_is_due_in_a_case_that_has_ended() -> None:
    ended = cases.Due.objects.filter(case__status=Status.CLOSED, done_at=None)
    assert not ended.exists()


def test_the_audit_log_holds() -> None:
    assert checking.check().breaks == []


def test_every_text_of_the_stories_is_there_in_three_languages() -> None:
    from amparo.demo import reading

    names = ("threads_daily", "threads_people", "diary", "phrases", "referrals", "risk_words", "senders", "answers")
    found = [texts for name in names for texts in _texts(reading.bank(name))]
    found += [texts for story in reading.stories() for beat in story.beats for texts in _texts([beat.value, beat.more])]
    assert len(found) > 300
    for texts in found:
        assert all(texts.get(language, "").strip() for language in LANGUAGES), texts


def _texts(content: object) -> Iterator[dict[str, str]]:
    if isinstance(content, dict):
        if "en" in content:
            yield content
        else:
            for value in content.values():
                yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)


def test_every_citizenship_is_a_country() -> None:
    noted = {code for row in Person.objects.values_list("citizenships", flat=True) for code in row}
    assert noted
    assert all(pycountry.countries.get(alpha_2=code) for code in noted)


def test_every_sealed_field_that_a_story_fills_opens_with_the_place_that_the_registry_names() -> None:
    filled = set()
    for field in sealed_fields():
        row = field.model._base_manager.exclude(**{field.name: b""}).first()
        if row is not None:
            assert opened(field, row), field.label
            filled.add(field.label)
    assert {"safety.Assessment.words", "safety.SafetyPlan.calls", "intake.Reply.text"} <= filled


def test_schemes_are_followed_in_several_countries_and_stand_everywhere_a_scheme_can_stand() -> None:
    stages = entitlements.PathwayStage.objects.exclude(state="to_come")
    assert len(set(stages.values_list("run__country", flat=True))) >= 4
    assert {"running", "overdue", "suspended", "appealed"} <= set(stages.values_list("state", flat=True))
    dues = cases.Due.objects.filter(kind=DueKind.DEADLINE, done_at=None).select_related("organisation")
    ahead = [(due.on - clock.today(due.organisation.time_zone)).days for due in dues]
    for threshold, nearer in ((60, 30), (30, 14), (7, 2), (2, -1)):
        assert any(nearer < days <= threshold for days in ahead), (threshold, sorted(ahead))
    assert any(days < 0 for days in ahead)


def test_no_calendar_holds_a_word_of_any_case_of_the_houses_or_of_the_product() -> None:
    told = set(json.loads((home() / "demo-identities.json").read_text(encoding="utf-8")))
    told |= set(Person.objects.values_list("code", flat=True)) | {"Amparo", "deadline", "permit", "case", "legal"}
    told |= {word for house in Organisation.objects.all() for word in (house.name, house.code)}
    told |= {scene["username"] for scene in accounts()} | set(Member.objects.values_list("name", flat=True))
    told |= set(entitlements.PathwayStage.objects.values_list("stage", flat=True))
    told |= {case.called for one in accounts() for case in case_list(viewer(one), Filters()).cases if case.called}
    known, entries = {token for word in told for token in tokens_of(word)} - {"notes"}, 0
    for one in accounts():
        by, account = viewer(one), Account.objects.get(username=one["username"]).pk
        secret = calendars.make_link(by=by, account=account, word=Word.NOTES, had_second_step=True)
        text = Client().get(f"/calendar/{secret}.ics").content.decode()
        entries += text.count("BEGIN:VEVENT")
        assert tokens_of(text) & known == set(), one["username"]
    assert entries > 20


def tokens_of(text: str) -> set[str]:
    return {token for token in re.findall(r"\w+", text.lower()) if not token.isdecimal() and len(token) > 2}


def test_one_activity_is_held_in_a_room_of_its_own_in_every_house() -> None:
    assert len(set(HeldIn.objects.values_list("organisation", flat=True))) == 3
    elsewhere = Session.objects.filter(group__activity__in=HeldIn.objects.values("activity"))
    assert not elsewhere.exclude(room__in=HeldIn.objects.values("room")).exists()
