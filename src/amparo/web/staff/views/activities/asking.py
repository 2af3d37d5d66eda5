"""Her activities: what she would like, when she can come, and what stands in the way. Asked alone (R4)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Part
from amparo.areas.activities import asking, rechecking, showing, ticketing
from amparo.areas.activities.asking import WishFile
from amparo.areas.activities.rules.states import Answer, InGroup, Kind
from amparo.areas.activities.ticketing import Tickets
from amparo.areas.plans import queries as plans
from amparo.areas.plans.catalogue import basic_needs
from amparo.areas.plans.rules import NeedStatus
from amparo.kernel import clock
from amparo.kernel.decision import Conflict
from amparo.kernel.language import pick
from amparo.web.staff.activity_words import ANSWERS, IN_GROUP, REASONS, answer_words, level_words, part_words
from amparo.web.staff.case_pages import CaseCommand, CaseForm, CasePart
from amparo.web.staff.forms.asking import OtherDaysForm, TicketsForm, WhenForm, WishesForm, WishForm, wish_name
from amparo.web.staff.forms.weeks import days_in_words, initial_ticks
from amparo.web.staff.not_served_words import not_served_words
from amparo.web.staff.pages import Context

SHAPES = {Answer.YES: "done", Answer.LATER: "open", Answer.NO: "plain"}


class Activities(CasePart):
    """Everything about her and the programme on one page."""

    part = Part.ACTIVITIES
    section = "activities"
    template = "staff/activities/hers.html"

    def context(self) -> Context:
        """In a fixed number of queries."""
        week = asking.week_of(self.viewer, self.case)
        wishes = asking.wishes_of(self.viewer, self.case)
        return {
            "can_write": bool(self.case.writable(self.viewer, Part.ACTIVITIES)),
            "sessions": showing.sessions_of(self.viewer, self.case),
            "left": [(name, not_served_words(why)) for name, why in showing.not_served(self.viewer, self.case)],
            "basics": self._open_basics(),
            "groups": self._groups(wishes),
            "wanted": [self._line(one) for one in wishes if one.said and one.said.answer is not Answer.NO],
            "others": [self._line(one) for one in wishes if not one.said or one.said.answer is Answer.NO],
            "week": week,
            "days": days_in_words(week.times),
            "reasons": [REASONS[one] for one in week.needs.reasons],
            "levels": level_words(week.needs.levels or {}),
            "other_days": [(one, REASONS.get(one.reason, "")) for one in asking.other_days_of(self.viewer, self.case)],
            "tickets": ticketing.tickets_of(self.viewer, self.case),
            "reads_safety": bool(self.case.readable(self.viewer, Part.SAFETY)),
        }

    def _line(self, wish: WishFile) -> Context:
        said, in_groups = wish.said, wish.activity.offer.kind is Kind.GROUP
        return {
            "wish": wish,
            "url_part": reverse("activity", args=(wish.activity.id,)),
            "answer": answer_words(wish),
            "shape": SHAPES[said.answer] if said else "",
            "part": part_words(wish, clock.today(self.viewer.time_zone)),
            "in_group": IN_GROUP[said.in_group] if said and in_groups else "",
            "to_ask_alone": bool(said and in_groups and not said.asked_alone),
            "words": said.words if said else "",
        }

    def _open_basics(self) -> list[str]:
        """The basic needs that are open: they come before anything long (R9)."""
        if not self.case.readable(self.viewer, Part.PLAN):
            return []
        needs = plans.plan_of(self.viewer, self.case).needs
        missing = {one.basic_need for one in needs if one.basic_need and one.status == NeedStatus.OPEN}
        return [pick(one.name, self.viewer.language) for one in basic_needs() if one.key in missing]

    def _groups(self, wishes: Iterable[WishFile]) -> Context:
        alone = any(one.said and one.said.asked_alone for one in wishes)
        decision = asking.may_join(self.viewer, self.case, asked_alone=alone, therapeutic=False)
        return {
            "may": decision.allowed,
            "reason": _(decision.reason) if decision.reason else "",
            "source": decision.source,
        }


class ActivityForm(CaseForm):
    """A form about her activities; leads back to them."""

    part = Part.ACTIVITIES
    section = "activities"
    back_to = "case_activities"


class AskHer(ActivityForm):
    """Everything that is offered, one tap each."""

    form_class = WishesForm
    title = gettext_lazy("Ask her what she would like")
    intro = gettext_lazy("Ask her alone, before any group. A no today is no no for ever, and nothing depends on it.")
    done = gettext_lazy("Noted.")

    def form_arguments(self) -> Context:
        """What is offered now; with when she took part, or does."""
        today = clock.today(self.viewer.time_zone)
        wishes = [one for one in asking.wishes_of(self.viewer, self.case) if one.activity.in_use]
        wishes.sort(key=lambda one: one.activity.offer.name)
        return {"offered": [(one.activity.id, one.activity.offer.name, _about(one, today)) for one in wishes]}

    def initial(self) -> Context:
        """What she said before; a yes that was answered is asked for anew."""
        wishes = asking.wishes_of(self.viewer, self.case)
        said = [(one.activity, one.said) for one in wishes if one.said and not one.to_ask_again]
        of_groups = [one for activity, one in said if activity.offer.kind is Kind.GROUP]
        feels = {one.in_group for one in of_groups} - {InGroup.NOT_ASKED}
        return {
            **{wish_name(activity.id): one.answer for activity, one in said},
            "asked_alone": bool(of_groups) and all(one.asked_alone for one in of_groups),
            "in_group": feels.pop() if len(feels) == 1 else "",
        }

    def save(self, form: Any) -> str:
        """Note what is new. What was left as it was shown changes nothing of what she said of each before.

        But where she is asked again, whether that was alone is said of this time (R4).
        """
        there = {one.activity.id: one for one in asking.wishes_of(self.viewer, self.case)}
        shown = self.initial()
        left = [name for name in ("asked_alone", "in_group") if form.cleaned_data[name] == shown[name]]
        for number, said in form.answers().items():
            before, again = there[number].said, there[number].to_ask_again
            kept = [name for name in (*left, "words") if not (again and name == "asked_alone")]
            fresh = replace(said, **{name: getattr(before, name) for name in kept} if before else {})
            if fresh != before or again:
                asking.note_interest(self.case, number, by=self.viewer, said=fresh, version=there[number].version)
        rechecking.soon(self.viewer)
        return self.cancel_url()


class AskAbout(ActivityForm):
    """What she says about one activity, with her words."""

    form_class = WishForm
    done = gettext_lazy("Noted.")

    def fetch(self, **kwargs: Any) -> None:
        """The case and the activity with what she said before."""
        super().fetch(**kwargs)
        self.wish = asking.wish_of(self.viewer, self.case, kwargs["activity"])

    def form_arguments(self) -> Context:
        """Of what she has alone nobody asks how she is with others; in its midst, whether she would like it again."""
        part, offer, today = self.wish.part, self.wish.activity.offer, clock.today(self.viewer.time_zone)
        in_midst = self.wish.is_answered and part is not None and part.has_begun(today) and not offer.goes_on
        return {"in_groups": offer.kind is Kind.GROUP, "in_midst": in_midst}

    def form_context(self) -> Context:
        """Which activity it is."""
        about = _about(self.wish, clock.today(self.viewer.time_zone))
        return {"title": self.wish.activity.offer.name, "intro": about}

    def initial(self) -> Context:
        """As it stands; a yes that was answered is asked for anew."""
        said = self.wish.said
        there = {"answer": said.answer, "in_group": said.in_group, "asked_alone": said.asked_alone} if said else {}
        there |= {"answer": "", "asked_alone": False} if self.wish.to_ask_again else {}
        return {**there, "words": said.words if said else "", "version": self.wish.version}

    def save(self, form: Any) -> str:
        """Note it."""
        about = {"version": form.cleaned_data["version"], "again": form.cleaned_data.get("again", False)}
        try:
            asking.note_interest(self.case, self.wish.activity.id, by=self.viewer, said=form.said(), **about)
        except Conflict as changed:
            changed.theirs = [(name, str(ANSWERS.get(text, text))) for name, text in changed.theirs]
            raise
        rechecking.soon(self.viewer)
        return self.cancel_url()


class When(ActivityForm):
    """When she can come, and what has to fit."""

    form_class = WhenForm
    title = gettext_lazy("When she can come")
    intro = gettext_lazy("Tick the hours that are usually free. What life needs comes first.")
    done = gettext_lazy("Saved.")

    def form_arguments(self) -> Context:
        """The languages in which a level matters, and those in which hers is known."""
        offered = [one.activity.offer for one in asking.wishes_of(self.viewer, self.case)]
        known = asking.week_of(self.viewer, self.case).needs.levels or {}
        return {"languages": sorted({one.language for one in offered if one.level} | set(known))}

    def initial(self) -> Context:
        """As it stands."""
        week = asking.week_of(self.viewer, self.case)
        return {
            **initial_ticks(week.times),
            **{f"level_{code}": level for code, level in (week.needs.levels or {}).items()},
            "reasons": list(week.needs.reasons),
            "children": week.needs.children,
            "words": week.needs.words,
            "version": week.version,
        }

    def save(self, form: Any) -> str:
        """Write it down."""
        version = form.cleaned_data["version"]
        asking.write_week(self.case, by=self.viewer, times=form.weekly(), needs=form.needs(), version=version)
        rechecking.soon(self.viewer)
        return self.cancel_url()


class NoteOtherDays(ActivityForm):
    """Days that are different."""

    form_class = OtherDaysForm
    title = gettext_lazy("Days that are different")
    done = gettext_lazy("Saved.")

    def save(self, form: Any) -> str:
        """Note them."""
        asking.note_other_days(self.case, by=self.viewer, days=form.days(), reason=form.cleaned_data["reason"])
        rechecking.soon(self.viewer)
        return self.cancel_url()


class TakeBackDays(CaseCommand):
    """They are as her other weeks after all."""

    part = Part.ACTIVITIES
    back_to = "case_activities"
    done = gettext_lazy("It is taken back.")

    def act(self) -> str:
        """Take them back."""
        asking.take_back_days(self.case, self.kwargs["days"], by=self.viewer)
        rechecking.soon(self.viewer)
        return self.back_url()


class HandOutTickets(ActivityForm):
    """Tickets for the way."""

    form_class = TicketsForm
    title = gettext_lazy("Hand out tickets")
    intro = gettext_lazy("Whether she comes or not: support is never tied to what she does.")
    done = gettext_lazy("Noted.")

    def form_arguments(self) -> Context:
        """What is offered, and in which money."""
        wishes = asking.wishes_of(self.viewer, self.case)
        offered = [(str(one.activity.id), one.activity.offer.name) for one in wishes]
        return {"activities": offered, "currency": self.seat.membership.currency}

    def initial(self) -> Context:
        """Today."""
        return {"on": clock.today(self.viewer.time_zone), "number": 2}

    def save(self, form: Any) -> str:
        """Note it."""
        typed = form.cleaned_data
        activity = int(typed["activity"]) if typed["activity"] else None
        tickets = Tickets(typed["on"], typed["number"], int(typed["cost"] * 100), activity)
        ticketing.hand_out(self.case, by=self.viewer, tickets=tickets)
        return self.cancel_url()


def _about(wish: WishFile, today: date) -> str:
    """What it is for, and what a yes means: she hears it before she says one."""
    is_yes = wish.said is not None and wish.said.answer is Answer.YES
    to_say = _("A yes stands until she says otherwise.") if wish.activity.offer.goes_on and not is_yes else ""
    return " ".join(filter(None, (wish.activity.offer.aim, part_words(wish, today), to_say)))
