"""Places with their rooms and times for children, and the hours of those who hold sessions."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Task
from amparo.areas.activities import leading, places
from amparo.areas.activities.rules.weeks import Weekly
from amparo.kernel import clock
from amparo.kernel.decision import NotThere
from amparo.web.components.fields import language_name
from amparo.web.context import role_words
from amparo.web.staff.forms.programme import CareForm, LeaderForm, RoomForm, SiteForm
from amparo.web.staff.forms.weeks import days_in_words, initial_ticks
from amparo.web.staff.pages import Context, FormPage, StaffPage


class Places(StaffPage):
    """Every place with its rooms."""

    task = Task.PLAN_SESSIONS
    place = "periods"
    template = "staff/activities/places.html"

    def context(self) -> Context:
        """The places, and when children are looked after there."""
        return {"title": _("Places and rooms"), "rows": [_place_line(one) for one in places.sites_of(self.viewer)]}


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
        return {"name": self.room.name, "seats": self.room.seats, "in_use": self.room.in_use}

    def save(self, form: Any) -> str:
        """Change it."""
        places.write_room(self.site.id, by=self.viewer, room=form.room(self.room.id))
        return self.cancel_url()


class Childcare(PlaceForm):
    """When children are looked after there."""

    form_class = CareForm
    title = gettext_lazy("When children are looked after")

    def form_context(self) -> Context:
        """Where."""
        return {"intro": self.site.name}

    def initial(self) -> Context:
        """As it stands."""
        care = [one for _number, one in self.site.care]
        return {"places": max((one.places for one in care), default=4), **initial_ticks(_weekly(care))}

    def save(self, form: Any) -> str:
        """Set the times."""
        today = clock.today(self.viewer.time_zone)
        kept = [one for _number, one in self.site.care if one.on and one.on >= today]
        places.set_childcare(self.site.id, by=self.viewer, care=form.care(kept))
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
        return self.cancel_url()


def _weekly(care: list[places.Care]) -> list[Weekly]:
    return [Weekly(one.weekday, one.starts, one.ends) for one in care if one.weekday is not None]


def _place_line(site: places.SiteFile) -> Context:
    care = [one for _number, one in site.care]
    return {
        "site": site,
        "days": days_in_words(_weekly(care)),
        "places": max((one.places for one in care), default=0),
        "only": [one for one in care if one.on],
    }
