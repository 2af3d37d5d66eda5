"""What changed in what women can have: of one, and of all of one's teams."""

from amparo.areas.access.rules import sees_all_cases
from amparo.areas.access.tasks import Task
from amparo.areas.entitlements import changes
from amparo.web.staff.legal_lines import called_for, change_lines
from amparo.web.staff.pages import Context, StaffPage

from .pages import LegalPart


class CaseChanges(LegalPart):
    """What changed for her, with who looked."""

    template = "staff/legal/case_changes.html"

    def context(self) -> Context:
        """Open ones, then those that were looked at."""
        earlier = changes.earlier_changes(self.viewer, self.case)
        called = called_for(self.viewer)
        lines = change_lines(called, [one.line for one in earlier])
        return {
            "changes": change_lines(called, changes.open_changes(self.viewer, self.case)),
            "earlier": list(zip(lines, earlier, strict=True)),
        }


class Changes(StaffPage):
    """The women for whom something changed that nobody of their team has looked at."""

    task = Task.FOLLOW_CHANGES
    place = "cases"
    template = "staff/legal/all_changes.html"

    def context(self) -> Context:
        """Those of the viewer's teams; all of the house where the viewer sees them."""
        page, sees_all = self.asked_page(), sees_all_cases(self.viewer)
        mine = not sees_all or self.asked_for("of") == "mine"
        found, more = changes.changed_cases(self.viewer, mine=mine, page=page)
        called = called_for(self.viewer)
        women = [(one.case, change_lines(called, one.lines)) for one in found]
        return {"women": women, "mine": mine, "sees_all": sees_all, **self.turn_pages(page, more=more)}
