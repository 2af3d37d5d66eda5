"""Your rights and your permits."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from amparo.web.components.fields import country_name
from amparo.web.staff import entitlement_words, pathway_words

from .telling import WHEN, WORDS, Shown, among, called, plain

FIELDS: Mapping[str, Mapping[str, Shown]] = {
    "entitlements.LegalFact": {
        "key": (_("What was asked"), called(entitlement_words.question_words)),
        "country": (_("Country"), called(country_name)),
        "value": (_("What is known"), lambda value, row: entitlement_words.answer_words(row["key"], value)),
        "said_by": (_("Who said so"), among(entitlement_words.SAID_BY)),
        "told_on": (WHEN, plain),
        "note": (WORDS, plain),
        "member": (_("Taken down by"), plain),
        "ended_at": (_("Until"), plain),
    },
    "entitlements.CountryOfCase": {
        "country": (_("Country"), called(country_name)),
        "is_here": (_("You are there"), plain),
        "since": (_("Since"), plain),
        "until": (_("Until"), plain),
    },
    "entitlements.Application": {
        "kind": (_("What it is"), called(entitlement_words.kind_words)),
        "country": (_("Country"), called(country_name)),
        "permit": (_("For"), called(entitlement_words.item_words)),
        "status": (_("Where it stands"), called(entitlement_words.state_words)),
        "requested_on": (_("Requested on"), plain),
        "received_on": (_("Received on"), plain),
        "refused_on": (_("Refused on"), plain),
        "appealed_on": (_("Appealed against on"), plain),
        "expires_on": (_("Valid until"), plain),
        "where": (_("Office"), plain),
        "reference": (_("Their number for it"), plain),
        "note": (WORDS, plain),
        "member": (_("Taken down by"), plain),
    },
    "entitlements.KeptStatus": {
        "country": (_("Country"), called(country_name)),
        "item": (_("What"), called(entitlement_words.item_words)),
        "status": (_("Where it stands"), called(entitlement_words.her_status_words)),
        "since": (_("Since"), plain),
    },
    "entitlements.PathwayRun": {
        "country": (_("Country"), called(country_name)),
        "pathway": (_("What"), called(pathway_words.pathway_words)),
        "begun_on": (_("Since"), plain),
        "ended_on": (_("Until"), plain),
        "member": (_("Taken down by"), plain),
    },
    "entitlements.PathwayEvent": {
        "stage": (_("Stage"), called(pathway_words.stage_words)),
        "what": (_("What happened"), called(pathway_words.happened_words)),
        "on": (WHEN, plain),
        "count": (_("By how many"), plain),
        "unit": (_("By what"), among(pathway_words.UNIT)),
        "until": (_("Until"), plain),
        "outcome": (_("Decision"), among(pathway_words.OUTCOME)),
        "words": (WORDS, plain),
        "member": (_("Taken down by"), plain),
        "noted_at": (_("Taken down on"), plain),
    },
    "entitlements.StatusChange": {
        "country": (_("Country"), called(country_name)),
        "item": (_("What"), called(entitlement_words.item_words)),
        "before": (_("Before"), called(entitlement_words.her_status_words)),
        "after": (_("Then"), called(entitlement_words.her_status_words)),
        "because": (_("Why"), among(entitlement_words.BECAUSE)),
        "fact": (_("What changed"), called(entitlement_words.question_words)),
        "on": (WHEN, plain),
        "looked_by": (_("Looked at by"), plain),
        "looked_at": (_("Looked at on"), plain),
    },
}
