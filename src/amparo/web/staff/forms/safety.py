"""The forms of safety: a part of an assessment, its decision, what changed, incidents, the plan and its measures."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.areas.safety import catalogue
from amparo.areas.safety.actions import Filled
from amparo.areas.safety.files import AssessmentFile, MeasureFile
from amparo.areas.safety.instruments import OPEN_ANSWERS, RiskItem
from amparo.areas.safety.planning import Chosen, PlanWords
from amparo.web.components.fields import (
    ChoiceFromList,
    ChoiceMany,
    ChoiceOne,
    DayField,
    HerWords,
    LongText,
    MomentField,
    ShortText,
)
from amparo.web.staff.safety_words import AGREED, DANGER, TOLD, WHO, choices, incident_words, said, trigger_words
from amparo.web.staff.words import LEVELS_TO_CHOOSE

_OWN = "own-"


class AreaForm(forms.Form):
    """One part of an assessment: for each question her answer, the professional's, and the words of both."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, items: Sequence[RiskItem], **options: Any) -> None:
        super().__init__(*args, **options)
        self.items = items
        for item in items:
            self._ask(item)

    def _ask(self, item: RiskItem) -> None:
        answers = [(one.key, said(one.text)) for one in item.answers]
        hers = ChoiceOne(label=said(item.to_her), choices=answers, required=False)
        hers.divided_before = OPEN_ANSWERS[0]
        theirs = ChoiceFromList(label=_("Your view"), choices=answers, required=False, help_text=said(item.to_staff))
        theirs.choices = [("", _("As she sees it")), *answers]
        fields = {
            item.key: hers,
            f"{item.key}-team": theirs,
            f"{item.key}-her_words": HerWords(label=_("Her words"), required=False, rows=2),
            f"{item.key}-words": LongText(label=_("What you note"), required=False, rows=2),
        }
        for name, field in fields.items():
            field.says_optional = False  # type: ignore[attr-defined]
            self.fields[name] = field

    def rows(self) -> list[dict[str, Any]]:
        """Each question with its four fields, and whether words stand there already."""
        return [
            {
                "item": item,
                "why": said(item.why),
                "hers": self[item.key],
                "theirs": self[f"{item.key}-team"],
                "her_words": self[f"{item.key}-her_words"],
                "words": self[f"{item.key}-words"],
                "written": any(self[f"{item.key}-{name}"].value() for name in ("her_words", "words")),
                "wrong": any(self[name].errors for name in (f"{item.key}-her_words", f"{item.key}-words")),
            }
            for item in self.items
        ]

    def filled(self) -> Filled:
        """What was filled in."""
        typed = self.cleaned_data
        words = {item.key: (typed[f"{item.key}-her_words"], typed[f"{item.key}-words"]) for item in self.items}
        return Filled(
            hers={item.key: typed[item.key] for item in self.items if typed[item.key]},
            theirs={item.key: typed[f"{item.key}-team"] for item in self.items if typed[f"{item.key}-team"]},
            words={key: both for key, both in words.items() if any(both)},
        )


def area_initial(items: Sequence[RiskItem], shown: AssessmentFile, *, with_words: bool) -> dict[str, Any]:
    """The form of these questions as they were answered in an assessment."""
    initial: dict[str, Any] = {}
    for item in items:
        her_words, words = shown.words.get(item.key, ("", "")) if with_words else ("", "")
        initial |= {
            item.key: shown.hers.get(item.key, ""),
            f"{item.key}-team": shown.theirs.get(item.key, ""),
            f"{item.key}-her_words": her_words,
            f"{item.key}-words": words,
        }
    return initial


class DecisionForm(forms.Form):
    """The level that a person decides."""

    level = ChoiceOne(label=_("Which level do you decide?"), choices=LEVELS_TO_CHOOSE)
    reason = LongText(
        label=_("Why?"), required=False, rows=3, help_text=_("Needed where your level differs from the proposed one.")
    )
    next_on = DayField(
        label=_("Assess again by"),
        required=False,
        help_text=_("Left empty: in one month for high, three for medium, six for low. Choose a day to look sooner."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ChangeForm(forms.Form):
    """What changed, when, and a word about it."""

    trigger = ChoiceOne(label=_("What changed?"), choices=())
    on = DayField(label=_("When?"), help_text=_("A day to come, such as a court date, is fine."))
    note = LongText(label=_("What should the team know?"), required=False, rows=3)

    def __init__(self, *args: Any, triggers: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["trigger"].choices = [(one, trigger_words(one)) for one in triggers]  # type: ignore[attr-defined]


class IncidentForm(forms.Form):
    """What happened, and whether she is in danger now."""

    kind = ChoiceFromList(label=_("What was it?"), choices=())
    danger_now = ChoiceOne(label=_("Is she in danger now?"), choices=choices(DANGER))
    happened_at = MomentField(label=_("When?"))
    happened = LongText(
        label=_("What happened?"), rows=4, help_text=_("Only what the team must know to keep her safe.")
    )
    done = LongText(label=_("What was done?"), required=False, rows=3)
    told = ChoiceMany(label=_("Who knows?"), choices=choices(TOLD), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(one.key, incident_words(one.key)) for one in catalogue.incident_kinds()]
        self.fields["kind"].choices = [("", ""), *kinds]  # type: ignore[attr-defined]


class FollowUpForm(forms.Form):
    """What was done since."""

    danger_now = ChoiceOne(label=_("Is she in danger now?"), choices=choices(DANGER))
    done = LongText(label=_("What was done?"), required=False, rows=6)
    told = ChoiceMany(label=_("Who knows?"), choices=choices(TOLD), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class PlanForm(forms.Form):
    """Her safety plan: what to do in danger, whom to call, measures to tick, and her agreement."""

    her_steps = LongText(
        label=_("What does she do in danger?"),
        required=False,
        rows=4,
        help_text=_(
            "With her, one step on each line. These lines stand on the sheet she takes along: no names of ours."
        ),
    )
    team_steps = LongText(
        label=_("What does the team do?"),
        required=False,
        rows=4,
        help_text=_("When she calls for help, and when somebody comes to the house."),
    )
    calls = LongText(
        label=_("Whom does she call?"),
        required=False,
        rows=3,
        help_text=_("One on each line, a name she chooses, a colon, the number."),
    )
    prepare = ChoiceMany(label=_("To prepare, in calm"), choices=(), required=False)
    new_prepare = LongText(label=_("Others of her own, one on each line"), required=False, rows=2)
    now = ChoiceMany(label=_("In danger, now"), choices=(), required=False)
    new_now = LongText(label=_("Others of her own, one on each line"), required=False, rows=2)
    after = ChoiceMany(label=_("When it is over"), choices=(), required=False)
    new_after = LongText(label=_("Others of her own, one on each line"), required=False, rows=2)
    her_words = HerWords(label=_("What she says about this plan"), required=False)
    agreed = ChoiceOne(label=_("Does she agree?"), choices=choices(AGREED))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, own: Sequence[MeasureFile], **options: Any) -> None:
        super().__init__(*args, **options)
        self.groups = [
            (_("In danger"), ["her_steps", "team_steps", "calls"]),
            (_("Measures"), ["prepare", "new_prepare", "now", "new_now", "after", "new_after"]),
            (_("With her"), ["her_words", "agreed"]),
        ]
        for moment in catalogue.MOMENTS:
            known = [(one.key, said(one.text)) for one in catalogue.measures() if one.moment == moment]
            hers = [(f"{_OWN}{one.id}", one.words) for one in own if one.moment == moment and not one.key]
            self.fields[moment].choices = [*known, *hers]  # type: ignore[attr-defined]

    def words(self) -> PlanWords:
        """The written part."""
        typed = self.cleaned_data
        return PlanWords(typed["her_steps"], typed["team_steps"], typed["calls"], typed["her_words"], typed["agreed"])

    def chosen(self) -> Chosen:
        """The measures that stand in the plan."""
        typed = self.cleaned_data
        ticked = [one for moment in catalogue.MOMENTS for one in typed[moment]]
        added = [(moment, line.strip()) for moment in catalogue.MOMENTS for line in typed[f"new_{moment}"].splitlines()]
        return Chosen(
            keys=frozenset(one for one in ticked if not one.startswith(_OWN)),
            kept=frozenset(int(one.removeprefix(_OWN)) for one in ticked if one.startswith(_OWN)),
            added=tuple((moment, line) for moment, line in added if line),
        )


def ticked(measures: Sequence[MeasureFile], moment: str) -> list[str]:
    """The boxes of the plan's form that are ticked for this moment."""
    return [one.key or f"{_OWN}{one.id}" for one in measures if one.moment == moment]


class MeasureForm(forms.Form):
    """Who takes care of a measure, and until when."""

    who = ChoiceOne(label=_("Who takes care of it?"), choices=choices(WHO))
    until = DayField(label=_("Until when?"), required=False, help_text=_("It stands on Today until it is in place."))
    words = ShortText(label=_("Remark"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, hers: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if hers:
            self.fields["words"].label = _("In her words")
            self.fields["words"].required = True
