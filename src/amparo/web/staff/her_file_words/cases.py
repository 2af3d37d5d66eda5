"""Your case: who accompanies you, what was agreed, written and done."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.web.staff import contact_words
from amparo.web.staff.case_words import MEETINGS, PAPERS, TOPICS, closing_words, outcome_choices, service_words
from amparo.web.staff.forms.closing import STEPS
from amparo.web.staff.rights_words import HELD_BECAUSE, thing_words
from amparo.web.staff.words import audience_words, level_words, status_words

from .telling import HERS, WHEN, WHO, WORDS, Shown, Values, among, called, choices, minutes, money, plain, written_in


def _ratings(value: Any, _row: Values) -> str:
    steps = dict(STEPS)
    return ", ".join(str(steps.get(one, "")) for one in (value or {}).values() if one in steps)


FIELDS: Mapping[str, Mapping[str, Shown]] = {
    "cases.Case": {
        "status": (_("Where it stands"), called(status_words)),
        "referent": (_("Your referent"), plain),
        "anonymous": (_("Without a name"), plain),
        "opened_on": (_("Since"), plain),
        "closed_on": (_("Until"), plain),
        "outcome": (_("How it ended"), choices(outcome_choices)),
        "risk_level": (_("Risk"), called(level_words)),
        "risk_on": (_("Risk looked at on"), plain),
        "reach": (_("How you are reached"), called(contact_words.reach_words)),
    },
    "cases.TeamMember": {"member": (_("Who"), plain), "since": (_("Since"), plain), "until": (_("Until"), plain)},
    "cases.Handover": {
        "from_member": (_("From"), plain),
        "to_member": (_("To"), plain),
        "text": (WORDS, plain),
        "told_her": (_("What you were told"), plain),
        "told_on": (_("Told on"), plain),
        "starts_on": (_("Since"), plain),
        "until": (_("Until"), plain),
    },
    "cases.Appointment": {
        "member": (_("With"), plain),
        "about": (_("What about"), among(TOPICS)),
        "on": (WHEN, plain),
        "at": (_("Time"), plain),
        "place": (_("Where you met"), plain),
        "state": (_("How it went"), among(MEETINGS)),
    },
    "cases.ServiceDelivered": {
        "member": (WHO, plain),
        "kind": (_("What"), called(service_words)),
        "on": (WHEN, plain),
        "minutes": (_("How long"), minutes),
        "cost_cents": (_("Cost"), money),
        "note": (WORDS, plain),
    },
    "cases.Note": {
        "author": (WHO, plain),
        "audience": (_("For"), called(audience_words)),
        "happened_on": (WHEN, plain),
        "text": (WORDS, plain),
    },
    "cases.Document": {
        "author": (WHO, plain),
        "kind": (_("What it is"), among(PAPERS)),
        "title": (_("Title"), plain),
        "added_at": (_("Added on"), plain),
    },
    "cases.Closing": {
        "member": (WHO, plain),
        "on": (WHEN, plain),
        "reason": (_("Why"), called(closing_words)),
        "outcome": (_("How it ended"), choices(outcome_choices)),
        "with_her": (_("Together with you"), plain),
        "ratings": (_("Your answers, from 1 to 5"), _ratings),
        "words": (HERS, written_in),
        "came_back_on": (_("You came back on"), plain),
    },
    "cases.Restriction": {
        "thing": (_("What"), called(thing_words)),
        "ground": (_("Why"), among(HELD_BECAUSE)),
        "words": (HERS, plain),
        "since": (_("Since"), plain),
        "member": (_("Taken down by"), plain),
        "lifted_on": (_("Until"), plain),
        "lifted_words": (_("What you said then"), plain),
        "lifted_by": (_("Lifted by"), plain),
    },
}
