"""Who you are, and your family."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.web.components.fields import country_name, language_name
from amparo.web.staff.case_words import home_of_child_choices, relation_choices
from amparo.web.staff.forms.people import GENDERS, IdentityForm

from .telling import WORDS, YES_NO, Shown, Values, among, called, choices, plain


def _identity(value: Any, _row: Values) -> str:
    found = json.loads(value) if value else {}
    labels = {name: field.label for name, field in IdentityForm.base_fields.items()}
    return "\n".join(f"{labels[name]}: {found[name]}" for name in labels if found.get(name))


FIELDS: Mapping[str, Mapping[str, Shown]] = {
    "vault.Identity": {"sealed": (_("Names, contacts, documents"), _identity)},
    "people.Person": {
        "called": (_("The name you want to be called"), plain),
        "gender": (_("You are"), among(dict(GENDERS))),
        "birth_year": (_("Year of birth"), plain),
        "citizenships": (_("Citizenships"), called(country_name)),
        "languages": (_("Languages"), called(language_name)),
        "interpreter": (_("You want an interpreter"), among(YES_NO)),
    },
    "people.Relative": {
        "kinship": (_("Who it is"), choices(relation_choices)),
        "name": (_("Name"), plain),
        "birth_year": (_("Year of birth"), plain),
        "lives_with": (_("A child lives"), choices(home_of_child_choices)),
        "country": (_("Country"), called(country_name)),
        "note": (WORDS, plain),
    },
}
