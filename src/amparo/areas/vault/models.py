"""Keys (in a database of their own), identities, and the keyed hashes by which an identity is found."""

from django.db import models

from amparo.kernel.labels import Seal, identifying, node, personal


class OrganisationKey(models.Model):
    """One of an organisation's keys, sealed with the node's. Stands in the database `keys`.

    The highest number is in use. Earlier ones stay: reasons in the log are sealed with them, and the log never changes.
    """

    organisation = node(models.BigIntegerField())
    number = node(models.PositiveSmallIntegerField(default=1, db_default=1))
    wrapped = node(models.BinaryField(), seal=Seal.WRAPPED)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "number"), name="organisation_key_once"),)


class PersonKey(models.Model):
    """One person's key, sealed with her organisation's; in `keys`. Destroying it erases her, in old backups too.

    She has a second one only while the first is being replaced.
    """

    person = personal(models.UUIDField())
    number = node(models.PositiveSmallIntegerField(default=1, db_default=1))
    organisation = node(models.BigIntegerField())
    wrapped = personal(models.BinaryField(), seal=Seal.WRAPPED)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "number"), name="person_key_once"),)


class Identity(models.Model):
    """Names, contacts and document numbers of one person, sealed as one piece. An anonymous case has none (R21)."""

    person = node(models.UUIDField(primary_key=True))
    organisation = node(models.BigIntegerField())
    sealed = identifying(models.BinaryField(), context="identity")
    version = node(models.PositiveIntegerField(default=1))


class Finder(models.Model):
    """A keyed hash of one normalised name, number or alias: with which of the organisation's keys, in which form."""

    organisation = node(models.BigIntegerField())
    person = node(models.UUIDField())
    token = identifying(models.BinaryField(), seal=Seal.HASH)
    key = node(models.PositiveSmallIntegerField(default=1, db_default=1))
    form = node(models.PositiveSmallIntegerField(default=1, db_default=1))

    class Meta:
        indexes = (models.Index(fields=("organisation", "token"), name="finder_token"),)
        constraints = (models.UniqueConstraint(fields=("organisation", "person", "token"), name="finder_once"),)
