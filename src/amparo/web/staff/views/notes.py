"""Notes with an audience."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Audience, Part
from amparo.areas.cases import actions, queries
from amparo.areas.cases.rules import may_correct
from amparo.areas.rights.correcting import beside
from amparo.kernel import clock
from amparo.kernel.decision import require
from amparo.web.staff.case_pages import CaseForm, CasePart
from amparo.web.staff.forms.notes import CorrectionForm, NoteForm
from amparo.web.staff.pages import Context
from amparo.web.staff.words import audience_choices, audience_words


class Notes(CasePart):
    """The notes that are for the reader."""

    part = Part.NOTES
    section = "notes"
    template = "staff/cases/notes.html"

    def context(self) -> Context:
        """One page of notes, latest first."""
        page = self.asked_page()
        notes, more = queries.notes_of(self.viewer, self.case, page=page)
        said = beside(self.viewer, self.case, "note")
        return {
            "notes": [
                (note, audience_words(note.audience), self._may_correct(note), said.get(note.thing, []))
                for note in notes
            ],
            "can_write": bool(self.case.writable(self.viewer, Part.NOTES)),
            **self.turn_pages(page, more=more),
        }

    def _may_correct(self, note: queries.NoteFile) -> bool:
        by = self.viewer.member
        return bool(may_correct(author=note.author, written_at=note.written_at, by=by, now=clock.now()))


class WriteNote(CaseForm):
    """A new note."""

    part = Part.NOTES
    section = "notes"
    back_to = "case_notes"
    form_class = NoteForm
    title = _("Write a note")
    done = _("Saved.")

    def form_arguments(self) -> Context:
        """The audiences that the writer can choose."""
        return {"audiences": audience_choices(self.case.audiences(self.viewer))}

    def initial(self) -> Context:
        """Today, for the team."""
        return {"happened_on": clock.today(self.viewer.time_zone), "audience": Audience.TEAM}

    def save(self, form: Any) -> str:
        """Write it."""
        typed = form.cleaned_data
        actions.write_note(
            self.case,
            by=self.viewer,
            text=typed["text"],
            audience=Audience(typed["audience"]),
            happened_on=typed["happened_on"],
        )
        return self.url("case_notes")


class CorrectNote(CaseForm):
    """One's own note, within a day."""

    part = Part.NOTES
    section = "notes"
    back_to = "case_notes"
    form_class = CorrectionForm
    title = _("Correct your note")
    done = _("Saved.")

    def fetch(self, **kwargs: Any) -> None:
        """The note, if it is the reader's own; a text typed when the day is over still comes back with the reason."""
        super().fetch(**kwargs)
        self.note = note = queries.note_of(self.viewer, self.case, kwargs["note"])
        if self.request.method == "GET" or note.author != self.viewer.member:
            mine = may_correct(author=note.author, written_at=note.written_at, by=self.viewer.member, now=clock.now())
            require(mine)

    def initial(self) -> Context:
        """The text as it stands."""
        return {"text": self.note.text, "version": self.note.version}

    def save(self, form: Any) -> str:
        """Replace the text."""
        typed = form.cleaned_data
        actions.correct_note(self.case, self.note.id, by=self.viewer, text=typed["text"], version=typed["version"])
        return self.url("case_notes")
