"""What she agreed to about being reached: read and recorded. Callers decide about Part.CONTACT of her case."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from amparo.areas.access.rules import Viewer
from amparo.areas.people.models import Person
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, require

from .models import ContactRule
from .rules import has_happened
from .rules.contact import Agreed, Channel, Checked, terms_are_whole

_WORDS = ("ask_for", "otherwise", "never", "who", "call_from")


@dataclass(frozen=True)
class Terms:
    """What she agreed to about one way, in words and hours."""

    channel: Channel
    allowed: bool
    agreed_on: date
    days: tuple[int, ...] = ()
    from_time: time | None = None
    until_time: time | None = None
    leaves_message: bool = False
    checked: Checked = Checked.UNKNOWN
    ask_for: str = ""
    otherwise: str = ""
    never: str = ""
    who: str = ""  # who may answer, or who it is that tells her
    call_from: str = ""  # from which telephone, and what it shows
    member_name: str = ""
    number: int = 0  # of the agreement; 0 where none was made
    reminders: bool = False
    # To be kept with a yes to reminders; empty: the one that stands there stays. It is never read from here.
    address: str = field(default="", repr=False)
    has_address: bool = False

    @property
    def agreed(self) -> Agreed:
        """As the rule reads it."""
        return Agreed(self.channel, self.allowed, frozenset(self.days), self.from_time, self.until_time)


def contact_terms(viewer: Viewer, person: UUID) -> list[Terms]:
    """What holds now, each way once, in the order in which they are tried."""
    rows = ContactRule.objects.filter(organisation=viewer.organisation, person=person, replaced_at=None)
    found = {row.channel: _terms(person, row) for row in rows.select_related("member")}
    return [found[channel] for channel in Channel if channel in found]


def agree(person: UUID, terms: Terms, *, by: Viewer, instead_of: int | None = None) -> list[Terms]:
    """Replace what was agreed about this way; gives what holds now. Raises Refused where a rule says no.

    `instead_of` is the number of the agreement that was shown, 0 where none was: raises Conflict where a colleague
    agreed on something else meanwhile.
    """
    require(has_happened(terms.agreed_on, today=clock.today(by.time_zone)))
    require(terms_are_whole(terms.agreed, checked=terms.checked, leaves_message=terms.leaves_message))
    Person.objects.select_for_update(no_key=True).get(pk=person, organisation=by.organisation)
    before = ContactRule.objects.filter(person=person, channel=terms.channel, replaced_at=None)
    standing = before.select_related("member").first()
    _refuse_if_changed(standing, instead_of)
    address = _address(person, terms, standing)
    before.update(replaced_at=clock.now(), address=b"")  # only the one that is used is kept
    ContactRule.objects.create(
        organisation_id=by.organisation,
        person_id=person,
        channel=terms.channel,
        allowed=terms.allowed,
        terms=sealing.seal_text(person, _written(terms), "contactrule.terms"),
        reminders=terms.allowed and terms.reminders,
        address=address,
        agreed_on=terms.agreed_on,
        member_id=by.member,
        recorded_at=clock.now(),
    )
    return contact_terms(by, person)


def reminding_terms(organisation: int, persons: Iterable[UUID]) -> dict[UUID, list[Terms]]:
    """In which ways each of these persons would like to be reminded; two queries. For work that no viewer asked for."""
    mine = ContactRule.objects.filter(organisation=organisation, person__in=list(persons), replaced_at=None)
    rows = list(mine.filter(allowed=True, reminders=True).select_related("member").order_by("pk"))
    sealing.load_keys(row.person_id for row in rows)
    found: dict[UUID, list[Terms]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(_terms(row.person_id, row))
    return found


def address_to_remind(organisation: int, person: UUID, *, agreement: int) -> str:
    """Where to, opened to send at this moment; empty where that agreement does not stand any more."""
    rows = ContactRule.objects.filter(organisation=organisation, person=person, pk=agreement, replaced_at=None)
    row = rows.filter(allowed=True, reminders=True).first()
    return sealing.open_text(person, row.address, "contactrule.address") if row else ""


def addresses_to_tell(organisation: int, agreements: Iterable[int]) -> dict[int, str]:
    """Where to, by the number of the agreement, opened for the colleague who tells her by hand; one query."""
    mine = ContactRule.objects.filter(organisation=organisation, pk__in=list(agreements), replaced_at=None)
    rows = list(mine.filter(allowed=True, reminders=True))
    sealing.load_keys(row.person_id for row in rows)
    return {row.pk: sealing.open_text(row.person_id, row.address, "contactrule.address") for row in rows}


def _address(person: UUID, terms: Terms, before: ContactRule | None) -> bytes:
    """Kept only while she would like to be reminded in this way."""
    if not (terms.allowed and terms.reminders):
        return b""
    if terms.address:
        return sealing.seal_text(person, terms.address, "contactrule.address")
    return bytes(before.address) if before else b""


def _refuse_if_changed(before: ContactRule | None, instead_of: int | None) -> None:
    if before is not None and instead_of is not None and before.pk != instead_of:
        theirs = _terms(before.person_id, before)
        words = [(name, getattr(theirs, name)) for name in _WORDS if getattr(theirs, name)]
        raise Conflict(words, who=theirs.member_name)


def _written(terms: Terms) -> str:
    """The terms as they are sealed: when she can be reached is as dangerous to lose as a name."""
    kept = {
        "days": sorted(terms.days),
        "from": terms.from_time.isoformat() if terms.from_time else "",
        "until": terms.until_time.isoformat() if terms.until_time else "",
        "leaves_message": terms.leaves_message,
        "checked": terms.checked,
        **{name: getattr(terms, name) for name in _WORDS},
    }
    return json.dumps(kept, ensure_ascii=False)


def _terms(person: UUID, row: ContactRule) -> Terms:
    kept = json.loads(sealing.open_text(person, row.terms, "contactrule.terms"))
    return Terms(
        channel=Channel(row.channel),
        allowed=row.allowed,
        agreed_on=row.agreed_on,
        days=tuple(kept["days"]),
        from_time=time.fromisoformat(kept["from"]) if kept["from"] else None,
        until_time=time.fromisoformat(kept["until"]) if kept["until"] else None,
        leaves_message=kept["leaves_message"],
        checked=Checked(kept["checked"]),
        member_name=row.member.name,
        number=row.pk,
        reminders=row.reminders,
        has_address=bool(row.address),
        **{name: kept.get(name, "") for name in _WORDS},  # the last two came later
    )
