"""Organisations, accounts and members."""

from datetime import time
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from amparo.kernel.labels import fleeting, node, public, staff

from .rules import Role

if TYPE_CHECKING:
    from .sessions import SessionStore


class Organisation(models.Model):
    """One organisation on this node."""

    code = public(models.SlugField(unique=True, max_length=40))
    name = public(models.CharField(max_length=200))
    country = public(models.CharField(max_length=2))
    language = public(models.CharField(max_length=10, default="en"))
    time_zone = public(models.CharField(max_length=60, default="Europe/Madrid"))
    currency = public(models.CharField(max_length=3, default="EUR"))
    # What the browser tab says: never who we are (look.md).
    tab_title = public(models.CharField(max_length=40, default="Notes"))
    is_demonstration = node(models.BooleanField(default=False))
    # Reading outside these hours is worth a look; equal ones mean day and night.
    open_from = node(models.TimeField(db_default=time(7)))
    open_until = node(models.TimeField(db_default=time(22)))
    # Whether her list of readers names colleagues on paper, or says their roles only (adr/0017).
    names_readers = node(models.BooleanField(db_default=False))

    class Meta:
        ordering = ("code",)


class Account(AbstractBaseUser):
    """Someone who signs in. What she or he may do comes from the membership alone."""

    username = staff(models.CharField(max_length=80, unique=True))
    is_active = staff(models.BooleanField(default=True))
    # Someone else knows it: changed at the first sign-in, before anything is shown.
    password_is_temporary = staff(models.BooleanField(default=False))
    created_at = staff(models.DateTimeField(auto_now_add=True))

    objects = BaseUserManager()

    USERNAME_FIELD = "username"


# Fields that Django's base class brings along.
staff(Account._meta.get_field("password"))
staff(Account._meta.get_field("last_login"))


class Member(models.Model):
    """An account's place in one organisation: one role, its training and its signed confidentiality statement (R12)."""

    account = staff(models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships"))
    organisation = staff(models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members"))
    role = staff(models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role]))
    name = staff(models.CharField(max_length=120))
    language = staff(models.CharField(max_length=10, default="en"))
    trained_on = staff(models.DateField(null=True, blank=True))
    confidentiality_signed_on = staff(models.DateField(null=True, blank=True))
    is_active = staff(models.BooleanField(default=True))

    class Meta:
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=("organisation", "account"), name="one_membership_each"),)


class OpenSession(AbstractBaseSession):
    """A browser that is signed in, or about to. Its key is kept as a hash; what it holds is sealed with the key."""

    account = fleeting(models.BigIntegerField(null=True, db_index=True))
    origin = fleeting(models.CharField(max_length=64))
    browser = fleeting(models.CharField(max_length=40))
    began_at = fleeting(models.DateTimeField())
    seen_at = fleeting(models.DateTimeField())

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        """What opens and keeps it."""
        from .sessions import SessionStore

        return SessionStore


for name in ("session_key", "session_data", "expire_date"):
    fleeting(OpenSession._meta.get_field(name))
