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


class Solving(StrEnum):
    """Where the computing of a plan stands."""

    NOT_ASKED = "not_asked"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class SessionState(StrEnum):
    """What became of a session."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Came(StrEnum):
    """Whether she was there. Nothing is decided by it (R11, R17)."""

    CAME = "came"
    PART = "part"
    ABSENT = "absent"


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
