"""Asking her: one purpose on a page, in her language beside the reader's."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part
from amparo.areas.activities import rechecking
from amparo.areas.cases import consenting
from amparo.areas.cases.rules import Status, papers_may_be_taken
from amparo.areas.consent.actions import Asked, Said
from amparo.areas.consent.catalogue import PURPOSES, ConsentText, current_consent_text
from amparo.areas.consent.queries import ConsentFile, consent_of, consents_of
from amparo.areas.consent.rules import Answer, Explained, Interpreted, Proof, State, months_later
from amparo.areas.people.queries import person_file
from amparo.kernel import clock
from amparo.kernel.decision import NotThere
from amparo.kernel.language import pick
from amparo.web.components.fields import language_name
from amparo.web.staff.case_pages import CaseForm, CasePart
from amparo.web.staff.consent_words import SHAPE, STATE, name_of, variant_words, worded
from amparo.web.staff.forms.consents import AnswerForm
from amparo.web.staff.pages import Context


class Ways(CasePart):
    """The ways within a purpose, each asked for by itself (R7: every way of contact)."""

    part = Part.CONSENTS
    section = "consents"
    template = "staff/consents/ways.html"
    writes = True

    def fetch(self, **kwargs: Any) -> None:
        """The text, if it has ways."""
        super().fetch(**kwargs)
        self.text = _text(kwargs["several"], has_ways=True)

    def context(self) -> Context:
        """Each way with where it stands."""
        today = clock.today(self.viewer.time_zone)
        mine = consents_of(self.viewer, self.case.person)
        states = {one.variant: one.state_on(today) for one in mine if one.purpose == self.text.purpose}
        rows = []
        for way in self.text.variants:
            state = states.get(way.key, State.NOT_ASKED)
            rows.append(
                {
                    "label": worded(way.name),
                    "hint": worded(way.note),
                    "url": self.url("consent_ask_way", self.text.purpose, way.key),
                    "state": STATE[state],
                    "shape": SHAPE[state],
                }
            )
        return {"title": worded(self.text.title), "rows": rows}


class Ask(CaseForm):
    """The text in her language and the reader's, and the form for her answer.

    Before her yes to being accompanied there is the text to talk about, and why nothing is signed yet.
    """

    part = Part.CONSENTS
    section = "consents"
    back_to = "case_consents"
    template = "staff/consents/ask.html"
    form_class = AnswerForm
    submit_label = _("Save her answer")
    done = _("Saved. She can have her copy.")
    text: ConsentText
    variant: str = ""
    consent: ConsentFile | None = None

    def fetch(self, **kwargs: Any) -> None:
        """The newest text for what she is asked, and the languages she understands."""
        super().fetch(**kwargs)
        self.find(**kwargs)
        self.languages = person_file(self.viewer, self.case.person).languages

    def find(self, **kwargs: Any) -> None:
        """The text for the purpose."""
        self.text = _text(kwargs["purpose"])

    def form_arguments(self) -> Context:
        """The text decides which fields there are."""
        return {"text": self.text, "is_known": self.consent is not None}

    def initial(self) -> Context:
        """Today, in her first language, as long as the text allows, and what was agreed the last time."""
        today = clock.today(self.viewer.time_zone)
        known = self.languages[:1]
        latest = self.consent.latest if self.consent else None
        return {
            "on": today,
            "until": months_later(today, self.text.months),
            "language": self._her_language() if not known or self._her_language() in self.languages else known[0],
            "interpreted": Interpreted.NOBODY,
            "explained": [Explained.READ_TOGETHER],
            "about": latest.about if latest else "",
            "shared": list(latest.shared) if latest else [],
            "conditions": latest.conditions if latest else "",
        }

    def form_context(self) -> Context:
        """The text in her language and in the reader's, and the languages there are."""
        hers = self._her_language()
        mine = (get_language() or "en").split("-", maxsplit=1)[0]
        return {
            "title": worded(self.text.title),
            "name": name_of(self.consent) if self.consent else variant_words(self.text, self.variant),
            "hers": self._in(hers),
            "mine": self._in(mine) if mine != hers else None,
            "has_hers": not self.languages or any(one in self.text.languages for one in self.languages),
            "further": "",
            "papers": papers_may_be_taken(Status(self.case.status)),
            "languages": [
                {"code": one, "name": language_name(one), "current": one == hers} for one in self.text.languages
            ],
        }

    def save(self, form: Any) -> str:
        """Note her answer."""
        typed = form.cleaned_data
        asked = Asked(
            purpose=self.text.purpose,
            variant=self.variant,
            recipient=self.consent.recipient if self.consent else typed.get("recipient", ""),
            recipient_kind=self.consent.recipient_kind if self.consent else typed.get("recipient_kind", ""),
        )
        number = consenting.record_answer(self.case, asked, _said(typed), by=self.viewer)
        rechecking.soon(self.viewer)
        return self.url("consent", number)

    def _her_language(self) -> str:
        chosen = self.request.GET.get("language", "")
        if chosen in self.text.languages:
            return chosen
        return next((one for one in self.languages if one in self.text.languages), "en")

    def _in(self, language: str) -> Context:
        note = {one.key: one.note for one in self.text.variants}.get(self.variant)
        return {
            "code": language if language in self.text.languages else "en",
            "name": language_name(language),
            "title": pick(self.text.title, language),
            "way": variant_words(self.text, self.variant, language),
            "note": pick(note, language) if note else "",
            "parts": [pick(part, language) for part in self.text.parts],
        }


class AskForWay(Ask):
    """The same for one way within a purpose."""

    def find(self, **kwargs: Any) -> None:
        """The text and the way, if it has this one."""
        self.text = _text(kwargs["several"], has_ways=True)
        self.variant = kwargs["variant"]
        if self.variant not in {one.key for one in self.text.variants}:
            raise NotThere


class AskAgain(Ask):
    """The same for what she was asked before."""

    def find(self, **kwargs: Any) -> None:
        """The newest text for it, with the recipient or way it has."""
        self.consent = consent_of(self.viewer, self.case.person, kwargs["consent"])
        self.text = current_consent_text(self.consent.purpose)
        self.variant = self.consent.variant


def _text(purpose: str, *, has_ways: bool = False) -> ConsentText:
    if purpose not in PURPOSES or bool(current_consent_text(purpose).variants) is not has_ways:
        raise NotThere
    return current_consent_text(purpose)


def _said(typed: dict[str, Any]) -> Said:
    return Said(
        answer=Answer(typed["answer"]),
        on=typed["on"],
        until=typed["until"],
        language=typed["language"],
        explained=tuple(typed["explained"]),
        interpreted=Interpreted(typed["interpreted"]),
        shared=tuple(typed.get("shared", ())),
        about=typed.get("about", ""),
        conditions=typed["conditions"],
        proof=Proof(typed["proof"] or Proof.WORD),
        witness=typed["witness"],
        picture=typed["picture"],
    )
