"""What the house offers: whoever accompanies women reads it, the coordination changes it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.areas.access.rules import Task, may_do
from amparo.areas.activities import offering, places, rechecking
from amparo.areas.activities.catalogue import start_of
from amparo.areas.orgs.queries import training_of
from amparo.kernel.language import pick
from amparo.web.components.fields import language_name
from amparo.web.context import role_words
from amparo.web.staff.activity_words import KINDS, start_words, trained_words
from amparo.web.staff.forms.programme import ActivityForm, TakeForm
from amparo.web.staff.pages import Command, Context, FormPage, StaffPage


class Activities(StaffPage):
    """Everything that is offered now."""

    task = Task.READ_PROGRAMME
    place = "activities"
    template = "staff/activities/list.html"

    def context(self) -> Context:
        """Those in use; for the coordination also those set aside."""
        plans = bool(may_do(self.viewer, Task.PLAN_SESSIONS))
        return {
            "title": _("Activities"),
            "rows": [activity_line(one) for one in offering.activities_of(self.viewer)],
            "aside_rows": [activity_line(one) for one in offering.activities_of(self.viewer, in_use=False)]
            if plans
            else [],
            "plans": plans,
        }


class OneActivity(StaffPage):
    """One activity with all that is settled about it."""

    task = Task.READ_PROGRAMME
    place = "activities"
    template = "staff/activities/one.html"

    def fetch(self, **kwargs: Any) -> None:
        """The activity, of the viewer's own house."""
        self.activity = offering.activity_of(self.viewer, kwargs["activity"])

    def context(self) -> Context:
        """Everything about it, and where it comes from."""
        start, holding = start_of(self.activity.key), offering.holding_of(self.viewer, self.activity.id)
        return {
            **activity_line(self.activity),
            "title": self.activity.offer.name,
            "size": self.activity.size,
            "size_reason": _(self.activity.size.reason) if self.activity.size.reason else "",
            "sites": [name for _number, name in holding.sites],
            "rooms": [name for _number, name in holding.rooms],
            "trainers": [(one.colleague.name, trained_words(one), one.cleared) for one in holding.trainers],
            "source": start.source if start else "",
            "plans": bool(may_do(self.viewer, Task.PLAN_SESSIONS)),
        }


class TakeActivities(FormPage):
    """Copy activities of the starting catalogue, to be changed as the house likes."""

    task = Task.PLAN_SESSIONS
    place = "activities"
    form_class = TakeForm
    title = gettext_lazy("Choose from the catalogue")

    def form_arguments(self) -> Context:
        """What is not here yet, each with its aim."""
        found, language = offering.to_start_from(self.viewer), self.viewer.language
        return {
            "choices": [(one.key, pick(one.name, language)) for one in found],
            "hints": {one.key: f"{pick(one.aim, language)} {start_words(one)}" for one in found},
        }

    def form_context(self) -> Context:
        """How many there are to choose from."""
        count = len(offering.to_start_from(self.viewer))
        said = ngettext(
            "%(count)s activity that you do not offer yet.", "%(count)s activities that you do not offer yet.", count
        )
        hint = _("You get a copy of your own of each, and can change everything.")
        return {"intro": f"{said % {'count': count}} {hint}"}

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("activities")

    def save(self, form: Any) -> str:
        """Copy them."""
        count = offering.take_from_catalogue(form.cleaned_data["keys"], by=self.viewer)
        said = ngettext("%(count)s activity is yours now.", "%(count)s activities are yours now.", count)
        messages.success(self.request, said % {"count": count})
        return self.cancel_url()


class NewActivity(FormPage):
    """Something of the house's own."""

    task = Task.PLAN_SESSIONS
    place = "activities"
    form_class = ActivityForm
    title = gettext_lazy("Offer something of your own")
    done = gettext_lazy("Saved.")
    holding = offering.Holding()

    def form_arguments(self) -> Context:
        """Who could hold it and where."""
        trainers = training_of(self.viewer.organisation)
        return {
            "leaders": [(str(one.colleague.member), one.colleague.name) for one in trainers],
            "trained": {
                str(one.colleague.member): f"{role_words(one.colleague.role)}. {trained_words(one)}" for one in trainers
            },
            "sites": _choices(places.names_of_sites(self.viewer), self.holding.sites),
            "rooms": _choices(places.names_of_rooms(self.viewer), self.holding.rooms),
        }

    def initial(self) -> Context:
        """What is usual."""
        return {
            "kind": "group",
            "sessions": 6,
            "minutes": 90,
            "days_apart": 1,
            "min_women": 5,
            "max_women": 10,
            "worth": "1",
        }

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("activities")

    def save(self, form: Any) -> str:
        """Offer it."""
        number = offering.offer_activity(by=self.viewer, offer=form.offer(), **chosen(form))
        return reverse("activity", args=(number,))


class ChangeActivity(NewActivity):
    """Change what stands."""

    title = gettext_lazy("Change the activity")

    def fetch(self, **kwargs: Any) -> None:
        """The activity, of the viewer's own house."""
        self.activity = offering.activity_of(self.viewer, kwargs["activity"])
        self.holding = offering.holding_of(self.viewer, self.activity.id)

    def initial(self) -> Context:
        """As it stands."""
        holding, offer = self.holding, self.activity.offer
        return {
            **{name: getattr(offer, name) for name in offer.__dataclass_fields__},
            "worth": str(min(offer.worth, 3)),
            "leaders": [str(one.colleague.member) for one in holding.trainers],
            "sites": [str(number) for number, _name in holding.sites],
            "rooms": [str(number) for number, _name in holding.rooms],
            "version": self.activity.version,
        }

    def cancel_url(self) -> str:
        """Back to the activity."""
        return reverse("activity", args=(self.activity.id,))

    def save(self, form: Any) -> str:
        """Change it."""
        offering.change_activity(
            self.activity.id,
            by=self.viewer,
            offer=form.offer(),
            version=form.cleaned_data["version"] or 0,
            **chosen(form),
        )
        rechecking.soon(self.viewer)
        return self.cancel_url()


class SetAside(Command):
    """Offer it no longer, or again."""

    task = Task.PLAN_SESSIONS
    place = "activities"
    again = False

    def fetch(self, **kwargs: Any) -> None:
        """The activity, of the viewer's own house."""
        self.activity = offering.activity_of(self.viewer, kwargs["activity"])

    def back_url(self) -> str:
        """Back to the activity."""
        return reverse("activity", args=(self.activity.id,))

    def act(self) -> str:
        """Set it aside, or take it back into use."""
        offering.set_aside(self.activity.id, by=self.viewer, in_use=self.again)
        rechecking.soon(self.viewer)
        return self.back_url()


def chosen(form: ActivityForm) -> dict[str, list[int]]:
    """Who holds it and where, as numbers."""
    return {name: [int(one) for one in form.cleaned_data[name]] for name in ("leaders", "sites", "rooms")}


def _choices(in_use: Iterable[tuple[int, str]], chosen: Iterable[tuple[int, str]]) -> list[tuple[str, str]]:
    """What is in use; and what was chosen and no longer is, so that saving the form takes nothing out unseen."""
    named = dict(in_use)
    gone = {number: _("%(name)s (not in use)") % {"name": name} for number, name in chosen if number not in named}
    return [(str(number), name) for number, name in (named | gone).items()]


def activity_line(one: offering.ActivityFile) -> Context:
    """An activity in words."""
    offer = one.offer
    language = language_name(offer.language) if offer.language else _("Any shared language")
    return {
        "activity": one,
        "offer": offer,
        "kind": KINDS[offer.kind],
        "language": f"{language} {offer.level}".strip(),
    }
