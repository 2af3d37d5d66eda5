"""What the house offers, where, and who holds it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.areas.activities.places import Care, RoomFile
from amparo.areas.activities.rules.offering import LONGEST, Offer
from amparo.areas.activities.rules.states import Kind
from amparo.areas.activities.rules.weeks import DAYS, Weekly, from_ticks
from amparo.web.components.fields import (
    Choice,
    ChoiceFromList,
    ChoiceMany,
    ChoiceOne,
    DayField,
    LanguageField,
    LanguagesField,
    ShortText,
    Tick,
    WholeNumber,
)
from amparo.web.staff.activity_words import KINDS, LEVELS

from .services import MoneyField
from .weeks import WeekForm, day_names

WORTHS = (("1", _("As others")), ("2", _("More than others")), ("3", _("First of all")))


class TakeForm(forms.Form):
    """Which of the starting catalogue the house takes."""

    keys = ChoiceMany(label=_("What you want to offer"), choices=())

    def __init__(self, *args: Any, choices: list[Choice], hints: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["keys"].choices = choices  # type: ignore[attr-defined]
        self.fields["keys"].hints = hints  # type: ignore[attr-defined]


class ActivityForm(forms.Form):
    """One activity: how it is called, for whom, how long, who holds it."""

    name = ShortText(label=_("Name"), max_length=120)
    neutral_name = ShortText(
        label=_("Neutral name"),
        max_length=120,
        help_text=_("For certificates and messages: it tells nobody who comes here, or why."),
    )
    aim = ShortText(label=_("What it is for"), max_length=300, required=False)
    kind = ChoiceOne(label=_("For whom"), choices=list(KINDS.items()), inline=True)
    language = LanguageField(label=_("Language"), required=False, help_text=_("Empty: any that both sides share."))
    level = ChoiceFromList(label=_("Level"), choices=[(one, one) for one in LEVELS], required=False)
    needs_no_language = Tick(label=_("It can be joined without knowing the language"))
    sessions = WholeNumber(label=_("How many sessions"), min_value=1, max_value=60)
    minutes = WholeNumber(label=_("Minutes of one session"), min_value=15, max_value=LONGEST)
    days_apart = WholeNumber(label=_("Days between two sessions, at least"), max_value=60)
    goes_on = Tick(
        label=_("It goes on until she says otherwise"),
        help_text=_("Who said yes is planned again in the next weeks, without being asked each time."),
    )
    min_women = WholeNumber(label=_("How many women, at least"), min_value=1, max_value=20)
    max_women = WholeNumber(label=_("How many women, at most"), min_value=1, max_value=20)
    therapeutic = Tick(label=_("It is therapeutic"), help_text=_("As a group it is then for low risk only."))
    childcare = Tick(label=_("Children are looked after meanwhile"))
    leaders = ChoiceMany(
        label=_("Who holds it"),
        choices=(),
        required=False,
        help_text=_("Only who is trained and has signed is planned."),
    )
    sites = ChoiceMany(
        label=_("Where"), choices=(), required=False, help_text=_("Nothing ticked: in any place of the house.")
    )
    rooms = ChoiceMany(
        label=_("In which rooms"),
        choices=(),
        required=False,
        help_text=_("Nothing ticked: in any room of these places. Otherwise it is planned in those ticked only."),
    )
    room = ShortText(
        label=_("What the room needs"),
        max_length=200,
        required=False,
        help_text=_("Such as a door that closes, sockets, an empty floor: shown where a room is chosen."),
    )
    materials = ShortText(label=_("Materials"), max_length=300, required=False)
    tickets = WholeNumber(label=_("Tickets for each session"), max_value=20, required=False)
    worth = ChoiceOne(label=_("When not everybody finds a place, this counts"), choices=WORTHS)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    groups = (
        (_("What it is"), ("name", "neutral_name", "aim", "kind", "therapeutic")),
        (_("Language"), ("language", "level", "needs_no_language")),
        (_("Sessions"), ("sessions", "minutes", "days_apart", "goes_on", "min_women", "max_women")),
        (_("Who and where"), ("leaders", "sites", "rooms", "room", "childcare", "materials", "tickets", "worth")),
    )

    def __init__(
        self,
        *args: Any,
        leaders: list[Choice],
        trained: dict[str, str],
        sites: list[Choice],
        rooms: list[Choice],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["leaders"].choices = leaders  # type: ignore[attr-defined]
        self.fields["leaders"].hints = trained  # type: ignore[attr-defined]
        self.fields["sites"].choices = sites  # type: ignore[attr-defined]
        self.fields["rooms"].choices = rooms  # type: ignore[attr-defined]

    def offer(self) -> Offer:
        """The activity, once the form is valid."""
        typed = {name: value for name, value in self.cleaned_data.items() if name in Offer.__dataclass_fields__}
        return Offer(
            **{
                **typed,
                "kind": Kind(typed["kind"]),
                "tickets": typed["tickets"] or 0,
                "worth": int(typed["worth"]),
            }
        )


class SiteForm(forms.Form):
    """A place, under a name that says nothing."""

    name = ShortText(
        label=_("Name"), max_length=80, help_text=_("One that says nothing to strangers, such as a colour.")
    )
    meeting_point = ShortText(
        label=_("Where she is met"),
        required=False,
        help_text=_("A stop or a square from which somebody goes with her. Never the address."),
    )
    in_use = Tick(label=_("Sessions are held here"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class RoomForm(forms.Form):
    """A room and its seats."""

    name = ShortText(label=_("Name"), max_length=80)
    seats = WholeNumber(label=_("Seats for women"), min_value=1, max_value=200)
    in_use = Tick(label=_("Sessions are held here"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def room(self, number: int) -> RoomFile:
        """The room, once the form is valid."""
        typed = self.cleaned_data
        return RoomFile(number, typed["name"], typed["seats"], typed["in_use"], typed["version"] or 1)


class CareForm(WeekForm):
    """When children are looked after on a site: usual weeks in ticks, whatever differs from them by a line each."""

    places = WholeNumber(label=_("Places at once"), min_value=0, max_value=60)
    cost = MoneyField(
        label=_("What one such time costs"),
        required=False,
        help_text=_("Another cost counts from today on: what was held stays in the figures as it was."),
    )
    stays = ChoiceMany(
        label=_("What differs and stays"), choices=(), required=False, help_text=_("Untick what is to go.")
    )
    only_on = DayField(label=_("Besides, on one day only"), required=False)
    only_parts = ChoiceMany(label=_("On that day"), choices=(), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, besides: Sequence[Choice], currency: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["only_parts"].choices = self.fields["day_0"].choices  # type: ignore[attr-defined]
        self.fields["stays"].choices = besides  # type: ignore[attr-defined]
        self.fields["cost"].label = gettext("What one such time costs, in %(currency)s") % {"currency": currency}
        if not besides:
            del self.fields["stays"]
        more = ["stays"] if besides else []
        self.groups = ((_("Every week"), day_names()), (_("Besides"), [*more, "only_on", "only_parts"]))

    def care(self) -> list[Care]:
        """What was ticked or added, once the form is valid; not what stays."""
        typed = self.cleaned_data
        usual = (typed["places"], int((typed["cost"] or 0) * 100))
        found = [Care(one.weekday, None, one.starts, one.ends, *usual) for one in self.weekly()]
        if typed["only_on"]:
            found += [Care(None, typed["only_on"], one.starts, one.ends, *usual) for one in _parts(typed)]
        return found


class LeaderForm(WeekForm):
    """When and in which languages a colleague holds sessions."""

    languages = LanguagesField(label=_("Holds sessions in"))
    away_from = DayField(label=_("Away from"), required=False)
    away_until = DayField(label=_("Away until"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.groups = ((_("Every week"), day_names()), (_("Days away"), ("away_from", "away_until")))

    def clean(self) -> dict[str, Any]:
        """Both days, or none."""
        typed = super().clean() or {}
        if bool(typed.get("away_from")) != bool(typed.get("away_until")):
            self.add_error("away_until", _("Please fill in both days."))
        return typed

    def away(self, kept: list[tuple[date, date]]) -> list[tuple[date, date]]:
        """The days away, once the form is valid; those that stood there stay."""
        typed = self.cleaned_data
        fresh = [(typed["away_from"], typed["away_until"])] if typed["away_from"] else []
        return sorted({*kept, *fresh})


def _parts(typed: dict[str, Any]) -> list[Weekly]:
    return from_ticks({DAYS[0]: [int(one) for one in typed["only_parts"]]})
