"""What forms need so that nothing typed is lost or saved twice; reading that is worth a look; tokens for programs."""

from typing import ClassVar

from django.db import models

from amparo.kernel.labels import Seal, fleeting, node, personal, staff, trace


class KeptText(models.Model):
    """What someone typed into a form that could not be saved; sealed with a key that only the browser holds."""

    account = fleeting(models.BigIntegerField())
    path = fleeting(models.CharField(max_length=300))
    sealed = personal(models.BinaryField(), seal=Seal.BROWSER)
    kept_at = fleeting(models.DateTimeField(auto_now_add=True))


class Submission(models.Model):
    """A form that was saved, by the token it was shown with: a second click finds it and saves nothing again."""

    token = fleeting(models.CharField(max_length=64, unique=True))
    location = fleeting(models.CharField(max_length=300))
    at = fleeting(models.DateTimeField(auto_now_add=True))


class Alert(models.Model):
    """Reading that stands out, found in the log by a rule, and what looking at it came to."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    rule = trace(models.CharField(max_length=20))
    member = trace(models.ForeignKey("orgs.Member", on_delete=models.PROTECT, related_name="+"))
    on = trace(models.DateField())
    person = trace(models.UUIDField(null=True))  # whose identity; null where it is about several
    count = trace(models.PositiveIntegerField())
    first = trace(models.BigIntegerField())  # the entries of the log between which it happened
    last = trace(models.BigIntegerField())
    found_at = trace(models.DateTimeField())
    state = trace(models.CharField(max_length=10, default="new"))
    looked_by = trace(models.ForeignKey("orgs.Member", on_delete=models.PROTECT, null=True, related_name="+"))
    looked_at = trace(models.DateTimeField(null=True))
    outcome = trace(models.CharField(max_length=20, blank=True))
    words = trace(models.BinaryField(default=b""), seal=Seal.ORGANISATION)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "rule", "member", "on", "person"), name="alert_once", nulls_distinct=False
            ),
        )
        indexes = (models.Index(fields=("organisation", "state", "-on", "-id"), name="alerts_of_house"),)


class Watched(models.Model):
    """Up to which entry of its log an organisation's reading was looked through."""

    organisation = node(models.OneToOneField("orgs.Organisation", on_delete=models.PROTECT))
    number = trace(models.BigIntegerField(default=0))
    at = trace(models.CharField(max_length=27, blank=True))  # when that entry was written
    looked_at = trace(models.DateTimeField())


class ApiToken(models.Model):
    """What a program of a member's shows in place of a session; only its hash is kept."""

    account = staff(models.BigIntegerField(db_index=True))
    member = staff(models.BigIntegerField())
    house = staff(models.BigIntegerField())  # the member's organisation, for the log
    name = staff(models.CharField(max_length=60))
    hash = staff(models.CharField(max_length=64, unique=True))
    may_write = staff(models.BooleanField(default=False))
    made_at = staff(models.DateTimeField())
    expires_at = staff(models.DateTimeField())
    used_at = staff(models.DateTimeField(null=True))

    objects: ClassVar[models.Manager["ApiToken"]] = models.Manager()


class CalendarLink(models.Model):
    """The secret part of an address at which a member's calendar finds days; only its hash is kept."""

    account = staff(models.BigIntegerField(db_index=True))
    member = staff(models.BigIntegerField())
    house = staff(models.BigIntegerField())  # the member's organisation, for the log
    word = staff(models.CharField(max_length=20))  # what every entry is called, by its key
    hash = staff(models.CharField(max_length=64, unique=True))
    made_at = staff(models.DateTimeField())
    expires_at = staff(models.DateTimeField())
    fetched_at = staff(models.DateTimeField(null=True))
    hour = staff(models.DateTimeField(null=True))  # the hour that `times` counts
    times = staff(models.PositiveIntegerField(default=0))
