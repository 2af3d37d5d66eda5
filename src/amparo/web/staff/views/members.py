"""Colleagues: accounts for the administrator, training for the coordinator (R12). Nothing of any case is here."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access import members
from amparo.areas.access.rules import Task, may_do
from amparo.areas.activities import rechecking
from amparo.areas.orgs.rules import Role
from amparo.web.context import role_words
from amparo.web.staff.forms.members import ChangeColleagueForm, NewColleagueForm, TrainingForm
from amparo.web.staff.pages import Context, FormPage, StaffPage


class Members(StaffPage):
    """Everyone who works here."""

    task = Task.SEE_TODAY  # the query asks for one of two tasks
    place = "members"
    template = "staff/members/list.html"

    def context(self) -> Context:
        """Each with what is recorded."""
        return {
            "title": _("Colleagues"),
            "rows": [(one, role_words(one.role)) for one in members.members_of(self.viewer)],
            "manages": bool(may_do(self.viewer, Task.MANAGE_MEMBERS)),
            "clears": members.may_clear(self.viewer),
        }


class MemberForm(FormPage):
    """A form about one colleague."""

    task = Task.SEE_TODAY
    place = "members"

    def fetch(self, **kwargs: Any) -> None:
        """The colleague, of the viewer's own organisation."""
        self.member = members.member_of(self.viewer, kwargs["member"])

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("members")

    def form_context(self) -> Context:
        """Whom the form is about."""
        return {"intro": f"{self.member.name} ({self.member.username})"}


class AddMember(FormPage):
    """A new colleague, with a temporary password that is shown once."""

    task = Task.MANAGE_MEMBERS
    place = "members"
    form_class = NewColleagueForm
    title = gettext_lazy("Add a colleague")

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("members")

    def save(self, form: Any) -> HttpResponse:
        """Add, and show how to sign in the first time."""
        typed = form.cleaned_data
        _number, password = members.add_member(
            by=self.viewer,
            username=typed["username"],
            name=typed["name"],
            role=Role(typed["role"]),
            language=typed["language"],
        )
        return _password_page(self, typed["name"], typed["username"], password)


class ChangeMember(MemberForm):
    """Name, role, language, or the end of the membership."""

    task = Task.MANAGE_MEMBERS
    form_class = ChangeColleagueForm
    title = gettext_lazy("Change a colleague")
    done = gettext_lazy("Saved.")

    def initial(self) -> Context:
        """As it stands."""
        one = self.member
        return {"name": one.name, "role": one.role.value, "language": one.language, "is_active": one.is_active}

    def save(self, form: Any) -> str:
        """Change it."""
        typed = form.cleaned_data
        members.change_member(
            self.member.id,
            by=self.viewer,
            name=typed["name"],
            role=Role(typed["role"]),
            language=typed["language"],
            is_active=typed["is_active"],
        )
        rechecking.soon(self.viewer)  # who is here no more holds no session
        return reverse("members")


class RecordTraining(MemberForm):
    """When she or he was trained and signed."""

    form_class = TrainingForm
    title = gettext_lazy("Training and confidentiality")
    done = gettext_lazy("Saved.")

    def fetch(self, **kwargs: Any) -> None:
        """The colleague, for whoever records training."""
        self.member = members.member_to_clear(self.viewer, kwargs["member"])

    def initial(self) -> Context:
        """As it stands."""
        return {"trained_on": self.member.trained_on, "signed_on": self.member.signed_on}

    def save(self, form: Any) -> str:
        """Record it."""
        typed = form.cleaned_data
        members.record_training(
            self.member.id, by=self.viewer, trained_on=typed["trained_on"], signed_on=typed["signed_on"]
        )
        rechecking.soon(self.viewer)
        return reverse("members")


class RenewSignIn(MemberForm):
    """For who lost the password or the telephone with the codes."""

    task = Task.MANAGE_MEMBERS
    form_class = Form
    submit_label = gettext_lazy("Renew")
    title = gettext_lazy("Renew the sign-in")

    def save(self, form: Any) -> HttpResponse:
        """Renew it and show the temporary password once."""
        password = members.renew_sign_in(self.member.id, by=self.viewer)
        return _password_page(self, self.member.name, self.member.username, password)


class EndSessions(MemberForm):
    """For whose telephone is gone, or who was made to sign in."""

    task = Task.MANAGE_MEMBERS
    form_class = Form
    submit_label = gettext_lazy("Sign out everywhere")
    title = gettext_lazy("Sign a colleague out everywhere")
    done = gettext_lazy("Every open session has ended.")

    def save(self, form: Any) -> str:
        """End them."""
        members.end_sessions_of(self.member.id, by=self.viewer)
        return reverse("members")


def _password_page(page: FormPage, name: str, username: str, password: str) -> HttpResponse:
    context = {"title": _("Give this to your colleague"), "name": name, "username": username, "password": password}
    return page.page(context, template="staff/members/password.html")
