"""R2: nothing leaves without her yes for that purpose and that recipient; taking it back counts at once."""

from datetime import date

import pytest

from amparo.areas.access.rules import TEAM_READS, TEAM_WRITES, Part
from amparo.areas.consent.catalogue import consent_texts
from amparo.areas.consent.rules import (
    SHARING,
    Answer,
    Ground,
    HerKnowing,
    Interpreted,
    Proof,
    Recorded,
    State,
    has_happened,
    is_covered,
    is_in_time,
    is_proven,
    is_understood,
    knowing_is_whole,
    may_disclose,
    months_later,
    state_on,
)
from amparo.kernel.decision import ALLOWED, refused

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def said(answer: Answer, on: date, *, until: date | None = None, purpose: str = "partner_referral") -> Recorded:
    return Recorded(purpose, "on the road", answer, on, until, frozenset({"code", "needs"}))


GIVEN = said(Answer.GIVEN, MAY, until=JUNE)


@pytest.mark.parametrize(
    ("answers", "on", "state"),
    [
        ([], MAY, State.NOT_ASKED),
        ([GIVEN], date(2026, 4, 30), State.NOT_ASKED),
        ([GIVEN], MAY, State.GIVEN),
        ([GIVEN], JUNE, State.GIVEN),
        ([GIVEN], date(2026, 6, 2), State.ENDED),
        ([said(Answer.GIVEN, MAY)], date(2036, 1, 1), State.GIVEN),
        ([said(Answer.REFUSED, MAY)], JUNE, State.REFUSED),
        ([said(Answer.REFUSED, MAY), said(Answer.GIVEN, JUNE)], JUNE, State.GIVEN),
        ([GIVEN, said(Answer.WITHDRAWN, MAY)], MAY, State.WITHDRAWN),
        ([GIVEN, said(Answer.WITHDRAWN, JUNE)], MAY, State.GIVEN),
        ([said(Answer.WITHDRAWN, JUNE), GIVEN], JULY, State.WITHDRAWN),
        ([GIVEN, said(Answer.WITHDRAWN, MAY), said(Answer.GIVEN, MAY, until=JULY)], JULY, State.GIVEN),
    ],
)
def test_the_latest_answer_counts_and_a_yes_until_its_last_day(answers: list[Recorded], on: date, state: State) -> None:
    assert state_on(answers, on) is state


@pytest.mark.parametrize(
    ("purpose", "recipient", "on", "shared", "covered"),
    [
        ("partner_referral", "on the road", MAY, (), True),
        ("partner_referral", "on the road", MAY, ("code", "needs"), True),
        ("partner_referral", "on the road", MAY, ("code", "health"), False),
        ("partner_referral", "another house", MAY, (), False),
        ("contact_with_authorities", "on the road", MAY, (), False),
        ("partner_referral", "on the road", date(2026, 4, 30), (), False),
        ("partner_referral", "on the road", JULY, (), False),
    ],
)
def test_a_yes_covers_its_purpose_its_recipient_its_time_and_what_it_names(
    purpose: str, recipient: str, on: date, shared: tuple[str, ...], covered: bool
) -> None:
    decision = is_covered([GIVEN], purpose=purpose, recipient=recipient, on=on, shared=shared)
    assert decision.allowed is covered
    assert covered or (decision.reason and decision.source)


@pytest.mark.parametrize("taken_back", [Answer.WITHDRAWN, Answer.REFUSED])
def test_a_yes_that_was_taken_back_covers_nothing(taken_back: Answer) -> None:
    answers = [said(Answer.GIVEN, MAY), said(taken_back, MAY)]
    assert not is_covered(answers, purpose="partner_referral", recipient="on the road", on=JUNE)


def test_taking_back_one_yes_leaves_the_others() -> None:
    other = Recorded("group_work", "", Answer.GIVEN, MAY)
    answers = [GIVEN, other, said(Answer.WITHDRAWN, MAY)]
    assert is_covered(answers, purpose="group_work", on=MAY)


COVERED, NOT_COVERED = ALLOWED, refused("no")


@pytest.mark.parametrize(
    ("ground", "covered", "why", "allowed"),
    [
        (Ground.CONSENT, COVERED, "", True),
        (Ground.CONSENT, NOT_COVERED, "a good reason", False),
        (Ground.DANGER_TO_LIFE, NOT_COVERED, "he is at her door", True),
        (Ground.DANGER_TO_LIFE, NOT_COVERED, "  ", False),
        (Ground.COURT_ORDER, NOT_COVERED, "order 12 of the court", True),
        (Ground.COURT_ORDER, NOT_COVERED, "", False),
        (Ground.OTHER, COVERED, "the ministry asks", False),
        (Ground.HER_OWN, NOT_COVERED, "", True),
    ],
)
def test_nothing_leaves_without_her_yes_danger_to_life_or_a_court_but_into_her_own_hands(
    ground: Ground, covered: object, why: str, allowed: bool
) -> None:
    decision = may_disclose(ground, covered=COVERED if covered is COVERED else NOT_COVERED, why=why)
    assert decision.allowed is allowed


@pytest.mark.parametrize(
    ("knowing", "told_on", "why_not", "whole"),
    [
        (HerKnowing.TOLD, MAY, "", True),
        (HerKnowing.TOLD, None, "", False),
        (HerKnowing.NOT_YET, None, "", True),
        (HerKnowing.ENDANGERS, None, "he reads her messages", True),
        (HerKnowing.ENDANGERS, None, " ", False),
    ],
)
def test_she_is_told_or_it_is_written_down_why_not(
    knowing: HerKnowing, told_on: date | None, why_not: str, whole: bool
) -> None:
    assert knowing_is_whole(knowing, told_on=told_on, why_not=why_not).allowed is whole


@pytest.mark.parametrize(
    ("language", "hers", "interpreted", "understood"),
    [
        ("ro", ["ro", "it"], Interpreted.NOBODY, True),
        ("es", ["ro"], Interpreted.NOBODY, False),
        ("es", ["ro"], Interpreted.MEDIATOR, True),
        ("es", [], Interpreted.NOBODY, True),
    ],
)
def test_it_is_explained_in_a_language_she_understands(
    language: str, hers: list[str], interpreted: Interpreted, understood: bool
) -> None:
    assert is_understood(language, hers=hers, interpreted=interpreted).allowed is understood


@pytest.mark.parametrize(
    ("answer", "proof", "has_picture", "witness", "proven"),
    [
        (Answer.GIVEN, Proof.DRAWN, True, "", True),
        (Answer.GIVEN, Proof.DRAWN, False, "", False),
        (Answer.GIVEN, Proof.PAPER, False, "a colleague", False),
        (Answer.GIVEN, Proof.WORD, False, "a colleague", True),
        (Answer.GIVEN, Proof.WORD, False, " ", False),
        (Answer.REFUSED, Proof.DRAWN, False, "", True),
    ],
)
def test_a_yes_is_shown_and_a_no_needs_no_proof(
    answer: Answer, proof: Proof, has_picture: bool, witness: str, proven: bool
) -> None:
    assert is_proven(answer, proof, has_picture=has_picture, witness=witness).allowed is proven


@pytest.mark.parametrize(
    ("on", "until", "in_time"),
    [
        (MAY, None, True),
        (MAY, MAY, True),
        (MAY, date(2026, 11, 1), True),
        (MAY, date(2026, 11, 2), False),
        (MAY, date(2026, 4, 30), False),
        (JULY, None, False),
    ],
)
def test_a_yes_ends_when_its_text_says(on: date, until: date | None, in_time: bool) -> None:
    assert is_in_time(on=on, until=until, today=JUNE, months=6).allowed is in_time


@pytest.mark.parametrize(("on", "happened"), [(MAY, True), (JUNE, True), (JULY, False)])
def test_only_what_happened_is_recorded_as_done(on: date, happened: bool) -> None:
    assert has_happened(on, today=JUNE).allowed is happened


@pytest.mark.parametrize(
    ("on", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 5), 12, date(2027, 12, 5)),
        (date(2026, 11, 22), 24, date(2028, 11, 22)),
    ],
)
def test_months_later_is_a_day_that_exists(on: date, months: int, later: date) -> None:
    assert months_later(on, months) == later


def test_what_is_shared_is_asked_for_every_purpose_that_names_a_partner_an_authority_or_family() -> None:
    assert {text.purpose for text in consent_texts() if text.needs_recipient} >= SHARING


def test_whoever_of_her_team_reads_consents_can_note_that_she_takes_one_back() -> None:
    for role, parts in TEAM_READS.items():
        assert (Part.CONSENTS in parts) == (Part.WITHDRAWALS in parts) == (Part.WITHDRAWALS in TEAM_WRITES[role])
