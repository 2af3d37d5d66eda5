"""The short pages of a referral. Nothing on them is required but the kind of sender."""

from typing import Any, ClassVar

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from amparo.areas.intake.actions import CODED
from amparo.areas.intake.catalogue import referral_choices, six_questions
from amparo.areas.intake.rules import Page
from amparo.web.components.fields import (
    ChoiceMany,
    ChoiceOne,
    CountryField,
    DayField,
    HerWords,
    LanguagesField,
    LongText,
    PersonNameField,
    PhoneField,
    ShortText,
    TimeOfDayField,
    WholeNumber,
    YesNo,
)
from amparo.web.staff.forms.people import GENDERS, BirthYear
from amparo.web.staff.intake_words import CHANNELS, WAYS, here, listed, options


class PageForm(forms.Form):
    """One page of a referral: `words` are sealed, `codes` are counted. `lists` names the choices of its fields."""

    which: ClassVar[Page]
    lists: ClassVar[dict[str, str]] = {}
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **arguments: Any) -> None:
        super().__init__(*args, **arguments)
        for field in self.fields.values():
            field.says_optional = False  # type: ignore[attr-defined]  # said once, above the pages
        for name, attribute in self.lists.items():
            self.choose(name, options(getattr(referral_choices(), attribute)))

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Give a field its choices in the reader's language."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def codes(self) -> dict[str, Any]:
        """What is counted, by column."""
        return {name: self.cleaned_data[name] for name in CODED[self.which] if name in self.fields}

    def words(self) -> dict[str, str]:
        """What is sealed, by field."""
        free = [name for name in self.fields if name != "version" and name not in CODED[self.which]]
        return {name: self.cleaned_data[name] for name in free}


class SenderForm(PageForm):
    """Who sends her, and whom to answer."""

    which = Page.SENDER
    lists = {"sender_kind": "senders"}
    groups = [(_("Whom we answer"), ["organisation", "contact", "phone", "email", "reference"])]

    sender_kind = ChoiceOne(label=_("Who sends her?"), choices=())
    received_on = DayField(label=_("Received on"), required=False)
    way = ChoiceOne(label=_("How did it reach us?"), choices=(), required=False)
    organisation = ShortText(label=_("Organisation or office"), required=False)
    contact = PersonNameField(label=_("Contact person"), required=False)
    phone = PhoneField(label=_("Telephone of the contact person"), required=False)
    email = ShortText(label=_("E-mail of the contact person"), required=False)
    reference = ShortText(label=_("Their reference"), help_text=_("A code, never her name."), required=False)

    def __init__(self, *args: Any, **arguments: Any) -> None:
        super().__init__(*args, **arguments)
        self.choose("way", listed(WAYS))


class AboutForm(PageForm):
    """Who she is, as far as she wants to say. `known`: she has a file already, and only what is new is asked."""

    which = Page.ABOUT
    PERSONAL = ("called", "gender", "birth_year", "languages", "interpreter", "citizenship", "other_citizenship")
    IDENTITY = ("given_names", "family_names", "phone", "document_number")
    groups = [
        (_("Her languages"), ["languages", "other_languages", "interpreter"]),
        (_("Where she comes from"), ["citizenship", "other_citizenship"]),
        (_("Her children"), ["children", "children_words"]),
        (_("Her identity, if she wants to give it"), ["given_names", "family_names", "phone", "document_number"]),
    ]

    called = PersonNameField(label=_("What does she want to be called?"), required=False)
    gender = ChoiceOne(label=_("She is"), choices=GENDERS, required=False)
    birth_year = BirthYear(label=_("Year of birth"))
    languages = LanguagesField(label=_("Languages she speaks"), required=False)
    other_languages = ShortText(label=_("Other languages"), required=False)
    interpreter = YesNo(label=_("Does she need an interpreter?"), may_be_unknown=True, required=False)
    citizenship = CountryField(label=_("Citizenship"), required=False)
    other_citizenship = CountryField(label=_("Second citizenship"), required=False)
    children = WholeNumber(label=_("How many children?"), max_value=30, required=False)
    children_words = LongText(label=_("Where are they, and what do they need?"), rows=2, required=False)
    given_names = PersonNameField(label=_("Given names"), required=False)
    family_names = PersonNameField(label=_("Family names"), required=False)
    phone = PhoneField(label=_("Her telephone"), required=False)
    document_number = ShortText(label=_("Number of a document"), required=False)
    more = LongText(label=_("What else is good to know"), rows=2, required=False)

    def __init__(self, *args: Any, known: bool, has_identity: bool, **arguments: Any) -> None:
        super().__init__(*args, **arguments)
        if has_identity:
            hint = _("The vault holds her identity. What you write here joins it; what you leave empty stays.")
            self.fields["given_names"].help_text = hint
        if known:
            for name in (*self.PERSONAL, *self.IDENTITY, "other_languages"):
                del self.fields[name]

    def words(self) -> dict[str, str]:
        """Only what stands with the referral: names go to the vault, the rest to her file."""
        apart = {*self.PERSONAL, *self.IDENTITY}
        return {name: word for name, word in super().words().items() if name not in apart}

    def identity(self) -> dict[str, str]:
        """What goes to the vault."""
        return {name: self.cleaned_data[name] for name in self.IDENTITY if name in self.fields}


class ReasonForm(PageForm):
    """Why she is sent, and what she wants herself."""

    which = Page.REASON

    her_wish = HerWords(label=_("What does she ask for, in her words?"), required=False)
    reason = LongText(
        label=_("Why is she sent to us?"),
        rows=6,
        help_text=_("As much as we need to receive her, and no more of her story than she agreed to share."),
        required=False,
    )


class NeedsForm(PageForm):
    """What cannot wait."""

    which = Page.NEEDS
    lists = {"urgent_needs": "urgent_needs"}

    urgent_needs = ChoiceMany(label=_("What does she need in these days?"), choices=(), required=False)
    needs = LongText(label=_("What exactly, and until when?"), rows=3, required=False)


class ToldForm(PageForm):
    """What she was told, and what she agreed to."""

    which = Page.TOLD
    lists = {"told": "told_and_agreed"}

    told = ChoiceMany(label=_("What was she told, and what did she agree to?"), choices=(), required=False)
    her_words = HerWords(label=_("What did she say to it?"), required=False)


class ReachForm(PageForm):
    """How she may be reached (R7; C&H-L 528-547). Social media are not offered."""

    which = Page.REACH

    channels = ChoiceMany(label=_("How may we reach her?"), choices=(), required=False)
    days = ChoiceMany(label=_("On which days?"), choices=(), help_text=_("None: on any day."), required=False)
    from_time = TimeOfDayField(label=_("Not before"), required=False)
    until_time = TimeOfDayField(label=_("Not after"), required=False)
    ask_for = ShortText(
        label=_("Which name do we ask for, and which do we give?"),
        help_text=_("Nobody says who we are or what it is about."),
        required=False,
    )
    phone_checked = YesNo(label=_("Does anybody else look at her telephone?"), may_be_unknown=True, required=False)
    never = LongText(label=_("What must never be done?"), rows=2, required=False)

    def __init__(self, *args: Any, **arguments: Any) -> None:
        super().__init__(*args, **arguments)
        self.choose("channels", listed(CHANNELS))
        self.choose("days", [(str(number), str(name)) for number, name in WEEKDAYS.items()])

    def words(self) -> dict[str, str]:
        """Days by their number, Monday first, and hours as they are written everywhere."""
        typed = self.cleaned_data
        hours = {name: typed[name].isoformat("minutes") for name in ("from_time", "until_time") if typed[name]}
        return {**super().words(), "from_time": "", "until_time": "", **hours, "days": " ".join(typed["days"])}


class SixForm(PageForm):
    """The six safety questions, each with what is behind the answer that calls for care (R6)."""

    which = Page.SIX

    def __init__(self, *args: Any, **arguments: Any) -> None:
        super().__init__(*args, **arguments)
        found = six_questions()
        for one in found.questions:
            behind = f"{one.key}_behind"
            self.fields[one.key] = ChoiceOne(
                label=here(one.question),
                choices=options(found.answers),
                reveals={one.detail_on: (behind,)},
                required=False,
            )
            self.fields[behind] = LongText(label=here(one.detail), rows=2, required=False)
        self.fields["more"] = LongText(label=_("What else matters for her safety"), rows=3, required=False)

    def codes(self) -> dict[str, Any]:
        """The answers by question; those not asked yet are left out."""
        keys = [one.key for one in six_questions().questions]
        return {"answers": {key: self.cleaned_data[key] for key in keys if self.cleaned_data[key]}}

    def words(self) -> dict[str, str]:
        """What is behind each."""
        return {name: text for name, text in self.cleaned_data.items() if name == "more" or name.endswith("_behind")}
