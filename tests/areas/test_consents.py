"""What she agrees to and what is passed on: recorded whole, sealed, and never overwritten."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from PIL import Image

from amparo.areas.audit.models import Entry
from amparo.areas.cases import consenting
from amparo.areas.cases.dues import due_of_case
from amparo.areas.cases.models import Case, Event
from amparo.areas.cases.rules import DueKind, Status
from amparo.areas.consent.actions import Asked, Passed, Said
from amparo.areas.consent.models import Consent, ConsentAnswer, Disclosure, Signature
from amparo.areas.consent.queries import consents_of, disclosures_of, is_covered, signature_of
from amparo.areas.consent.rules import Answer, Ground, HerKnowing, Interpreted, Proof, State
from amparo.areas.consent.signatures import Picture, Unusable, drawn, photographed
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, Refused
from tests.cast import Cast
from tests.consenting import png

PARTNER = Asked("partner_referral", recipient="On the Road", recipient_kind="shelter")
TODAY = clock.today("Europe/Madrid")
BLANK = png(dot=False)


def yes(**changes: object) -> Said:
    options: dict[str, object] = {
        "answer": Answer.GIVEN,
        "on": TODAY,
        "until": TODAY + timedelta(days=90),
        "language": "ro",
        "shared": ("code", "needs"),
        "about": "canary-about",
        "conditions": "canary-conditions",
        "witness": "canary-witness",
    }
    return Said(**{**options, **changes})  # type: ignore[arg-type]


def accompanied(cast: Cast) -> Cast:
    Case.objects.filter(pk=cast.case_number).update(status=Status.ACCOMPANIED)
    return cast


@pytest.fixture
def hers(cast: Cast) -> Cast:
    return accompanied(cast)


def answer(cast: Cast, asked: Asked = PARTNER, said: Said | None = None) -> int:
    return consenting.record_answer(cast.case(), asked, said or yes(), by=cast["assigned"])


def passed(consent: int | None, **changes: object) -> Passed:
    options: dict[str, object] = {"ground": Ground.CONSENT, "shared": ("code",), "on": TODAY, "consent": consent}
    return Passed(**{**options, **changes})  # type: ignore[arg-type]


def test_before_her_yes_to_being_accompanied_nothing_is_signed(cast: Cast) -> None:
    with pytest.raises(Refused) as no:
        answer(cast)
    assert "First she says yes" in no.value.decision.reason
    assert not Consent.objects.exists()


def test_a_yes_is_read_back_as_it_was_given(hers: Cast) -> None:
    answer(hers)
    (found,) = consents_of(hers["lawyer"], hers.case().person)
    assert (found.purpose, found.recipient, found.recipient_kind) == ("partner_referral", "On the Road", "shelter")
    assert found.state_on(TODAY) is State.GIVEN
    assert (found.latest.about, found.latest.conditions, found.latest.witness) == (
        "canary-about",
        "canary-conditions",
        "canary-witness",
    )
    assert found.latest.text_version == 1


def test_no_name_and_none_of_her_words_stand_in_the_tables_history_or_audit(hers: Cast) -> None:
    answer(hers)
    stored = repr([list(table.objects.values()) for table in (Consent, ConsentAnswer, Event, Entry)])
    for word in ("On the Road", "canary-about", "canary-conditions", "canary-witness"):
        assert word not in stored
    assert "partner_referral" in stored


def test_a_yes_falls_due_on_its_last_day_and_is_settled_when_she_takes_it_back(hers: Cast) -> None:
    consent = answer(hers)
    dues = [line for line in due_of_case(hers["assigned"], hers.case()) if line.kind == DueKind.CONSENT]
    assert [(line.subject, line.on) for line in dues] == [(consent, TODAY + timedelta(days=90))]
    consenting.withdraw_consent(hers.case(), consent, by=hers["assigned"])
    assert not [line for line in due_of_case(hers["assigned"], hers.case()) if line.kind == DueKind.CONSENT]


@pytest.mark.parametrize("name", ["assigned", "psychologist", "lawyer", "mediator"])
def test_anybody_of_her_team_notes_that_she_takes_it_back(hers: Cast, name: str) -> None:
    consent = answer(hers)
    consenting.withdraw_consent(hers.case(name), consent, by=hers[name])
    person = hers.case().person
    assert not is_covered(hers["assigned"], person, purpose="partner_referral", recipient="On the Road", on=TODAY)
    assert ConsentAnswer.objects.filter(consent=consent).count() == 2


def test_what_she_never_agreed_to_cannot_be_taken_back(hers: Cast) -> None:
    consent = answer(hers, said=yes(answer=Answer.REFUSED))
    with pytest.raises(Refused):
        consenting.withdraw_consent(hers.case(), consent, by=hers["assigned"])


@pytest.mark.parametrize("typed", ["on the road", "ON THE ROAD", "Road on the", "On thé Road!"])
def test_a_recipient_is_one_however_the_name_is_spelt(hers: Cast, typed: str) -> None:
    first = answer(hers)
    assert answer(hers, Asked("partner_referral", recipient=typed)) == first
    person = hers.case().person
    assert is_covered(hers["assigned"], person, purpose="partner_referral", recipient=typed, on=TODAY)


def test_a_yes_for_one_recipient_covers_no_other_and_one_way_of_contact_no_other(hers: Cast) -> None:
    answer(hers)
    answer(hers, Asked("contact_by", variant="through_someone"))
    person, viewer = hers.case().person, hers["assigned"]
    assert not is_covered(viewer, person, purpose="partner_referral", recipient="Another House", on=TODAY)
    assert is_covered(viewer, person, purpose="contact_by", recipient="through_someone", on=TODAY)
    assert not is_covered(viewer, person, purpose="contact_by", recipient="sms", on=TODAY)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked("partner_referral"), yes()),
        (Asked("contact_by"), yes()),
        (Asked("contact_by", variant="social_media"), yes()),
        (PARTNER, yes(language="zh")),
        (PARTNER, yes(witness="")),
        (PARTNER, yes(proof=Proof.DRAWN)),
        (PARTNER, yes(until=TODAY + timedelta(days=900))),
        (PARTNER, yes(on=TODAY + timedelta(days=1))),
    ],
)
def test_an_answer_that_is_not_whole_is_not_recorded(hers: Cast, asked: Asked, said: Said) -> None:
    with pytest.raises(Refused):
        answer(hers, asked, said)
    assert not Consent.objects.exists()


def test_another_language_is_right_where_somebody_interpreted(hers: Cast) -> None:
    assert answer(hers, said=yes(language="zh", interpreted=Interpreted.MEDIATOR))


def test_a_signature_is_sealed_and_opens_for_her_person_only(hers: Cast) -> None:
    consent = answer(hers, said=yes(proof=Proof.DRAWN, picture=drawn(png())))
    viewer, person = hers["assigned"], hers.case().person
    number = consents_of(viewer, person)[0].latest.id
    assert consent
    assert signature_of(viewer, person, number).content.startswith(b"\x89PNG")
    assert not bytes(Signature.objects.get().content).startswith(b"\x89PNG")
    with pytest.raises(NotThere):
        signature_of(hers["stranger"], person, number)
    with pytest.raises(NotThere):
        signature_of(viewer, person, number + 1)


def test_a_photographed_paper_keeps_nothing_but_the_picture() -> None:
    exif = Image.Exif()
    exif[0x010E] = "canary-place"
    kept = BytesIO()
    Image.new("RGB", (3000, 200), "white").save(kept, "JPEG", exif=exif)
    found = photographed(kept.getvalue())
    assert found.media_type == "image/jpeg"
    assert b"canary-place" not in found.content
    assert max(Image.open(BytesIO(found.content)).size) <= 2400


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", BLANK, b"\x89PNG\r\n\x1a\n", png()[:60]])
def test_what_is_no_signature_is_refused_with_words(content: bytes) -> None:
    with pytest.raises(Unusable):
        drawn(content)


def test_something_is_passed_on_with_her_yes_and_names_its_recipient_by_itself(hers: Cast) -> None:
    number = consenting.record_disclosure(hers.case(), passed(answer(hers)), by=hers["assigned"])
    (found,) = disclosures_of(hers["officer"], hers.case().person)
    assert (found.id, found.recipient, found.recipient_kind) == (number, "On the Road", "shelter")
    assert "On the Road" not in repr(list(Disclosure.objects.values()))


def test_nothing_is_passed_on_after_she_took_it_back_but_what_was_before_can_be_noted(hers: Cast) -> None:
    day = TODAY - timedelta(days=9)
    consent = answer(hers, said=yes(on=day))
    consenting.withdraw_consent(hers.case(), consent, by=hers["assigned"])
    with pytest.raises(Refused):
        consenting.record_disclosure(hers.case(), passed(consent), by=hers["assigned"])
    consenting.record_disclosure(hers.case(), passed(consent, on=day), by=hers["assigned"])
    assert Disclosure.objects.get().answer == ConsentAnswer.objects.get(answer=Answer.GIVEN)


@pytest.mark.parametrize(
    "changes",
    [
        {"consent": None},
        {"shared": ("code", "story")},
        {"ground": Ground.OTHER, "why": "they asked"},
        {"ground": Ground.COURT_ORDER},
        {"knowing": HerKnowing.TOLD},
        {"knowing": HerKnowing.ENDANGERS},
        {"on": TODAY + timedelta(days=1)},
        {"on": TODAY - timedelta(days=1)},
    ],
)
def test_what_no_ground_opens_does_not_leave(hers: Cast, changes: dict[str, object]) -> None:
    given = passed(answer(hers))
    with pytest.raises(Refused):
        consenting.record_disclosure(hers.case(), Passed(**{**vars(given), **changes}), by=hers["assigned"])  # type: ignore[arg-type]
    assert not Disclosure.objects.exists()


def test_what_she_does_not_know_of_is_due_until_she_is_told(hers: Cast) -> None:
    danger = passed(None, ground=Ground.DANGER_TO_LIFE, recipient="canary-police", why="canary-why")
    number = consenting.record_disclosure(hers.case(), danger, by=hers["assigned"])
    assert DueKind.TELL_HER in {line.kind for line in due_of_case(hers["assigned"], hers.case())}
    consenting.note_told(hers.case(), number, by=hers["assigned"], told_on=TODAY)
    assert DueKind.TELL_HER not in {line.kind for line in due_of_case(hers["assigned"], hers.case())}
    assert disclosures_of(hers["assigned"], hers.case().person)[0].knowing is HerKnowing.TOLD
    with pytest.raises(NotThere):
        consenting.note_told(hers.case(), number + 1, by=hers["assigned"], told_on=TODAY)


def test_for_another_organisation_nothing_is_there(hers: Cast) -> None:
    answer(hers)
    person = hers.case().person
    assert consents_of(hers["stranger"], person) == []
    assert disclosures_of(hers["stranger"], person) == []


def test_a_drawn_signature_of_a_no_is_not_kept(hers: Cast) -> None:
    answer(hers, said=yes(answer=Answer.REFUSED, picture=Picture("image/png", b"x")))
    assert not Signature.objects.exists()


def test_whoever_only_reads_consents_records_none(hers: Cast) -> None:
    for name in ("psychologist", "lawyer", "mediator", "officer"):
        with pytest.raises(Refused):
            consenting.record_answer(hers.case(name), PARTNER, yes(), by=hers[name])


def test_the_day_of_a_later_answer_is_kept_even_if_it_is_noted_first(hers: Cast) -> None:
    consent = answer(hers, said=yes(answer=Answer.REFUSED, on=TODAY))
    answer(hers, said=yes(on=date(2026, 1, 12), until=date(2026, 6, 1)))
    assert consents_of(hers["assigned"], hers.case().person)[0].state_on(TODAY) is State.REFUSED
    assert consent


def test_an_answer_is_never_changed_not_even_past_the_actions(hers: Cast) -> None:
    answer(hers)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ConsentAnswer.objects.update(answer=Answer.REFUSED)
    assert ConsentAnswer.objects.get().answer == Answer.GIVEN
