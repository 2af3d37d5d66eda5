"""Keys (in a database of their own), identities, and the keyed hashes by which an identity is found."""

from django.db import models

from amparo.kernel.labels import Seal, identifying, node, personal


class OrganisationKey(models.Model):
    """An organisation's key, sealed with the node's. Stands in the database `keys`."""

    organisation = node(models.BigIntegerField(unique=True))
    wrapped = node(models.BinaryField(), seal=Seal.WRAPPED)


class PersonKey(models.Model):
    """One person's key, sealed with her organisation's; in `keys`. Destroying it erases her, in old backups too."""

    person = personal(models.UUIDField(primary_key=True))
    organisation = node(models.BigIntegerField())
    wrapped = personal(models.BinaryField(), seal=Seal.WRAPPED)


class Identity(models.Model):
    """Names, contacts and document numbers of one person, sealed as one piece. An anonymous case has none (R21)."""

    person = node(models.UUIDField(primary_key=True))
    organisation = node(models.BigIntegerField())
    sealed = identifying(models.BinaryField(), context="identity")
    version = node(models.PositiveIntegerField(default=1))


class Finder(models.Model):
    """A keyed hash of one normalised name, number or alias."""

    organisation = node(models.BigIntegerField())
    person = node(models.UUIDField())
    token = identifying(models.BinaryField(), seal=Seal.HASH)

    class Meta:
        indexes = (models.Index(fields=("organisation", "token"), name="finder_token"),)
        constraints = (models.UniqueConstraint(fields=("organisation", "person", "token"), name="finder_once"),)
