"""Who may be in a group, and with which risk she is planned for (R4; pure).

R4: before any group she was asked alone, and risk was assessed; psychological groups only at low risk
(C&H-L 5.1.2, lines 560-582). Whether she came or not is asked nowhere (R11, R17).
"""

from amparo.kernel.decision import ALLOWED, Decision, refused

from .instance import Risk

RULE = "R4; C&H-L 5.1.2, lines 560-576"


def may_be_in_group(*, asked_alone: bool, agreed: bool, level: str, overdue: bool, therapeutic: bool) -> Decision:
    """Whether she may be in a group of an activity.

    `agreed`: her yes to being in groups stands. `level`: her risk as it was last assessed, empty where it never was;
    `overdue`: that assessment does not hold any more.
    """
    if not asked_alone:
        return refused("Ask her first, alone, how she feels about a group.", RULE)
    if not agreed:
        return refused("Her yes to being in groups is missing. Ask her, or offer individual sessions.", RULE)
    if not level:
        return refused("Groups wait until her risk is assessed. Offer individual sessions.", RULE)
    if level == "high":
        return refused("Nobody at high risk is in a group. Offer individual sessions.", RULE)
    if therapeutic and (level != "low" or overdue):
        return refused("Therapeutic groups are for low risk that was assessed in time. Offer her it alone.", RULE)
    return ALLOWED


def risk_in_planning(level: str, *, overdue: bool) -> Risk:
    """The risk that a plan is made with: what was never assessed counts as high, an outdated low one as medium."""
    if level == "low":
        return "medium" if overdue else "low"
    return "medium" if level == "medium" else "high"
