"""Changing a plan by hand, checked at once: a session, and who has a place in which group."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.areas.activities import editing, offering, showing
from amparo.areas.activities.editing import NotSafe
from amparo.areas.activities.rules.explaining import Trouble
from amparo.areas.activities.rules.states import PeriodState
from amparo.areas.activities.standing import aware_tomorrow
from amparo.kernel.decision import NotThere, Refused, refused
from amparo.kernel.language import worded
from amparo.web.staff.forms.planning import PlaceForm, SeatForm, SessionForm, SureForm
from amparo.web.staff.pages import Context, FormPage

from . import sheets
from .planner import GONE, OfPeriod, PeriodCommand

_CANCELLED = {
    PeriodState.DRAFT: worded("Nobody was told of it: the plan is a draft. Plan again to bring it back."),
    PeriodState.PROPOSED: worded("It is only proposed: until you put it in force, everything is held as it was told."),
    PeriodState.PUBLISHED: worded(
        "Whoever was told of it is told that it is off, as she agreed. This cannot be taken back."
    ),
}
_ENDED = {
    PeriodState.DRAFT: worded("Nobody was told of it: the plan is a draft."),
    PeriodState.PROPOSED: worded("It is only proposed: until you put it in force, she has her place as she was told."),
    PeriodState.PUBLISHED: worded(
        "From now on nobody expects her, and where she was told of the next time, she is told that it is off, as she "
        "agreed. Is it clear to her why?"
    ),
}


class InPlan(OfPeriod):
    """A page about something in the plan: a colleague may have taken it out, or the plan may have been made anew."""

    or_proposed = True

    def not_there(self, nothing: NotThere) -> HttpResponse:
        """Where the plan is there and this is not in it: what may have happened, and the way to the plan."""
        answer = super().not_there(nothing)
        if answer.status_code == GONE or not hasattr(self, "period"):
            return answer
        title, sent = _("This is not in the plan any more"), self.request.method == "POST"
        context = {"title": title, "plan_url": self.plan_url(), "was_sent": sent}
        return self.page(context, status=404, template="staff/activities/not_in_plan.html")


class OneGroup(InPlan):
    """A group: who has a place, and its sessions."""

    template = "staff/activities/group.html"

    def fetch(self, **kwargs: Any) -> None:
        """The period and the group in its plan."""
        super().fetch(**kwargs)
        self.plan = self.there()
        codes = showing.codes_of(self.viewer, sheets.cases_of(self.plan))
        found = [one for one in sheets.by_group(self.plan, codes) if one["group"].pk == kwargs["group"]]
        if not found:
            raise NotThere
        self.group = found[0]

    def context(self) -> Context:
        """Everything about it."""
        group = self.group["group"]
        others = [one for one in self.plan.groups if one.activity_id == group.activity_id and one.pk != group.pk]
        since = aware_tomorrow(self.row) if self.period.proposed_for else None
        for line in self.group["sessions"]:
            line["stays"] = since is not None and line["session"].starts_at < since
        return {
            "title": self.group["name"],
            "period": self.period,
            "plan_url": self.plan_url(),
            "line": self.group,
            "is_proposed": since is not None,
            "others": others,
            "waits": bool(editing.without_place(self.viewer, self.plan, group.activity_id)),
        }


class SeatWoman(OneGroup, FormPage):
    """A place for somebody who asked for it and has none."""

    template = "layouts/form.html"
    form_class = SeatForm
    title = gettext_lazy("Give somebody a place")

    def cancel_url(self) -> str:
        """Back to the group."""
        return self.url("period_group", self.group["group"].pk)

    def form_arguments(self) -> Context:
        """Those who asked and have no place."""
        women = editing.without_place(self.viewer, self.plan, self.group["group"].activity_id)
        return {"women": [(str(case), code) for case, code in women]}

    def context(self) -> Context:
        """Which group it is."""
        return {"intro": self.group["name"]}

    def save(self, form: Any) -> str:
        """Give it, and say what is to be put right then."""
        group, case = self.group["group"].pk, int(form.cleaned_data["case"])
        try:
            found = editing.seat_woman(self.period.id, group, by=self.viewer, case=case)
        except NotSafe as no:
            raise in_words(self, no) from no
        say(self, found)
        return self.cancel_url()


class OfSession(InPlan):
    """A page about one session of the plan."""

    def fetch(self, **kwargs: Any) -> None:
        """The period and the session, while it is planned."""
        super().fetch(**kwargs)
        self.plan = self.there()
        lines = sheets.session_lines(self.plan, {})
        found = [line for line in lines if line["session"].pk == kwargs["session"]]
        if not found:
            raise NotThere
        self.line = found[0]

    def cancel_url(self) -> str:
        """Back to its group."""
        return self.url("period_group", self.line["group"].pk)


class MoveSession(OfSession, FormPage):
    """Another time, room or person."""

    form_class = SessionForm
    title = gettext_lazy("Change a session")

    def form_arguments(self) -> Context:
        """The rooms in which the activity is held, and who holds it."""
        activity = self.line["group"].activity_id
        rooms = [(str(number), name) for number, name in offering.rooms_for(self.viewer, activity)]
        holding = offering.holding_of(self.viewer, activity)
        return {"rooms": rooms, "leaders": [(str(one.member), one.name) for one in holding.leaders]}

    def initial(self) -> Context:
        """As it stands."""
        session = self.line["session"]
        return {
            "on": self.line["day"],
            "at": self.line["starts"],
            "room": str(session.room_id),
            "member": str(session.member_id),
            "version": session.version,
        }

    def form_context(self) -> Context:
        """Which session it is, what its room needs, and that it stands where the activity is not held."""
        group, said = self.line["group"], [f"{self.line['name']}."]
        if group.activity.room:
            said.append(f"{_('What the room needs')}: {group.activity.room.rstrip('.')}.")
        if self.line["session"].room_id not in dict(offering.rooms_for(self.viewer, group.activity_id)):
            said.append(_("It stands in a room where it is not held: %(room)s.") % {"room": self.line["where"]})
        return {"intro": " ".join(said)}

    def save(self, form: Any) -> str:
        """Move it, and say what is to be put right then."""
        try:
            found = editing.move_session(
                self.period.id,
                self.line["session"].pk,
                by=self.viewer,
                when=form.when(),
                version=form.cleaned_data["version"],
            )
        except NotSafe as no:
            raise in_words(self, no) from no
        say(self, found)
        return self.cancel_url()


class FixSession(OfSession, PeriodCommand):
    """Let it stay where it is when the rest is planned again, or let it move."""

    fixed = True
    or_proposed = False

    def back_url(self) -> str:
        """Its group."""
        return self.cancel_url()

    def act(self) -> str:
        """Fix it, or not."""
        editing.fix_session(self.period.id, self.line["session"].pk, by=self.viewer, fixed=self.fixed)
        return self.back_url()


class CancelSession(OfSession, FormPage):
    """It is not held: asked once more, since women are told so and nobody can take it back."""

    form_class = SureForm
    title = gettext_lazy("Cancel this session")
    submit_label = gettext_lazy("Cancel it")
    done = gettext_lazy("The session is cancelled.")

    def form_context(self) -> Context:
        """Which one it is, and what follows."""
        day, starts = date_format(self.line["day"], "l j F"), time_format(self.line["starts"], "TIME_FORMAT")
        intro = f"{self.line['name']}, {day}, {starts}. {_(_CANCELLED[self.period.state])}"
        return {"intro": intro, "cancel_label": _("Leave it as it is")}

    def save(self, form: Any) -> str:
        """Cancel it."""
        editing.cancel_session(self.period.id, self.line["session"].pk, by=self.viewer)
        return self.plan_url()


class OfPlace(InPlan):
    """A page about somebody's place."""

    def fetch(self, **kwargs: Any) -> None:
        """The period, and the group in which she has this place."""
        super().fetch(**kwargs)
        self.plan = self.there()
        codes = showing.codes_of(self.viewer, sheets.cases_of(self.plan))
        for line in sheets.by_group(self.plan, codes):
            for place, code in line["women"]:
                if place == kwargs["place"]:
                    self.group, self.code = line, code
                    return
        raise NotThere

    def cancel_url(self) -> str:
        """Back to her group."""
        return self.url("period_group", self.group["group"].pk)


class MoveWoman(OfPlace, FormPage):
    """Another group of the same activity."""

    form_class = PlaceForm
    title = gettext_lazy("Another group")

    def form_arguments(self) -> Context:
        """The other groups of the activity."""
        mine = self.group["group"]
        lines = [(one["group"], _named(one)) for one in sheets.by_group(self.plan, {})]
        others = [(one, name) for one, name in lines if one.activity_id == mine.activity_id and one.pk != mine.pk]
        return {"groups": [(str(one.pk), name) for one, name in others]}

    def form_context(self) -> Context:
        """Who moves."""
        return {"intro": self.code}

    def save(self, form: Any) -> str:
        """Move her, and say what is to be put right then."""
        group = int(form.cleaned_data["group"])
        try:
            found = editing.move_woman(self.period.id, self.kwargs["place"], by=self.viewer, group=group)
        except NotSafe as no:
            raise in_words(self, no) from no
        say(self, found)
        return self.url("period_group", group)


class TakeOut(OfPlace, FormPage):
    """End her place, asked once more; what she asked for stays asked for."""

    form_class = SureForm
    title = gettext_lazy("End her place")
    submit_label = gettext_lazy("End her place")
    done = gettext_lazy("Her place is ended. What she asked for stays asked for.")

    def form_context(self) -> Context:
        """Whose place in what, and what follows."""
        return {"intro": f"{self.code}: {self.group['name']}. {_(_ENDED[self.period.state])}"}

    def save(self, form: Any) -> str:
        """End it."""
        editing.take_out(self.period.id, self.kwargs["place"], by=self.viewer)
        return self.cancel_url()


def _named(line: Context) -> str:
    return _("%(name)s (full)") % {"name": line["name"]} if line["is_full"] else str(line["name"])


def in_words(page: OfPeriod, no: NotSafe) -> Refused:
    """The refusal with what is wrong, as the viewer may know it."""
    lines = showing.told(page.viewer, no.standing, no.troubles)
    words = " ".join(dict.fromkeys(f"{_(one.text)} {', '.join(one.codes)}".strip() for one in lines))
    return Refused(refused(f"{_(no.decision.reason)} {words}", no.decision.source))


def say(page: OfPeriod, found: list[Trouble]) -> None:
    """That it is saved, and whether something is to be put right."""
    if not found:
        messages.success(page.request, _("Saved. The plan keeps every rule."))
        return
    said = ngettext(
        "Saved. %(count)s thing is to be put right: see the plan.",
        "Saved. %(count)s things are to be put right: see the plan.",
        len(found),
    )
    messages.warning(page.request, said % {"count": len(found)})
