"""One form with every kind of field."""

from django import forms

from amparo.web.components.fields import (
    ChoiceFromList,
    ChoiceMany,
    ChoiceOne,
    CountryField,
    DayField,
    HerWords,
    LanguageField,
    LongText,
    MomentField,
    PaperField,
    PersonNameField,
    PhoneField,
    ShortText,
    Tick,
    TimeOfDayField,
    WholeNumber,
    YesNo,
)


class EveryField(forms.Form):
    """Every kind of field, in groups, with an answer that reveals another field."""

    groups = [
        ("How to reach her", ["phone", "channel", "other_channel", "from_hour"]),
        ("What she says", ["her_wish", "note", "short_note"]),
    ]

    name = PersonNameField(label="The name she wants to be called", help_text="Any name she likes.")
    code = ShortText(label="Code at the sender", required=False)
    born_on = DayField(label="Born on", required=False)
    seen_at = MomentField(label="Seen at")
    language = LanguageField(label="Language she speaks best")
    country = CountryField(label="Country", required=False)
    children = WholeNumber(label="Children with her")
    place = ChoiceFromList(label="Place", choices=[("a", "Room by the garden"), ("b", "Room above")])
    phone = PhoneField(label="Telephone")
    channel = ChoiceOne(
        label="How may we reach her?",
        choices=[("call", "Call"), ("sms", "Text message"), ("other", "Another way")],
        hints={"call": "Between 10 and 13 h", "sms": "No word of who we are"},
        reveals={"other": ("other_channel",)},
        may_be_unknown=True,
        may_stay_unsaid=True,
    )
    other_channel = ShortText(label="Which way?", required=False)
    from_hour = TimeOfDayField(label="Not before", required=False)
    her_wish = HerWords(label="What matters to her now")
    note = LongText(label="Note", required=False)
    short_note = LongText(label="Short note", required=False, max_length=300)
    alone = YesNo(label="Was she asked alone?")
    needs = ChoiceMany(
        label="Urgent needs",
        choices=[("food", "Food"), ("clothing", "Clothing"), ("health", "Health care")],
        required=False,
    )
    paper = PaperField(label="Signed paper", required=False, help_text="PDF, JPEG or PNG up to 20 MB.")
    password = forms.CharField(label="Your password", widget=forms.PasswordInput)
    read_to_her = Tick(label="I read the text to her in her language", required=True)
    signature = forms.CharField(label="Her signature", required=False, widget=forms.HiddenInput)
