"""The sessions that a member holds, and the list of one of them with who came."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Audience, Task
from amparo.areas.activities.held import attending, late
from amparo.areas.activities.held.lists import HeldSession, Woman, held_session, own_sessions, woman_of, women_of
from amparo.kernel.decision import Conflict
from amparo.web import kept
from amparo.web.staff.activity_words import CAME
from amparo.web.staff.forms.held import AttendanceForm, WordForm, shown_lines
from amparo.web.staff.history import VERBS
from amparo.web.staff.pages import Context, FormPage, StaffPage

VERBS["attendance noted"] = lambda line: str(CAME[line.words[0]]) if line.words else ""


class OwnSessions(StaffPage):
    """Today's and the next ones, without anybody's name."""

    task = Task.HOLD_SESSIONS
    place = "held_today"
    template = "staff/held/today.html"

    def context(self) -> Context:
        """Each with when and where; the way to its list once that is open."""
        said_late = bool(kept.waiting(self.request, reverse("handed"))) or late.waits_for(self.viewer)
        return {"title": _("Sessions that you hold"), "sessions": own_sessions(self.viewer), "said_late": said_late}


class InOneSession(FormPage):
    """A form about one session that the viewer holds, while its list is open."""

    task = Task.HOLD_SESSIONS
    place = "held_today"
    session: HeldSession

    def fetch(self, **kwargs: Any) -> None:
        """The session by its number, and who is expected."""
        self.session = held_session(self.viewer, kwargs["held"])

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("held_session", args=(self.session.id,))


class OneSession(InOneSession):
    """Who is expected, what to mind in the room, and who came: one page, one button."""

    template = "staff/held/session.html"
    form_class = AttendanceForm
    done = gettext_lazy("Saved.")
    women: list[Woman]

    def fetch(self, **kwargs: Any) -> None:
        """The session and its women."""
        super().fetch(**kwargs)
        self.women = women_of(self.viewer, self.session)

    def context(self) -> Context:
        """When and where."""
        return {"title": self.session.activity, "session": self.session}

    def form_arguments(self) -> Context:
        """Whom the form asks about."""
        return {"women": self.women}

    def initial(self) -> Context:
        """What is noted already."""
        return shown_lines(self.women)

    def save(self, form: Any) -> str:
        """Write down what changed."""
        try:
            attending.note_attendance(self.session.id, by=self.viewer, lines=form.lines())
        except Conflict as changed:
            changed.theirs = [(name, str(CAME[came])) for name, came in changed.theirs]
            raise
        return self.cancel_url()


class TellHerTeam(InOneSession):
    """A word about one woman, for her team or her referent. It is not shown here again."""

    form_class = WordForm
    submit_label = gettext_lazy("Send it to her team")
    intro = gettext_lazy(
        "Only what helps to accompany her. It stands among her team's notes under your name; you do not see it again, "
        "and no answer comes here. If somebody is in danger now, call your coordinator or 112."
    )
    done = gettext_lazy("Her team has it.")
    woman: Woman

    def fetch(self, **kwargs: Any) -> None:
        """The session, and the woman by her place in it."""
        super().fetch(**kwargs)
        self.woman = woman_of(self.viewer, self.session, kwargs["seat"])

    def context(self) -> Context:
        """Of whom."""
        return {"title": _("A word about %(name)s") % {"name": self.woman.name}}

    def initial(self) -> Context:
        """Her team, unless it is for one person's eyes."""
        return {"audience": Audience.TEAM}

    def save(self, form: Any) -> str | HttpResponse:
        """Leave it."""
        attending.tell_her_team(
            self.session.id,
            self.woman.place,
            by=self.viewer,
            text=form.cleaned_data["text"],
            audience=Audience(form.cleaned_data["audience"]),
        )
        return self.cancel_url()
