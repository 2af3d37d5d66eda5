"""Appointments with her. Moving one or not coming changes nothing for her (R17)."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part
from amparo.areas.activities import rechecking
from amparo.areas.cases import appointments, team
from amparo.areas.cases.queries import HistoryLine
from amparo.areas.cases.rules import DueKind, Meeting, Topic
from amparo.web.staff.case_pages import CaseCommand, CaseForm, CasePart
from amparo.web.staff.case_words import MEETINGS, TOPICS
from amparo.web.staff.forms.appointments import AppointmentForm
from amparo.web.staff.history import VERBS, Words
from amparo.web.staff.lines import ACTIONS, PAGES
from amparo.web.staff.pages import Context
from amparo.web.staff.words import WHY


def _agreed(words: Promise) -> Words:
    def worded(line: HistoryLine) -> str:
        about, day = line.words
        return f"{words}: {TOPICS.get(about, about)}, {date_format(date.fromisoformat(day), 'SHORT_DATE_FORMAT')}"

    return worded


def _settled(line: HistoryLine) -> str:
    state, about = line.words
    return f"{MEETINGS.get(state, state)}: {TOPICS.get(about, about)}"


VERBS |= {
    "appointment planned": _agreed(_("Appointment agreed")),
    "appointment moved": _agreed(_("Appointment moved")),
    "appointment settled": _settled,
}
PAGES[DueKind.APPOINTMENT] = "appointment"
ACTIONS[DueKind.APPOINTMENT] = ("appointment_attended", MEETINGS[Meeting.ATTENDED])
WHY |= {f"about_{topic}": words for topic, words in TOPICS.items()}


class Appointments(CasePart):
    """Those agreed and those that were."""

    part = Part.SERVICES
    section = "services"
    template = "staff/appointments/list.html"

    def context(self) -> Context:
        """The latest ones."""
        found = appointments.appointments_of(self.viewer, self.case)
        return {
            "appointments": [(one, TOPICS[one.plan.about], MEETINGS[one.state]) for one in found],
            "can_write": bool(self.case.writable(self.viewer, Part.SERVICES)),
        }


class PlanAppointment(CaseForm):
    """A new time with her."""

    part = Part.SERVICES
    section = "services"
    back_to = "case_appointments"
    form_class = AppointmentForm
    title = _("Agree on a time with her")
    done = _("Saved.")

    def form_arguments(self) -> Context:
        """Her team, to choose who meets her."""
        return {"team": [(str(one.member), one.name) for one in team.team_of(self.viewer, self.case)]}

    def initial(self) -> Context:
        """Oneself."""
        return {"member": str(self.viewer.member)}

    def save(self, form: Any) -> str:
        """Agree on it."""
        appointments.plan_appointment(self.case, by=self.viewer, plan=_plan(form.cleaned_data))
        rechecking.soon(self.viewer)
        return self.url("case_appointments")


class Appointment(PlanAppointment):
    """One appointment: what became of it, or another time for it."""

    template = "staff/appointments/one.html"
    title = _("Appointment")
    submit_label = _("Save the new time")

    def fetch(self, **kwargs: Any) -> None:
        """The appointment, if it is of this case."""
        super().fetch(**kwargs)
        self.one = appointments.appointment_of(self.viewer, self.case, kwargs["appointment"])

    def form_arguments(self) -> Context:
        """Her team, and who was to meet her even if that colleague has left it."""
        choices = super().form_arguments()["team"]
        mine = (str(self.one.plan.member), self.one.member_name)
        return {"team": choices if mine in choices else [*choices, mine]}

    def initial(self) -> Context:
        """The appointment as it stands."""
        plan = self.one.plan
        return {
            "on": plan.on,
            "at": plan.at,
            "about": plan.about,
            "member": str(plan.member),
            "place": plan.place,
            "version": self.one.version,
        }

    def form_context(self) -> Context:
        """What became of it, in words."""
        return {
            "one": self.one,
            "state": MEETINGS[self.one.state],
            "about": TOPICS[self.one.plan.about],
            "planned": self.one.state is Meeting.PLANNED,
        }

    def save(self, form: Any) -> str:
        """Move it."""
        version = form.cleaned_data["version"] or 0
        plan = _plan(form.cleaned_data)
        appointments.move_appointment(self.case, self.one.id, by=self.viewer, plan=plan, version=version)
        rechecking.soon(self.viewer)
        return self.url("case_appointments")


class SettleAppointment(CaseCommand):
    """One tap: what became of it."""

    part = Part.SERVICES
    back_to = "case_appointments"
    done = _("Saved.")
    state: Meeting = Meeting.ATTENDED

    def act(self) -> str:
        """Say it."""
        appointments.settle_appointment(self.case, self.kwargs["appointment"], by=self.viewer, state=self.state)
        rechecking.soon(self.viewer)
        return self.back_url()


class CouldNotCome(SettleAppointment):
    """She could not come; nothing follows from it."""

    state = Meeting.COULD_NOT_COME
    done = _("Saved. Nothing changes for her. You can agree on another time whenever she likes.")


def _plan(typed: dict[str, Any]) -> appointments.Plan:
    return appointments.Plan(
        on=typed["on"],
        at=typed["at"],
        about=Topic(typed["about"]),
        member=int(typed["member"]),
        place=typed["place"],
    )
