"""What activities, answers, periods, sessions and attendance can be, in coded words (pure)."""

from enum import StrEnum


class Kind(StrEnum):
    """For whom a session of an activity is held."""

    GROUP = "group"
    INDIVIDUAL = "individual"


class Answer(StrEnum):
    """What she says when she is asked whether she would like an activity. None of them is lasting."""

    YES = "yes"
    LATER = "later"
    NO = "no"


class InGroup(StrEnum):
    """Whether she would hold this activity with others; asked alone, before any group (R4)."""

    YES = "yes"
    ALONE = "alone"  # only by herself
    NOT_ASKED = "not_asked"


class Reason(StrEnum):
    """What life gives as a reason for not being free, or for not coming. None weighs against her (R17)."""

    WORK = "work"
    SCHOOL = "school"  # her children's
    COURT = "court"
    OFFICE = "office"
    HEALTH = "health"
    CHILDREN = "children"  # nobody could look after them
    TRANSPORT = "transport"
    REST = "rest"
    OTHER = "other"


class PeriodState(StrEnum):
    """Where the planning of some weeks stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    PROPOSED = "proposed"  # how published weeks would be planned again; beside them, until somebody decides


class Ended(StrEnum):
    """Why a proposal is there no more."""

    IN_FORCE = "in_force"
    DROPPED = "dropped"
    REPLACED = "replaced"  # by one that was asked for later


class Solving(StrEnum):
    """Where the computing of a plan stands."""

    NOT_ASKED = "not_asked"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"  # nobody computes it any more, so it has to be asked for again; only shown, never kept


class SessionState(StrEnum):
    """What became of a session."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Came(StrEnum):
    """Whether she was there. Nothing is decided by it (R11, R17)."""

    CAME = "came"
    LATE = "late"
    LEFT_EARLY = "left_early"
    ABSENT = "absent"
    NOT_KNOWN = "not_known"


class Moment(StrEnum):
    """When she fills in an evaluation."""

    START = "start"
    END = "end"


class CostKind(StrEnum):
    """What an activity costs money for."""

    LEADER = "leader"
    MATERIALS = "materials"
    ROOM = "room"
    CHILDCARE = "childcare"
    TICKETS = "tickets"
    OTHER = "other"


class RoomNeed(StrEnum):
    """What matters in the room: said by her, passed on for this purpose, without the reason behind it."""

    STEP_FREE = "step_free"
    BREAKS = "breaks"
    NEAR_DOOR = "near_door"
    QUIET = "quiet"
    SIGHT = "sight"
    HEARING = "hearing"
    READING = "reading"
    MEDIATOR = "mediator"
    NO_PICTURES = "no_pictures"
    NO_TOUCH = "no_touch"


class Found(StrEnum):
    """What was found when she was asked how she is. None of it weighs against her (R17)."""

    COMES_AGAIN = "comes_again"
    TIME = "time"  # work, an office or the children need this hour
    WAY = "way"  # the way there, its cost, whom she meets on it
    CHILDREN = "children"
    HEALTH = "health"
    NOT_FOR_HER = "not_for_her"  # it is not what she hoped for
    GROUP = "group"  # she does not feel well among these others
    SAFETY = "safety"
    REST = "rest"
    NOT_REACHED = "not_reached"
    NOT_SAID = "not_said"


class Agreed(StrEnum):
    """What was agreed with her to be done differently."""

    OTHER_TIME = "other_time"
    OTHER_GROUP = "other_group"
    ALONE = "alone"
    CHILDCARE = "childcare"
    TICKETS = "tickets"
    LANGUAGE = "language"
    PAUSE = "pause"  # her place waits
    LEAVES = "leaves"  # she ends her place; she may come back
    ASSESS = "assess"  # look at her safety


class Paper(StrEnum):
    """Which certificate she is given: that she took part, or that the course is complete."""

    PARTICIPATION = "participation"
    COMPLETION = "completion"
