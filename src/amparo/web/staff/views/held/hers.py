"""Her sessions as her team sees them: words for the room, who came, asking how she is, certificates."""

from typing import Any

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amparo.areas.access.rules import Part
from amparo.areas.activities.held import attending, certifying, hers, late
from amparo.areas.activities.held.catalogue import LANGUAGES, questions
from amparo.areas.activities.rules.states import Agreed, Came, Found, Moment, Paper
from amparo.kernel.language import pick
from amparo.web.pdf import pdf_response
from amparo.web.staff import certificate_paper
from amparo.web.staff.activity_words import CAME, MOMENTS, REASONS
from amparo.web.staff.case_pages import CaseForm, CasePart
from amparo.web.staff.case_words import minutes_words
from amparo.web.staff.forms.hers_held import (
    KEEP,
    AskedAfterForm,
    CameForm,
    CameLateForm,
    CertificateForm,
    RoomForm,
)
from amparo.web.staff.held_words import AGREED, FOUND, NEEDS, PAPERS, cancelled_words
from amparo.web.staff.history import VERBS, simple
from amparo.web.staff.lines import PAGES
from amparo.web.staff.pages import Context

VERBS["room words written"] = simple(gettext_lazy("What is known of her in the room was written"))
VERBS["asked after"] = lambda line: f"{_('She was asked how she is')}: {FOUND[line.words[0]]}"
VERBS["certificate issued"] = simple(gettext_lazy("She was given a certificate"))
VERBS["evaluation given"] = simple(gettext_lazy("She said what she thinks of an activity"))
VERBS["evaluation thrown away"] = simple(gettext_lazy("What she said of an activity came late, and was thrown away"))
PAGES["ask_after"] = "case_ask_after"
PAGES["said_late"] = "case_said_late"


class HerSessions(CasePart):
    """Every group that she is or was in, with its sessions and what followed."""

    part = Part.ACTIVITIES
    section = "activities"
    template = "staff/held/hers.html"

    def context(self) -> Context:
        """The groups in words, and what stands of her in the room."""
        room = hers.room_words_of(self.viewer, self.case)
        return {
            "title": _("Her sessions"),
            "room": room,
            "room_needs": ", ".join(str(NEEDS[one]) for one in room.needs if one in NEEDS),
            "courses": [_course(one) for one in hers.courses_of(self.viewer, self.case)],
            "can_write": bool(self.case.writable(self.viewer, Part.ACTIVITIES)),
        }


class InHerSessions(CaseForm):
    """A form that leads back to her sessions."""

    part = Part.ACTIVITIES
    section = "activities"
    back_to = "case_sessions"


class WriteRoomWords(InHerSessions):
    """What whoever holds a session learns of her."""

    form_class = RoomForm
    title = gettext_lazy("What is known of her in the room")
    intro = gettext_lazy(
        "Agree it with her. Whoever holds her session sees this, her languages and the children she brings, on the day "
        "of the session, and nothing else of her."
    )
    done = gettext_lazy("Saved.")

    def initial(self) -> Context:
        """As it stands."""
        room = hers.room_words_of(self.viewer, self.case)
        return {"called": room.called, "needs": list(room.needs), "words": room.words, "version": room.version}

    def save(self, form: Any) -> str:
        """Write it."""
        typed = form.cleaned_data
        said = hers.RoomWords(typed["called"], tuple(typed["needs"]), typed["words"], typed["version"])
        hers.write_room_words(self.case, by=self.viewer, said=said)
        return self.cancel_url()


class WriteWhoCame(InHerSessions):
    """Whether she came to one session, noted or corrected by her team."""

    form_class = CameForm
    intro = gettext_lazy("Nothing follows from not coming. A reason, if she gives one, helps us to adapt.")
    done = gettext_lazy("Saved.")

    def fetch(self, **kwargs: Any) -> None:
        """The session among hers."""
        super().fetch(**kwargs)
        self.line = hers.session_line(self.viewer, self.case, kwargs["held"])

    def form_context(self) -> Context:
        """Which day it is about."""
        return {"title": _("The session of %(day)s") % {"day": date_format(self.line.on, "SHORT_DATE_FORMAT")}}

    def initial(self) -> Context:
        """As it stands."""
        return {"came": self.line.came, "reason": self.line.reason}

    def save(self, form: Any) -> str:
        """Write it."""
        typed = form.cleaned_data
        came, reason = Came(typed["came"]), typed["reason"]
        attending.correct_attendance(self.case, self.line.id, by=self.viewer, came=came, reason=reason)
        return self.cancel_url()


class AboutOneCourse(InHerSessions):
    """A form about one group of hers."""

    course: hers.Course

    def fetch(self, **kwargs: Any) -> None:
        """The group among hers."""
        super().fetch(**kwargs)
        self.course = hers.course_of(self.viewer, self.case, kwargs["course"])


class AskAfter(AboutOneCourse):
    """She has not come twice: questions to ask her, and what was found."""

    template = "staff/held/ask_after.html"
    form_class = AskedAfterForm
    done = gettext_lazy("Saved.")

    def form_context(self) -> Context:
        """Which group."""
        return {"title": _("Ask how she is"), "course": self.course}

    def save(self, form: Any) -> str:
        """Note it."""
        typed = form.cleaned_data
        agreed = [Agreed(one) for one in typed["agreed"]]
        found, words = Found(typed["found"]), typed["words"]
        hers.note_asked_after(self.case, self.course.group, by=self.viewer, found=found, agreed=agreed, words=words)
        return self.cancel_url()


class SaveWhatCameLate(AboutOneCourse):
    """What she said of a group when nobody was signed in any more: her team saves it unread, or throws it away."""

    form_class = CameLateForm
    title = gettext_lazy("What she said came late")
    intro = gettext_lazy(
        "She finished after the device had signed out whoever gave it to her. Nobody has read her answers. Once they "
        "are saved, they stand among her sessions."
    )
    done = gettext_lazy("Done.")

    def form_context(self) -> Context:
        """Of which activity."""
        return {"intro": f"{self.course.activity}. {self.intro}"}

    def save(self, form: Any) -> str:
        """Save it or throw it away."""
        keep = form.cleaned_data["what"] == KEEP
        late.settle_hers(self.case, self.course.group, by=self.viewer, keep=keep)
        return self.cancel_url()


class GiveCertificate(AboutOneCourse):
    """A formal paper, printed once her name was typed for it."""

    template = "staff/held/certificate.html"
    form_class = CertificateForm
    submit_label = gettext_lazy("Make the certificate")

    def form_arguments(self) -> Context:
        """How many hours it can name, and what of the course was not held: whoever chooses weighs it."""
        return {"held": certifying.hours_of(self.course), "cancelled": cancelled_words(self.course)}

    def form_context(self) -> Context:
        """Which group, who issues, and how her name can be looked up where she left it to us."""
        return {
            "title": _("A certificate"),
            "course": self.course,
            "issuer": certifying.issuer_of(self.viewer),
            "knows_identity": bool(self.case.readable(self.viewer, Part.IDENTITY)),
        }

    def initial(self) -> Context:
        """That she took part, with the hours noted; all hours where nobody noted any."""
        noted = max(1, -(-self.course.minutes // 60)) if any(one.came for one in self.course.sessions) else 0
        language = self.viewer.language if self.viewer.language in LANGUAGES else "en"
        return {"kind": Paper.PARTICIPATION, "hours": noted or certifying.hours_of(self.course), "language": language}

    def save(self, form: Any) -> HttpResponse:
        """Note that she is given it, and show it this once."""
        typed = form.cleaned_data
        issued = certifying.issue(
            self.case,
            self.course.group,
            by=self.viewer,
            paper=Paper(typed["kind"]),
            hours=typed["hours"],
            language=typed["language"],
        )
        return pdf_response(certificate_paper.paper(issued, name=typed["name"], language=typed["language"]))


def _course(course: hers.Course) -> Context:
    return {
        "it": course,
        "sessions": [(line, _came(line)) for line in course.sessions],
        "time": minutes_words(course.minutes),
        "asked": [(one, str(FOUND[one.found]), ", ".join(str(AGREED[a]) for a in one.agreed)) for one in course.asked],
        "given": [(one, str(PAPERS[one.kind])) for one in course.given],
        "said": [(one, str(MOMENTS[one.moment]), _answers(one)) for one in course.said],
    }


def _came(line: hers.SessionLine) -> str:
    came = str(CAME[line.came]) if line.came else ""
    return f"{came}: {REASONS[line.reason]}" if line.reason else came


def _answers(said: hers.Said) -> list[tuple[str, str]]:
    asked = [one for one in questions(Moment(said.moment)) if one.key in said.answers]
    language = get_language() or "en"
    return [(pick(one.text, language), _mark(said.answers[one.key])) for one in asked]


def _mark(answer: int | str) -> str:
    return _("%(answer)s of 5") % {"answer": answer} if isinstance(answer, int) else _("does not want to say")
