"""Services delivered: noted in two taps from Today, listed and added up here."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part
from amparo.areas.cases import services
from amparo.kernel import clock
from amparo.kernel.decision import require
from amparo.web.staff.case_pages import CaseCommand, CaseForm, CasePart
from amparo.web.staff.case_words import minutes_words, service_choices, service_words
from amparo.web.staff.forms.services import LENGTHS, MORE, ServiceForm
from amparo.web.staff.history import VERBS
from amparo.web.staff.pages import Context

# Shown first to a colleague who has noted nothing yet.
OFTEN = ("counselling", "accompaniment", "paperwork", "information", "transport_ticket", "coordination")
SHOWN = 6

VERBS["service delivered"] = lambda line: service_words(line.words[0]) if line.words else ""


class Services(CasePart):
    """What was done with her and for her, and what it adds up to."""

    part = Part.SERVICES
    section = "services"
    template = "staff/services/list.html"

    def context(self) -> Context:
        """One page of entries; the months on the first."""
        page = self.asked_page()
        lines, more = services.services_of(self.viewer, self.case, page=page)
        return {
            "lines": [(line, _shown(line.what, self._currency())) for line in lines],
            "months": self._months() if page == 1 else [],
            "can_write": bool(self.case.writable(self.viewer, Part.SERVICES)),
            **self.turn_pages(page, more=more),
        }

    def _months(self) -> list[Context]:
        return [
            {
                "month": total.month,
                "times": total.times,
                "minutes": minutes_words(total.minutes) or "–",
                "cost": money_words(total.cost_cents, self._currency()) or "–",
            }
            for total in services.monthly_totals(self.viewer, self.case)
        ]

    def _currency(self) -> str:
        return self.seat.membership.currency


class NoteService(CaseForm):
    """One page: what and how long; both stand there already as they usually are."""

    template = "staff/services/form.html"
    part = Part.SERVICES
    section = "services"
    back_to = "case_services"
    form_class = ServiceForm
    title = _("Note what you did")
    done = _("Saved.")

    def form_arguments(self) -> Context:
        """The kinds that the colleague notes most, then all."""
        usual = [kind for kind, _ in services.usual_services(self.viewer)]
        every = service_choices()
        named = dict(every)
        often = [kind for kind in dict.fromkeys([*usual, *OFTEN]) if kind in named][:SHOWN]
        return {
            "often": [(kind, named[kind]) for kind in often],
            "every": [(key, words) for key, words in every if key not in often],
            "currency": self.seat.membership.currency,
        }

    def initial(self) -> Context:
        """Today, and what this colleague does most."""
        usual = services.usual_services(self.viewer)
        kind, minutes = usual[0] if usual else ("", None)
        return {"on": clock.today(self.viewer.time_zone), "kind": kind, **_length(minutes)}

    def form_page(self, form: Any, **state: Any) -> HttpResponse:
        """What is rarely needed is unfolded where something stands in it, or is wrong with it."""
        self.unfolded = any(form.errors.get(name) or form[name].value() for name in ("cost", "note")) or bool(
            form.errors.get("on")
        )
        return super().form_page(form, **state)

    def form_context(self) -> Context:
        """Whether it is unfolded."""
        return {"unfolded": self.unfolded}

    def cancel_url(self) -> str:
        """Back to Today where the page was opened from there."""
        return reverse("today") if self.request.GET.get("from") == "today" else super().cancel_url()

    def save(self, form: Any) -> str:
        """Note it and go back."""
        services.note_service(self.case, by=self.viewer, what=_delivered(form))
        return self.cancel_url()


class CorrectService(NoteService):
    """One's own entry, within a day."""

    title = _("Correct what you noted")

    def fetch(self, **kwargs: Any) -> None:
        """One's own entry; words typed when the day is over still come back with the reason."""
        super().fetch(**kwargs)
        self.line = services.service_of(self.viewer, self.case, kwargs["service"])
        if self.request.method == "GET" or self.line.member != self.viewer.member:
            require(self.line.correctable)

    def form_context(self) -> Context:
        """The way to take it back, while it can be."""
        address = reverse("service_take_back", args=(self.case.code, self.line.id))
        return {**super().form_context(), "may_take_back": address if self.line.correctable else ""}

    def form_arguments(self) -> Context:
        """The kind of this entry is among those shown first."""
        arguments = super().form_arguments()
        kind = self.line.what.kind
        if kind not in dict(arguments["often"]):
            arguments["often"].insert(0, (kind, service_words(kind)))
        return arguments

    def initial(self) -> Context:
        """The entry as it stands."""
        what = self.line.what
        cost = None if what.cost_cents is None else Decimal(what.cost_cents) / 100
        return {"kind": what.kind, "on": what.on, "cost": cost, "note": what.note, **_length(what.minutes)}

    def save(self, form: Any) -> str:
        """Replace it."""
        services.correct_service(self.case, self.line.id, by=self.viewer, what=_delivered(form))
        return self.url("case_services")


class TakeBackService(CaseCommand):
    """Take back one's own entry, within a day."""

    part = Part.SERVICES
    back_to = "case_services"
    done = _("Taken back.")

    def act(self) -> str:
        """Remove it."""
        services.take_back_service(self.case, self.kwargs["service"], by=self.viewer)
        return self.back_url()


def money_words(cents: int | None, currency: str) -> str:
    """An amount in the reader's way of writing; empty where there is none."""
    return f"{number_format(Decimal(cents) / 100, 2)} {currency}" if cents else ""


def _delivered(form: ServiceForm) -> services.Delivered:
    typed = form.cleaned_data
    return services.Delivered(
        kind=form.chosen_kind(),
        on=typed["on"],
        minutes=form.chosen_minutes(),
        cost_cents=form.chosen_cents(),
        note=typed["note"],
    )


def _length(minutes: int | None) -> Context:
    if minutes is None or minutes in LENGTHS:
        return {"length": str(minutes or "")}
    return {"length": MORE, "minutes": minutes}


def _shown(what: services.Delivered, currency: str) -> Context:
    words = [minutes_words(what.minutes), money_words(what.cost_cents, currency)]
    return {"kind": service_words(what.kind), "measures": " · ".join(word for word in words if word)}
