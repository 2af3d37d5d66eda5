"""What to do in danger now: the numbers of the country, and what her plan says."""

from typing import Any

from amparo.areas.safety import catalogue
from amparo.areas.safety.catalogue import EmergencyContact
from amparo.areas.safety.files import PlanFile
from amparo.web.staff.pages import Context
from amparo.web.staff.safety_words import SERVICE, measure_words


def steps(plan: PlanFile | None, country: str) -> Context:
    """The block that stands on top: the first number big, then hers, then the steps."""
    numbers = [_number(one) for one in catalogue.contacts_in(country)]
    return {
        "first": next((one for one in numbers if not one["to_check"]), None),
        "others": [one for one in numbers if one["to_check"]],
        "calls": plan.calls_by_name if plan else (),
        "her_steps": plan.her_steps if plan else "",
        "team_steps": plan.team_steps if plan else "",
        "measures": [one.words or measure_words(one.key) for one in plan.at("now")] if plan else [],
        "as_of": catalogue.emergency_contacts().as_of,
    }


def _number(contact: EmergencyContact) -> dict[str, Any]:
    return {
        "name": contact.name,
        "number": contact.number,
        "dial": contact.number.replace(" ", ""),
        "service": SERVICE[contact.service],
        "to_check": contact.to_check,
    }
