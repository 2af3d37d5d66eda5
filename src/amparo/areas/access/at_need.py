"""What goes beyond one's everyday part: danger to life, and a second person's yes (pure)."""

from amparo.kernel.decision import ALLOWED, Decision, refused
from amparo.kernel.labels import Label

from .rules import (
    DANGER_READS,
    NOT_CLEARED,
    NOT_HERE,
    READS,
    Asked,
    Part,
    Purpose,
    Ties,
    Viewer,
    decide,
    purpose_of,
    purposes,
)


def may_break_glass(viewer: Viewer, ties: Ties) -> Decision:
    """Whether the viewer opens a case in danger to life, without asking anybody first. It is told, not asked for.

    Danger to life is one of two exceptions that R2 knows. Who has everything open already needs none.
    """
    if not viewer.cleared:
        return NOT_CLEARED
    if viewer.role not in READS[Purpose.DANGER]:
        return refused("Call a caseworker or the coordinator at once: they can open her file in danger to life.", "R2")
    if ties.organisation != viewer.organisation:
        return NOT_HERE
    if all(decide(viewer, Asked(part, label=Label.SAFETY_CRITICAL), ties) for part in DANGER_READS):
        return refused("Her file is open to you already.", "R2")
    return ALLOWED


def may_ask_for_identity(viewer: Viewer, ties: Ties) -> Decision:
    """Whether the viewer may ask a second person to agree that she or he opens an identity (R3)."""
    if not viewer.cleared:
        return NOT_CLEARED
    if ties.organisation != viewer.organisation:
        return NOT_HERE
    if viewer.role not in READS[Purpose.APPROVED]:
        return refused("Your role in this organisation does not include this.", "R3")
    if decide(viewer, Asked(Part.IDENTITY), ties):
        return refused("You may open her identity without asking. Say why when you open it.", "R3")
    return ALLOWED


def may_answer_ask(viewer: Viewer, *, asker: int, ties: Ties) -> Decision:
    """Whether the viewer says yes or no to a colleague who asks for her identity: never to oneself (R3).

    Somebody of her team who may open it, or a coordinator of the house. The officer watches and does not answer.
    """
    if viewer.member == asker:
        return refused("A second person answers this. You asked.", "R3")
    of_her_team = purpose_of(viewer, Asked(Part.IDENTITY), ties) is Purpose.ACCOMPANY
    coordinates = Purpose.COORDINATE in purposes(viewer, ties)
    if of_her_team or coordinates:
        return ALLOWED
    return refused("Somebody of her team who may open her identity, or a coordinator, answers this.", "R3")


def may_look_at_glass(viewer: Viewer, *, organisation: int) -> Decision:
    """Whether the viewer records having looked at a case that was opened in danger to life (R14)."""
    if Purpose.OVERSEE in purposes(viewer, Ties(organisation)):
        return ALLOWED
    return refused("The data protection officer looks at it.", "R14")


def may_end_glass(viewer: Viewer, *, opened_by: int, ties: Ties) -> Decision:
    """Whether the viewer ends it before its time: who opened it, the coordination, or the officer."""
    watching = {Purpose.COORDINATE, Purpose.OVERSEE} & set(purposes(viewer, ties))
    if viewer.cleared and (viewer.member == opened_by or watching):
        return ALLOWED
    return refused("Whoever opened it ends it, or the coordination, or the data protection officer.", "R14")
