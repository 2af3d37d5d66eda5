"""Places with their rooms and times for children, and the hours of those who hold sessions."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.areas.access.rules import Task
from amparo.areas.activities import leading, places, rechecking
from amparo.areas.activities.places import Care
from amparo.areas.activities.rules.weeks import Weekly, from_ticks, ticked
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere
from amparo.web.components.fields import language_name
from amparo.web.context import role_words
from amparo.web.staff.forms.programme import CareForm, LeaderForm, RoomForm, SiteForm
from amparo.web.staff.forms.weeks import days_in_words, initial_ticks
from amparo.web.staff.pages import Context, FormPage, StaffPage
from amparo.web.staff.views.services import money_words


class Places(StaffPage):
    """Every place with its rooms."""

    task = Task.PLAN_SESSIONS
    place = "periods"
    template = "staff/activities/places.html"

    def context(self) -> Context:
        """The places, and when children are looked after there."""
        today = clock.today(self.viewer.time_zone)
        rows = [_place_line(one, today) for one in places.sites_of(self.viewer)]
        return {"title": _("Places and rooms"), "rows": rows}


class PlaceForm(FormPage):
    """A form about a place; leads back to the list."""

    task = Task.PLAN_SESSIONS
    place = "periods"
    done = gettext_lazy("Saved.")

    def fetch(self, **kwargs: Any) -> None:
        """The place, of the viewer's own house."""
        self.site = places.site_of(self.viewer, kwargs["site"])

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("places")


class AddPlace(PlaceForm):
    """A new place."""

    form_class = SiteForm
    title = gettext_lazy("Add a place")

    def fetch(self, **kwargs: Any) -> None:
        """Nothing: it is new."""

    def initial(self) -> Context:
        """In use."""
        return {"in_use": True}

    def save(self, form: Any) -> str:
        """Add it."""
        places.add_site(
            by=self.viewer, name=form.cleaned_data["name"], meeting_point=form.cleaned_data["meeting_point"]
        )
        return self.cancel_url()


class ChangePlace(PlaceForm):
    """Change its name or where she is met, or use it no longer."""

    form_class = SiteForm
    title = gettext_lazy("Change the place")

    def initial(self) -> Context:
        """As it stands."""
        site = self.site
        return {
            "name": site.name,
            "meeting_point": site.meeting_point,
            "in_use": site.in_use,
            "version": site.version,
        }

    def save(self, form: Any) -> str:
        """Change it."""
        typed = form.cleaned_data
        places.change_site(
            self.site.id,
            by=self.viewer,
            name=typed["name"],
            meeting_point=typed["meeting_point"],
            in_use=typed["in_use"],
            version=typed["version"] or 0,
        )
        rechecking.soon(self.viewer)
        return self.cancel_url()


class AddRoom(PlaceForm):
    """A room of the place."""

    form_class = RoomForm
    title = gettext_lazy("Add a room")

    def initial(self) -> Context:
        """In use."""
        return {"in_use": True}

    def form_context(self) -> Context:
        """Of which place."""
        return {"intro": self.site.name}

    def save(self, form: Any) -> str:
        """Add it."""
        places.write_room(self.site.id, by=self.viewer, room=form.room(0))
        return self.cancel_url()


class ChangeRoom(AddRoom):
    """Change its name or seats, or use it no longer."""

    title = gettext_lazy("Change the room")

    def fetch(self, **kwargs: Any) -> None:
        """The place and its room."""
        super().fetch(**kwargs)
        found = [one for one in self.site.rooms if one.id == kwargs["room"]]
        if not found:
            raise NotThere
        self.room = found[0]

    def initial(self) -> Context:
        """As it stands."""
        return asdict(self.room)

    def save(self, form: Any) -> str:
        """Change it."""
        places.write_room(self.site.id, by=self.viewer, room=form.room(self.room.id))
        rechecking.soon(self.viewer)
        return self.cancel_url()


class Childcare(PlaceForm):
    """When children are looked after there."""

    form_class = CareForm
    title = gettext_lazy("When children are looked after")

    def form_context(self) -> Context:
        """Where."""
        return {"intro": self.site.name}

    def fetch(self, **kwargs: Any) -> None:
        """The place, and its times: the usual ones, and by a key each what the ticks of a week cannot say."""
        super().fetch(**kwargs)
        today = clock.today(self.viewer.time_zone)
        self.usual, others = usual_care(self.site.care)
        self.past = [one for one in others if one.on and one.on < today]  # counted in figures; nobody plans them
        self.besides = keyed([one for one in others if one not in self.past])

    def form_arguments(self) -> Context:
        """What differs, in words, and in which money."""
        currency = self.seat.membership.currency
        return {"besides": [(key, _words(one, currency)) for key, one in self.besides.items()], "currency": currency}

    def initial(self) -> Context:
        """As it stands."""
        one = next(iter(self.usual), None)
        return {
            "places": one.places if one else 4,
            "cost": Decimal(one.cost_cents) / 100 if one and one.cost_cents else None,
            "stays": list(self.besides),
            "version": self.site.care_version,
            **initial_ticks(_weekly(self.usual)),
        }

    def save(self, form: Any) -> str:
        """Set the times."""
        stays = [self.besides[key] for key in form.cleaned_data.get("stays", ())]
        care, version = [*form.care(), *stays, *self.past], form.cleaned_data["version"]
        try:
            places.set_childcare(self.site.id, by=self.viewer, care=care, version=version)
        except Conflict:
            there, currency = places.site_of(self.viewer, self.site.id).care, self.seat.membership.currency
            now = "\n".join(_words(one, currency) for one in there if one not in self.past)
            raise Conflict([(_("It stands so now"), now)]) from None
        rechecking.soon(self.viewer)
        return self.cancel_url()


class Leaders(StaffPage):
    """Who may hold sessions, and when."""

    task = Task.PLAN_SESSIONS
    place = "periods"
    template = "staff/activities/leaders.html"

    def context(self) -> Context:
        """Everybody who is trained and has signed."""
        rows = [
            {
                "leader": one,
                "role": role_words(one.colleague.role),
                "languages": ", ".join(language_name(code) for code in one.languages),
                "days": days_in_words(one.times),
            }
            for one in leading.leaders_of(self.viewer)
        ]
        return {"title": _("Who holds sessions"), "rows": rows}


class LeaderHours(FormPage):
    """Languages, hours of the week, and days away."""

    task = Task.PLAN_SESSIONS
    place = "periods"
    form_class = LeaderForm
    title = gettext_lazy("Hours and languages")
    done = gettext_lazy("Saved.")

    def fetch(self, **kwargs: Any) -> None:
        """The colleague, of the viewer's own house, trained and with a signed statement."""
        self.leader = leading.leader_of(self.viewer, kwargs["member"])

    def initial(self) -> Context:
        """As it stands."""
        return {
            "languages": list(self.leader.languages),
            "version": self.leader.version,
            **initial_ticks(self.leader.times),
        }

    def form_context(self) -> Context:
        """Whom it is about."""
        return {"intro": self.leader.colleague.name}

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("leaders")

    def save(self, form: Any) -> str:
        """Write it down."""
        today = clock.today(self.viewer.time_zone)
        kept = [days for days in self.leader.away if days[1] >= today]
        leading.write_leader(
            self.leader.colleague.member,
            by=self.viewer,
            languages=form.cleaned_data["languages"],
            times=form.weekly(),
            away=form.away(kept),
            version=form.cleaned_data["version"],
        )
        rechecking.soon(self.viewer)
        return self.cancel_url()


def usual_care(care: Sequence[Care]) -> tuple[list[Care], list[Care]]:
    """The times that ticks can say with one number of places and one cost, the most common; and all others."""
    said = [one for one in care if _ticks_say([one])]
    alike = Counter((one.places, one.cost_cents) for one in said).most_common(1)
    usual: list[Care] = []
    for one in said:
        if (one.places, one.cost_cents) == alike[0][0] and _ticks_say([*usual, one]):
            usual.append(one)
    return usual, [one for one in care if not any(one is each for each in usual)]


def keyed(care: Sequence[Care]) -> dict[str, Care]:
    """Each by a key that means the same time whatever else a colleague changes; of those alike, each has its own."""
    alike: Counter[Care] = Counter()
    found = {}
    for one in care:
        alike[one] += 1
        found[" ".join(str(part) for part in (*astuple(one), alike[one]))] = one
    return found


def _ticks_say(care: Sequence[Care]) -> bool:
    """Whether ticks make the same times again: none between two parts of a day, none that touches another."""
    weekly = sorted(_weekly(care), key=lambda one: (one.weekday, one.starts))
    return bool(weekly) and from_ticks(ticked(weekly)) == weekly


def _words(care: Care, currency: str) -> str:
    """When, how many places, at what cost."""
    room = ngettext("%(number)s place", "%(number)s places", care.places) % {"number": care.places}
    return ", ".join(
        one for one in (f"{_day(care)} {_times(care)}", room, money_words(care.cost_cents, currency)) if one
    )


def _weekly(care: Sequence[Care]) -> list[Weekly]:
    return [Weekly(one.weekday, one.starts, one.ends) for one in care if one.weekday is not None]


def _place_line(site: places.SiteFile, today: date) -> Context:
    care = [one for one in site.care if one.on is None or one.on >= today]
    return {"site": site, "days": _days(care), "places": max((one.places for one in care), default=0)}


def _days(care: Iterable[Care]) -> list[tuple[str, list[str]]]:
    """Each day with its times: those of every week first, then every day's, then single days."""
    order = sorted(care, key=lambda one: (one.on or date.min, one.weekday is None, one.weekday or 0, one.starts))
    return [(day, [_times(one) for one in of_day]) for day, of_day in groupby(order, key=_day)]


def _day(care: Care) -> str:
    if care.weekday is not None:
        return str(WEEKDAYS[care.weekday])
    return date_format(care.on, "SHORT_DATE_FORMAT") if care.on else _("Every day")


def _times(care: Care) -> str:
    return f"{time_format(care.starts, 'TIME_FORMAT')}–{time_format(care.ends, 'TIME_FORMAT')}"
