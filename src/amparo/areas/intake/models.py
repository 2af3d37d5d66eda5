"""Referrals in, what was decided and answered, and first interviews."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from amparo.kernel.labels import case_fact, node, personal, safety_critical

MEMBER = "orgs.Member"


class Referral(models.Model):
    """Somebody sends a woman to us, or she comes herself. What is coded can be counted; every word is sealed."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    person = node(models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="referrals"))
    taken_by = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    state = case_fact(models.CharField(max_length=12))
    known_before = case_fact(models.BooleanField(default=False))  # she had a code of ours before
    started_at = case_fact(models.DateTimeField())
    pages = node(models.JSONField(default=dict))  # the version of each page that was written
    received_on = case_fact(models.DateField(null=True))
    sender_kind = case_fact(models.CharField(max_length=20, blank=True))
    way = case_fact(models.CharField(max_length=20, blank=True))
    children = case_fact(models.PositiveSmallIntegerField(null=True))
    urgent_needs = case_fact(ArrayField(models.CharField(max_length=20), default=list))
    told = case_fact(ArrayField(models.CharField(max_length=20), default=list))
    channels = case_fact(ArrayField(models.CharField(max_length=20), default=list))
    phone_checked = case_fact(models.CharField(max_length=20, blank=True))  # yes, no, unknown, or blank: not asked
    answers = case_fact(models.JSONField(default=dict))  # of the six safety questions
    # Sealed, each the words of one page as JSON.
    sender_words = personal(models.BinaryField(default=b""))
    about_words = personal(models.BinaryField(default=b""))
    reason_words = personal(models.BinaryField(default=b""))
    needs_words = personal(models.BinaryField(default=b""))
    told_words = personal(models.BinaryField(default=b""))
    reach_words = safety_critical(models.BinaryField(default=b""))
    six_words = safety_critical(models.BinaryField(default=b""))

    class Meta:
        indexes = (models.Index(fields=("organisation", "state", "-started_at"), name="referral_list"),)


class Resolution(models.Model):
    """One decision on a referral. Waiting is one too, and another follows it."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    referral = node(models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="resolutions"))
    verdict = case_fact(models.CharField(max_length=10))
    reason = case_fact(models.CharField(max_length=30))
    words = personal(models.BinaryField(default=b""))  # sealed: why
    where_to = personal(models.BinaryField(default=b""))  # sealed: where she was redirected to
    wait_until = case_fact(models.DateField(null=True))
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    at = case_fact(models.DateTimeField())


class Reply(models.Model):
    """The answer that the sender was given."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    referral = node(models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="replies"))
    text = personal(models.BinaryField())  # sealed
    way = case_fact(models.CharField(max_length=20))
    on = case_fact(models.DateField())
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    at = case_fact(models.DateTimeField())


class Interview(models.Model):
    """A first interview: an informal talk in a safe place, alone with one professional (C&H-L 496-508)."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="interviews"))
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))  # the one professional
    at = case_fact(models.DateTimeField())
    meeting_point = safety_critical(models.BinaryField())  # sealed
    interpreter = case_fact(models.CharField(max_length=20, blank=True))  # none, agreed
    prepared = case_fact(ArrayField(models.CharField(max_length=30), default=list))
    answer = case_fact(models.CharField(max_length=10, blank=True))  # yes, not_yet, no; blank: still to come
    her_words = personal(models.BinaryField(default=b""))  # sealed
    words = personal(models.BinaryField(default=b""))  # sealed: what the professional adds
    answered_at = case_fact(models.DateTimeField(null=True))
    version = node(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=models.Q(answer=""), name="one_first_interview_to_come"
            ),
        )
