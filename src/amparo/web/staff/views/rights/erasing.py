"""Erasing one narrative or all of her: asked, looked at in figures, agreed by a second person, done for good."""

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import WHOLE_FILE, Part, Task, may_do
from amparo.areas.rights import erasing, rules
from amparo.areas.rights.narratives import narratives_of
from amparo.areas.rights.rules import Asker, Obligation
from amparo.kernel import clock
from amparo.kernel.decision import require
from amparo.web.staff.case_pages import CaseCommand, CaseForm, CasePart
from amparo.web.staff.forms.rights import ConfirmForm, EraseForm
from amparo.web.staff.pages import Context
from amparo.web.staff.rights_words import OBLIGATIONS, thing_words
from amparo.web.staff.tables_words import table_words

from .overview import erasure_row


class AskToErase(CaseForm):
    """Take down what shall go."""

    part = Part.RIGHTS
    section = "rights"
    back_to = "case_rights"
    form_class = EraseForm
    title = _("She wants something erased")
    intro = _(
        "Nothing goes yet. There are days to think again, a second person looks at it, and you see in figures what "
        "goes and what stays. Often it is enough to keep it without using it."
    )
    submit_label = _("Go on")

    def form_arguments(self) -> Context:
        """All of it, then each narrative that the viewer reads, by its day."""
        each = [
            (
                one.thing,
                f"{thing_words(one.thing)}, {date_format(one.on, 'SHORT_DATE_FORMAT')}"
                if one.on
                else thing_words(one.thing),
            )
            for one in narratives_of(self.viewer, self.case)
        ]
        return {"things": [*each, (WHOLE_FILE, gettext("All of her: the whole file, her identity and her key"))]}

    def initial(self) -> Context:
        """Today; what the address asks for."""
        asker = Asker.SCHEDULE if self.asked_for("asker") == Asker.SCHEDULE else Asker.HERSELF
        today = clock.today(self.viewer.time_zone)
        return {"asked_on": today, "asker": asker, "thing": self.asked_for("thing")}

    def save(self, form: Any) -> str:
        """Take it down."""
        typed = form.cleaned_data
        wish = erasing.Wish(
            thing=typed["thing"],
            asker=Asker(typed["asker"]),
            asked_on=typed["asked_on"],
            words=typed["words"],
            obligation=Obligation(typed["obligation"]),
            keep_until=typed["keep_until"],
        )
        return self.url("rights_erasure", erasing.ask(self.case, by=self.viewer, wish=wish))


class OneErasure(CasePart):
    """Anything about one erasure of this case."""

    part = Part.RIGHTS
    section = "rights"

    def fetch(self, **kwargs: Any) -> None:
        """The erasure, if it is of this case."""
        super().fetch(**kwargs)
        self.erasure = erasing.erasure_of(self.viewer, self.case, kwargs["erasure"])


class ErasurePage(OneErasure):
    """Who asked, what obliges to keep it, what goes and what stays in figures, and what is to be done next."""

    template = "staff/rights/erasure.html"

    def context(self) -> Context:
        """Each button only for whoever may press it now; otherwise what is still missing."""
        one, today = self.erasure, clock.today(self.viewer.time_zone)
        decides = bool(may_do(self.viewer, Task.KEEP_OR_ERASE))
        missing = rules.may_carry_out(one.stand, today=today, is_confirmed=True)
        waiting = bool(rules.may_call_off(one.stand))
        return {
            **erasure_row(one),
            "obligation": OBLIGATIONS[one.stand.obligation],
            "waiting": waiting,
            "missing": gettext(missing.reason) if waiting else "",
            "may_agree": decides and bool(rules.may_agree(one.stand, by=self.viewer.member)),
            "may_do": decides and bool(missing),
            "only_others": waiting and not decides,
            "figures": self._figures() if waiting and one.thing == WHOLE_FILE else [],
        }

    def _figures(self) -> list[tuple[str, int, int]]:
        """Table by table: how many pieces go, and how many lines stay to be counted."""
        found = erasing.amounts_of(self.viewer, self.case)
        rows = [(table_words(one.table), one.with_words, 0 if one.goes else one.rows) for one in found]
        return sorted(rows, key=lambda row: (-row[1], row[0]))


class Agree(OneErasure, CaseCommand):
    """The second person's yes."""

    writes = True
    done = _("Saved. You agreed that it is erased.")

    def back_url(self) -> str:
        """The erasure."""
        return self.url("rights_erasure", self.erasure.id)

    def act(self) -> str:
        """Agree."""
        erasing.agree(self.case, self.erasure.id, by=self.viewer)
        return self.back_url()


class CallOff(Agree):
    """She thought again."""

    done = _("Saved. Nothing is erased.")

    def act(self) -> str:
        """Call it off."""
        erasing.call_off(self.case, self.erasure.id, by=self.viewer)
        return self.back_url()


class CarryOut(OneErasure, CaseForm):
    """The last step, with her code typed by hand."""

    writes = True
    form_class = ConfirmForm
    title = _("Erase for good")
    submit_label = _("Erase for good")

    def fetch(self, **kwargs: Any) -> None:
        """The erasure; this page is for whoever decides."""
        super().fetch(**kwargs)
        require(may_do(self.viewer, Task.KEEP_OR_ERASE))

    def cancel_url(self) -> str:
        """Back to the erasure."""
        return self.url("rights_erasure", self.erasure.id)

    def form_context(self) -> Context:
        """What it is about."""
        return {"intro": f"{self.case.code}: {thing_words(self.erasure.thing)}"}

    def save(self, form: Any) -> str:
        """Erase it; where all of her is gone, there is no page of hers to go back to."""
        number = self.erasure.id
        erasing.carry_out(self.case, number, by=self.viewer, typed=form.cleaned_data["typed"])
        messages.success(self.request, gettext("It was erased for good."))
        return reverse("cases") if self.erasure.thing == WHOLE_FILE else self.cancel_url()
