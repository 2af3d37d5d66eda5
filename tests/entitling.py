"""One of each thing of her legal status, for one case."""

from datetime import date

from amparo.areas.access.rules import Viewer
from amparo.areas.cases.queries import CaseFile
from amparo.areas.entitlements import applications, pathway_acts, telling
from amparo.areas.entitlements import case_countries as countries
from amparo.areas.entitlements.applications import Filled
from amparo.areas.entitlements.models import PathwayEvent, PathwayStage
from amparo.areas.entitlements.rules.answers import SaidBy
from amparo.areas.entitlements.rules.applications import Days, State
from amparo.areas.entitlements.rules.pathways import Happened, What
from amparo.areas.entitlements.rules.scheme import Length
from amparo.areas.entitlements.telling import Told

DAY = date(2026, 3, 1)
HERE = "BE"


def legal_things(case: CaseFile, *, by: Viewer, word: str) -> dict[str, object]:
    """Facts with a note; the country where she is."""
    countries.look_at_country(case, HERE, by=by, is_here=True)
    told = Told(SaidBy.SHE, DAY, note=word)
    telling.record_facts(case, by=by, country=HERE, told=told, given={"consents": "yes", "asylum_claim": "unknown"})
    filled = Filled("passport", HERE, State.REQUESTED, Days(requested=DAY), where=word, reference=word, note=word)
    application = applications.add_application(case, by=by, filled=filled)
    run = pathway_acts.start_pathway(case, by=by, country=HERE, pathway="be.pathway", on=DAY)
    event = Happened("be.reflection", What.EXTENDED, DAY, by=Length(years=2))
    pathway_acts.record_event(case, run, by=by, event=event, words=word)
    stage = PathwayStage.objects.get(run=run, stage="be.reflection").pk
    written = PathwayEvent.objects.latest("pk").pk
    things = {"run": run, "stage": stage, "event": written, "what": "extended", "pathway": "be.pathway"}
    return {**things, "questions": "way", "fact": "consents", "application": application, "country": HERE}
