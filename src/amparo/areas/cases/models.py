"""The case: its team, notes, papers, services delivered, what is due, and what happened when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from amparo.kernel.labels import Seal, case_fact, node, personal, safety_critical

CASE = "cases.Case"
MEMBER = "orgs.Member"


class Case(models.Model):
    """One accompaniment by one organisation. Coming back reopens it."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    person = node(models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="case"))
    status = case_fact(models.CharField(max_length=20))
    referent = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    anonymous = case_fact(models.BooleanField(default=False))
    opened_on = case_fact(models.DateField())
    closed_on = case_fact(models.DateField(null=True))
    outcome = case_fact(models.CharField(max_length=20, blank=True))
    # Shown in the head of every page of the case; `safety` and `consent` keep them current.
    risk_level = case_fact(models.CharField(max_length=10, blank=True))
    risk_on = case_fact(models.DateField(null=True))
    reach = personal(models.BinaryField(default=b""))  # sealed: how to reach her safely, in one line
    version = node(models.PositiveIntegerField(default=1))
    erased_on = case_fact(models.DateField(null=True))  # all of her was erased; what stays here is only counted

    class Meta:
        indexes = (models.Index(fields=("organisation", "status", "-opened_on"), name="case_list"),)


class TeamMember(models.Model):
    """Someone who works with her, from a day to a day."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="team"))
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="teams"))
    since = case_fact(models.DateField())
    until = case_fact(models.DateField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "member"), condition=Q(until=None), name="in_a_team_once"),
        )
        indexes = (models.Index(fields=("member", "case"), condition=Q(until=None), name="team_now"),)


class Handover(models.Model):
    """A change of referent, or a colleague standing in: what the next must know, what she was told (R10, R20).

    For good where `until` is empty; otherwise the referent stays and `to_member` stands in from a day to a day.
    """

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="handovers"))
    from_member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    to_member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    text = personal(models.BinaryField())  # sealed: what the next one must know
    told_her = personal(models.BinaryField(default=b""))  # sealed: what she was told, and what she said
    told_on = case_fact(models.DateField(null=True))
    starts_on = case_fact(models.DateField())
    until = case_fact(models.DateField(null=True))
    made_at = case_fact(models.DateTimeField())
    seen_at = case_fact(models.DateTimeField(null=True))


class BreakGlass(models.Model):
    """Somebody outside her team opened her case because her life is in danger: for three hours, with a reason.

    It ends by itself or by hand, and afterwards the data protection officer records that she or he looked at it.
    """

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="glass_broken"))
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    reason = personal(models.BinaryField())  # sealed: what the danger is
    opened_at = case_fact(models.DateTimeField())
    until = case_fact(models.DateTimeField())
    looked_at = case_fact(models.DateTimeField(null=True))
    looked_by = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+"))
    finding = case_fact(models.CharField(max_length=20, blank=True))
    words = personal(models.BinaryField(default=b""))  # sealed: what the officer adds

    class Meta:
        indexes = (
            models.Index(fields=("member", "until", "case"), name="glass_of_member"),
            models.Index(fields=("organisation", "-opened_at"), name="glass_of_organisation"),
        )


class IdentityAsk(models.Model):
    """Somebody who may not open her identity asks; a second person says yes, for a short time, or no."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="identity_asks"))
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    reason = personal(models.BinaryField())  # sealed
    asked_at = case_fact(models.DateTimeField())
    answered_at = case_fact(models.DateTimeField(null=True))
    answered_by = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+"))
    until = case_fact(models.DateTimeField(null=True))  # of a yes: until when it holds
    words = personal(models.BinaryField(default=b""))  # sealed: why not

    class Meta:
        indexes = (
            models.Index(fields=("member", "until", "case"), name="asks_of_member"),
            models.Index(fields=("organisation", "-asked_at"), name="asks_of_organisation"),
        )


class IdentityOpening(models.Model):
    """Her identity stands open before one colleague, for minutes. Why, the log says."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="identity_openings"))
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    purpose = case_fact(models.CharField(max_length=20))
    opened_at = case_fact(models.DateTimeField())
    until = case_fact(models.DateTimeField())

    class Meta:
        indexes = (models.Index(fields=("case", "member", "-until"), name="openings_of_member"),)


class Appointment(models.Model):
    """A time with her, at a meeting point, never an address (R13). Staying away changes nothing (R17)."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="appointments"))
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))  # who meets her
    about = case_fact(models.CharField(max_length=20))
    on = case_fact(models.DateField())
    at = case_fact(models.TimeField(null=True))
    place = safety_critical(models.BinaryField(default=b""))  # sealed: the meeting point
    state = case_fact(models.CharField(max_length=20))
    version = node(models.PositiveIntegerField(default=1))

    class Meta:
        indexes = (models.Index(fields=("case", "-on", "-id"), name="appointments_of_case"),)


class Closing(models.Model):
    """One ending of an accompaniment. She may come back; the next ending is a row of its own (R17)."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="closings"))
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    on = case_fact(models.DateField())
    reason = case_fact(models.CharField(max_length=30))
    outcome = case_fact(models.CharField(max_length=20))
    with_her = case_fact(models.BooleanField())
    ratings = case_fact(models.JSONField(default=dict))  # 1 to 5, or a way out, by the key of the question
    words = personal(models.BinaryField(default=b""))  # sealed: her answers and what was agreed, as JSON by key
    came_back_on = case_fact(models.DateField(null=True))

    class Meta:
        indexes = (models.Index(fields=("case", "-on", "-id"), name="closings_of_case"),)


class Note(models.Model):
    """What somebody wrote about her, for an audience."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="notes"))
    author = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    audience = case_fact(models.CharField(max_length=20))
    happened_on = case_fact(models.DateField())
    text = personal(models.BinaryField())  # sealed
    written_at = case_fact(models.DateTimeField())
    version = node(models.PositiveIntegerField(default=1))

    class Meta:
        indexes = (models.Index(fields=("case", "-happened_on", "-id"), name="notes_of_case"),)


class Document(models.Model):
    """A paper of hers: sealed in the node's files, with its metadata removed."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="documents"))
    author = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    kind = case_fact(models.CharField(max_length=30))
    title = personal(models.BinaryField())  # sealed
    media_type = case_fact(models.CharField(max_length=40))
    size = case_fact(models.PositiveIntegerField())
    file = node(models.CharField(max_length=80), seal=Seal.FILE)  # random name below AMPARO_HOME/files
    added_at = case_fact(models.DateTimeField())


class ServiceDelivered(models.Model):
    """Something that was done with or for her. Money is never tied to performance (R11; C&H-R 240)."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="services"))
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    kind = case_fact(models.CharField(max_length=30))
    on = case_fact(models.DateField())
    minutes = case_fact(models.PositiveSmallIntegerField(null=True))
    cost_cents = case_fact(models.PositiveIntegerField(null=True))
    note = personal(models.BinaryField(default=b""), context="service.note")  # sealed
    written_at = case_fact(models.DateTimeField())

    class Meta:
        indexes = (models.Index(fields=("case", "-on", "-id"), name="services_of_case"),)


class Due(models.Model):
    """One thing that must not be missed. Every area writes its own here, so that Today is one look."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="dues"))
    kind = case_fact(models.CharField(max_length=20))
    subject = node(models.BigIntegerField(default=0))  # the step, review, measure … that this is about
    on = case_fact(models.DateField())
    at = case_fact(models.TimeField(null=True))
    member = case_fact(
        models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+")
    )  # null: the team
    why = case_fact(models.CharField(max_length=30, blank=True))  # a coded reason, such as 'court_date'
    done_at = case_fact(models.DateTimeField(null=True))
    # Of what is warned of far ahead: from this day on it stands on Today, until its next warning or for good.
    shown_from = case_fact(models.DateField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "kind", "subject"), condition=Q(done_at=None), name="due_once"),
        )
        indexes = (
            models.Index(fields=("case", "on"), condition=Q(done_at=None), name="due_open"),
            models.Index(fields=("organisation", "on"), condition=Q(done_at=None), name="due_of_organisation"),
            models.Index(
                fields=("organisation", "shown_from"),
                condition=Q(done_at=None, shown_from__isnull=False),
                name="due_ahead",
            ),
        )


class Event(models.Model):
    """One line of the history of a case, in coded words; the text behind it is read from its own table."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="events"))
    part = case_fact(
        models.CharField(max_length=20)
    )  # the Part of the case it belongs to: who may not read that does not see it
    verb = case_fact(models.CharField(max_length=40))
    subject = node(models.BigIntegerField(default=0))
    audience = case_fact(models.CharField(max_length=20, blank=True))
    words = case_fact(ArrayField(models.CharField(max_length=60), default=list))  # coded, such as a domain or a level
    on = case_fact(models.DateField())
    at = case_fact(models.DateTimeField())
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        indexes = (
            models.Index(fields=("case", "-at", "-id"), name="history_of_case"),
            models.Index(fields=("member", "-at"), name="history_of_member"),
        )


class Restriction(models.Model):
    """Something of her file that is kept and not used at her wish, until she lifts it (GDPR, Art. 18)."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="restrictions"))
    thing = case_fact(models.CharField(max_length=30))  # 'file', a part, or one narrative such as 'note-12'
    ground = case_fact(models.CharField(max_length=20))
    words = personal(models.BinaryField(default=b""))  # sealed: what she says
    since = case_fact(models.DateField())
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    lifted_on = case_fact(models.DateField(null=True))
    lifted_words = personal(models.BinaryField(default=b""))  # sealed: her word that it may be used again
    lifted_by = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, null=True, related_name="+"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "thing"), condition=Q(lifted_on=None), name="held_once"),
        )


class HeldReading(models.Model):
    """A colleague reads something held, with a reason and for a short time."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey(CASE, on_delete=models.CASCADE, related_name="held_readings"))
    thing = case_fact(models.CharField(max_length=30))
    member = case_fact(models.ForeignKey(MEMBER, on_delete=models.PROTECT, related_name="+"))
    reason = personal(models.BinaryField())  # sealed
    at = case_fact(models.DateTimeField())
    until = case_fact(models.DateTimeField())

    class Meta:
        indexes = (models.Index(fields=("case", "member", "until"), name="held_reading_now"),)
