"""The person behind a code, and those around her. Words that identify are in the vault."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from amparo.kernel.labels import case_fact, node, personal


class Person(models.Model):
    """A person that an organisation accompanies or was asked to. Known inside by the code (R3)."""

    id = node(models.UUIDField(primary_key=True, default=uuid4))
    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    code = case_fact(models.CharField(max_length=8, unique=True))
    called = personal(models.BinaryField(default=b""))  # sealed: the name she wants to be called
    gender = case_fact(models.CharField(max_length=20, blank=True))
    birth_year = case_fact(models.PositiveSmallIntegerField(null=True))
    citizenships = case_fact(ArrayField(models.CharField(max_length=2), default=list))
    languages = case_fact(ArrayField(models.CharField(max_length=10), default=list))
    interpreter = case_fact(models.CharField(max_length=20, blank=True))  # yes, no, or blank: not known
    version = node(models.PositiveIntegerField(default=1))
    created_at = case_fact(models.DateTimeField(auto_now_add=True))


class Relative(models.Model):
    """A child of hers, family, or someone else who matters (secondary beneficiaries, C&H-B area 14)."""

    organisation = node(models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT))
    person = node(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relatives"))
    kinship = case_fact(models.CharField(max_length=20))
    name = personal(models.BinaryField(default=b""))  # sealed
    birth_year = case_fact(models.PositiveSmallIntegerField(null=True))
    lives_with = case_fact(models.CharField(max_length=20, blank=True))  # of a child; blank: not asked
    country = case_fact(models.CharField(max_length=2, blank=True))
    note = personal(models.BinaryField(default=b""))  # sealed: needs, school, worries
    version = node(models.PositiveIntegerField(default=1))
    created_at = case_fact(models.DateTimeField(auto_now_add=True))
