"""The list of cases, one case now, and its history."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Part, Task, sees_all_cases
from amparo.areas.cases import queries
from amparo.areas.cases.dues import DueLine, next_due
from amparo.areas.cases.rules import Status
from amparo.areas.cases.team import REFERENTS
from amparo.areas.orgs.queries import Colleague, colleagues
from amparo.areas.plans.queries import wishes_of
from amparo.web.staff.addresses import case_address
from amparo.web.staff.case_pages import CasePart
from amparo.web.staff.history import ANNOUNCED, history_words
from amparo.web.staff.lines import brief, grouped
from amparo.web.staff.pages import Context, StaffPage
from amparo.web.staff.plan_words import domain_words
from amparo.web.staff.words import level_words, status_words, statuses

# What the history can be narrowed to.
PART_WORDS = (
    (Part.PLAN, gettext_lazy("Her plan")),
    (Part.SAFETY, gettext_lazy("Safety")),
    (Part.CONSENTS, gettext_lazy("Consents")),
    (Part.SERVICES, gettext_lazy("Services and appointments")),
    (Part.NOTES, gettext_lazy("Notes")),
    (Part.PAPERS, gettext_lazy("Papers")),
    (Part.TEAM, gettext_lazy("Her team")),
    (Part.FAMILY, gettext_lazy("Family")),
)


class CaseList(StaffPage):
    """The women that the reader accompanies, or may know of; search by code, and by name where names may be seen."""

    task = Task.LIST_CASES
    place = "cases"
    template = "staff/cases/list.html"

    def context(self) -> Context:
        """One page of the list, narrowed to what was asked."""
        referents = self._referents()
        filters = self._filters({one.member for one in referents})
        found = queries.case_list(self.viewer, filters, page=self.asked_page())
        dues = next_due(self.viewer, found.cases)
        return {
            "title": _("Women"),
            "filters": filters,
            "narrowed": filters.status or filters.due or filters.mine or filters.referent,
            "rows": [_row(case, dues.get(case.code)) for case in found.cases],
            "referents": referents,
            "found": found,
            "statuses": statuses(),
            **self.turn_pages(found.page, more=found.more),
        }

    def _filters(self, referents: set[int]) -> queries.Filters:
        """What the address asks for; what no list has is left out."""
        status, due, referent = self.asked_for("status"), self.asked_for("due"), self.asked_for("referent")
        return queries.Filters(
            typed=self.asked_for("q"),
            status=status if status in set(Status) else "",
            mine=referent == "me",
            referent=next((one for one in referents if str(one) == referent), 0),
            due=due if due in ("overdue", "week") else "",
        )

    def _referents(self) -> list[Colleague]:
        """Whom a coordinator may narrow the list to."""
        if not sees_all_cases(self.viewer):
            return []
        return colleagues(self.viewer.organisation, *REFERENTS)


def _row(case: queries.CaseFile, due: DueLine | None) -> Context:
    return {
        "case": case,
        "status": status_words(case.status),
        "risk": level_words(case.risk_level),
        "due": brief(due) if due else None,
        "url": case_address("case", case.code),
    }


class Now(CasePart):
    """What matters now: what is due, the latest notes, the latest of her history."""

    part = Part.HEAD
    section = "now"
    template = "staff/cases/now.html"

    def context(self) -> Context:
        """Each block only where the reader may read it."""
        readable = {part.name.lower(): bool(self.case.readable(self.viewer, part)) for part in Part}
        notes = queries.notes_of(self.viewer, self.case, size=5)[0] if readable["notes"] else []
        latest = queries.history_of(self.viewer, self.case, size=12)[0] if readable["history"] else []
        history = [line for line in latest if line.verb not in ANNOUNCED][:8]
        wishes = wishes_of(self.viewer, self.case) if readable["plan"] and self.case.in_team else []
        return {
            "can": readable,
            "groups": grouped(self.viewer, self.dues, here="case"),
            "wishes": [(domain_words(domain), said) for domain, said in wishes],
            "notes": notes,
            "history": [(line, history_words(line)) for line in history],
            "can_write_note": bool(self.case.writable(self.viewer, Part.NOTES)),
            "can_note_service": bool(self.case.writable(self.viewer, Part.SERVICES)),
            "ended": self.case.status in (Status.FOLLOW_UP, Status.CLOSED),
        }


class History(CasePart):
    """Everything that happened, latest first."""

    part = Part.HISTORY
    section = "history"
    template = "staff/cases/history.html"

    def context(self) -> Context:
        """One page of lines."""
        page = self.asked_page()
        part = self.asked_for("part")
        chosen = part if part in {one.value for one, _words in PART_WORDS} else ""
        lines, more = queries.history_of(self.viewer, self.case, page=page, part=chosen)
        return {
            "parts": [(one.value, words) for one, words in PART_WORDS if self.case.readable(self.viewer, one)],
            "chosen": chosen,
            "history": [(line, history_words(line)) for line in lines],
            **self.turn_pages(page, more=more),
        }
