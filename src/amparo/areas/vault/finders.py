"""Renewing the hashes by which identities are found: after a new key, or where names are spelt in a new way.

This opens every identity of the organisation in memory, and shows none.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef

from amparo.areas.orgs.queries import country_of

from . import identities, sealing
from .models import Finder, Identity
from .rules import finding

BATCH = 500


def renew_finders(organisation: int) -> int:
    """Make the hashes to search by with the newest key and in today's form, beside those there are; gives for how many.

    Resumable: who has them already is left alone.
    """
    number, region, renewed = max(sealing.organisation_keys(organisation)), country_of(organisation), 0
    current = Finder.objects.filter(organisation=organisation, person=OuterRef("person"), key=number, form=finding.FORM)
    waiting = Identity.objects.filter(~Exists(current), organisation=organisation).order_by("person")
    after = waiting[:BATCH]
    while persons := list(after.values_list("person", flat=True)):
        with transaction.atomic():
            rows = list(Identity.objects.select_for_update(no_key=True).filter(person__in=persons))
            sealing.load_keys(persons)
            fresh = [finder for row in rows for finder in identities.renewed_finders(row, region)]
            Finder.objects.bulk_create(fresh, ignore_conflicts=True)
        renewed += len(rows)
        after = waiting.filter(person__gt=persons[-1])[:BATCH]
    return renewed


def finders_of_an_earlier_form() -> list[int]:
    """The organisations whose hashes were made before names were brought to one spelling as they are today."""
    earlier = Finder.objects.filter(form__lt=finding.FORM).values_list("organisation", flat=True)
    return sorted(set(earlier.distinct()))


def bring_finders_to_form(organisation: int) -> None:
    """Renew the hashes of an organisation in today's form and drop the earlier ones."""
    renew_finders(organisation)
    drop_old_finders(organisation)


def drop_old_finders(organisation: int) -> None:
    """Delete the hashes made with an earlier key or in an earlier form."""
    newest = max(sealing.organisation_keys(organisation))
    every = Finder.objects.filter(organisation=organisation)
    (every.filter(key__lt=newest) | every.filter(form__lt=finding.FORM)).delete()
