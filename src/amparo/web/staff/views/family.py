"""Her children, her family, and others who matter."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part
from amparo.areas.cases import family
from amparo.web.staff.case_pages import CaseCommand, CaseForm
from amparo.web.staff.forms.people import RelativeForm
from amparo.web.staff.history import VERBS, simple
from amparo.web.staff.pages import Context

VERBS |= {
    "family added": simple(_("Someone around her was added")),
    "family changed": simple(_("What is known of someone around her changed")),
}


class AddRelative(CaseForm):
    """Someone around her."""

    part = Part.FAMILY
    section = "people"
    back_to = "case_people"
    form_class = RelativeForm
    title = _("Add someone around her")
    done = _("Saved.")
    number: int | None = None

    def save(self, form: Any) -> str:
        """Write it down."""
        typed = form.cleaned_data
        kin = family.Kin(**{field: typed[field] for field in typed if field != "version"})
        version = typed["version"] or 0
        family.write_relative(self.case, by=self.viewer, kin=kin, relative=self.number, version=version)
        return self.url("case_people")


class ChangeRelative(AddRelative):
    """What is known of her or him now."""

    template = "staff/people/relative.html"
    title = _("Someone around her")

    def fetch(self, **kwargs: Any) -> None:
        """The one, if it is of this case."""
        super().fetch(**kwargs)
        self.one = family.relative_of(self.viewer, self.case, kwargs["relative"])
        self.number = self.one.id

    def initial(self) -> Context:
        """As it stands."""
        return {field: getattr(self.one, field) for field in RelativeForm.base_fields}

    def form_context(self) -> Context:
        """The one, for the button below."""
        return {"one": self.one}


class RemoveRelative(CaseCommand):
    """Take out someone written down by mistake."""

    part = Part.FAMILY
    back_to = "case_people"
    done = _("Removed.")

    def act(self) -> str:
        """Remove."""
        family.remove_relative(self.case, self.kwargs["relative"], by=self.viewer)
        return self.back_url()
