"""Risk assessments, what opened them, incidents, and her safety plan."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from amparo.kernel.labels import case_fact, node, personal, safety_critical

ORGANISATION = "orgs.Organisation"
CASE = "cases.Case"
MEMBER = "orgs.Member"


class Assessment(models.Model):
    """One assessment with a version of an instrument: a draft that is filled in part by part, then decided.

    Coded answers stay in clear, so that they can be counted; every written word is sealed.
    """

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="assessments"))
    instrument = node(models.CharField(max_length=40))
    instrument_version = node(models.PositiveSmallIntegerField())
    hers = case_fact(models.JSONField(default=dict))  # the key of the answer by the key of the question
    theirs = case_fact(models.JSONField(default=dict))
    counted = case_fact(models.JSONField(default=dict))  # the answers that counted, with those carried over
    words = personal(
        models.BinaryField(default=b""), context="safety.assessment.words"
    )  # sealed: what she said and what was noted, by question
    saved = node(models.JSONField(default=dict))  # how often each part was saved, by its key
    version = node(models.PositiveIntegerField(default=1))
    started_by = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    started_at = case_fact(models.DateTimeField())
    decided_by = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+"))
    decided_at = case_fact(models.DateTimeField(null=True))  # empty: a draft
    decided_on = case_fact(models.DateField(null=True))
    proposed_level = case_fact(models.CharField(max_length=10, blank=True))
    level = case_fact(models.CharField(max_length=10, blank=True))
    reason = personal(models.BinaryField(default=b""), context="safety.assessment.reason")  # sealed
    next_on = case_fact(models.DateField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case",), condition=Q(decided_at=None), name="one_assessment_draft"),
        )
        indexes = (models.Index(fields=("case", "-decided_at", "-id"), name="assessments_of_case"),)


class Change(models.Model):
    """Something changed, and risk has to be looked at again (R5)."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="changes"))
    trigger = case_fact(models.CharField(max_length=30))
    on = case_fact(models.DateField())
    due_on = case_fact(models.DateField())
    note = personal(models.BinaryField(default=b""), context="safety.change.note")  # sealed
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    noted_at = case_fact(models.DateTimeField())
    taken_back_at = case_fact(models.DateTimeField(null=True))  # it was noted by mistake
    # The assessment that looked at it; empty while it waits.
    assessment = case_fact(models.ForeignKey(Assessment, on_delete=models.PROTECT, null=True, related_name="changes"))

    class Meta:
        indexes = (models.Index(fields=("case",), condition=Q(assessment=None), name="changes_waiting"),)


class Incident(models.Model):
    """Something that happened and what was done."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="incidents"))
    kind = case_fact(models.CharField(max_length=30))
    happened_at = case_fact(models.DateTimeField())
    danger_now = case_fact(models.CharField(max_length=20))  # yes, no or unknown
    told = case_fact(ArrayField(models.CharField(max_length=20), default=list))
    happened = safety_critical(models.BinaryField(), context="safety.incident.happened")  # sealed
    done = safety_critical(models.BinaryField(default=b""), context="safety.incident.done")  # sealed
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    noted_at = case_fact(models.DateTimeField())
    version = node(models.PositiveIntegerField(default=1))

    class Meta:
        indexes = (models.Index(fields=("case", "-happened_at", "-id"), name="incidents_of_case"),)


class SafetyPlan(models.Model):
    """One version of her safety plan: what she does and what the team does in danger, and whom to call."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="safety_plans"))
    number = node(models.PositiveIntegerField())
    her_steps = safety_critical(models.BinaryField(default=b""), context="safety.plan.her_steps")  # sealed
    team_steps = safety_critical(models.BinaryField(default=b""), context="safety.plan.team_steps")  # sealed
    calls = safety_critical(
        models.BinaryField(default=b""), context="safety.plan.calls"
    )  # sealed: a name and a number on each line
    her_words = personal(
        models.BinaryField(default=b""), context="safety.plan.her_words"
    )  # sealed: what she says about it
    agreed = case_fact(models.CharField(max_length=20))  # yes, partly, no or not_yet
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    made_on = case_fact(models.DateField())
    made_at = case_fact(models.DateTimeField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="safety_plan_numbers"),)


class Measure(models.Model):
    """Something that keeps her safer: from one version of the plan on, until one that leaves it out."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="safety_measures"))
    since = node(models.PositiveIntegerField())  # the number of the first version that has it
    left_out = node(models.PositiveIntegerField(null=True))  # the number of the first version without it
    key = case_fact(models.CharField(max_length=40, blank=True))  # of the catalogue; empty where the words are her own
    moment = case_fact(models.CharField(max_length=10))
    words = safety_critical(models.BinaryField(default=b""), context="safety.measure.words")  # sealed
    who = case_fact(models.CharField(max_length=20, blank=True))
    until = case_fact(models.DateField(null=True))
    done_on = case_fact(models.DateField(null=True))
    version = node(models.PositiveIntegerField(default=1))

    class Meta:
        indexes = (models.Index(fields=("case",), condition=Q(left_out=None), name="measures_now"),)


class Avoidance(models.Model):
    """Whom or where she keeps away from in sessions: one woman of this house, everybody, or a place (R4).

    Whom it is about stands sealed with her key alone: a copy of the tables tells nobody who fears whom.
    """

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="avoidances"))
    kind = case_fact(models.CharField(max_length=10))  # woman, everybody or site
    # Sealed: the number of the other woman's case, or of the site; empty where it is everybody.
    whom = safety_critical(models.BinaryField(default=b""), context="safety.avoidance.whom")
    why = safety_critical(models.BinaryField(default=b""), context="safety.avoidance.why")  # sealed
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    noted_on = case_fact(models.DateField())
    noted_at = case_fact(models.DateTimeField())
    ended_on = case_fact(models.DateField(null=True))
    ended_by = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+"))

    class Meta:
        indexes = (
            models.Index(fields=("case",), condition=Q(ended_on=None), name="avoidances_of_case"),
            models.Index(fields=("organisation",), condition=Q(ended_on=None), name="avoidances_now"),
        )
