"""Let the day of a session come, in the node whose home is named: run as a program of its own beside it."""

import os
import sys

import django

from amparo.node import database


def let_it_be_now(activity: str) -> int:
    """Every session of the activity with this name begins now, for whoever has a place; gives how many."""
    from amparo.areas.activities.models import Place, Session
    from amparo.kernel import clock

    now = clock.now()
    Place.objects.filter(group__activity__name=activity).update(since=clock.day_of(now, "Europe/Madrid"))
    return Session.objects.filter(group__activity__name=activity).update(starts_at=now, ends_at=now)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.config.settings")
    with database.available():
        django.setup()
        sys.exit(0 if let_it_be_now(sys.argv[1]) else 1)
