"""What her team writes of sessions: words for the room, who came, what was found when she was asked, a certificate."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.areas.activities.held.catalogue import LANGUAGES
from amparo.areas.activities.held.hers import LONGEST_WORDS
from amparo.areas.activities.rules.states import Came
from amparo.web.components.fields import (
    ChoiceFromList,
    ChoiceMany,
    ChoiceOne,
    LongText,
    PersonNameField,
    ShortText,
    WholeNumber,
    language_name,
)
from amparo.web.staff.activity_words import CAME, REASONS
from amparo.web.staff.held_words import AGREED, FOUND, NEEDS, PAPERS

KEEP = "keep"


class RoomForm(forms.Form):
    """What whoever holds a session learns of her, agreed with her."""

    called = ShortText(
        label=_("What she wants to be called among others"),
        max_length=60,
        required=False,
        help_text=_("A name that she chooses for it. Left empty, her code stands there."),
    )
    needs = ChoiceMany(label=_("What matters in the room"), choices=list(NEEDS.items()), required=False)
    words = ShortText(
        label=_("A short word for whoever holds the session"),
        max_length=LONGEST_WORDS,
        required=False,
        help_text=_("Only what is of use in the room. Nothing of her story, no risk, no reason."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class CameForm(forms.Form):
    """Whether she came to one session."""

    came = ChoiceOne(label=_("Did she come?"), choices=list(CAME.items()), reveals={Came.ABSENT: ("reason",)})
    reason = ChoiceFromList(label=_("The reason, if she gave one"), choices=list(REASONS.items()), required=False)


class AskedAfterForm(forms.Form):
    """What was found, and what is done differently."""

    found = ChoiceOne(label=_("What you found"), choices=list(FOUND.items()))
    agreed = ChoiceMany(
        label=_("What you agreed with her"),
        choices=list(AGREED.items()),
        required=False,
        help_text=_(
            "In a pause nobody reminds her of this activity, nor plans her again in one that goes on, until you note "
            "here that she comes again or that you agreed on something else."
        ),
    )
    words = LongText(label=_("What the team should know"), rows=3, required=False)


class CameLateForm(forms.Form):
    """What becomes of what she said, unread."""

    what = ChoiceOne(
        label=_("What becomes of it?"),
        choices=[(KEEP, _("Save it in her file")), ("drop", _("Throw it away: somebody else had the device"))],
    )


class CertificateForm(forms.Form):
    """What the paper says, and her name as she wants it printed: it goes on the paper and is kept nowhere."""

    kind = ChoiceOne(label=_("What it says"), choices=list(PAPERS.items()))
    name = PersonNameField(
        label=_("Her name as she wants it printed"),
        help_text=_("Ask her. It goes on this paper alone and is kept nowhere, not even here."),
    )
    hours = WholeNumber(label=_("Hours that the paper names"), min_value=1)
    language = ChoiceOne(label=_("Language of the paper"), choices=[(one, language_name(one)) for one in LANGUAGES])

    def __init__(self, *args: Any, held: int, cancelled: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].help_text = cancelled
        self.fields["hours"].help_text = gettext("Held so far: %(hours)s") % {"hours": held}


class IssuerForm(forms.Form):
    """Who issues certificates, as any training centre could be called."""

    name = ShortText(
        label=_("Name of the issuer"),
        max_length=120,
        help_text=_("One that tells nothing of who comes to you: a training centre, an association."),
    )
    place = ShortText(label=_("Place"), max_length=80, required=False, help_text=_("A city, never an address."))
    version = forms.IntegerField(widget=forms.HiddenInput)


class NumberForm(forms.Form):
    """The number of a certificate that somebody asks about."""

    number = ShortText(label=_("Number on the certificate"), max_length=20)

    def clean_number(self) -> Any:
        """Without what copying adds around it."""
        return self.cleaned_data["number"].strip()
