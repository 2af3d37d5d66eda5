"""Which countries are looked at for her: where she is, and others where she may go."""

from dataclasses import dataclass
from datetime import date

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import acting
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import Case
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, require

from . import changes
from .models import CountryOfCase


@dataclass(frozen=True)
class CountryFile:
    """A country that is looked at for her, and since when."""

    country: str
    is_here: bool
    since: date | None = None


def countries_of(viewer: Viewer, case: CaseFile, *, at_home: str) -> list[CountryFile]:
    """The countries looked at, the one where she is first; `at_home`, the organisation's own, where none was chosen."""
    require(case.readable(viewer, Part.LEGAL))
    rows = CountryOfCase.objects.filter(case=case.id, organisation=viewer.organisation, until=None)
    found = [CountryFile(row.country, row.is_here, row.since) for row in rows.order_by("-is_here", "country")]
    return found or [CountryFile(at_home, is_here=True)]


def look_at_country(case: CaseFile, country: str, *, by: Viewer, is_here: bool) -> None:
    """Look at a country for her; where she is now, no other is any more."""
    with acting(case, by=by, part=Part.LEGAL, verb="country looked at") as act:
        Case.objects.select_for_update(no_key=True).get(pk=case.id)
        open_ones = CountryOfCase.objects.filter(case=case.id, until=None)
        if is_here:
            open_ones.filter(is_here=True).exclude(country=country).update(is_here=False)
        defaults = {"organisation_id": case.organisation, "since": clock.today(by.time_zone)}
        row, _ = open_ones.get_or_create(case_id=case.id, country=country, until=None, defaults=defaults)
        if is_here and not row.is_here:
            row.is_here = True
            row.save(update_fields=("is_here",))
        changes.judge_after(case, by=by)
        act.words = [country]


def leave_country_out(case: CaseFile, country: str, *, by: Viewer) -> None:
    """Look no longer at a country; what was told stays. Raises NotThere where it is not looked at."""
    with acting(case, by=by, part=Part.LEGAL, verb="country left out") as act:
        rows = CountryOfCase.objects.filter(case=case.id, country=country, until=None)
        if not rows.update(until=clock.today(by.time_zone), is_here=False):
            raise NotThere
        act.words = [country]
