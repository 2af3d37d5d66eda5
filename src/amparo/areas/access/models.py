"""What forms need so that nothing typed is lost and nothing is saved twice."""

from django.db import models

from amparo.kernel.labels import Seal, fleeting, personal


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
