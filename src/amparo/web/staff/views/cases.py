"""The list of cases, one case now, and its history."""

from django.utils.translation import gettext as _

from amparo.areas.access.rules import Part, Task
from amparo.areas.cases import queries
from amparo.areas.cases.dues import due_of_case
from amparo.areas.cases.rules import Status
from amparo.web.staff.case_pages import CasePart
from amparo.web.staff.history import history_words
from amparo.web.staff.lines import grouped
from amparo.web.staff.pages import Context, StaffPage
from amparo.web.staff.words import level_words, status_words, statuses


class CaseList(StaffPage):
    """The women that the reader accompanies, or may know of; search by code, and by name where names may be seen."""

    task = Task.LIST_CASES
    place = "cases"
    template = "staff/cases/list.html"

    def context(self) -> Context:
        """One page of the list, narrowed to what was asked."""
        asked = self.request.GET
        filters = queries.Filters(
            typed=asked.get("q", "")[:80],
            status=asked.get("status", "") if asked.get("status") in set(Status) else "",
            mine=asked.get("mine") == "1",
            due=asked.get("due", "") if asked.get("due") in ("overdue", "week") else "",
        )
        number = asked.get("page", "1")
        found = queries.case_list(self.viewer, filters, page=int(number) if number.isdigit() else 1)
        rows = [
            {"case": case, "status": status_words(case.status), "risk": level_words(case.risk_level)}
            for case in found.cases
        ]
        return {
            "title": _("Women"),
            "filters": filters,
            "rows": rows,
            "found": found,
            "statuses": statuses(),
            "earlier": self._page_url(found.page - 1) if found.page > 1 else "",
            "later": self._page_url(found.page + 1) if found.more else "",
        }

    def _page_url(self, page: int) -> str:
        asked = self.request.GET.copy()
        asked["page"] = str(page)
        return f"?{asked.urlencode()}"


class Now(CasePart):
    """What matters now: what is due, the latest notes, the latest of her history."""

    part = Part.HEAD
    section = "now"
    template = "staff/cases/now.html"

    def context(self) -> Context:
        """Each block only where the reader may read it."""
        readable = {part.name.lower(): bool(self.case.readable(self.viewer, part)) for part in Part}
        notes = queries.notes_of(self.viewer, self.case)[0][:5] if readable["notes"] else []
        history = queries.history_of(self.viewer, self.case)[0][:8] if readable["history"] else []
        return {
            "can": readable,
            "groups": grouped(due_of_case(self.viewer, self.case)),
            "notes": notes,
            "history": [(line, history_words(line)) for line in history],
            "can_write_note": bool(self.case.writable(self.viewer, Part.NOTES)),
        }


class History(CasePart):
    """Everything that happened, latest first."""

    part = Part.HISTORY
    section = "history"
    template = "staff/cases/history.html"

    def context(self) -> Context:
        """One page of lines."""
        number = self.request.GET.get("page", "1")
        page = max(int(number), 1) if number.isdigit() else 1
        lines, more = queries.history_of(self.viewer, self.case, page=page)
        return {
            "history": [(line, history_words(line)) for line in lines],
            "earlier": f"?page={page - 1}" if page > 1 else "",
            "later": f"?page={page + 1}" if more else "",
        }
