"""Every cell of FIIT's tables of five countries stands in the files of rules, with its value (FIIT 61-1206).

The tables below are written from the source, not from the files: what is lost or changed there is missed here.
"""

from typing import get_args

import pytest

from amparo.areas.entitlements.rules.scheme import Opening, Permit, Service, ServiceKind
from tests.shipped_rules import FIIT, home_of, items, long, opened, permit, rules, service, stays, told

ALWAYS, EVERYBODY = "all()", "national eu third_country women men adults minors"
IDENTIFIED = "any(possible_victim, recognised_victim)"

# Permits: conditions, length, longest, renewable or not, what it opens, what it guarantees.
RESIDENCE = {
    "be.reflection_period": (
        "all(possible_victim, no_contact_with_offenders, with_specialised_centre)",
        *("45 days", "", False, "social_welfare education language_courses", ""),
    ),
    "be.temporary_stay": (
        "all(statement_to_police, with_specialised_centre, no_contact_with_offenders)",
        *("3 months", "", True, "work police_protection social_welfare education language_courses", ""),
    ),
    "be.long_term_permit": (
        (
            "all(cooperates, with_specialised_centre, no_contact_with_offenders, proceedings_ongoing, "
            "prosecutor_holds_possible_victim, not(threat_to_public_order))"
        ),
        *("6 months", "", True, "work police_protection social_welfare education language_courses", ""),
    ),
    "be.permanent_stay": ("offenders_convicted", "5 years", "", True, "", ""),
    "fr.reflection_period": (
        "all(consents, left_exploitation, no_contact_with_offenders)",
        *("30 days", "", False, "police_protection work social_welfare", "no_removal"),
    ),
    "fr.temporary_stay": (
        "all(complaint_or_testimony, left_exploitation, cooperates)",
        *("6 months", "1 years", True, "work police_protection social_welfare", ""),
    ),
    "fr.long_term_permit": (
        "any(all(offenders_convicted, no_contact_with_offenders), authority_discretion_granted)",
        *("10 years", "", True, "work social_welfare", ""),
    ),
    "it.reflection_period": (
        "all(suffered_violence, asked_specialised_ngo_for_protection)",
        *("3 months", "", True, "police_protection social_welfare", ""),
    ),
    "it.temporary_stay": (
        "any(cooperates, all(identified_by_registered_ngo, ngo_declares_accompaniment))",
        *("6 months", "", True, "work police_protection social_welfare", ""),
    ),
    "it.long_term_permit": (
        "any(employment_contract, self_employment_ready, all(enrolled_in_studies, means_for_studies))",
        *("1 years", "", True, "work police_protection social_welfare", ""),
    ),
    "hu.reflection_period": (
        "cooperates",
        *("30 days", "", True, "work social_welfare temporary_residence_certificate", ""),
    ),
    "hu.humanitarian_permit": ("cooperates", "6 months", "", True, "social_welfare", ""),
    "gb.reflection_period": ("all(consents, reasonable_grounds)", "45 days", "", True, "police_protection", ""),
    "gb.temporary_stay": (
        "all(recognised_victim, any(cooperates, personal_circumstances_warrant_stay, asylum_claim))",
        *("1 years", "", True, "work police_protection", ""),
    ),
}

# Accommodation: conditions, types, who is accepted, mixed or separate, stay.
HOUSES = {
    "be.accommodation_specialised": (IDENTIFIED, "shelter studio", EVERYBODY, "mixed_only", "average 3 months"),
    "be.accommodation_mainstream": (ALWAYS, "shelter", EVERYBODY, None, ""),
    "fr.accommodation_specialised": (
        "all(adult, any(possible_victim, recognised_victim, identified_by_registered_ngo))",
        *("shelter flat hotel", "national eu third_country women men adults", None, "average 1 years"),
    ),
    "fr.accommodation_mainstream": (ALWAYS, "shelter flat hotel", EVERYBODY, None, "legal 6 months, extended"),
    "it.accommodation_specialised": (
        "any(possible_victim, recognised_victim, identified_by_registered_ngo)",
        *("shelter flat", EVERYBODY, "separate_possible", "legal 6 months, to 12 months, extended"),
    ),
    "it.accommodation_mainstream": (
        "any(nationality_group in national|eu, holds_residence_permit)",
        *("shelter", EVERYBODY, "separate_possible", ""),
    ),
    "hu.accommodation_specialised": (
        ALWAYS,
        *("shelter", "national eu women men adults minors", None, "legal 60 days, extended 60 days"),
    ),
    "gb.accommodation_specialised": (
        "all(adult, consents)",
        *("shelter hotel flat", "national eu third_country women men adults", "separate_possible", "legal 45 days"),
    ),
    "gb.accommodation_mainstream": (
        "nationality_group in national|third_country",
        *("foster_care social_housing", "national third_country women men adults minors", "mixed_only", ""),
    ),
}

# Other services: conditions, provider, free of charge or not, by whom, staff trained or not.
SERVICES = {
    "be.psychosocial": (ALWAYS, "specialised", True, "accommodation_staff psychologists", True),
    "be.health": (ALWAYS, "mainstream", None, "health_professionals", None),
    "be.legal_assistance": (
        "all(holds_residence_permit, lacks_means)",
        *("mainstream", True, "social_workers lawyers", None),
    ),
    "be.language_courses": (ALWAYS, "both", False, "integration_services accommodation_staff", None),
    "be.training": (ALWAYS, "mainstream", False, "employment_service", None),
    "be.employment": (ALWAYS, "mainstream", None, "employment_service accommodation_staff", None),
    "fr.psychosocial": (ALWAYS, "both", None, "accommodation_staff cultural_mediators psychologists", False),
    "fr.health": (ALWAYS, "mainstream", None, "health_professionals", False),
    "fr.legal_assistance": ("all(holds_residence_permit, lacks_means)", "mainstream", True, "lawyers", None),
    "fr.language_courses": (
        ALWAYS,
        *("both", None, "accommodation_staff volunteers specialised_ngo integration_services", None),
    ),
    "fr.training": (ALWAYS, "specialised", None, "specialised_ngo", None),
    "fr.employment": ("holds_residence_permit", "mainstream", None, "employment_service", False),
    "it.psychosocial": (ALWAYS, "specialised", None, "accommodation_staff psychologists health_professionals", None),
    "it.health": (ALWAYS, "mainstream", True, "health_professionals", None),
    "it.legal_assistance": (ALWAYS, "specialised", True, "social_workers lawyers", None),
    "it.language_courses": (ALWAYS, "both", True, "integration_services specialised_ngo local_authority", None),
    "it.training": (ALWAYS, "both", None, "social_workers", None),
    "it.employment": (ALWAYS, "mainstream", None, "employment_service", None),
    "hu.accommodation_mainstream": ("any()", "none", None, "", None),
    "hu.psychosocial": ("in_shelter", "specialised", True, "psychologists accommodation_staff", True),
    "hu.health": ("in_shelter", "mainstream", None, "health_professionals", None),
    "hu.legal_assistance": ("in_shelter", "specialised", None, "", None),
    "hu.language_courses": (
        "in_shelter",
        *("both", True, "accommodation_staff employment_service integration_services", None),
    ),
    "hu.training": (ALWAYS, "mainstream", True, "employment_service accommodation_staff", None),
    "hu.employment": (ALWAYS, "mainstream", None, "employment_service accommodation_staff", None),
    "gb.psychosocial": (ALWAYS, "both", False, "specialised_ngo health_professionals", None),
    "gb.health": (ALWAYS, "mainstream", None, "health_professionals", False),
    "gb.legal_assistance": (
        "holds_residence_permit",
        *("mainstream", True, "lawyers social_workers local_authority", None),
    ),
    "gb.language_courses": (
        "holds_residence_permit",
        *("mainstream", False, "integration_services local_authority specialised_ngo", None),
    ),
    "gb.training": ("holds_residence_permit", "mainstream", None, "specialised_ngo", None),
    "gb.employment": ("holds_residence_permit", "mainstream", None, "employment_service", None),
}

# What a table says and no field can hold: it stands in the notes, the cost or the renewal, by these words.
WORDED = {
    "be.long_term_permit": ["as long as the investigation goes on"],
    "be.permanent_stay": ["no end", "5 years", "without any condition"],
    "be.accommodation_specialised": [
        "start in a shelter",
        "studio of their own",
        "shelters for young people",
        "mature",
    ],
    "be.accommodation_mainstream": ["not trained"],
    "be.psychosocial": ["The centres give it", "Psychologists trained", "long care"],
    "be.health": ["emergency", "psychological care", "RIZIV-INAMI", "medicine"],
    "be.legal_assistance": ["cannot pay"],
    "be.language_courses": ["lower with a minimum income or social welfare", "Flanders", "EU citizens", "right and no"],
    "be.training": ["people with little money pay less", "VDAB", "short and long"],
    "be.employment": ["labour market is open", "go with her", "Brussels", "Wallonia", "career orientation"],
    "fr.reflection_period": ["rarely grant it"],
    "fr.temporary_stay": ["until the proceedings end", "no job contract"],
    "fr.long_term_permit": ["prefecture", "special consideration"],
    "fr.accommodation_specialised": ["66 partners", "emergencies", "police or social services", "one year on average"],
    "fr.accommodation_mainstream": ["shelters for young people, without a fixed time"],
    "fr.psychosocial": ["cultural mediators", "ethnopsychology", "Few psychologists are trained", "or elsewhere"],
    "fr.health": ["whatever her papers", "paperwork is hard", "not trained"],
    "fr.legal_assistance": ["cannot pay", "lawyers of their own", "to get a permit", "in court"],
    "fr.language_courses": ["volunteers", "training centres", "organisations for migrants", "OFII", "a student"],
    "fr.training": ["wishes and skills", "placements", "One organisation"],
    "fr.employment": ["temporary permit", "know little", "11 euros a day", "ATA"],
    "it.reflection_period": ["Article 13 of Law 228/2003", "no reflection period"],
    "it.long_term_permit": [
        "at any time",
        "two years on average",
        "one year at most",
        "examinations",
        "paid what is due",
    ],
    "it.accommodation_specialised": ["religious groups", "If it is needed"],
    "it.accommodation_mainstream": ["municipalities", "asylum seeker", "emergency health care, but no place"],
    "it.psychosocial": ["psychologist or a doctor", "weekly or monthly", "municipality"],
    "it.health": ["hospitals", "tortured"],
    "it.legal_assistance": ["General services do not offer it", "specialised lawyers"],
    "it.language_courses": ["two to three months", "first months", "foreigners only", "Articles 13 and 18"],
    "it.training": ["social worker", "local firms", "training at work"],
    "it.employment": ["tutor", "skills"],
    "hu.humanitarian_permit": ["nobody had received it"],
    "hu.accommodation_specialised": ["outside the EU could enter in theory", "If it is needed", "daily life"],
    "hu.accommodation_mainstream": ["do not take"],
    "hu.psychosocial": ["within the shelter", "trained"],
    "hu.health": ["social security", "no health service by itself"],
    "hu.legal_assistance": ["in the specialised shelters"],
    "hu.language_courses": ["courses in the shelter", "employment service", "refers her"],
    "hu.training": ["florist and gardener", "refers her", "change each year"],
    "hu.employment": ["the first time", "adviser for work"],
    "gb.reflection_period": ["has not taken its conclusive decision"],
    "gb.temporary_stay": ["risks from the case", "she applies", "no right to work"],
    "gb.accommodation_specialised": [
        "referral to the mechanism",
        "Neither a permit",
        "All places are safe",
        "safeguarding",
    ],
    "gb.accommodation_mainstream": ["social welfare", "not trained", "does not name EU nationals"],
    "gb.psychosocial": ["some is not", "no common programme", "National Health Service"],
    "gb.health": ["Emergency care", "general practitioners", "training has only just begun"],
    "gb.legal_assistance": ["pro bono"],
    "gb.language_courses": ["not compulsory", "unless they belong to a free programme", "local authority"],
    "gb.training": ["no training made for", "nothing that eases", "CV", "indefinite leave"],
    "gb.employment": ["general welfare system", "the first time", "indefinite leave"],
}


def worded(item: Permit | Service) -> str:
    """All English texts of an item beside its title."""
    renewal = item.renewal if isinstance(item, Permit) else item.housing.stay.extension if item.housing else None
    cost = item.cost if isinstance(item, Service) else None
    texts = (*item.notes, *([renewal.when] if renewal else []), *([cost] if cost else []))
    return " ".join(text["en"] for text in texts)


@pytest.mark.parametrize("item", RESIDENCE)
def test_a_cell_on_residence_stands_in_the_rules(item: str) -> None:
    found = permit(home_of(item), item)
    assert (
        told(found.conditions),
        long(found.lasts),
        long(found.lasts_up_to),
        found.renewable,
        opened(found),
        " ".join(found.guarantees),
    ) == RESIDENCE[item]


@pytest.mark.parametrize("item", HOUSES)
def test_a_cell_on_accommodation_stands_in_the_rules(item: str) -> None:
    found = service(item)
    assert found.housing is not None
    assert (
        told(found.conditions),
        " ".join(found.housing.types),
        " ".join(found.housing.accepts),
        found.housing.mixing,
        stays(found.housing.stay),
    ) == HOUSES[item]
    assert found.kind == f"accommodation_{found.provider}"


def test_no_table_says_what_a_place_costs_and_two_say_that_staff_are_not_trained() -> None:
    houses = [service(item) for item in HOUSES]
    assert {one.free_of_charge for one in houses} == {None}
    assert {one.id: one.staff_trained for one in houses if one.staff_trained is not None} == {
        "be.accommodation_mainstream": False,
        "gb.accommodation_mainstream": False,
    }


@pytest.mark.parametrize("item", SERVICES)
def test_a_cell_on_a_service_stands_in_the_rules(item: str) -> None:
    found = service(item)
    cell = (told(found.conditions), found.provider, found.free_of_charge, " ".join(found.by), found.staff_trained)
    assert cell == SERVICES[item]


@pytest.mark.parametrize("item", WORDED)
def test_what_no_field_can_hold_stands_in_words(item: str) -> None:
    text = worded(items(home_of(item))[item]).lower()
    assert [words for words in WORDED[item] if words.lower() not in text] == []


@pytest.mark.parametrize("name", FIIT)
def test_a_country_has_the_rows_of_the_tables_and_no_others(name: str) -> None:
    ours = {item for item in (*RESIDENCE, *HOUSES, *SERVICES) if home_of(item) == name}
    assert {*items(name)} == ours
    assert {one.kind for one in rules(name).services} == {*get_args(ServiceKind)}
    assert {one.kind for one in rules(name).permits} >= {"reflection_period"}


def test_work_is_closed_in_the_united_kingdom_only_while_an_asylum_claim_is_pending() -> None:
    work = permit("gb/2013", "gb.temporary_stay").opens[0]
    assert isinstance(work, Opening)
    assert (work.right, told(work.when)) == ("work", "not(asylum_claim)")


@pytest.mark.parametrize(
    ("name", "plan", "mechanism", "rapporteur"),
    [
        ("be/2013", True, False, False),
        ("fr/2013", False, True, True),
        ("it/2013", False, True, False),
        ("hu/2013", True, True, True),
        ("gb/2013", True, True, False),
        ("it/2018", False, True, False),
        ("es/2021", False, False, None),
    ],
)
def test_plan_mechanism_and_rapporteur_are_marked(
    name: str, plan: bool, mechanism: bool, rapporteur: bool | None
) -> None:
    marks = rules(name).mechanisms
    assert marks is not None
    assert (marks.action_plan, marks.referral_mechanism, marks.rapporteur) == (plan, mechanism, rapporteur)
