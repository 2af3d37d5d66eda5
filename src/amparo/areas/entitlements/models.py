"""Her legal status: what is known of it, documents and applications, what she may get by it, and what changed.

Nothing here opens or closes a service of our own: tests/areas/test_help_never_depends.py reads the imports (R1).
"""

from django.db import models
from django.db.models import Q

from amparo.kernel.labels import Seal, case_fact, node, personal, safety_critical, staff

CASE = "cases.Case"
MEMBER = "orgs.Member"
ORGANISATION = "orgs.Organisation"


class LegalFact(models.Model):
    """One answer to one question, with who said so and when. Added, never changed; the one that is not ended counts."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="legal_facts"))
    key = case_fact(models.CharField(max_length=40))
    country = case_fact(
        models.CharField(max_length=2, blank=True)
    )  # of what is so in one country only; blank: anywhere
    value = case_fact(models.CharField(max_length=20))  # a coded answer, a day, or one of the two ways out
    said_by = case_fact(models.CharField(max_length=20))
    told_on = case_fact(models.DateField())
    note = personal(models.BinaryField(default=b""), context="legalfact.note")  # sealed
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    noted_at = case_fact(models.DateTimeField())
    ended_at = case_fact(models.DateTimeField(null=True))  # when the next answer took its place

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case", "key", "country"), condition=Q(ended_at=None), name="legal_fact_once"
            ),
        )
        indexes = (models.Index(fields=("case", "-noted_at", "-id"), name="legal_facts_of_case"),)


class CountryOfCase(models.Model):
    """A country that is looked at for her: where she is or may go, and with which rules it was judged."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="legal_countries"))
    country = case_fact(models.CharField(max_length=2))
    is_here = case_fact(models.BooleanField(default=False))
    since = case_fact(models.DateField())
    until = case_fact(models.DateField(null=True))  # no longer looked at
    rules = node(models.CharField(max_length=64, blank=True))  # the mark of the rules that the kept statuses came from

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "country"), condition=Q(until=None), name="legal_country_once"),
            models.UniqueConstraint(
                fields=("case",), condition=Q(until=None, is_here=True), name="here_is_one_country"
            ),
        )
        indexes = (
            models.Index(fields=("organisation", "country", "rules"), condition=Q(until=None), name="judged_with"),
        )


class Application(models.Model):
    """A document that she has or needs, or something that was applied for; which of the two, its kind says."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="applications"))
    kind = case_fact(models.CharField(max_length=30))
    country = case_fact(models.CharField(max_length=2))
    permit = case_fact(models.CharField(max_length=60, blank=True))  # the permit of the rules that was applied for
    status = case_fact(models.CharField(max_length=15))
    requested_on = case_fact(models.DateField(null=True))
    received_on = case_fact(models.DateField(null=True))
    refused_on = case_fact(models.DateField(null=True))
    appealed_on = case_fact(models.DateField(null=True))
    expires_on = case_fact(models.DateField(null=True))
    where = personal(models.BinaryField(default=b""), context="application.where")  # sealed: the office
    # Sealed: with it, somebody can ask the office who and where she is.
    reference = safety_critical(models.BinaryField(default=b""), context="application.reference")
    note = personal(models.BinaryField(default=b""), context="application.note")  # sealed
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    noted_at = case_fact(models.DateTimeField())
    version = node(models.PositiveIntegerField(default=1))

    class Meta:
        indexes = (models.Index(fields=("case", "kind"), name="applications_of_case"),)


class KeptStatus(models.Model):
    """Whether she can have one permit or service of a country, as it was judged last; what changed shows against it."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="kept_statuses"))
    country = case_fact(models.CharField(max_length=2))
    item = case_fact(models.CharField(max_length=60))
    status = case_fact(models.CharField(max_length=15))
    since = case_fact(models.DateField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "country", "item"), name="status_once"),)


class StatusChange(models.Model):
    """What she can have changed, because a fact or the rules did; open until somebody of her team looked at it."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="status_changes"))
    country = case_fact(models.CharField(max_length=2))
    item = case_fact(models.CharField(max_length=60))
    before = case_fact(models.CharField(max_length=15, blank=True))  # blank: the rules did not have it
    after = case_fact(models.CharField(max_length=15, blank=True))  # blank: the rules no longer have it
    because = case_fact(models.CharField(max_length=10))
    fact = case_fact(models.CharField(max_length=40, blank=True))
    on = case_fact(models.DateField())
    noted_at = case_fact(models.DateTimeField())
    looked_by = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+"))
    looked_at = case_fact(models.DateTimeField(null=True))

    class Meta:
        indexes = (
            models.Index(fields=("case", "-noted_at", "-id"), name="status_changes_of_case"),
            models.Index(
                fields=("organisation", "-noted_at", "case"), condition=Q(looked_at=None), name="status_changes_open"
            ),
        )


class PathwayRun(models.Model):
    """A staged scheme of a country that is followed in her case, from a day on; several can run at once."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="pathways"))
    country = case_fact(models.CharField(max_length=2))
    pathway = case_fact(models.CharField(max_length=60))
    begun_on = case_fact(models.DateField())  # the rules in force on this day are those that count
    ended_on = case_fact(models.DateField(null=True))  # it is no longer followed
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    version = node(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case", "country", "pathway"), condition=Q(ended_on=None), name="pathway_once"
            ),
        )
        indexes = (models.Index(fields=("organisation", "id"), condition=Q(ended_on=None), name="pathways_open"),)


class PathwayStage(models.Model):
    """How one stage stood when it was worked out last: what is due is about its row, and lists count it."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="pathway_stages"))
    run = node(models.ForeignKey(PathwayRun, on_delete=models.CASCADE, related_name="stages"))
    stage = case_fact(models.CharField(max_length=60))
    state = case_fact(models.CharField(max_length=12))
    starts_on = case_fact(models.DateField(null=True))
    due_on = case_fact(models.DateField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("run", "stage"), name="stage_once"),)


class PathwayEvent(models.Model):
    """What happened in a stage. Added, never changed: a correction is a row of its own that replaces another."""

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="pathway_events"))
    run = node(models.ForeignKey(PathwayRun, on_delete=models.CASCADE, related_name="events"))
    stage = case_fact(models.CharField(max_length=60))
    what = case_fact(models.CharField(max_length=15))
    on = case_fact(models.DateField())
    count = case_fact(models.PositiveSmallIntegerField(null=True))  # of an extension: how many of the unit
    unit = case_fact(models.CharField(max_length=12, blank=True))
    until = case_fact(models.DateField(null=True))  # of an extension or a suspension: its last day
    outcome = case_fact(models.CharField(max_length=10, blank=True))
    words = personal(models.BinaryField(default=b""), context="pathwayevent.words")  # sealed: why
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    noted_at = case_fact(models.DateTimeField())
    replaces = node(models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="replaced_by"))

    class Meta:
        indexes = (models.Index(fields=("run", "id"), name="events_of_pathway"),)


class OwnRules(models.Model):
    """Rules of one country that an organisation puts in the place of those of the files, with its reason.

    They are never changed: whoever finds a mistake withdraws them, and puts others in their place.
    """

    organisation = node(models.ForeignKey(ORGANISATION, on_delete=models.PROTECT))
    country = staff(models.CharField(max_length=2))
    valid_from = staff(models.DateField())
    valid_to = staff(models.DateField(null=True))
    text = staff(models.BinaryField(), seal=Seal.ORGANISATION)  # sealed: the whole file of rules
    reason = staff(models.BinaryField(), seal=Seal.ORGANISATION, context="audit reason")
    member = staff(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    made_at = staff(models.DateTimeField())
    withdrawn_by = staff(models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+"))
    withdrawn_at = staff(models.DateTimeField(null=True))
    withdrawn_why = staff(models.BinaryField(default=b""), seal=Seal.ORGANISATION, context="audit reason")

    class Meta:
        indexes = (models.Index(fields=("organisation", "country", "id"), name="own_rules"),)
