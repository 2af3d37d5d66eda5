"""What you asked of us about your file."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from amparo.web.staff.rights_words import ASKERS, CORRECTING, ERASING, OBLIGATIONS, thing_words

from .telling import HERS, WHEN, Shown, among, called, plain

FIELDS: Mapping[str, Mapping[str, Shown]] = {
    "rights.Correction": {
        "thing": (_("What"), called(thing_words)),
        "words": (HERS, plain),
        "asked_on": (WHEN, plain),
        "member": (_("Taken down by"), plain),
        "state": (_("What became of it"), called(lambda one: str(CORRECTING[one][0]))),
        "decided_by": (_("Decided by"), plain),
        "decided_on": (_("Decided on"), plain),
        "why": (_("Why"), plain),
        "before": (_("As it stood before"), plain),
    },
    "rights.Erasure": {
        "thing": (_("What"), called(thing_words)),
        "asker": (_("Who asked"), among(ASKERS)),
        "words": (HERS, plain),
        "asked_on": (WHEN, plain),
        "asked_by": (_("Taken down by"), plain),
        "obligation": (_("What the law obliges to keep"), among(OBLIGATIONS)),
        "keep_until": (_("To be kept until"), plain),
        "not_before": (_("Time to think again until"), plain),
        "state": (_("Where it stands"), called(lambda one: str(ERASING[one][0]))),
        "agreed_by": (_("Second person"), plain),
        "agreed_on": (_("Agreed on"), plain),
        "ended_by": (_("Ended by"), plain),
        "ended_at": (_("Ended on"), plain),
    },
}
