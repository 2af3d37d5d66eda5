"""The request desk: what police, courts and offices ask, and what is answered (R1, R2)."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Task
from amparo.areas.cases import requesting
from amparo.areas.consent import asked, requests
from amparo.areas.consent.asked import Knowing, RequestFile
from amparo.areas.consent.rules import HerKnowing
from amparo.areas.consent.rules.requests import Asker, Basis, Channel, Move, Silence, State, Verdict, may_move
from amparo.areas.vault.cleaning import NotAPaper
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, refused, require
from amparo.web.staff.consent_words import KNOWING, shared_list
from amparo.web.staff.forms.papers import NOT_A_PAPER
from amparo.web.staff.forms.requests import (
    AdviceForm,
    BasisForm,
    DecideForm,
    KnowingForm,
    LinkForm,
    PaperForm,
    ReceivedForm,
    TakenBackForm,
)
from amparo.web.staff.pages import Context, FormPage, StaffPage
from amparo.web.staff.request_words import ASKER, CHANNEL, DUE, NOTE, SHAPE, SILENCE, STATE, VERDICT, basis_words

ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
# What can be done with a request, in the order in which it usually is.
STEPS = (
    (Move.LINK, "request_link", gettext_lazy("Note whom it is about")),
    (Move.ADD_PAPER, "request_paper_add", gettext_lazy("Add the paper")),
    (Move.NAME_BASIS, "request_basis", gettext_lazy("Look at the legal basis")),
    (Move.DECIDE, "request_decide", gettext_lazy("Decide what is given")),
    (Move.ANSWER, "request_answer", gettext_lazy("Answer")),
    (Move.TELL, "request_told", gettext_lazy("Whether she knows")),
    (Move.ADVISE, "request_advise", gettext_lazy("Note advice, an appeal or a call")),
    (Move.TAKE_BACK, "request_take_back", gettext_lazy("They took it back")),
)


class Requests(StaffPage):
    """Every request, latest first."""

    task = Task.HANDLE_REQUESTS
    place = "requests"
    template = "staff/requests/list.html"

    def context(self) -> Context:
        """The list, and what of it is wanted."""
        page, state = self.asked_page(), self.asked_for("state")
        found, more = asked.requests_of(self.viewer, state=state if state in set(State) else "", page=page)
        return {
            "title": _("Requests of authorities"),
            "cards": [request_card(one) for one in found],
            "states": [(one.value, words) for one, words in STATE.items()],
            "state": state,
            **self.turn_pages(page, more=more),
        }


class Request(StaffPage):
    """One request with everything that was noted about it."""

    task = Task.HANDLE_REQUESTS
    place = "requests"
    template = "staff/requests/one.html"

    def fetch(self, **kwargs: Any) -> None:
        """The request, of the viewer's own organisation."""
        self.asked = asked.request_of(self.viewer, kwargs["asked"])

    def context(self) -> Context:
        """What it says, and what can be done now."""
        one = self.asked
        steps = [
            (reverse(name, args=(one.id,)), words)
            for move, name, words in STEPS
            if may_move(one.state, move) and not (move is Move.TELL and one.person is None)
        ]
        notes = [(str(NOTE[note.kind]), note) for note in asked.notes_on(self.viewer, one)]
        return {"title": _("Request"), "card": request_card(one), "steps": steps, "notes": notes}


class OpenRequestPaper(StaffPage):
    """The scanned paper, sent once and kept nowhere in the clear."""

    task = Task.HANDLE_REQUESTS

    def fetch(self, **kwargs: Any) -> None:
        """The paper, of the viewer's own organisation."""
        self.paper = asked.paper_of(self.viewer, kwargs["asked"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The bytes, in a box where nothing can act."""
        media_type, content = self.paper
        how = "attachment" if media_type == "application/pdf" else "inline"
        response = HttpResponse(content, content_type=media_type)
        response["Content-Disposition"] = f'{how}; filename="paper.{ENDINGS[media_type]}"'
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["X-Content-Type-Options"] = "nosniff"
        return response


class NoteRequest(FormPage):
    """A request came."""

    task = Task.HANDLE_REQUESTS
    place = "requests"
    template = "staff/requests/form.html"
    form_class = ReceivedForm
    title = gettext_lazy("Note a request")
    intro = gettext_lazy(
        "Say nothing at the door or on the telephone, not even whether she is known here: ask for it in writing. "
        "Her help here never depends on what is answered."
    )
    done = gettext_lazy("Saved. Next: look at the legal basis.")

    def initial(self) -> Context:
        """Today."""
        return {"received_on": clock.today(self.viewer.time_zone)}

    def cancel_url(self) -> str:
        """The list."""
        return reverse("requests")

    def save(self, form: Any) -> str:
        """Note it, with its paper."""
        typed = form.cleaned_data
        received = requests.Received(
            asker=Asker(typed["asker"]),
            channel=Channel(typed["channel"]),
            paper=_content(typed["paper"]),
            **{name: typed[name] for name in ("office", "official", "reference", "what", "received_on", "due_on")},
        )
        number = _or_say_why(lambda: requesting.receive(received, by=self.viewer, code=typed["code"].strip()))
        return reverse("request", args=(number,))


class RequestForm(FormPage):
    """A form about one request."""

    task = Task.HANDLE_REQUESTS
    place = "requests"
    template = "staff/requests/form.html"
    move: Move
    done = gettext_lazy("Saved.")

    def fetch(self, **kwargs: Any) -> None:
        """The request; what cannot be done where it stands is refused with the reason."""
        self.asked: RequestFile = asked.request_of(self.viewer, kwargs["asked"])
        require(may_move(self.asked.state, self.move))

    def cancel_url(self) -> str:
        """Back to the request."""
        return reverse("request", args=(self.asked.id,))

    def form_context(self) -> Context:
        """What the form is about."""
        return {"card": request_card(self.asked)}

    def seen(self, form: Any) -> RequestFile:
        """The request as it stood when the form was shown, so that a colleague's change in between is not lost."""
        return replace(self.asked, version=form.cleaned_data["version"])


class Link(RequestForm):
    """Whom it is about."""

    move = Move.LINK
    form_class = LinkForm
    title = gettext_lazy("Whom is it about?")

    def save(self, form: Any) -> str:
        """Link it to her code."""
        _or_say_why(lambda: requesting.link(self.asked, by=self.viewer, code=form.cleaned_data["code"]))
        return self.cancel_url()


class AddPaper(RequestForm):
    """The scanned paper."""

    move = Move.ADD_PAPER
    form_class = PaperForm
    title = gettext_lazy("Add the paper")

    def save(self, form: Any) -> str:
        """Clean, seal and keep it."""
        content = _content(form.cleaned_data["paper"])
        _or_say_why(lambda: requests.add_paper(self.asked, by=self.viewer, content=content))
        return self.cancel_url()


class NameBasis(RequestForm):
    """On what it stands."""

    move = Move.NAME_BASIS
    form_class = BasisForm
    title = gettext_lazy("Legal basis")

    def initial(self) -> Context:
        """As it stands."""
        return {"version": self.asked.version, "basis": self.asked.basis, "words": self.asked.words["basis_words"]}

    def save(self, form: Any) -> str:
        """Note it."""
        typed = form.cleaned_data
        requests.name_basis(self.seen(form), by=self.viewer, basis=Basis(typed["basis"]), words=typed["words"])
        return self.cancel_url()


class Decide(RequestForm):
    """What is given."""

    move = Move.DECIDE
    form_class = DecideForm
    title = gettext_lazy("Decide what is given")

    def initial(self) -> Context:
        """As it stands."""
        return {"version": self.asked.version, "verdict": self.asked.verdict, "reason": self.asked.words["reason"]}

    def save(self, form: Any) -> str:
        """Decide."""
        typed = form.cleaned_data
        requests.decide(self.seen(form), by=self.viewer, verdict=Verdict(typed["verdict"]), reason=typed["reason"])
        return self.cancel_url()


class SettleKnowing(RequestForm):
    """Whether she knows."""

    move = Move.TELL
    form_class = KnowingForm
    title = gettext_lazy("Does she know of it?")
    intro = gettext_lazy("She is told, unless that endangers her or a court forbids it. Then it is looked at again.")

    def initial(self) -> Context:
        """As it stands."""
        known = self.asked.knowing
        return {
            **{name: getattr(known, name) for name in ("told_on", "silence", "why_not", "look_again_on")},
            "knowing": known.knowing.value,
            "version": self.asked.version,
        }

    def save(self, form: Any) -> str:
        """Note it."""
        typed = form.cleaned_data
        knowing = HerKnowing(typed["knowing"])
        not_told = knowing is HerKnowing.ENDANGERS
        known = Knowing(
            knowing,
            told_on=typed["told_on"] if knowing is HerKnowing.TOLD else None,
            silence=typed["silence"] if not_told else "",
            why_not=typed["why_not"] if not_told else "",
            look_again_on=typed["look_again_on"] if not_told else None,
        )
        requesting.settle_knowing(self.seen(form), known, by=self.viewer)
        return self.cancel_url()


class Advise(RequestForm):
    """Advice, an appeal, a call."""

    move = Move.ADVISE
    form_class = AdviceForm
    title = gettext_lazy("Advice, appeal or call")

    def initial(self) -> Context:
        """Today."""
        return {"on": clock.today(self.viewer.time_zone)}

    def save(self, form: Any) -> str:
        """Note it."""
        requests.advise(self.asked, by=self.viewer, **form.cleaned_data)
        return self.cancel_url()


class TakeBack(RequestForm):
    """They took it back."""

    move = Move.TAKE_BACK
    form_class = TakenBackForm
    title = gettext_lazy("They took it back")

    def save(self, form: Any) -> str:
        """Note it."""
        requests.take_back(self.asked, by=self.viewer, words=form.cleaned_data["words"])
        return self.cancel_url()


def request_card(one: RequestFile) -> Context:
    """A request in words."""
    known = one.knowing
    return {
        "asked": one,
        "url": reverse("request", args=(one.id,)),
        "who": ASKER[one.asker],
        "channel": CHANNEL[one.channel],
        "state": STATE[one.state],
        "shape": SHAPE[one.state],
        "basis": basis_words(one.basis),
        "verdict": VERDICT[Verdict(one.verdict)] if one.verdict else "",
        "shared": shared_list(one.shared),
        "knowing": KNOWING[known.knowing] if one.person else "",
        "silence": SILENCE[Silence(known.silence)] if known.silence else "",
    }


def due_cards(lines: list[asked.DueRequest], today: date) -> list[Context]:
    """What is due about requests, for Today."""
    return [
        {
            "words": DUE[line.why],
            "on": line.on,
            "late": line.on is not None and line.on < today,
            "who": ASKER[line.request.asker],
            "code": line.request.code,
            "url": reverse("request", args=(line.request.id,)),
        }
        for line in lines
    ]


def _content(file: Any) -> bytes:
    if file and (file.size or 0) > settings.PAPER_MAX_BYTES:
        require(refused(str(NOT_A_PAPER["too_large"])))
    content: bytes = file.read() if file else b""
    return content


def _or_say_why(act: Any) -> Any:
    """What the action gives; a paper that cannot be kept and a code that is none are told in words."""
    try:
        return act()
    except NotAPaper as no:
        require(refused(str(NOT_A_PAPER[no.reason])))
    except NotThere:
        require(refused("Nobody here has this code. Check its letters, or leave it empty."))
