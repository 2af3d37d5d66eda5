"""What is known of her, and who is around her."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amparo.areas.people.rules import Gender
from amparo.kernel import clock
from amparo.web.components.fields import (
    ChoiceFromList,
    ChoiceOne,
    CountryField,
    LanguageField,
    LanguagesField,
    LongText,
    PersonNameField,
    PhoneField,
    ShortText,
    Tick,
    WholeNumber,
    YesNo,
    language_name,
)
from amparo.web.staff.case_words import home_of_child_choices, relation_choices

GENDERS = (
    (Gender.FEMALE, _("Woman")),
    (Gender.TRANSGENDER, _("Trans person")),
    (Gender.MALE, _("Man")),
    (Gender.OTHER, _("Other")),
)
OLDEST = 110


class BirthYear(WholeNumber):
    """A year of birth that a living person can have."""

    def __init__(self, *, label: Any, **options: Any) -> None:
        super().__init__(label=label, required=False, **options)

    def clean(self, value: Any) -> Any:
        """The year, refused where nobody was born in it who lives."""
        year = super().clean(value)
        this_year = timezone.localdate(clock.now()).year
        if year is not None and not this_year - OLDEST <= year <= this_year + 1:
            raise forms.ValidationError(_("Write the year with four digits, such as 1994."))
        return year


class ParticularsForm(forms.Form):
    """None of it identifies her but the name she wants to be called."""

    called = PersonNameField(label=_("The name she wants to be called"), required=False)
    gender = ChoiceOne(label=_("She is"), choices=GENDERS, required=False)
    birth_year = BirthYear(label=_("Year of birth"), help_text=_("Leave empty what is not known."))
    languages = LanguagesField(label=_("Languages she is at ease in"), required=False)
    other_language = LanguageField(label=_("Another language"), required=False)
    interpreter = YesNo(label=_("Does she want an interpreter?"), required=False)
    citizenship = CountryField(label=_("Citizenship"), required=False)
    other_citizenship = CountryField(label=_("Second citizenship"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, hers: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        offered = list(self.fields["languages"].choices)  # type: ignore[attr-defined]
        rare = [(code, language_name(code)) for code in hers if code not in dict(offered)]
        self.fields["languages"].choices = [*rare, *offered]  # type: ignore[attr-defined]


class RelativeForm(forms.Form):
    """Someone around her."""

    kinship = ChoiceFromList(label=_("Who is it to her?"), choices=())
    name = PersonNameField(label=_("Name, as she says it"), required=False)
    birth_year = BirthYear(label=_("Year of birth"))
    lives_with = ChoiceFromList(label=_("A child lives"), choices=(), required=False)
    country = CountryField(label=_("Country"), required=False)
    note = LongText(
        label=_("Note"), required=False, help_text=_("Needs, school, worries; what she wants this person to know.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kinship"].choices = [("", ""), *relation_choices()]  # type: ignore[attr-defined]
        self.fields["lives_with"].choices = [("", ""), *home_of_child_choices()]  # type: ignore[attr-defined]


class IdentityForm(forms.Form):
    """Her identifying words. They are kept in the vault, apart from everything else."""

    given_names = PersonNameField(label=_("Given names"), required=False)
    family_names = PersonNameField(label=_("Family names"), required=False)
    alias = PersonNameField(label=_("Other names"), required=False)
    birth_date = ShortText(label=_("Day of birth"), required=False)
    phone = PhoneField(label=_("Telephone"), required=False)
    other_phone = PhoneField(label=_("Other telephone"), required=False)
    email = ShortText(label=_("E-mail"), required=False)
    address = ShortText(label=_("Address"), required=False)
    document_number = ShortText(label=_("Number of a document"), required=False)
    her_wish = Tick(label=_("She wishes that her name is kept here"))
    reason = LongText(label=_("Why is it written or changed?"), rows=2, max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, anonymous: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if anonymous:
            self.fields["her_wish"].required = True
        else:
            del self.fields["her_wish"]
