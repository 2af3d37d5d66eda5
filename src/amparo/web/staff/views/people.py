"""The people around her: her team and referent, her family."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.at_need import may_ask_for_identity
from amparo.areas.access.rules import Part
from amparo.areas.cases import family, particulars, team
from amparo.areas.cases.rules import may_change_team, may_leave_team
from amparo.areas.orgs.queries import Colleague
from amparo.areas.orgs.rules import Role
from amparo.kernel import clock
from amparo.kernel.decision import NotThere
from amparo.kernel.labels import Label
from amparo.web.components.fields import country_name, language_name
from amparo.web.context import role_words
from amparo.web.staff.case_pages import CaseCommand, CaseForm, CasePart
from amparo.web.staff.case_words import home_of_child_choices, relation_choices
from amparo.web.staff.forms.people import GENDERS
from amparo.web.staff.forms.team import ColleagueForm, ReferentForm, StandInForm, ToldForm
from amparo.web.staff.history import VERBS, simple
from amparo.web.staff.pages import Context

VERBS |= {
    "joined the team": simple(_("A colleague joined her team")),
    "left the team": simple(_("A colleague left her team")),
    "referent changed": simple(_("Her referent changed")),
    "standing in agreed": simple(_("A colleague stands in for her referent")),
    "handover read": simple(_("The handover was read")),
    "she was told": simple(_("She was told who accompanies her")),
}


class People(CasePart):
    """Team, handovers, family and what is known of her, each where the reader may read it."""

    part = Part.TEAM
    section = "people"
    template = "staff/people/list.html"

    def context(self) -> Context:
        """The blocks of the page."""
        case, viewer = self.case, self.viewer
        changes = may_change_team(
            coordinates=viewer.role is Role.COORDINATOR, is_referent=case.referent == viewer.member
        )
        may_change = bool(changes) and bool(case.writable(viewer, Part.TEAM))
        return {
            "team": [self._member(line, may_change) for line in team.team_of(viewer, case)],
            "may_change": may_change,
            "handovers": team.handovers_of(viewer, case),
            "me": viewer.member,
            "may_tell": bool(case.writable(viewer, Part.TEAM)),
            **self._family(),
            **self._about_her(),
        }

    def _member(self, line: team.TeamLine, may_change: bool) -> Context:
        leaves = bool(may_leave_team(member=line.member, referent=self.case.referent))
        mine = line.member == self.viewer.member and bool(self.case.writable(self.viewer, Part.TEAM))
        return {"line": line, "role": role_words(line.role), "may_leave": leaves and (may_change or mine)}

    def _family(self) -> Context:
        if not self.case.readable(self.viewer, Part.FAMILY):
            return {"family_open": False}
        kin, homes = dict(relation_choices()), dict(home_of_child_choices())
        shown = [
            {"one": one, "kinship": kin.get(one.kinship, one.kinship), "home": homes.get(one.lives_with, ""),
             "country": country_name(one.country) if one.country else ""}
            for one in family.family_of(self.viewer, self.case)
        ]  # fmt: skip
        return {"family_open": True, "family": shown, "may_write_family": self._writes(Part.FAMILY)}

    def _about_her(self) -> Context:
        if not self.case.readable(self.viewer, Part.CONTACT):
            return {"about": []}
        her = particulars.particulars_of(self.viewer, self.case)
        rows: list[tuple[Promise, str]] = [
            (_("Called"), her.called if self.case.shows(self.viewer, Part.CONTACT, Label.PERSONAL) else ""),
            (_("She is"), str(dict(GENDERS).get(her.gender, ""))),  # type: ignore[call-overload]
            (_("Year of birth"), str(her.birth_year or "")),
            (_("Languages"), ", ".join(language_name(code) for code in her.languages)),
            (_("Interpreter"), str({"yes": _("Yes"), "no": _("No")}.get(her.interpreter, ""))),
            (_("Citizenship"), ", ".join(country_name(code) for code in her.citizenships)),
        ]
        return {
            "about": rows,
            "may_write_about": self._writes(Part.CONTACT),
            "identity_open": bool(self.case.readable(self.viewer, Part.IDENTITY)),
            "may_write_identity": self._writes(Part.IDENTITY),
            "has_identity": her.has_identity,
            "may_ask_for_identity": bool(may_ask_for_identity(self.viewer, self.case.ties(self.viewer))),
        }

    def _writes(self, part: Part) -> bool:
        return bool(self.case.writable(self.viewer, part))


class TeamForm(CaseForm):
    """A form about her team."""

    part = Part.TEAM
    section = "people"
    back_to = "case_people"
    done = _("Saved.")

    def colleagues(self) -> list[Colleague]:
        """Whom one can choose."""
        return team.may_be_referent(self.viewer, self.case)

    def form_arguments(self) -> Context:
        """The colleagues with their roles."""
        return {"colleagues": [(str(one.member), f"{one.name}, {role_words(one.role)}") for one in self.colleagues()]}


class JoinTeam(TeamForm):
    """A colleague joins her team."""

    form_class = ColleagueForm
    title = _("Add a colleague to her team")
    intro = _("The colleague sees what her or his role needs, and no more.")

    def colleagues(self) -> list[Colleague]:
        """Those not in the team yet."""
        return team.may_join(self.viewer, self.case)

    def save(self, form: Any) -> str:
        """Add."""
        team.add_to_team(self.case, by=self.viewer, member=int(form.cleaned_data["member"]))
        return self.url("case_people")


class HandOver(TeamForm):
    """Her referent changes."""

    form_class = ReferentForm
    title = _("Hand over to another referent")
    intro = _("She always has one referent. The next one reads this first, and she is told.")

    def save(self, form: Any) -> str:
        """Hand over."""
        team.hand_over(self.case, by=self.viewer, what=_handing(form.cleaned_data))
        return self.url("case_people")


class StandIn(TeamForm):
    """A colleague stands in."""

    form_class = StandInForm
    title = _("Let a colleague stand in")
    intro = _("While her referent is away, the colleague sees on Today what is due. Her referent stays her referent.")

    def save(self, form: Any) -> str:
        """Agree on it."""
        typed = form.cleaned_data
        what = _handing(typed)
        team.stand_in(self.case, by=self.viewer, what=what, starts_on=typed["starts_on"], until=typed["until"])
        return self.url("case_people")


class SheWasTold(TeamForm):
    """She was told about the change."""

    form_class = ToldForm
    title = _("Tell her about the change")

    def fetch(self, **kwargs: Any) -> None:
        """The change must be one of this case."""
        super().fetch(**kwargs)
        if all(one.id != kwargs["handover"] for one in team.handovers_of(self.viewer, self.case)):
            raise NotThere

    def form_arguments(self) -> Context:
        """Nobody to choose."""
        return {}

    def initial(self) -> Context:
        """Today."""
        return {"told_on": clock.today(self.viewer.time_zone)}

    def save(self, form: Any) -> str:
        """Note it."""
        typed, number = form.cleaned_data, self.kwargs["handover"]
        words, on = typed["told_words"], typed["told_on"]
        team.note_she_was_told(self.case, number, by=self.viewer, words=words, on=on)
        return self.url("case_people")


class LeaveTeam(CaseCommand):
    """A colleague leaves her team."""

    part = Part.TEAM
    back_to = "case_people"
    done = _("Saved.")

    def act(self) -> str:
        """Leave; who leaves by her or his own hand may no longer see the case."""
        member = self.kwargs["member"]
        team.take_from_team(self.case, by=self.viewer, member=member)
        return reverse("cases") if member == self.viewer.member else self.back_url()


class ConfirmHandover(CaseCommand):
    """The next referent has read the handover."""

    part = Part.TEAM
    back_to = "case_people"
    done = _("Confirmed.")

    def act(self) -> str:
        """Confirm."""
        team.confirm_handover(self.case, self.kwargs["handover"], by=self.viewer)
        return self.back_url()


def _handing(typed: dict[str, Any]) -> team.Handing:
    told = typed["told"] == "told"
    return team.Handing(
        to=int(typed["member"]),
        text=typed["text"],
        told_words=typed["told_words"] if told else "",
        told_on=typed["told_on"] if told else None,
        tell_by=None if told else typed["tell_by"],
        stays=typed.get("stays", "yes") == "yes",
    )
