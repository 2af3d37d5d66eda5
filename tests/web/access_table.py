"""Who gets which answer from which address: one row for every name of the resolver."""

from tests.web.answers import (
    CASEWORKERS,
    COORDINATORS,
    HER_TEAM,
    KNOW_OF_HER,
    SIGNED_IN,
    Row,
    case_command,
    case_form,
    case_page,
    case_read_by_program,
    case_written_by_program,
    command,
    everybody,
    form,
    page,
    page_decided_late,
    read_by_program,
    signed_in,
    thing_command,
    thing_form,
)

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
    "sessions": signed_in(200, 200),
    "sessions_end": signed_in(302, 302),
    "mfa_list_webauthn": signed_in(200, 405),
    "mfa_add_webauthn": signed_in(302, 302),
    "mfa_login_webauthn": signed_in(302, 302),
    "mfa_reauthenticate_webauthn": signed_in(302, 302),
    "mfa_remove_webauthn": signed_in(302, 302),
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
    "identity_shown": case_page("assigned lawyer"),
    "identity_close": case_command("assigned lawyer"),
}
AT_NEED = f"{CASEWORKERS} {COORDINATORS} psychologist lawyer"
NEED = {
    "danger": form(AT_NEED),
    "case_danger": case_page(" ".join(KNOW_OF_HER)),
    "danger_end": case_command(" ".join(KNOW_OF_HER)),
    "danger_look": case_form("officer"),
    "identity_asks": page(f"{AT_NEED} officer"),
    "identity_ask": form(f"{AT_NEED} officer"),
    "identity_answer": case_form("lawyer coordinator"),
}
MEMBERS = {
    "members": page_decided_late(f"{COORDINATORS} administrator"),
    "member_add": form("administrator"),
    "member_change": thing_form("administrator", not_there=""),
    "member_sign_in": thing_form("administrator", not_there="", post=200),
    "member_sign_out": thing_form("administrator", not_there="", post=302),
    "channels": page("administrator"),
    "member_training": thing_form("coordinator", not_there="foreign_coordinator", post=302),
}
READ_SERVICES = f"{HER_TEAM} coordinator"
SERVICES = {
    "case_services": case_page(READ_SERVICES),
    "service_note": case_form(HER_TEAM),
    "service_correct": case_form("assigned"),
    "service_take_back": case_command(HER_TEAM),
    "case_appointments": case_page(READ_SERVICES),
    "appointment_plan": case_form(HER_TEAM),
    "appointment": case_form(HER_TEAM),
    "appointment_attended": case_command(HER_TEAM),
    "appointment_missed": case_command(HER_TEAM),
    "appointment_called_off": case_command(HER_TEAM),
}
READ_TEAM = f"{HER_TEAM} coordinator"
PEOPLE = {
    "case_people": case_page(READ_TEAM),
    **dict.fromkeys(
        ("team_join", "team_hand_over", "team_stand_in", "team_tell_her"), case_form("assigned coordinator")
    ),
    **dict.fromkeys(("team_leave", "team_confirm"), case_command("assigned coordinator")),
    **dict.fromkeys(("relative_add", "relative"), case_form("assigned")),
    "case_particulars": case_form("assigned", post=409),  # nothing at all is an old version
    "identity_write": case_command("assigned", post=422),  # the form comes after the reason
    "relative_remove": case_command("assigned"),
}
PAPERS = {
    "case_papers": case_page("assigned lawyer"),
    "paper_open": case_page("assigned lawyer"),
    "paper_add": case_form("assigned lawyer"),
    "paper_remove": case_command("assigned lawyer"),
}
READ_PLAN = f"{HER_TEAM} coordinator"
WRITE_PLAN = "assigned psychologist"
PLANS = {
    **dict.fromkeys(
        (
            *("case_plan", "plan_advice", "plan_versions", "plan_version", "plan_paper"),
            *("plan_reviews", "plan_review", "job_plan"),
        ),
        case_page(READ_PLAN),
    ),
    **dict.fromkeys(
        (
            *("plan_review_day", "plan_agreement", "need_note", "need_change", "need_goal"),
            *("goal_set", "goal_change", "step_add", "step_change", "step_move"),
            *("plan_review_begin", "plan_review_finish", "plan_review_discard", "plan_rating", "job_talk", "job_cv"),
        ),
        case_form(WRITE_PLAN),
    ),
    **dict.fromkeys(
        (
            *("need_up", "need_down", "need_met", "need_aside", "need_open"),
            *("goal_reached", "goal_aside", "goal_going", "step_done", "step_open"),
        ),
        case_command(WRITE_PLAN),
    ),
}
PLANS["plan_basic_needs"] = case_form(WRITE_PLAN)
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
    "case_avoidances": case_page(READ_SAFETY),
    "avoidance_note": case_form(WRITE_SAFETY),
    "avoidance_end": case_command(WRITE_SAFETY),
}
READ_LEGAL = "assigned coordinator lawyer"
WRITE_LEGAL = "assigned lawyer"
LEGAL = {
    "case_legal": case_page(READ_LEGAL),
    "case_legal_changes": case_page(READ_LEGAL),
    **dict.fromkeys(
        (
            *("case_legal_questions", "case_legal_fact", "case_legal_country"),
            *("case_application_add", "case_application"),
        ),
        case_form(WRITE_LEGAL),
    ),
    **dict.fromkeys(("case_legal_answer", "case_legal_looked", "case_legal_leave"), case_command(WRITE_LEGAL)),
    **dict.fromkeys(("case_legal_take_over", "case_application_move"), case_command(WRITE_LEGAL, post=404)),
    "legal_changes": page(f"{CASEWORKERS} {COORDINATORS} lawyer"),
}
# What the law of states says: for everybody but facilitators and whoever is not trained yet.
READ_SCHEMES = f"{CASEWORKERS} {COORDINATORS} psychologist lawyer mediator officer hotline analyst administrator"
CHANGE_RULES = f"{COORDINATORS} lawyer"
SCHEMES = {
    "schemes": page(READ_SCHEMES),
    "scheme": page(READ_SCHEMES),
    "hotlines": page(READ_SCHEMES),
    # A comparison shows what was typed, and saves nothing of it.
    "compare": form(READ_SCHEMES),
    "overrides": page(CHANGE_RULES),
    "override_write": form(CHANGE_RULES),
    "override": thing_form("coordinator lawyer", not_there="foreign_coordinator", post=405),
    "override_withdraw": thing_form("coordinator lawyer", not_there="foreign_coordinator"),
    "case_legal_compare": case_form(READ_LEGAL),
    **dict.fromkeys(("case_legal_sheet", "case_legal_sheet_pdf"), case_page(READ_LEGAL)),
}
CLOSING = {
    "case_close": case_page(" ".join(KNOW_OF_HER)),
    "case_close_now": case_form("assigned"),
    "case_come_back": case_command(" ".join(KNOW_OF_HER)),
    "follow_up_done": case_command("assigned"),
    "follow_up_end": case_command("assigned"),
    "case_summary": case_form(" ".join(KNOW_OF_HER)),
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
    **dict.fromkeys(("reminder_stop", "reminder_told"), case_command("assigned")),
    **dict.fromkeys(("call_tick", "call_take", "call_give_back"), case_command(HER_TEAM)),
    "calls": page(f"{CASEWORKERS} {COORDINATORS} psychologist lawyer mediator"),
    "calls_paper": command(f"{CASEWORKERS} {COORDINATORS} psychologist lawyer mediator", post=200),
}
RIGHTS = {
    **dict.fromkeys(("case_rights", "rights_sheet", "rights_sheet_pdf"), case_page(" ".join(KNOW_OF_HER))),
    **dict.fromkeys(("rights_hold", "rights_lift", "rights_read", "rights_erase"), case_form(" ".join(KNOW_OF_HER))),
    **dict.fromkeys(("rights_copy", "rights_correct"), case_form(" ".join(KNOW_OF_HER))),
    "rights_correction": case_form(f"{HER_TEAM} coordinator"),
    "rights_longer": case_form("coordinator officer"),
    "keeping": page(f"{COORDINATORS} officer"),
    "keeping_period": thing_form(f"{COORDINATORS} officer", not_there=""),
    "rights_erasure": case_page(" ".join(KNOW_OF_HER)),
    **dict.fromkeys(("rights_erasure_agree", "rights_erasure_off"), case_command(" ".join(KNOW_OF_HER))),
    "rights_erasure_now": case_form("coordinator officer"),
}
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
    # Closed to all once it is no draft, as it is in the world of these tests.
    "referral_discard": thing_form("", not_there=f"{NOT_THEIRS} hotline"),
    "referral_known": thing_command(DECIDE, not_there=f"{NOT_THEIRS} hotline", post=404),
    "referral_decide": thing_form(DECIDE, not_there=f"{NOT_THEIRS} hotline"),
    "referral_answer": thing_form(DECIDE, not_there=NOT_THEIRS),
    "referral_letter": thing_form(DECIDE, not_there=NOT_THEIRS, post=405),
    "referral_letter_pdf": thing_form(DECIDE, not_there=NOT_THEIRS, post=405),
    "case_referral": case_page("assigned coordinator"),
    "case_referral_read": case_command("assigned coordinator"),
    "case_six": case_form("assigned coordinator", post=409),
    "case_interview": case_page("assigned coordinator"),
    # Closed to all once the first interview is behind her, as it is in the world of these tests.
    "interview_book": case_form(""),
    "interview_answer": case_form(""),
}
DESK = {
    "desk": page("officer"),
    "desk_look": command("officer"),
    "desk_alert": thing_form("officer", not_there=""),
    "desk_settings": form("officer"),
    "desk_log": page("officer"),
    "desk_log_table": thing_command("officer", not_there="", post=200),
    "desk_disclosures": page("officer"),
    "desk_disclosures_table": thing_command("officer", not_there="", post=200),
    "case_readers": case_page(READ_CONSENTS),
    "case_readers_paper": case_command(READ_CONSENTS, post=200),
}
ASKED = "coordinator officer"
NOT_ASKED = "foreign_coordinator"
REQUESTS = {
    "requests": page(f"{COORDINATORS} officer"),
    "request_new": form(f"{COORDINATORS} officer"),
    **dict.fromkeys(("request", "request_paper"), thing_form(ASKED, not_there=NOT_ASKED, post=405)),
    **dict.fromkeys(
        (
            *("request_link", "request_paper_add", "request_basis", "request_decide"),
            *("request_answer", "request_told", "request_advise"),
        ),
        thing_form(ASKED, not_there=NOT_ASKED),
    ),
    "request_take_back": thing_form(ASKED, not_there=NOT_ASKED, post=302),
    "request_letter": thing_command(ASKED, not_there=NOT_ASKED, post=403),  # there is no answer yet
}
READ_PROGRAMME = f"{CASEWORKERS} {COORDINATORS} psychologist lawyer mediator"
KNOW_THE_PROGRAMME = "assigned colleague coordinator psychologist lawyer mediator"
PROGRAMME = {
    "case_activities": case_page(f"{HER_TEAM} coordinator"),
    **dict.fromkeys(("activity_ask", "case_when", "other_days", "tickets_hand_out"), case_form("assigned")),
    "activities_ask": case_form("assigned", post=302),  # to answer nothing is an answer
    "other_days_back": case_command("assigned"),
    "activities": page(READ_PROGRAMME),
    "activity": thing_form(KNOW_THE_PROGRAMME, not_there="stranger foreign_coordinator", post=405),
    "activities_take": form(COORDINATORS),
    "activity_new": form(COORDINATORS),
    "activity_change": thing_form("coordinator", not_there="foreign_coordinator"),
    **dict.fromkeys(("activity_aside", "activity_again"), thing_command("coordinator", not_there=NOT_ASKED)),
    **dict.fromkeys(("periods", "places", "leaders"), page(COORDINATORS)),
    "period_new": form(COORDINATORS),
    **dict.fromkeys(
        ("period", "period_group", "period_proposal"), thing_form("coordinator", not_there=NOT_ASKED, post=405)
    ),
    **dict.fromkeys(
        ("period_compute", "period_publish", "period_back", "period_proposal_drop"),
        thing_command("coordinator", not_there=NOT_ASKED),
    ),
    "period_again": thing_form("coordinator", not_there=NOT_ASKED),  # the period of the table is a draft
    "period_proposal_publish": thing_command("coordinator", not_there=NOT_ASKED),
    **dict.fromkeys(("session_move", "place_move", "group_seat"), thing_form("coordinator", not_there=NOT_ASKED)),
    **dict.fromkeys(
        ("session_fix", "session_loose"),
        thing_command("coordinator", not_there=NOT_ASKED),
    ),
    # To be sure is all that they ask.
    **dict.fromkeys(("session_cancel", "place_end"), thing_form("coordinator", not_there=NOT_ASKED, post=302)),
    "place_add": form(COORDINATORS),
    **dict.fromkeys(
        ("place_change", "room_add", "room_change", "place_childcare", "leader_hours"),
        thing_form("coordinator", not_there=NOT_ASKED),
    ),
}
OTHER_HOLDERS = f"{CASEWORKERS} {COORDINATORS} psychologist lawyer mediator"
FIGURES_TAKEN_OUT = dict.fromkeys(("coordinator", "foreign_coordinator", "analyst"), 200)
HELD = {
    "held_today": page(f"facilitator {OTHER_HOLDERS}"),
    "held_session": thing_form("facilitator", not_there=OTHER_HOLDERS, post=302),  # left alone, it stays as it is
    "held_word": thing_form("facilitator", not_there=OTHER_HOLDERS),
    "held_paper": thing_command("facilitator", not_there=OTHER_HOLDERS, post=200),
    "held_hand": thing_form("facilitator", not_there=OTHER_HOLDERS),
    "held_questions": page(f"facilitator {OTHER_HOLDERS}"),
    **dict.fromkeys(
        ("handed", "handed_back", "handed_late"), command(f"facilitator {OTHER_HOLDERS}")
    ),  # nothing was handed over
    "case_sessions": case_page(f"{HER_TEAM} coordinator"),
    "room_words": case_form("assigned"),
    **dict.fromkeys(("room_came", "case_ask_after", "room_certificate", "case_said_late"), case_form("assigned")),
    "activity_figures": page(f"{COORDINATORS} analyst"),
    "activity_figures_table": Row(
        command(f"{COORDINATORS} analyst").get, {**command(f"{COORDINATORS} analyst").post, **FIGURES_TAKEN_OUT}
    ),
    "activity_cost": form(COORDINATORS),
    "certificate_issuer": form(COORDINATORS),
    "certificate_number": form(f"{CASEWORKERS} {COORDINATORS} psychologist lawyer mediator officer"),
}
HAVE_A_LIST = f"{CASEWORKERS} {COORDINATORS} psychologist lawyer mediator officer"
TOKENS = {
    "tokens": page(EVERY_ROLE),
    "token_make": signed_in(302, 302),  # after signing in once more
    "token_withdraw": Row(command(EVERY_ROLE).get, {**dict.fromkeys(SIGNED_IN, 404), "assigned": 302, "nobody": 302}),
}
TIME = {
    "calendar": everybody(404),
    "calendars": page(EVERY_ROLE),
    "calendar_make": signed_in(302, 302),  # after signing in once more
    "calendar_withdraw": Row(
        command(EVERY_ROLE).get, {**dict.fromkeys(SIGNED_IN, 404), "assigned": 302, "nobody": 302}
    ),
    "case_deadline_seen": case_command("assigned lawyer"),
    "case_pathways": case_page("assigned lawyer coordinator"),
    "case_pathway_begin": case_form("assigned lawyer"),
    "case_pathway_end": case_command("assigned lawyer"),
    "case_pathway_handled": case_command("assigned lawyer"),
    "case_pathway_record": case_form("assigned lawyer"),
    "case_pathway_correct": case_form("assigned lawyer"),
}
PROGRAMS = {
    "api_openapi": everybody(200, 200),
    **dict.fromkeys(("api_cases", "api_due"), read_by_program(HAVE_A_LIST)),
    **dict.fromkeys(("api_case", "api_case_due"), case_read_by_program(" ".join(KNOW_OF_HER))),
    "api_notes": case_read_by_program(HER_TEAM),
    **dict.fromkeys(("api_services", "api_appointments"), case_read_by_program(READ_SERVICES)),
    "api_plan": case_read_by_program(READ_PLAN),
    **dict.fromkeys(("api_note_write", "api_service_note"), case_written_by_program(HER_TEAM)),
}
ROWS: dict[str, Row] = {
    **TOKENS,
    **TIME,
    **PROGRAMS,
    **PUBLIC,
    **ACCOUNTS,
    **CASES,
    **NEED,
    **MEMBERS,
    **SERVICES,
    **PEOPLE,
    **PAPERS,
    **PLANS,
    **SAFETY,
    **LEGAL,
    **CONSENTS,
    **CLOSING,
    **REFERRALS,
    **RIGHTS,
    **DESK,
    **REQUESTS,
    **SCHEMES,
    **PROGRAMME,
    **HELD,
}
