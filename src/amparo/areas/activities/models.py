"""Activities and what they need, whom was asked what, and the groups and sessions of a period.

What is known of her days is coded; every word of hers is sealed with her key. An address stands nowhere (R13).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from amparo.kernel.labels import Seal, case_fact, node, personal, safety_critical, staff

from .rules.states import PeriodState, SessionState, Solving

ORGANISATION = "orgs.Organisation"
CASE = "cases.Case"
MEMBER = "orgs.Member"
ACTIVITY = "activities.Activity"


class Activity(models.Model):
    """What the house offers, in a group or alone. It is set aside, never deleted: who took part stays."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    key = node(models.CharField(max_length=40, blank=True))  # of the starting catalogue; empty where the house made it
    name = node(models.CharField(max_length=120))
    neutral_name = node(models.CharField(max_length=120))  # for certificates and messages: betrays nothing
    aim = node(models.CharField(max_length=300, blank=True))
    kind = node(models.CharField(max_length=10))
    language = node(models.CharField(max_length=10, blank=True))  # empty: any that both sides share
    level = node(models.CharField(max_length=2, blank=True))  # empty: any
    sessions = node(models.PositiveSmallIntegerField())
    minutes = node(models.PositiveSmallIntegerField())
    min_women = node(models.PositiveSmallIntegerField())
    max_women = node(models.PositiveSmallIntegerField())
    days_apart = node(models.PositiveSmallIntegerField(default=1))
    goes_on = node(models.BooleanField(default=False, db_default=False))  # her yes stands until she says otherwise
    therapeutic = node(models.BooleanField(default=False))
    needs_no_language = node(models.BooleanField(default=False))
    childcare = node(models.BooleanField(default=False))  # children are looked after while it is held
    room = node(models.CharField(max_length=200, blank=True, default="", db_default=""))  # what it has to offer
    materials = node(models.CharField(max_length=300, blank=True))
    tickets = node(models.PositiveSmallIntegerField(default=0))  # for each session
    worth = node(models.PositiveSmallIntegerField(default=1))  # what serving one woman weighs in planning
    in_use = node(models.BooleanField(default=True))
    version = node(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(minutes__lte=90), name="activity_not_too_long"),
            models.CheckConstraint(condition=Q(min_women__lte=F("max_women")), name="activity_sizes"),
        )
        indexes = (models.Index(fields=("organisation", "name"), name="activities_of_house"),)


class Leading(models.Model):
    """Somebody of the house holds this activity. Planned only while trained and with a signed statement (R12)."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    activity = node(models.ForeignKey(ACTIVITY, on_delete=models.CASCADE, related_name="leading"))
    member = staff(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("activity", "member"), name="leads_once"),)


class Leader(models.Model):
    """In which languages somebody holds sessions."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    member = staff(models.OneToOneField(MEMBER, on_delete=models.PROTECT, related_name="+"))
    languages = staff(ArrayField(models.CharField(max_length=10), default=list))
    version = node(models.PositiveIntegerField(default=1))


class LeaderTime(models.Model):
    """When somebody can hold sessions, week by week; 0 is Monday."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    member = staff(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    weekday = staff(models.PositiveSmallIntegerField())
    starts = staff(models.TimeField())
    ends = staff(models.TimeField())


class LeaderAway(models.Model):
    """Days on which somebody holds nothing."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    member = staff(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    first_on = staff(models.DateField())
    last_on = staff(models.DateField())


class Site(models.Model):
    """A place for sessions, under a name that says nothing to strangers. Where it is stands nowhere (R13)."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    name = node(models.CharField(max_length=80))
    meeting_point = safety_critical(models.BinaryField(default=b""), seal=Seal.ORGANISATION)  # how she finds there
    in_use = node(models.BooleanField(default=True))
    version = node(models.PositiveIntegerField(default=1))
    care_version = node(models.PositiveIntegerField(default=1, db_default=1))  # of its times for children together


class Room(models.Model):
    """A room and how many women find a seat in it."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    site = node(models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rooms"))
    name = node(models.CharField(max_length=80))
    seats = node(models.PositiveSmallIntegerField())
    in_use = node(models.BooleanField(default=True))
    version = node(models.PositiveIntegerField(default=1, db_default=1))


class ChildcareTime(models.Model):
    """When children are looked after on a site: on a weekday (0: Monday), on one day, or (none named) daily.

    What was changed stays, with the last day on which it counted: figures of what was held do not change with it.
    """

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    site = node(models.ForeignKey(Site, on_delete=models.CASCADE, related_name="childcare"))
    weekday = node(models.PositiveSmallIntegerField(null=True))
    on = node(models.DateField(null=True))
    starts = node(models.TimeField())
    ends = node(models.TimeField())
    places = node(models.PositiveSmallIntegerField())
    cost_cents = node(models.PositiveIntegerField(default=0))  # of one such time
    since = node(models.DateField(null=True))  # empty: as long as anybody knows
    until = node(models.DateField(null=True))  # empty: it counts now

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(weekday=None) | Q(on=None), name="childcare_weekly_or_on_a_day"),
        )


class HeldAt(models.Model):
    """The activity is held on this site. Where none is named, on any."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    activity = node(models.ForeignKey(ACTIVITY, on_delete=models.CASCADE, related_name="held_at"))
    site = node(models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("activity", "site"), name="held_at_once"),)


class HeldIn(models.Model):
    """The activity is held in this room. Where none is named, in any of its sites."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    activity = node(models.ForeignKey(ACTIVITY, on_delete=models.CASCADE, related_name="held_in"))
    room = node(models.ForeignKey(Room, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("activity", "room"), name="held_in_once"),)


class Interest(models.Model):
    """What she said when she was asked about an activity, and whether she would hold it with others (R4)."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="interests"))
    activity = case_fact(models.ForeignKey(ACTIVITY, on_delete=models.PROTECT, related_name="interests"))
    answer = case_fact(models.CharField(max_length=10))
    in_group = case_fact(models.CharField(max_length=10))
    asked_alone = case_fact(models.BooleanField(default=False))
    asked_on = case_fact(models.DateField())
    words = personal(models.BinaryField(default=b""))  # sealed: hers
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    version = node(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "activity"), name="asked_about_once"),)
        indexes = (models.Index(fields=("organisation", "activity", "answer"), name="interests_of_house"),)


class Circumstances(models.Model):
    """What decides when and how she can take part: what life gives as reasons, children to look after, her levels."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.OneToOneField(CASE, on_delete=models.CASCADE, related_name="circumstances"))
    children = case_fact(models.PositiveSmallIntegerField(default=0))  # who come along and are looked after
    reasons = case_fact(ArrayField(models.CharField(max_length=10), default=list))
    levels = case_fact(models.JSONField(default=dict))  # 'A1' to 'C2' by the code of the language
    words = personal(models.BinaryField(default=b""))  # sealed: what else matters for her to come
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    changed_on = case_fact(models.DateField())
    version = node(models.PositiveIntegerField(default=1))


class FreeTime(models.Model):
    """When she is free, week by week; 0 is Monday."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="free_times"))
    weekday = case_fact(models.PositiveSmallIntegerField())
    starts = case_fact(models.TimeField())
    ends = case_fact(models.TimeField())


class OtherTime(models.Model):
    """Days that are not as her other weeks: she is not free then, or (with `free`) just then."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="other_times"))
    first_on = case_fact(models.DateField())
    last_on = case_fact(models.DateField())
    starts = case_fact(models.TimeField(null=True))  # empty: the whole day
    ends = case_fact(models.TimeField(null=True))
    free = case_fact(models.BooleanField(default=False))
    reason = case_fact(models.CharField(max_length=10, blank=True))
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))


class TicketsHandedOut(models.Model):
    """Tickets for the way, given whether she came or not (R11)."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="tickets"))
    activity = case_fact(models.ForeignKey(ACTIVITY, on_delete=models.PROTECT, null=True, related_name="+"))
    on = case_fact(models.DateField())
    number = case_fact(models.PositiveSmallIntegerField())
    cost_cents = case_fact(models.PositiveIntegerField())  # of all of them
    currency = case_fact(models.CharField(max_length=3))
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    noted_at = case_fact(models.DateTimeField())


class Period(models.Model):
    """Some weeks that are planned together: a draft until a plan that keeps every rule is published."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+"))
    first_on = node(models.DateField())
    last_on = node(models.DateField())
    state = node(models.CharField(max_length=10, default=PeriodState.DRAFT.value))
    solving = node(models.CharField(max_length=10, default=Solving.NOT_ASKED.value))
    asked_at = node(models.DateTimeField(null=True))
    asked_by = node(models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+"))
    solved_at = node(models.DateTimeField(null=True))
    outcome = node(models.CharField(max_length=10, blank=True))  # optimal, feasible or infeasible
    objective = node(models.PositiveIntegerField(null=True))
    bound = node(models.PositiveIntegerField(null=True))
    published_at = node(models.DateTimeField(null=True))
    published_by = node(models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+"))
    version = node(models.PositiveIntegerField(default=1))
    ended_proposals = node(models.JSONField(default=dict, db_default={}))  # how each ended, by the number of its draft
    # Sessions that could not stay together as they are fixed; whether too few can still come to their one group.
    stuck_sessions = node(ArrayField(models.BigIntegerField(), default=list, db_default=[]))
    stuck_few = node(models.BooleanField(default=False, db_default=False))
    # Unused since 0010: the version before still reads it.
    stuck = node(models.ForeignKey("activities.Group", on_delete=models.SET_NULL, null=True, related_name="+"))

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(first_on__lte=F("last_on")), name="period_days"),)
        indexes = (models.Index(fields=("organisation", "-first_on"), name="periods_of_house"),)


class Proposal(models.Model):
    """How published weeks would be planned again. What is in force stays so until somebody puts this in its place."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    period = node(models.OneToOneField(Period, on_delete=models.CASCADE, related_name="proposal"))
    base = node(models.PositiveIntegerField())  # the version of the period that it was made from
    on = node(models.DateField())  # the day on which it was asked for
    solving = node(models.CharField(max_length=10, default=Solving.RUNNING.value))
    asked_at = node(models.DateTimeField())
    asked_by = node(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    # Who would meet when and where: its groups and sessions say for which of those in force they stand (`stands_for`).
    draft = node(models.OneToOneField(Period, on_delete=models.CASCADE, null=True, related_name="proposed_by"))
    # The places that may be lost to others' wishes, as the coordination said by name; every other one is kept.
    released = node(ArrayField(models.BigIntegerField(), default=list, db_default=[]))
    stuck_sessions = node(ArrayField(models.BigIntegerField(), default=list, db_default=[]))
    stuck_few = node(models.BooleanField(default=False, db_default=False))
    # Unused since 0010 and 0013: the version before still reads them.
    plan = safety_critical(models.BinaryField(default=b""), seal=Seal.ORGANISATION)
    stuck = node(models.ForeignKey("activities.Group", on_delete=models.SET_NULL, null=True, related_name="+"))

    class Meta:
        indexes = (models.Index(fields=("organisation", "solving"), name="proposals_of_house"),)


class Group(models.Model):
    """Those who hold all sessions of an activity together; one woman where it is individual."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    period = node(models.ForeignKey(Period, on_delete=models.CASCADE, related_name="groups"))
    activity = node(models.ForeignKey(ACTIVITY, on_delete=models.PROTECT, related_name="groups"))
    number = node(models.PositiveSmallIntegerField())
    stands_for = node(models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+"))  # if proposed

    class Meta:
        constraints = (models.UniqueConstraint(fields=("period", "activity", "number"), name="group_numbers"),)


class Place(models.Model):
    """Her place in a group, from a day, and to a day where she or we ended it. Staying away ends none (R17)."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="places_in_groups"))
    group = case_fact(models.ForeignKey(Group, on_delete=models.CASCADE, related_name="places"))
    since = case_fact(models.DateField())
    until = case_fact(models.DateField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("group", "case"), condition=Q(until=None), name="in_a_group_once"),
        )
        indexes = (models.Index(fields=("case",), condition=Q(until=None), name="places_of_case"),)


class Session(models.Model):
    """One meeting of a group. `fixed`: stays where it is when the rest is planned again."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    group = node(models.ForeignKey(Group, on_delete=models.CASCADE, related_name="sessions"))
    starts_at = node(models.DateTimeField())
    ends_at = node(models.DateTimeField())
    room = node(models.ForeignKey(Room, on_delete=models.PROTECT, related_name="+"))
    member = staff(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))  # who holds it
    state = node(models.CharField(max_length=10, default=SessionState.PLANNED.value))
    fixed = node(models.BooleanField(default=False))
    version = node(models.PositiveIntegerField(default=1))
    stands_for = node(models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+"))  # if proposed

    class Meta:
        indexes = (
            models.Index(fields=("organisation", "starts_at"), name="sessions_of_house"),
            models.Index(fields=("member", "starts_at"), name="sessions_of_member"),
        )


class NotServed(models.Model):
    """A request of hers that found no place in a period, and why, in words that give nobody away."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="not_served"))
    period = node(models.ForeignKey(Period, on_delete=models.CASCADE, related_name="not_served"))
    activity = case_fact(models.ForeignKey(ACTIVITY, on_delete=models.PROTECT, related_name="+"))
    reason = case_fact(models.CharField(max_length=300))


class Alarm(models.Model):
    """A planned session is not safe to hold as it stands, or no longer fits: somebody looks before it is held."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    session = node(models.ForeignKey(Session, on_delete=models.CASCADE, related_name="alarms"))
    rule = node(models.PositiveSmallIntegerField())  # its number in the contract
    found_at = node(models.DateTimeField())
    ended_at = node(models.DateTimeField(null=True))  # a later look found nothing any more

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("session", "rule"), condition=Q(ended_at=None), name="alarmed_once"),
        )
        indexes = (models.Index(fields=("organisation",), condition=Q(ended_at=None), name="alarms_now"),)


class Attendance(models.Model):
    """Whether she came to a session, with the reason if she gives one. Nothing is decided by it (R11, R17)."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="attendance"))
    session = case_fact(models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance"))
    on = case_fact(models.DateField())
    state = case_fact(models.CharField(max_length=10))
    reason = case_fact(models.CharField(max_length=10, blank=True))
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    noted_at = case_fact(models.DateTimeField())
    version = node(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("session", "case"), name="attendance_once"),)
        indexes = (models.Index(fields=("case", "-on", "-id"), name="attendance_of_case"),)


class Cost(models.Model):
    """Money that an activity took on a day."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    activity = node(models.ForeignKey(ACTIVITY, on_delete=models.PROTECT, related_name="costs"))
    kind = node(models.CharField(max_length=10))
    on = node(models.DateField())
    cents = node(models.PositiveIntegerField())
    currency = node(models.CharField(max_length=3))
    member = staff(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))


# Django finds the tables of an area here.
from .held.models import AskedAfter, Certificate, Evaluation, InTheRoom, Issuer, NamelessEvaluation  # noqa: E402, F401
from .reminders.models import Call, ChannelTry, Reminder  # noqa: E402, F401
