"""What she was asked and answered, one record for each purpose and recipient, and what was passed on to whom."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from amparo.kernel.labels import Seal, case_fact, node, personal, safety_critical

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
    reminders = case_fact(
        models.BooleanField(default=False, db_default=False)
    )  # she would like to be reminded in this way
    address = safety_critical(
        models.BinaryField(default=b"", db_default=b"")
    )  # sealed, apart: where to; opened only to send
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


class AuthorityRequest(models.Model):
    """What police, a court or an office asked about somebody, what was decided, and what exactly was given.

    Its words are sealed with her key, or with the organisation's while it is not known whom it is about.
    """

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    person = node(models.ForeignKey(PERSON, on_delete=models.CASCADE, null=True, related_name="authority_requests"))
    state = case_fact(models.CharField(max_length=20))
    asker = case_fact(models.CharField(max_length=20))
    office = personal(models.BinaryField())  # sealed: which police station, which court
    official = personal(models.BinaryField(default=b""))  # sealed: who signs it
    reference = personal(models.BinaryField(default=b""))  # sealed: their number for it
    what = personal(models.BinaryField())  # sealed: what they ask
    channel = case_fact(models.CharField(max_length=20))
    received_on = case_fact(models.DateField())
    due_on = case_fact(models.DateField(null=True))
    basis = case_fact(models.CharField(max_length=20, blank=True))
    basis_words = personal(models.BinaryField(default=b""))  # sealed: which order of which court, which law
    paper = node(models.CharField(max_length=80, blank=True), seal=Seal.FILE)  # its name below AMPARO_HOME/files
    paper_type = case_fact(models.CharField(max_length=40, blank=True))
    verdict = case_fact(models.CharField(max_length=20, blank=True))
    reason = personal(models.BinaryField(default=b""))  # sealed
    decided_by = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+"))
    decided_on = case_fact(models.DateField(null=True))
    answer = personal(models.BinaryField(default=b""))  # sealed: exactly what was given
    shared = case_fact(ArrayField(models.CharField(max_length=20), default=list))
    answered_by = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+"))
    answered_on = case_fact(models.DateField(null=True))
    disclosure = node(models.OneToOneField(Disclosure, on_delete=models.SET_NULL, null=True, related_name="request"))
    knowing = case_fact(models.CharField(max_length=10, default="not_yet"))
    told_on = case_fact(models.DateField(null=True))
    silence = case_fact(models.CharField(max_length=20, blank=True))
    why_not = personal(models.BinaryField(default=b""))  # sealed: what speaks against telling her
    look_again_on = case_fact(models.DateField(null=True))
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))  # who noted it
    recorded_at = case_fact(models.DateTimeField())
    version = node(models.PositiveIntegerField(default=1))

    class Meta:
        indexes = (
            models.Index(fields=("organisation", "-received_on", "-id"), name="requests_of_house"),
            models.Index(fields=("person", "-received_on"), name="requests_about_her"),
        )


class RequestNote(models.Model):
    """Legal advice, an appeal, or a call about a request."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    request = node(models.ForeignKey(AuthorityRequest, on_delete=models.CASCADE, related_name="notes"))
    kind = case_fact(models.CharField(max_length=20))
    on = case_fact(models.DateField())
    words = personal(models.BinaryField())  # sealed
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    recorded_at = case_fact(models.DateTimeField())
