"""The short pages of a referral, each with one form."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from amparo.areas.intake import actions
from amparo.areas.intake.actions import Written
from amparo.areas.intake.catalogue import six_questions
from amparo.areas.intake.queries import referral_for
from amparo.areas.intake.rules import Page
from amparo.areas.people.actions import Particulars
from amparo.kernel.decision import Conflict
from amparo.web.staff.forms.referrals import (
    AboutForm,
    NeedsForm,
    PageForm,
    ReachForm,
    ReasonForm,
    SenderForm,
    SixForm,
    ToldForm,
)
from amparo.web.staff.intake_words import here
from amparo.web.staff.pages import Context, FormPage
from amparo.web.staff.referral_content import TITLES, form_arguments, spoken, typed_before
from amparo.web.staff.views.referrals import ReferralPage


class WritePage(ReferralPage, FormPage):
    """One page; saved, it leads back to the list of pages."""

    template = "layouts/form.html"
    which: ClassVar[Page]
    submit_label = _("Save and go on")

    def fetch(self, **kwargs: Any) -> None:
        """The referral, while it may be changed."""
        self.referral = referral_for(self.viewer, kwargs["referral"], write=True)

    def cancel_url(self) -> str:
        """The list of pages."""
        return self.url("referral")

    def form_arguments(self) -> Context:
        """What the form needs to be made."""
        return form_arguments(self.viewer, self.referral, self.which)

    def initial(self) -> Context:
        """What was saved last."""
        return typed_before(self.viewer, self.referral, self.which)

    def save(self, form: Any) -> str:
        """Save the page."""
        actions.write_page(self.referral, written(form), by=self.viewer)
        return self.url("referral")

    def form_page(
        self, form: forms.Form, *, was_kept: bool = False, conflict: Conflict | None = None, status: int = 200
    ) -> HttpResponse:
        """After a colleague's change the form starts from hers, with her text beside what was typed."""
        if conflict is not None:
            self.referral = referral_for(self.viewer, self.referral.id, write=True)
            conflict = beside(form, self.initial(), self.request.POST)
        return super().form_page(form, was_kept=was_kept, conflict=conflict, status=status)


class Sender(WritePage):
    """Who sends her."""

    which = Page.SENDER
    form_class = SenderForm
    title = TITLES[Page.SENDER]


class About(WritePage):
    """About her."""

    which = Page.ABOUT
    form_class = AboutForm
    title = TITLES[Page.ABOUT]
    intro = _("Only what she wants to say. She may stay without a name.")

    def save(self, form: Any) -> str:
        """What is counted goes to her file, names to the vault, the rest stays with the referral."""
        actions.write_about(
            self.referral,
            written(form),
            by=self.viewer,
            particulars=_particulars(form),
            identity=form.identity(),
        )
        return self.url("referral")


class Reason(WritePage):
    """What she asks for, and why she is sent."""

    which = Page.REASON
    form_class = ReasonForm
    title = TITLES[Page.REASON]


class Needs(WritePage):
    """What cannot wait."""

    which = Page.NEEDS
    form_class = NeedsForm
    title = TITLES[Page.NEEDS]


class Told(WritePage):
    """What she was told and agreed to."""

    which = Page.TOLD
    form_class = ToldForm
    title = TITLES[Page.TOLD]


class Reach(WritePage):
    """How to reach her."""

    which = Page.REACH
    form_class = ReachForm
    title = TITLES[Page.REACH]
    intro = _("Only as she agreed. Never by social media.")


class Six(WritePage):
    """The six questions."""

    which = Page.SIX
    form_class = SixForm
    title = TITLES[Page.SIX]
    template = "staff/intake/six.html"
    intro = _("What is not known can be marked as asked and not known. No answer decides whether we help her.")

    def form_context(self) -> Context:
        """Why each is asked, for who wants to read it."""
        return {"reasons": why_asked()}


PAGES: tuple[type[WritePage], ...] = (Sender, About, Reason, Needs, Told, Reach, Six)


def why_asked() -> list[Context]:
    """Why each of the six is asked, with its source."""
    return [{"text": here(one.why), "source": str(one.source)} for one in six_questions().questions]


def written(form: PageForm) -> Written:
    """What was typed, as the action takes it."""
    return Written(form.which, form.cleaned_data["version"] or 0, form.words(), form.codes())


def beside(form: forms.Form, theirs: Context, posted: QueryDict) -> Conflict:
    """What the colleague wrote; the form keeps what was typed and starts from the colleague's version now."""
    typed = posted.copy()
    typed["version"] = str(theirs["version"])
    form.data = typed
    return Conflict([(label, text) for label, text, _hers in spoken(form, theirs)])


def _particulars(form: AboutForm) -> Particulars:
    typed = form.cleaned_data
    if "called" not in typed:
        return Particulars()
    interpreter = typed["interpreter"] if typed["interpreter"] in ("yes", "no") else ""
    both = [country for country in (typed["citizenship"], typed["other_citizenship"]) if country]
    return Particulars(
        called=typed["called"],
        gender=typed["gender"],
        birth_year=typed["birth_year"],
        citizenships=tuple(dict.fromkeys(both)),
        languages=tuple(typed["languages"]),
        interpreter=interpreter,
    )
