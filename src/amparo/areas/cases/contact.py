"""How she may be reached, as a change to her case; the head of the case shows the way to try first."""

import json
from collections.abc import Iterable
from uuid import UUID

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.consent.contact import Terms, agree, contact_terms
from amparo.areas.consent.rules.contact import Channel, first_way
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import refused, require
from amparo.kernel.labels import Label

from .acting import acting
from .files import CaseFile
from .models import Case

_NOT_HERS = refused("How to reach her is open to her team only.", "R7; C&H-L 5.1.1, lines 528-547")


def contact_of(viewer: Viewer, case: CaseFile) -> list[Terms]:
    """What she agreed to, each way once. Raises Refused for whoever is not of her team."""
    near = case.shows(viewer, Part.CONTACT, Label.SAFETY_CRITICAL)
    require(case.readable(viewer, Part.CONTACT) if near else _NOT_HERS)
    return contact_terms(viewer, case.person)


def agree_on_contact(case: CaseFile, terms: Terms, *, by: Viewer, instead_of: int | None = None) -> None:
    """Note what she agreed to about one way of reaching her; the head of the case follows (R7).

    Raises Conflict where `instead_of` (the number of the agreement that was shown) does not hold any more.
    """
    with acting(case, by=by, part=Part.CONTACT, verb="contact agreed", on=terms.agreed_on) as act:
        _put(case.person, terms, by, instead_of)
        act.words = [terms.channel, "yes" if terms.allowed else "no"]


def stop_contact(case: CaseFile, channel: Channel, *, by: Viewer) -> None:
    """She took her yes to this way back: it is not used any more. Called inside an action."""
    if any(one.channel is channel and one.allowed for one in contact_terms(by, case.person)):
        _put(case.person, Terms(channel=channel, allowed=False, agreed_on=clock.today(by.time_zone)), by)


def carry_contact(person: UUID, agreed: Iterable[Terms], *, by: Viewer) -> None:
    """What she agreed to before her case began counts in it. Called inside the action that opens the case."""
    for terms in agreed:
        _put(person, terms, by)


def _put(person: UUID, terms: Terms, by: Viewer, instead_of: int | None = None) -> None:
    now = agree(person, terms, by=by, instead_of=instead_of)
    reach = sealing.seal_text(person, _first_line(now), "case.reach")
    Case.objects.filter(person=person, organisation=by.organisation).update(reach=reach)


def _first_line(terms: list[Terms]) -> str:
    """The way to try first as the head keeps it: coded, so that each reader sees it in his or her language."""
    first = first_way(one.agreed for one in terms)
    if first is None:
        return ""
    found = next(one for one in terms if one.channel is first.channel)
    kept = {
        "way": found.channel,
        "days": list(found.days),
        "from": found.from_time.isoformat("minutes") if found.from_time else "",
        "until": found.until_time.isoformat("minutes") if found.until_time else "",
        "ask_for": found.ask_for,
    }
    return json.dumps(kept, ensure_ascii=False)
