"""What she was asked and answered, one record for each purpose and recipient, and what was passed on to whom."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from amparo.kernel.labels import case_fact, node, personal, safety_critical

ORGANISATION = "orgs.Organisation"
PERSON = "people.Person"
MEMBER = "orgs.Member"


class Consent(models.Model):
    """One thing that she is asked: a purpose, with its recipient or way where it has one."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    person = node(models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="consents"))
    purpose = case_fact(models.CharField(max_length=40))
    variant = case_fact(models.CharField(max_length=20, blank=True))  # a way of contact
    recipient_kind = case_fact(models.CharField(max_length=20, blank=True))
    recipient = personal(models.BinaryField(default=b""))  # sealed: the name
    is_named = case_fact(models.BooleanField(default=False))
    created_at = case_fact(models.DateTimeField())

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "purpose", "variant"), condition=Q(is_named=False), name="asked_in_one_place"
            ),
        )


class ConsentAnswer(models.Model):
    """What she answered on a day. Answers are added, never changed: the latest one counts."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    consent = node(models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="answers"))
    answer = case_fact(models.CharField(max_length=10))
    on = case_fact(models.DateField())
    until = case_fact(models.DateField(null=True))
    text_version = case_fact(models.PositiveSmallIntegerField())
    language = case_fact(models.CharField(max_length=10, blank=True))
    explained = case_fact(ArrayField(models.CharField(max_length=20), default=list))
    interpreted = case_fact(models.CharField(max_length=20, blank=True))
    shared = case_fact(ArrayField(models.CharField(max_length=20), default=list))  # what may be told
    about = personal(models.BinaryField(default=b""))  # sealed: for what
    conditions = personal(models.BinaryField(default=b""))  # sealed: hers, in her words
    proof = case_fact(models.CharField(max_length=10, blank=True))
    witness = personal(models.BinaryField(default=b""))  # sealed: who else heard a spoken yes
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    recorded_at = case_fact(models.DateTimeField())

    class Meta:
        indexes = (models.Index(fields=("consent", "on", "id"), name="answers_in_order"),)


class Signature(models.Model):
    """Her signature as she drew it, or the signed paper; apart, so that lists never load it."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    answer = node(models.OneToOneField(ConsentAnswer, on_delete=models.CASCADE, related_name="signature"))
    media_type = case_fact(models.CharField(max_length=40))
    content = personal(models.BinaryField())  # sealed


class Disclosure(models.Model):
    """Something about her that left the house: to whom, what, on which ground, and whether she knows (R2)."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    person = node(models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="disclosures"))
    ground = case_fact(models.CharField(max_length=20))
    answer = node(models.ForeignKey(ConsentAnswer, on_delete=models.CASCADE, null=True, related_name="disclosures"))
    recipient_kind = case_fact(models.CharField(max_length=20))
    recipient = personal(models.BinaryField())  # sealed: the name
    shared = case_fact(ArrayField(models.CharField(max_length=20)))  # what was told
    why = personal(models.BinaryField(default=b""))  # sealed: what for; the danger or the order
    knowing = case_fact(models.CharField(max_length=10))
    told_on = case_fact(models.DateField(null=True))
    why_not = personal(models.BinaryField(default=b""))  # sealed: why telling her would endanger her
    on = case_fact(models.DateField())
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    recorded_at = case_fact(models.DateTimeField())

    class Meta:
        indexes = (models.Index(fields=("person", "-on", "-id"), name="disclosed_about_her"),)


class ContactRule(models.Model):
    """What she agreed to about one way of reaching her (R7). A new agreement replaces the one before, which stays."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    person = node(models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="contact_rules"))
    channel = case_fact(models.CharField(max_length=20))
    allowed = case_fact(models.BooleanField())
    terms = safety_critical(models.BinaryField(default=b""))  # sealed: days, hours, names, what never to do
    agreed_on = case_fact(models.DateField())
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    recorded_at = case_fact(models.DateTimeField())
    replaced_at = case_fact(models.DateTimeField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "channel"), condition=Q(replaced_at=None), name="one_agreement_each_way"
            ),
        )
