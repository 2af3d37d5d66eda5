"""A form's field as the templates see it: which kind it is, its options and what each option reveals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django import forms
from django.utils.functional import cached_property

LONGEST_COUNTED = 2_000


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a radio or checkbox group."""

    value: str
    label: str
    id: str
    checked: bool
    hint: str = ""
    divided: bool = False
    reveals: list[AmparoBoundField] = field(default_factory=list)


class AmparoBoundField(forms.BoundField):
    """What ``components/field.html`` needs to know about a field."""

    @cached_property
    def is_choices(self) -> bool:
        """Whether the answers are shown as a group of radios or checkboxes."""
        return isinstance(self.field.widget, forms.RadioSelect)

    @cached_property
    def is_checkbox(self) -> bool:
        """Whether this is a single box to tick."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @cached_property
    def choice_class(self) -> str:
        """Part of the CSS class: ``radios`` or ``checkboxes``."""
        return "checkboxes" if self.choice_type == "checkbox" else "radios"

    @cached_property
    def choice_type(self) -> str:
        """The input type of a group's answers: ``radio`` or ``checkbox``."""
        several = isinstance(self.field.widget, forms.CheckboxSelectMultiple)
        return "checkbox" if several else "radio"

    @cached_property
    def is_inline(self) -> bool:
        """Whether the answers stand in one line where there is room: two short ones do."""
        return bool(getattr(self.field, "inline", False))

    @cached_property
    def says_optional(self) -> bool:
        """Whether the label says that the field may stay empty."""
        return not self.field.required and getattr(self.field, "says_optional", True)

    @cached_property
    def counts(self) -> bool:
        """Whether the characters left are counted while writing."""
        longest: int | None = getattr(self.field, "max_length", None)
        is_long = isinstance(self.field.widget, forms.Textarea)
        return is_long and longest is not None and longest <= LONGEST_COUNTED

    @property
    def options(self) -> Iterator[Option]:
        """The answers of a group in their order, with hints and with the fields they reveal."""
        hints = self._mapping("hints")
        reveals = self._mapping("reveals")
        divided = getattr(self.field, "divided_before", None)
        for shown in self.subwidgets:
            value = str(shown.data["value"])
            yield Option(
                value=value,
                label=str(shown.choice_label),
                id=shown.id_for_label,
                checked=bool(shown.data["selected"]),
                hint=str(hints.get(value, "")),
                divided=value == divided,
                reveals=self._revealed(reveals.get(value, ())),
            )

    @property
    def revealed_names(self) -> set[str]:
        """Names of the fields that stand inside this group's answers, and nowhere else."""
        return {name for names in self._mapping("reveals").values() for name in names}

    def build_widget_attrs(
        self, attrs: dict[str, str | bool], widget: forms.Widget | None = None
    ) -> dict[str, str | bool]:
        """Add the character count to what describes the field."""
        built = super().build_widget_attrs(attrs, widget)
        if self.counts:
            described = f"{built.get('aria-describedby', '')} {self.auto_id}-info"
            built["aria-describedby"] = described.strip()
            built["class"] = "govuk-js-character-count"
        return built

    def _mapping(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """A mapping that some kinds of field carry, or an empty one."""
        mapping: Mapping[str, tuple[str, ...]] = getattr(self.field, name, {})
        return mapping

    def _revealed(self, names: tuple[str, ...]) -> list[AmparoBoundField]:
        """The fields of the same form with these names, as far as the form has them."""
        found = [self.form[name] for name in names if name in self.form.fields]
        return [each for each in found if isinstance(each, AmparoBoundField)]
