"""What she is reminded of, when and by which way. Neither the words nor an address stand here."""

from django.db import models
from django.db.models import Q

from amparo.areas.activities.rules.reminding import About, Sending
from amparo.kernel.labels import case_fact, node


class Reminder(models.Model):
    """One time that she is reminded of, once, or told that it does not stand: at another moment it is another one.

    The row stays when it is withdrawn, and is planned anew in the same row, so that nothing can be sent twice.
    """

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="reminders"))
    session = case_fact(models.ForeignKey("activities.Session", on_delete=models.CASCADE, null=True, related_name="+"))
    appointment = case_fact(
        models.ForeignKey("cases.Appointment", on_delete=models.CASCADE, null=True, related_name="+")
    )
    starts_at = case_fact(models.DateTimeField())
    about = case_fact(models.CharField(max_length=10, default=About.TIME.value, db_default=About.TIME.value))
    channel = case_fact(models.CharField(max_length=20))
    agreement = node(models.BigIntegerField())  # the number of what she agreed to when this was planned
    planned_at = case_fact(models.DateTimeField())
    by_hand = case_fact(models.BooleanField(default=False, db_default=False))  # a colleague tells her, from a list
    caller = case_fact(  # who has taken it and calls her, so that nobody else does, from when on and until which day
        models.ForeignKey("orgs.Member", on_delete=models.PROTECT, null=True, related_name="+")
    )
    taken_at = case_fact(models.DateTimeField(null=True))
    taken_until = case_fact(models.DateField(null=True))
    state = case_fact(models.CharField(max_length=10, default=Sending.PLANNED.value))
    why = case_fact(models.CharField(max_length=10, blank=True))
    attempts = case_fact(models.PositiveSmallIntegerField(default=0))
    handed_at = case_fact(models.DateTimeField(null=True))  # when it was last given to a channel
    sent_at = case_fact(models.DateTimeField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("session", "case", "starts_at", "about"), name="told_of_session_once"),
            models.UniqueConstraint(fields=("appointment", "starts_at", "about"), name="told_of_appointment_once"),
            models.CheckConstraint(
                condition=Q(session=None, appointment__isnull=False) | Q(session__isnull=False, appointment=None),
                name="reminded_of_one_thing",
            ),
        )
        indexes = (
            models.Index(fields=("organisation", "planned_at"), condition=Q(state="planned"), name="reminders_due"),
            models.Index(fields=("organisation", "starts_at"), name="reminders_of_house"),
            models.Index(fields=("case", "-starts_at"), name="reminders_of_case"),
        )


class Call(models.Model):
    """What a colleague noted after telling her, or trying to, by hand."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    case = node(models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="calls"))
    reminder = case_fact(models.ForeignKey("activities.Reminder", on_delete=models.CASCADE, related_name="calls"))
    outcome = case_fact(models.CharField(max_length=10))
    member = case_fact(models.ForeignKey("orgs.Member", on_delete=models.PROTECT, related_name="+"))
    at = case_fact(models.DateTimeField())

    class Meta:
        indexes = (models.Index(fields=("reminder", "at"), name="calls_in_order"),)


class ChannelTry(models.Model):
    """When a channel was last able to send for a house, and when it was not: nothing of whom, nothing of what."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    channel = node(models.CharField(max_length=20))
    sent_at = node(models.DateTimeField(null=True))
    failed_at = node(models.DateTimeField(null=True))
    problem = node(models.CharField(max_length=20, blank=True))  # at the last failure

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "channel"), name="tries_of_channel_once"),)
