"""Needs, goals, steps, the versions she was asked about, reviews and the job plan."""

from django.db import models
from django.db.models import Q

from amparo.kernel.labels import case_fact, node, personal

CASE = "cases.Case"
MEMBER = "orgs.Member"
ORGANISATION = "orgs.Organisation"


class Need(models.Model):
    """Something she lacks or wants, in one of the 14 domains, in the order that she gives it."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="needs"))
    domain = case_fact(models.CharField(max_length=30))
    basic_need = case_fact(models.CharField(max_length=30, blank=True))
    our_view = personal(models.BinaryField(default=b""))  # sealed
    rank = case_fact(models.PositiveSmallIntegerField())
    status = case_fact(models.CharField(max_length=10))
    noted_on = case_fact(models.DateField())
    version = node(models.PositiveIntegerField(default=1))

    class Meta:
        indexes = (models.Index(fields=("case", "rank"), name="needs_of_case"),)


class Saying(models.Model):
    """What she said about a need, on a day. Added, never changed: what she said before stays beside it (R8)."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="+"))
    need = node(models.ForeignKey(Need, on_delete=models.CASCADE, related_name="sayings"))
    words = personal(models.BinaryField())  # sealed
    heard_on = case_fact(models.DateField())
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))


class Goal(models.Model):
    """What she wants to reach; for a need, or for its own sake."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="goals"))
    need = case_fact(models.ForeignKey(Need, on_delete=models.CASCADE, null=True, related_name="goals"))
    domain = case_fact(models.CharField(max_length=30))
    words = personal(models.BinaryField())  # sealed
    status = case_fact(models.CharField(max_length=10))
    noted_on = case_fact(models.DateField())
    version = node(models.PositiveIntegerField(default=1))


class Step(models.Model):
    """One small thing on the way to a goal, or one that carries it: language, documents, childcare, transport."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="steps"))
    goal = node(models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps"))
    kind = case_fact(models.CharField(max_length=30))
    words = personal(models.BinaryField())  # sealed
    who = case_fact(models.CharField(max_length=10))
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+"))
    other = personal(models.BinaryField(default=b""))  # sealed: who else takes it
    weeks = case_fact(models.PositiveSmallIntegerField(null=True))
    noted_on = case_fact(models.DateField())
    due_on = case_fact(models.DateField(null=True))
    done_on = case_fact(models.DateField(null=True))
    version = node(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(who="member", member__isnull=False) | (~Q(who="member") & Q(member=None)),
                name="a_step_of_a_member_names_one",
            ),
        )


class PlanVersion(models.Model):
    """The plan as it stood when she was asked, and what she said to it (R8)."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="plan_versions"))
    number = case_fact(models.PositiveSmallIntegerField())
    asked_on = case_fact(models.DateField())
    agreement = case_fact(models.CharField(max_length=10))
    her_words = personal(models.BinaryField(default=b""))  # sealed
    snapshot = personal(models.BinaryField())  # sealed JSON
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    made_at = case_fact(models.DateTimeField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="plan_version_once"),)


class Review(models.Model):
    """Looking at her life together, domain by domain; open until it is finished with her."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="reviews"))
    on = case_fact(models.DateField())
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    present = personal(models.BinaryField(default=b""))  # sealed: who else was there
    her_words = personal(models.BinaryField(default=b""))  # sealed
    our_view = personal(models.BinaryField(default=b""))  # sealed
    finished_at = case_fact(models.DateTimeField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case",), condition=Q(finished_at=None), name="one_open_review"),
        )
        indexes = (models.Index(fields=("case", "on"), name="reviews_of_case"),)


class Rating(models.Model):
    """One domain in one review: her step and the professional's, from 1 to 5, or one of the two ways out."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    review = node(models.ForeignKey(Review, on_delete=models.CASCADE, related_name="ratings"))
    domain = case_fact(models.CharField(max_length=30))
    hers = case_fact(models.CharField(max_length=20, blank=True))
    ours = case_fact(models.CharField(max_length=20, blank=True))
    her_words = personal(models.BinaryField(default=b""))  # sealed
    version = node(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("review", "domain"), name="one_rating_a_domain"),)


class JobPlan(models.Model):
    """Her wishes, skills and experience for work, from which a CV by competences grows (C&H-L 5.5, 903-906)."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.OneToOneField(CASE, on_delete=models.CASCADE, related_name="job_plan"))
    answers = personal(models.BinaryField())  # sealed JSON: text by the key of the prompt
    changed_on = case_fact(models.DateField())
    version = node(models.PositiveIntegerField(default=1))
