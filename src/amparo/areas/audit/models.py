"""The log. Rows are written only by the database function audit_append (migration 0002) and never change."""

from django.db import models

from amparo.kernel.labels import Seal, trace


class Entry(models.Model):
    """One thing that somebody did or read. No identifying word and no narrative ever stands here."""

    chain = trace(models.BigIntegerField())  # the organisation; 0 for the node itself
    number = trace(models.BigIntegerField())
    at = trace(models.CharField(max_length=27))  # UTC, ISO 8601, microseconds: as it was hashed
    member = trace(models.BigIntegerField(null=True))
    verb = trace(models.CharField(max_length=60))
    subject = trace(models.CharField(max_length=80))  # 'note 12'
    person = trace(models.UUIDField(null=True))
    facts = trace(models.TextField())  # JSON of codes, counts and numbers
    # Empty where none was asked.
    reason = trace(models.BinaryField(), seal=Seal.ORGANISATION, context="audit reason")
    origin = trace(models.CharField(max_length=64))
    previous = trace(models.BinaryField(), seal=Seal.HASH)
    hash = trace(models.BinaryField(), seal=Seal.HASH)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("chain", "number"), name="audit_chain_number"),)
        indexes = (
            models.Index(fields=("person", "-number"), name="audit_by_person"),
            models.Index(fields=("chain", "member", "-number"), name="audit_by_member"),
            models.Index(fields=("chain", "at"), name="audit_by_day"),
        )
