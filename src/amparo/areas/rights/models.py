"""What she asked about her file and what became of it; how long things are kept, and what is due to go."""

from django.db import models
from django.db.models import Q

from amparo.kernel.labels import Seal, case_fact, node, personal, staff

ORGANISATION = "orgs.Organisation"
CASE = "cases.Case"
MEMBER = "orgs.Member"


class Correction(models.Model):
    """She says that something is wrong. It is put right, or her words stand beside it (GDPR, Art. 16)."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="corrections"))
    thing = case_fact(models.CharField(max_length=30))  # a part, or one narrative such as 'note-12'
    words = personal(models.BinaryField())  # sealed: what she says
    asked_on = case_fact(models.DateField())
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    state = case_fact(models.CharField(max_length=12))
    decided_by = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+"))
    decided_on = case_fact(models.DateField(null=True))
    why = personal(models.BinaryField(default=b""))  # sealed: why it stays as it is, or what was done
    before = personal(models.BinaryField(default=b""))  # sealed: the text as it stood

    class Meta:
        indexes = (models.Index(fields=("case", "-asked_on", "-id"), name="corrections_of_case"),)


class Erasure(models.Model):
    """Somebody asked to erase one narrative or all of her; looked at by two, and done for good (GDPR, Art. 17)."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="erasures"))
    thing = case_fact(models.CharField(max_length=30))  # 'file', or one narrative such as 'note-12'
    asker = case_fact(models.CharField(max_length=12))
    words = personal(models.BinaryField(default=b""))  # sealed: what was said; gone with all of her
    asked_on = case_fact(models.DateField())
    asked_by = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    obligation = case_fact(models.CharField(max_length=12))
    keep_until = case_fact(models.DateField(null=True))
    not_before = case_fact(models.DateField())
    state = case_fact(models.CharField(max_length=12))
    agreed_by = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+"))
    agreed_on = case_fact(models.DateField(null=True))
    ended_by = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+"))
    ended_at = case_fact(models.DateTimeField(null=True))
    pieces = case_fact(models.PositiveIntegerField(default=0))  # how many sealed pieces went

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "thing"), condition=Q(state="waiting"), name="asked_to_erase_once"),
        )
        indexes = (models.Index(fields=("organisation", "state", "not_before"), name="erasures_to_do"),)


class Period(models.Model):
    """How long an organisation keeps what carries one label, where that is not the standard."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    keep = staff(models.CharField(max_length=12))
    years = staff(models.PositiveSmallIntegerField())
    reason = staff(models.BinaryField(), seal=Seal.ORGANISATION, context="audit reason")
    member = staff(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    changed_at = staff(models.DateTimeField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "keep"), name="one_period_each"),)


class DueToGo(models.Model):
    """A closed case whose time is over: somebody looks at it, and decides to keep it longer or to erase it."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.OneToOneField(CASE, on_delete=models.CASCADE, related_name="due_to_go"))
    due_on = case_fact(models.DateField())
    listed_on = case_fact(models.DateField())
    longer_until = case_fact(models.DateField(null=True))
    reason = personal(models.BinaryField(default=b""))  # sealed: why it is kept longer
    decided_by = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+"))
    decided_on = case_fact(models.DateField(null=True))

    class Meta:
        indexes = (models.Index(fields=("organisation", "due_on"), name="due_to_go"),)
