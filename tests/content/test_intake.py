"""The catalogues of intake: the six questions, the choices of the form, the first interview."""

from amparo.areas.intake import catalogue
from amparo.areas.plans.catalogue import BASIC_NEED_KEYS


def test_the_six_questions_stand_in_the_order_of_the_referral_report() -> None:
    assert tuple(question.key for question in catalogue.six_questions().questions) == catalogue.QUESTION_KEYS
    assert len(catalogue.QUESTION_KEYS) == 6


def test_each_question_can_be_marked_as_asked_and_not_known() -> None:
    assert tuple(answer.key for answer in catalogue.six_questions().answers) == catalogue.ANSWER_KEYS


def test_only_sharing_a_space_calls_for_care_when_the_answer_is_no() -> None:
    careful_on_no = [question.key for question in catalogue.six_questions().questions if question.detail_on == "no"]
    assert careful_on_no == ["may_meet_others"]


def test_the_kinds_of_senders_are_those_of_the_case_import() -> None:
    senders = {choice.key for choice in catalogue.referral_choices().senders}
    imported = "police ngo iom hotline health social_services outreach asylum_authority self other"
    assert senders == set(imported.split())


def test_the_urgent_needs_are_the_basic_needs() -> None:
    assert tuple(choice.key for choice in catalogue.referral_choices().urgent_needs) == BASIC_NEED_KEYS


def test_cooperation_and_papers_are_no_reason_to_accept_redirect_or_wait() -> None:
    choices = catalogue.referral_choices()
    reasons = {choice.key for choice in choices.accept_reasons + choices.redirect_reasons + choices.wait_reasons}
    assert not reasons & {"no_papers", "not_identified", "does_not_cooperate", "legal_status"}
    assert {"safer_elsewhere", "questions_open", "fits"} <= reasons


def test_no_interview_without_a_safe_place_alone_with_one_professional() -> None:
    required = [one.key for one in catalogue.interview_preparation() if one.required]
    assert required == ["safe_place", "alone", "one_professional", "agreed_contact"]


def test_the_first_interview_ends_with_yes_not_yet_or_no() -> None:
    outcomes = [choice.key for choice in catalogue.referral_choices().interview_outcomes]
    assert outcomes == ["yes", "not_yet", "no"]
