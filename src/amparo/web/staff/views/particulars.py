"""What she is called and speaks."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part
from amparo.areas.cases import particulars
from amparo.web.staff.case_pages import CaseForm
from amparo.web.staff.forms.people import ParticularsForm
from amparo.web.staff.history import VERBS, simple
from amparo.web.staff.pages import Context

VERBS["particulars written"] = simple(_("What is known of her changed"))


class WriteParticulars(CaseForm):
    """What is known of her, to be changed with her."""

    part = Part.CONTACT
    section = "people"
    back_to = "case_people"
    form_class = ParticularsForm
    title = _("What is known of her")
    done = _("Saved.")

    def fetch(self, **kwargs: Any) -> None:
        """What is known of her now."""
        super().fetch(**kwargs)
        self.her = particulars.particulars_of(self.viewer, self.case)

    def form_arguments(self) -> Context:
        """Her languages stand in the list, however rare."""
        return {"hers": self.her.languages}

    def initial(self) -> Context:
        """As it stands."""
        her = self.her
        first, second = (*her.citizenships, "", "")[:2]
        return {
            "called": her.called,
            "gender": her.gender,
            "birth_year": her.birth_year,
            "languages": her.languages,
            "interpreter": her.interpreter,
            "citizenship": first,
            "other_citizenship": second,
            "version": her.version,
        }

    def save(self, form: Any) -> str:
        """Replace it."""
        typed = form.cleaned_data
        known = particulars.Particulars(
            called=typed["called"],
            gender=typed["gender"],
            birth_year=typed["birth_year"],
            citizenships=_once(typed["citizenship"], typed["other_citizenship"], *self.her.citizenships[2:]),
            languages=_once(*typed["languages"], typed["other_language"]),
            interpreter=typed["interpreter"],
        )
        particulars.write_particulars(self.case, by=self.viewer, particulars=known, version=typed["version"] or 0)
        return self.url("case_people")


def _once(*codes: str) -> list[str]:
    return list(dict.fromkeys(code for code in codes if code))
