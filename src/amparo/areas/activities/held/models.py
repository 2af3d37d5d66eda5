"""What holding sessions adds to activities: how she is met in a room, what follows, and papers for her."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from amparo.kernel.labels import Seal, case_fact, node, personal

ORGANISATION = "orgs.Organisation"
CASE = "cases.Case"
MEMBER = "orgs.Member"
GROUP = "activities.Group"


class InTheRoom(models.Model):
    """All that whoever holds a session learns of her: what she is called there, and what to mind in the room."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.OneToOneField(CASE, on_delete=models.CASCADE, related_name="in_the_room"))
    called = personal(models.BinaryField(default=b""))  # sealed; empty: her code stands there
    needs = case_fact(ArrayField(models.CharField(max_length=20), default=list))
    words = personal(models.BinaryField(default=b""))  # sealed, short: written for this purpose
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    changed_on = case_fact(models.DateField())
    version = node(models.PositiveIntegerField(default=1))


class AskedAfter(models.Model):
    """She had not come for a while, and was asked how she is: what was found, and what was changed for her (R17)."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="asked_after"))
    group = case_fact(models.ForeignKey(GROUP, on_delete=models.CASCADE, related_name="+"))
    on = case_fact(models.DateField())
    found = case_fact(models.CharField(max_length=20))
    agreed = case_fact(ArrayField(models.CharField(max_length=20), default=list))
    words = personal(models.BinaryField(default=b""))  # sealed
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    noted_at = case_fact(models.DateTimeField())

    class Meta:
        indexes = (models.Index(fields=("case", "-on", "-id"), name="asked_after_of_case"),)


class Evaluation(models.Model):
    """What she says of an activity at its start or end, in pictures and few words."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="evaluations"))
    group = case_fact(models.ForeignKey(GROUP, on_delete=models.CASCADE, related_name="evaluations"))
    moment = case_fact(models.CharField(max_length=10))
    answers = case_fact(models.JSONField(default=dict))  # 1 to 5, or a way out, by the key of the question
    words = personal(models.BinaryField(default=b""))  # sealed: hers
    on = case_fact(models.DateField())
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))  # who was with her
    noted_at = case_fact(models.DateTimeField())
    # Sent when nobody was signed in: shown and counted nowhere until a colleague has saved it (held/late.py).
    waits_since = case_fact(models.DateTimeField(null=True))
    version = node(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("group", "case", "moment"), name="evaluated_once"),)


class NamelessEvaluation(models.Model):
    """What somebody of a group says without her name: no woman, no day and nobody beside it (R19)."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    group = node(models.ForeignKey(GROUP, on_delete=models.CASCADE, related_name="nameless"))
    moment = node(models.CharField(max_length=10))
    answers = node(models.JSONField(default=dict))  # 1 to 5, or a way out, by the key of the question
    words = personal(models.BinaryField(default=b""), seal=Seal.ORGANISATION)


class Certificate(models.Model):
    """A paper that she was given. Her name as it was printed is kept nowhere; whoever holds the number can ask."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="certificates"))
    group = case_fact(models.ForeignKey(GROUP, on_delete=models.PROTECT, related_name="+"))
    kind = case_fact(models.CharField(max_length=15))
    number = case_fact(models.CharField(max_length=11, unique=True))
    language = case_fact(models.CharField(max_length=10))
    minutes = case_fact(models.PositiveIntegerField())
    issued_on = case_fact(models.DateField())
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        indexes = (models.Index(fields=("case", "-issued_on", "-id"), name="certificates_of_case"),)


class Issuer(models.Model):
    """Under which name the house gives certificates: one that any training centre could have (R7)."""

    organisation = node(models.OneToOneField(ORGANISATION, on_delete=models.PROTECT))
    name = node(models.CharField(max_length=120))
    place = node(models.CharField(max_length=80, blank=True))
    version = node(models.PositiveIntegerField(default=1))
