"""What a role does outside any one case (pure)."""

from enum import StrEnum

from amparo.areas.orgs.rules import Role


class Task(StrEnum):
    """Something a role does outside any one case."""

    SEE_TODAY = "see today"
    LIST_CASES = "list cases"
    RECEIVE_REFERRALS = "receive referrals"
    DECIDE_REFERRALS = "decide referrals"
    OPEN_CASES = "open cases"
    READ_AUDIT = "read audit"
    HANDLE_REQUESTS = "handle requests"
    RAW_FIGURES = "raw figures"
    MANAGE_MEMBERS = "manage members"
    OPEN_IN_DANGER = "open in danger to life"
    ASK_FOR_IDENTITIES = "ask for identities"
    RECORD_TRAINING = "record training"
    KEEP_OR_ERASE = "keep or erase"
    READ_SCHEMES = "read schemes"
    FOLLOW_CHANGES = "follow changes"  # of what women can have from states
    CHANGE_RULES = "change rules"
    READ_PROGRAMME = "read programme"
    PLAN_SESSIONS = "plan sessions"
    HOLD_SESSIONS = "hold sessions"
    ACTIVITY_FIGURES = "activity figures"


_AT_NEED = (Task.OPEN_IN_DANGER, Task.ASK_FOR_IDENTITIES)
# Whoever works with a woman knows what the house offers, and may hold some of it.
_HER_TEAM = (Task.LIST_CASES, Task.READ_PROGRAMME, Task.HOLD_SESSIONS)
_CASEWORK = (*_HER_TEAM, Task.RECEIVE_REFERRALS, Task.DECIDE_REFERRALS, Task.OPEN_CASES, *_AT_NEED)
_COORDINATION = (Task.RAW_FIGURES, Task.RECORD_TRAINING, Task.HANDLE_REQUESTS, Task.KEEP_OR_ERASE)
_PROGRAMME = (Task.PLAN_SESSIONS, Task.ACTIVITY_FIGURES)
_RULES = (Task.CHANGE_RULES, Task.FOLLOW_CHANGES)
_OVERSIGHT = (Task.READ_AUDIT, Task.ASK_FOR_IDENTITIES, Task.HANDLE_REQUESTS, Task.KEEP_OR_ERASE)

# What the law of states says is nobody's secret: all read it but facilitators, who have the list of their group alone.
_EVERYBODY = (Task.SEE_TODAY, Task.READ_SCHEMES)
TASKS: dict[Role, frozenset[Task]] = {
    Role.CASEWORKER: frozenset({*_EVERYBODY, *_CASEWORK, Task.FOLLOW_CHANGES}),
    Role.COORDINATOR: frozenset({*_EVERYBODY, *_CASEWORK, *_COORDINATION, *_PROGRAMME, *_RULES}),
    Role.PSYCHOLOGIST: frozenset({*_EVERYBODY, *_HER_TEAM, *_AT_NEED}),
    Role.LAWYER: frozenset({*_EVERYBODY, *_HER_TEAM, *_AT_NEED, *_RULES}),
    Role.MEDIATOR: frozenset({*_EVERYBODY, *_HER_TEAM}),
    Role.FACILITATOR: frozenset({Task.SEE_TODAY, Task.HOLD_SESSIONS}),
    Role.HOTLINE_OPERATOR: frozenset({*_EVERYBODY, Task.RECEIVE_REFERRALS}),
    Role.ANALYST: frozenset({*_EVERYBODY, Task.ACTIVITY_FIGURES}),
    Role.DATA_PROTECTION_OFFICER: frozenset({*_EVERYBODY, Task.LIST_CASES, *_OVERSIGHT}),
    Role.ADMINISTRATOR: frozenset({*_EVERYBODY, Task.MANAGE_MEMBERS}),
}

# Neither shows anything of anyone whom the house accompanies.
NEEDS_NO_CLEARANCE = frozenset({Task.SEE_TODAY, Task.MANAGE_MEMBERS})
