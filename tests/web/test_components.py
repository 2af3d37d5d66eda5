"""Forms come out in our markup: labelled, described, with errors at the field and in a list on top."""

import re
from datetime import UTC, datetime

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

from amparo.web.components.fields import (
    DOES_NOT_WANT_TO_SAY,
    NOT_KNOWN,
    ChoiceOne,
    CountryField,
    DayField,
    LanguageField,
    LongText,
    MomentField,
    ShortText,
    WholeNumber,
    country_name,
    language_name,
)
from amparo.web.components.templatetags.components import cited, error_lines, field_groups
from amparo.web.components.trends import draw_trend
from tests.browser.kitchen_sink.forms import EveryField


class Call(forms.Form):
    groups = [("How", ["how", "way"])]

    how = ChoiceOne(
        label="How may we reach her?",
        choices=[("call", "Call"), ("other", "Another way")],
        hints={"call": "In the morning"},
        reveals={"other": ("way",)},
        may_be_unknown=True,
        may_stay_unsaid=True,
    )
    way = ShortText(label="Which way?", required=False)
    wish = ShortText(label="Her wish", help_text="In her words")
    note = LongText(label="Note", required=False)


def markup(form: forms.Form) -> str:
    request = RequestFactory().get("/somewhere/")
    return render_to_string("components/form.html", {"form": form, "cancel_url": "/back/"}, request=request)


def test_every_input_has_a_label_or_a_legend_of_its_own() -> None:
    page = markup(EveryField())
    inputs = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]* id="([^"]+)"', page)
    assert len(inputs) > 25
    assert [name for name in inputs if f'for="{name}"' not in page] == []


def test_every_description_that_a_field_points_to_exists() -> None:
    page = markup(EveryField({"channel": "other"}))
    named = {name for names in re.findall(r'aria-describedby="([^"]+)"', page) for name in names.split()}
    assert len(named) > 8
    assert [name for name in named if f'id="{name}"' not in page] == []


def test_a_hint_and_an_error_describe_the_field_they_belong_to() -> None:
    page = markup(Call({"how": "call"}))
    assert 'aria-invalid="true" aria-describedby="id_wish_helptext id_wish_error"' in page


def test_what_was_typed_stands_in_the_form_that_comes_back() -> None:
    page = markup(Call({"note": "She called\n<twice>", "way": "A neighbour's door"}))
    assert "She called\n&lt;twice&gt;" in page
    assert "A neighbour&#x27;s door" in page


def test_a_revealed_field_stands_inside_its_answer_and_nowhere_else() -> None:
    page = markup(Call())
    assert page.count('name="way"') == 1
    assert page.index('value="other"') < page.index('name="way"') < page.index('value="unknown"')


def test_fields_stand_in_their_groups_and_the_others_before_them() -> None:
    groups = [(group.legend, [field.name for field in group.fields]) for group in field_groups(Call())]
    assert groups == [("", ["wish", "note"]), ("How", ["how"])]


def test_the_list_of_errors_leads_to_the_first_answer_of_a_group() -> None:
    lines = {line.target: line.text for line in error_lines(Call({}))}
    assert lines["id_how_0"] == "How may we reach her? Please choose an answer."
    assert lines["id_wish"] == "Her wish: Please fill this in."


@pytest.mark.parametrize("answer", [NOT_KNOWN, DOES_NOT_WANT_TO_SAY])
def test_not_known_and_not_said_are_answers(answer: str) -> None:
    form = Call({"how": answer, "wish": "Rest"})
    assert form.is_valid()
    assert form.cleaned_data["how"] == answer


def test_a_long_pasted_text_is_never_cut_by_the_browser() -> None:
    note = markup(Call()).split('name="note"')[1].split(">")[0]
    assert "maxlength" not in note


@pytest.mark.parametrize("typed", ["2026-11-22", "22/11/2026", "22.11.2026"])
def test_a_day_may_be_typed_where_there_is_no_calendar(typed: str) -> None:
    assert DayField(label="Day").clean(typed).isoformat() == "2026-11-22"


def test_a_moment_is_aware() -> None:
    assert MomentField(label="When").clean("2026-11-22T10:30").tzinfo is not None


def test_of_the_hour_that_comes_twice_the_first_is_meant_and_the_skipped_one_is_refused_in_plain_words() -> None:
    when = MomentField(label="When")
    with timezone.override("Europe/Madrid"):
        assert when.clean("2026-10-25T02:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
        with pytest.raises(forms.ValidationError, match="this hour does not exist"):
            when.clean("2026-03-29T02:30")
        with pytest.raises(forms.ValidationError, match="date/time"):
            when.clean("tomorrow")


def test_a_number_below_zero_is_refused() -> None:
    with pytest.raises(forms.ValidationError):
        WholeNumber(label="Children").clean("-1")


def test_languages_and_countries_are_named_in_the_readers_language() -> None:
    with translation.override("es"):
        assert (language_name("ro"), country_name("RO")) == ("rumano", "Rumanía")
    with translation.override("it"):
        assert (language_name("ro"), country_name("RO")) == ("rumeno", "Romania")


def test_a_language_nobody_listed_keeps_its_code() -> None:
    assert language_name("xx") == "xx"


def test_only_known_languages_and_countries_are_taken() -> None:
    assert LanguageField(label="Language").clean("ro") == "ro"
    with pytest.raises(forms.ValidationError):
        CountryField(label="Country").clean("ZZ")


def test_a_trend_leaves_out_what_was_not_rated() -> None:
    drawn = draw_trend([1, None, 5], [3])
    assert drawn.her_line == "6,42 154,6"
    assert len(drawn.her_points) == 2
    assert drawn.team_line == ""
    assert drawn.team_points == "M3 21h6v6h-6z"


def test_a_trend_without_any_rating_is_empty() -> None:
    drawn = draw_trend([], [])
    assert (drawn.her_line, drawn.her_points, drawn.team_points) == ("", [], "")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("C&H-L, 5.1.2, lines 573-576", "C&H-L, 5.1.2, lines 573 to 576"),
        ("4.3, lines 557", "4.3, line 557"),
        ("5.2, lines 615-617, 868-872", "5.2, lines 615 to 617, lines 868 to 872"),
        ("R1; C&H-R 203, 240", "R1; C&H-R 203, 240"),
        ("", ""),
    ],
)
def test_a_citation_is_worded_in_the_readers_language(written: str, shown: str) -> None:
    assert cited(written) == shown
