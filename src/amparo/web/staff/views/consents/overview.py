"""What she was asked, where it stands, and how she takes a yes back."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Part
from amparo.areas.activities import rechecking
from amparo.areas.cases import consenting
from amparo.areas.cases.rules import Status, papers_may_be_taken
from amparo.areas.consent.catalogue import PURPOSES, ConsentText, consent_text, current_consent_text
from amparo.areas.consent.queries import (
    AnswerFile,
    ConsentFile,
    DisclosureFile,
    consent_of,
    consents_of,
    disclosures_of,
    signature_of,
)
from amparo.areas.consent.rules import HerKnowing, Proof, State
from amparo.kernel import clock
from amparo.kernel.labels import Label
from amparo.web.components.fields import language_name
from amparo.web.staff.case_pages import CaseCommand, CasePart
from amparo.web.staff.consent_words import (
    EXPLAINED,
    GROUND,
    INTERPRETED,
    KNOWING,
    PROVEN,
    SHAPE,
    STATE,
    name_of,
    recipient_kind_words,
    shared_list,
    worded,
)
from amparo.web.staff.pages import Context

# A yes that has ended can be taken back as well: she wants it said that it is over.
CAN_BE_TAKEN_BACK = frozenset({State.GIVEN, State.ENDED})


class Consents(CasePart):
    """One line for each purpose and recipient, and what was passed on."""

    part = Part.CONSENTS
    section = "consents"
    template = "staff/consents/overview.html"

    def context(self) -> Context:
        """The lines in the order in which things are talked about."""
        today = clock.today(self.viewer.time_zone)
        mine = consents_of(self.viewer, self.case.person)
        passed = disclosures_of(self.viewer, self.case.person)
        papers = papers_may_be_taken(Status(self.case.status))
        return {
            "title": _("Consents"),
            **self._lines(mine, today),
            "papers": papers,
            "can_ask": bool(papers) and bool(self.case.writable(self.viewer, Part.CONSENTS)),
            "can_write": bool(self.case.writable(self.viewer, Part.CONSENTS)),
            "can_withdraw": bool(self.case.writable(self.viewer, Part.WITHDRAWALS)),
            "can_contact": bool(self.case.shows(self.viewer, Part.CONTACT, Label.SAFETY_CRITICAL)),
            "has_any": bool(mine),
            "disclosures": len(passed),
            "untold": sum(one.knowing is HerKnowing.NOT_YET for one in passed),
        }

    def _lines(self, mine: list[ConsentFile], today: date) -> Context:
        """What she answered, and apart from it, so that a phone shows it on one screen, what she can still be asked."""
        by_purpose: dict[str, list[ConsentFile]] = defaultdict(list)
        for consent in mine:
            by_purpose[consent.purpose].append(consent)
        rows: list[Context] = []
        to_ask: list[Context] = []
        for purpose in PURPOSES:
            text = current_consent_text(purpose)
            asked = [self._row(text, consent, today) for consent in by_purpose[purpose]]
            rows += asked
            if not asked or text.needs_recipient or text.variants:
                to_ask.append(self._to_ask(text, is_further=bool(asked)))
        return {"rows": rows, "to_ask": to_ask}

    def _row(self, text: ConsentText, consent: ConsentFile, today: date) -> Context:
        state = consent.state_on(today)
        return {
            "title": worded(text.title),
            "name": name_of(consent),
            "state": STATE[state],
            "shape": SHAPE[state],
            "on": consent.latest.on,
            "until": consent.latest.until if state in CAN_BE_TAKEN_BACK else None,
            "url": self.url("consent", consent.id),
            "ask_url": self.url("consent_ask_again", consent.id) if state is not State.GIVEN else "",
            "withdraw_url": self.url("consent_withdraw", consent.id) if state is State.GIVEN else "",
        }

    def _to_ask(self, text: ConsentText, *, is_further: bool) -> Context:
        name = "consent_ways" if text.variants else "consent_ask"
        return {"title": worded(text.title), "is_further": is_further, "url": self.url(name, text.purpose)}


class OneConsent(CasePart):
    """One consent: what she agreed to, in which words, and every answer she gave."""

    part = Part.CONSENTS
    section = "consents"
    template = "staff/consents/one.html"

    def fetch(self, **kwargs: Any) -> None:
        """The consent, if it is hers."""
        super().fetch(**kwargs)
        self.consent = consent_of(self.viewer, self.case.person, kwargs["consent"])

    def context(self) -> Context:
        """Where it stands, the text, the answers."""
        latest, name = self.consent.latest, name_of(self.consent)
        text = consent_text(self.consent.purpose, latest.text_version)
        state = self.consent.state_on(clock.today(self.viewer.time_zone))
        passed = [one for one in disclosures_of(self.viewer, self.case.person) if one.consent == self.consent.id]
        papers = papers_may_be_taken(Status(self.case.status))
        return {
            "title": f"{worded(text.title)}: {name}" if name else worded(text.title),
            "consent": self.consent,
            "state": STATE[state],
            "shape": SHAPE[state],
            "latest": latest,
            "rows": _facts(self.consent, latest),
            "parts": [worded(part) for part in text.parts],
            "answers": [self._answer(one) for one in self.consent.answers],
            "passed": [_passed(one) for one in passed],
            "ask_to_erase": bool(passed) and state is State.WITHDRAWN,
            "can_ask": bool(papers) and bool(self.case.writable(self.viewer, Part.CONSENTS)),
            "can_withdraw": state in CAN_BE_TAKEN_BACK and bool(self.case.writable(self.viewer, Part.WITHDRAWALS)),
        }

    def _answer(self, answer: AnswerFile) -> Context:
        signed = answer.proof in (Proof.DRAWN, Proof.PAPER)
        return {
            "answer": answer,
            "words": STATE[State(answer.answer)],
            "signature_url": self.url("consent_signature", answer.id) if signed else "",
        }


class WithdrawConsent(CaseCommand):
    """She takes a yes back: one button, no reason."""

    part = Part.WITHDRAWALS
    section = "consents"
    back_to = "case_consents"
    done = gettext_lazy("Noted. It counts from now on.")

    def fetch(self, **kwargs: Any) -> None:
        """The consent, if it is hers."""
        super().fetch(**kwargs)
        self.consent = consent_of(self.viewer, self.case.person, kwargs["consent"])

    def act(self) -> str:
        """Take it back, and show what there is to do about it."""
        consenting.withdraw_consent(self.case, self.consent.id, by=self.viewer)
        rechecking.soon(self.viewer)
        return self.url("consent", self.consent.id)


class SignatureOf(CasePart):
    """Her signature or the signed paper, opened for this one answer."""

    part = Part.CONSENTS
    section = "consents"
    template = "staff/consents/signature.html"

    def fetch(self, **kwargs: Any) -> None:
        """The picture, if it is hers."""
        super().fetch(**kwargs)
        self.number = kwargs["answer"]
        self.picture = signature_of(self.viewer, self.case.person, self.number)

    def context(self) -> Context:
        """The page around the picture, so that it can be left quickly."""
        return {"title": _("Her signature"), "picture_url": self.url("consent_signature_picture", self.number)}


class PictureOfSignature(SignatureOf):
    """The picture itself, for the page around it."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Its bytes, kept by nobody on the way."""
        response = HttpResponse(self.picture.content, content_type=self.picture.media_type)
        response.headers["Content-Disposition"] = "inline"
        return response


def _facts(consent: ConsentFile, latest: AnswerFile) -> list[tuple[str, Any]]:
    explained = ", ".join(str(words) for key, words in EXPLAINED if key in latest.explained)
    rows = [
        (_("For whom"), name_of(consent)),
        (_("What kind"), recipient_kind_words(consent.recipient_kind)),
        (_("What for"), latest.about),
        (_("What may be told"), shared_list(latest.shared)),
        (_("Language"), language_name(latest.language) if latest.language else ""),
        (_("Who helped with the language"), dict(INTERPRETED).get(latest.interpreted, "")),
        (_("How it was explained"), explained),
        (_("What shows it"), PROVEN.get(latest.proof, "")),
        (_("Who else heard it"), latest.witness),
    ]
    return [(label, words) for label, words in rows if words]


def _passed(one: DisclosureFile) -> Context:
    return {
        "disclosure": one,
        "shared": shared_list(one.shared),
        "ground": GROUND[one.ground],
        "knowing": KNOWING[one.knowing],
    }
