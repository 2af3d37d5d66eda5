"""Who gets which answer from which address: one row for every name of the resolver.

A row names those for whom the page is open; everybody else follows from what the page is about. A page of a case is
closed (403) to those who know of her case, is not there (404) for her organisation's other caseworkers and for other
organisations, and is closed to roles that have no cases at all. Whoever is not signed in is led to the sign-in.
"""

from collections.abc import Mapping
from dataclasses import dataclass

NOBODY = "nobody"
KNOW_OF_HER = ("assigned", "coordinator", "psychologist", "lawyer", "mediator", "officer")
HAVE_CASES_BUT_NOT_HERS = ("colleague", "stranger", "foreign_coordinator")
HAVE_NO_CASES = ("facilitator", "hotline", "analyst", "administrator", "untrained")
SIGNED_IN = (*KNOW_OF_HER, *HAVE_CASES_BUT_NOT_HERS, *HAVE_NO_CASES)
EVERYBODY = (*SIGNED_IN, NOBODY)

CASEWORKERS = "assigned colleague stranger"
COORDINATORS = "coordinator foreign_coordinator"
HER_TEAM = "assigned psychologist lawyer mediator"

Answers = Mapping[str, int]


@dataclass(frozen=True)
class Row:
    """The status that each of the cast gets from a GET and from a POST that carries nothing."""

    get: Answers
    post: Answers


def everybody(get: int, post: int = 405) -> Row:
    """The same answer for all, signed in or not."""
    return Row(dict.fromkeys(EVERYBODY, get), dict.fromkeys(EVERYBODY, post))


def signed_in(get: int, post: int, *, nobody: int = 302, nobody_post: int = 302) -> Row:
    """One answer for whoever is signed in, another for whoever is not."""
    return Row(
        {**dict.fromkeys(SIGNED_IN, get), NOBODY: nobody}, {**dict.fromkeys(SIGNED_IN, post), NOBODY: nobody_post}
    )


def page(open_to: str) -> Row:
    """A page outside any case: for these, closed to the others."""
    return _outside(open_to, 200, 405)


def page_decided_late(open_to: str) -> Row:
    """The same where what the page shows decides, not the role's tasks: a POST is refused before that."""
    row = page(open_to)
    return Row(row.get, {**dict.fromkeys(SIGNED_IN, 405), NOBODY: 302})


def form(open_to: str) -> Row:
    """A form outside any case; an empty one comes back."""
    return _outside(open_to, 200, 422)


def command(open_to: str) -> Row:
    """A button outside any case; a GET leads back."""
    return _outside(open_to, 302, 302)


def case_page(open_to: str) -> Row:
    """A page of a case."""
    return _of_case(open_to, 200, 405)


def case_form(open_to: str, *, post: int = 422) -> Row:
    """A form of a case; an empty one comes back."""
    return _of_case(open_to, 200, post)


def case_command(open_to: str, *, post: int = 302) -> Row:
    """A button within a case; a GET leads back to where it stands."""
    return _of_case(open_to, 302, post)


def thing_form(open_to: str, *, not_there: str, post: int = 422) -> Row:
    """A form about one thing outside any case, which another organisation's people do not find."""
    return _outside(open_to, 200, post, not_there)


def thing_command(open_to: str, *, not_there: str, post: int = 302) -> Row:
    """A button about one thing outside any case; a GET leads back."""
    return _outside(open_to, 302, post, not_there)


def _outside(open_to: str, get: int, post: int, not_there: str = "") -> Row:
    closed = {**dict.fromkeys(SIGNED_IN, 403), **dict.fromkeys(_names(not_there), 404), NOBODY: 302}
    mine = _names(open_to)
    return Row({**closed, **dict.fromkeys(mine, get)}, {**closed, **dict.fromkeys(mine, post)})


def _of_case(open_to: str, get: int, post: int) -> Row:
    closed = {
        **dict.fromkeys(KNOW_OF_HER + HAVE_NO_CASES, 403),
        **dict.fromkeys(HAVE_CASES_BUT_NOT_HERS, 404),
        NOBODY: 302,
    }
    mine = _names(open_to)
    return Row({**closed, **dict.fromkeys(mine, get)}, {**closed, **dict.fromkeys(mine, post)})


def _names(words: str) -> tuple[str, ...]:
    names = tuple(words.split())
    unknown = set(names) - set(EVERYBODY)
    if unknown:
        raise ValueError(f"not of the cast: {unknown}")
    return names


NOT_THERE = everybody(404, 404)

PUBLIC = {
    "healthz": everybody(200, 200),
    "leave": everybody(200, 200),
    "leave_safety": everybody(200, 200),
    "set_language": everybody(405, 302),
}
ACCOUNTS = {
    "account_login": signed_in(302, 302, nobody=200, nobody_post=200),
    "account_logout": signed_in(200, 302),
    "account_inactive": everybody(200),
    "account_reauthenticate": signed_in(200, 200),
    "account_change_password": signed_in(200, 200),
    "choose_organisation": signed_in(200, 200),
    "mfa_index": signed_in(200, 405),
    "mfa_authenticate": everybody(302, 302),
    "mfa_reauthenticate": signed_in(302, 302),
    "mfa_activate_totp": signed_in(302, 302),
    "mfa_deactivate_totp": signed_in(404, 404),
    "mfa_view_recovery_codes": signed_in(404, 405),
    "mfa_generate_recovery_codes": signed_in(302, 302),
    "mfa_download_recovery_codes": signed_in(404, 404),
    "account_signup": NOT_THERE,
    "account_reset_password": NOT_THERE,
    "account_set_password": NOT_THERE,
    "account_email": NOT_THERE,
    "second_step_first": signed_in(200, 200),
}
EVERY_ROLE = " ".join(SIGNED_IN)
CASES = {
    "today": page(EVERY_ROLE),
    "cases": page(f"{CASEWORKERS} {COORDINATORS} psychologist lawyer mediator officer"),
    "case": case_page(" ".join(KNOW_OF_HER)),
    "case_history": case_page("assigned coordinator psychologist officer"),
    "case_notes": case_page(HER_TEAM),
    "note_write": case_form(HER_TEAM),
    "note_correct": case_form("assigned"),
    "case_identity": case_form("assigned lawyer"),
}
MEMBERS = {
    "members": page_decided_late(f"{COORDINATORS} administrator"),
    "member_add": form("administrator"),
    "member_change": thing_form("administrator", not_there=""),
    "member_sign_in": thing_form("administrator", not_there="", post=200),
    "member_training": thing_form("coordinator", not_there="foreign_coordinator", post=302),
}
READ_CONSENTS = " ".join(KNOW_OF_HER)
CONSENTS = {
    "case_consents": case_page(READ_CONSENTS),
    "consents_hers": case_page(READ_CONSENTS),
    "consents_paper": case_page(READ_CONSENTS),
    "consent": case_page(READ_CONSENTS),
    "consent_hers": case_page(READ_CONSENTS),
    "consent_paper": case_page(READ_CONSENTS),
    "consent_signature": case_page(READ_CONSENTS),
    "consent_signature_picture": case_page(READ_CONSENTS),
    "consent_ask": case_form("assigned"),
    "consent_ask_way": case_form("assigned"),
    "consent_ways": case_page("assigned"),
    "consent_ask_again": case_form("assigned"),
    "consent_withdraw": case_command("assigned coordinator psychologist lawyer mediator"),
    "case_disclosures": case_page(READ_CONSENTS),
    "disclosure_record": case_form("assigned"),
    "disclosure_told": case_form("assigned"),
    "case_contact": case_page(HER_TEAM),
    "contact_agree": case_form("assigned"),
}
READ_SAFETY = "assigned coordinator psychologist"
WRITE_SAFETY = "assigned psychologist"
SAFETY = {
    "case_safety": case_page(READ_SAFETY),
    "safety_changed": case_command(WRITE_SAFETY, post=404),
    "safety_change_note": case_form(WRITE_SAFETY),
    "safety_change_back": case_command(WRITE_SAFETY),
    "safety_assess": case_command(WRITE_SAFETY),
    "safety_assessment": case_page(READ_SAFETY),
    "safety_decide": case_form(WRITE_SAFETY),
    "safety_area": case_form(WRITE_SAFETY),
    "incident_report": case_form(WRITE_SAFETY),
    "incident": case_page(READ_SAFETY),
    "incident_follow_up": case_form(WRITE_SAFETY),
    "safety_plan": case_form(WRITE_SAFETY),
    "safety_plan_version": case_page(READ_SAFETY),
    "safety_sheet": case_page(READ_SAFETY),
    "safety_sheet_pdf": case_page(READ_SAFETY),
    "safety_measure": case_form(WRITE_SAFETY),
    "safety_measure_done": case_command(WRITE_SAFETY),
}
ROWS: dict[str, Row] = {**PUBLIC, **ACCOUNTS, **CASES, **MEMBERS, **CONSENTS, **SAFETY}
DECIDE = "assigned colleague coordinator"
NOT_THEIRS = "stranger foreign_coordinator"
REFERRAL_PAGES = ("sender", "about", "reason", "needs", "told", "reach", "six")
REFERRALS = {
    "referrals": page(f"{CASEWORKERS} {COORDINATORS} hotline"),
    "referral_new": form(f"{CASEWORKERS} {COORDINATORS} hotline"),
    "referral_start": command(f"{CASEWORKERS} {COORDINATORS} hotline"),
    "referral": thing_form(DECIDE, not_there=f"{NOT_THEIRS} hotline", post=405),
    **{f"referral_{one}": thing_form(DECIDE, not_there=f"{NOT_THEIRS} hotline", post=302) for one in REFERRAL_PAGES},
    "referral_sender": thing_form(DECIDE, not_there=f"{NOT_THEIRS} hotline"),
    "referral_hand_in": thing_command(DECIDE, not_there=f"{NOT_THEIRS} hotline"),
    "referral_known": thing_command(DECIDE, not_there=f"{NOT_THEIRS} hotline", post=404),
    "referral_decide": thing_form(DECIDE, not_there=f"{NOT_THEIRS} hotline"),
    "referral_answer": thing_form(DECIDE, not_there=NOT_THEIRS),
    "referral_letter": thing_form(DECIDE, not_there=NOT_THEIRS, post=405),
    "referral_letter_pdf": thing_form(DECIDE, not_there=NOT_THEIRS, post=405),
    "case_referral": case_page("assigned coordinator"),
    "case_referral_read": case_command("assigned coordinator"),
    "case_six": case_form("assigned coordinator", post=409),
    "case_interview": case_page("assigned coordinator"),
    "interview_book": case_form("assigned coordinator"),
    "interview_answer": case_form("assigned"),
}
ROWS |= REFERRALS
