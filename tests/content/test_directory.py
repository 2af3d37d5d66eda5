"""Telephone lines and organisations: those that the sources name, with numbers that a telephone can dial."""

import re
from pathlib import Path

import phonenumbers
import pytest

from amparo.areas.directory import catalogue
from amparo.areas.directory.catalogue import (
    COUNTRIES,
    KINDS,
    Hotline,
    Organisation,
    hotlines,
    hotlines_of,
    organisations,
    organisations_of,
)
from amparo.kernel.catalogue import CatalogueError, read_list

#: What FIIT prints in its annex (lines 1362-1388), state by state, as a telephone would dial it.
PRINTED = {
    "AT": ["+4317969298"],
    "BE": ["+3225116464", "+3232011690", "+3242324030"],
    "BG": ["+35980018676", "116111"],
    "CZ": ["+420222717171"],
    "DK": ["+4570202550"],
    "EE": ["+3726607320"],
    "FI": ["+358718763170"],
    "FR": ["+33825009907"],
    "DE": ["+49302639117"],
    "GR": ["+302310525149", ""],
    "HU": ["+3680205520"],
    "IE": ["+3531800250025"],
    "IT": ["+39800290290", "+390415042374"],
    "LV": ["+37180002012"],
    "LT": ["+37080066366"],
    "LU": ["+35249976210"],
    "MT": ["+35622942000"],
    "NL": ["+31334481186"],
    "PL": ["+48226280120"],
    "PT": ["+351800202148"],
    "RO": ["+40800800678"],
    "SK": ["+421800800818", "+421903704784"],
    "SI": ["+386801722"],
    "ES": ["+34900191010", "+34900152152"],
    "SE": ["+4620505050", "+4620521010"],
    "GB": ["+44800555111", "+448447782406"],
}


def test_every_member_state_of_2013_is_known_and_only_cyprus_has_no_line_in_the_source() -> None:
    assert len(COUNTRIES) == 27
    assert {*COUNTRIES} - {line.state for line in hotlines()} == {"CY"}
    assert hotlines_of("CY") == ()


@pytest.mark.parametrize("state", PRINTED)
def test_a_state_has_every_line_that_the_source_prints(state: str) -> None:
    assert [line.number or line.short for line in hotlines_of(state)] == PRINTED[state]


@pytest.mark.parametrize("line", hotlines(), ids=lambda line: line.key)
def test_a_number_dials_the_digits_that_were_printed(line: Hotline) -> None:
    printed = re.sub(r"\D", "", line.as_printed)
    if line.number:
        assert phonenumbers.is_valid_number_for_region(phonenumbers.parse(line.number), line.state)
        assert printed.endswith(line.number[-6:])
    else:
        assert line.remark is not None
        assert "heck before you call" in line.remark["en"]
        assert printed.endswith(line.short)


def test_lines_that_answer_in_few_languages_say_so() -> None:
    limits = {line.key: line.languages["en"] for line in hotlines() if line.languages}
    assert limits["hu_okit"] == "Hungarian only"
    assert limits["lv_hotline"] == "Latvian only"
    assert limits["nl_comensha"] == "Dutch only"
    assert limits["it_national"].count(",") == 11
    assert {*limits} == {"hu_okit", "lv_hotline", "nl_comensha", "it_national"}


def test_the_italian_line_answers_day_and_night() -> None:
    assert [line.key for line in hotlines() if line.when] == ["it_national"]


def test_free_and_short_numbers_may_fail_from_abroad_and_others_do_not() -> None:
    failing = {line.key for line in hotlines() if line.may_fail_from_abroad}
    assert {"bg_animus", "bg_children", "it_national", "gr_no_to_violence"} <= failing
    assert {"be_pag_asa", "it_venice", "sk_dotyk"} & failing == set()


def test_every_entry_is_as_old_as_its_source_and_shows_it() -> None:
    assert {line.checked for line in hotlines()} == {2013}
    assert {one.checked for one in organisations() if one.source.cite == "FIIT"} == {2013}


@pytest.mark.parametrize(
    ("country", "keys"),
    [
        ("BE", "equal_opportunities justice pag_asa payoke surya iom"),
        ("FR", "miprof acse ccem etz alc bus_des_femmes afj ippo althea iom"),
        ("IT", "equal_opportunities labour venice iom"),
        ("HU", "interior baptist_aid iom"),
        ("GB", "ukhtc home_office salvation_army poppy migrant_helpline kalayaan anti_slavery iom"),
        ("ES", "rectp sicar abd"),
    ],
)
def test_the_contact_pages_are_complete(country: str, keys: str) -> None:
    found = organisations_of(country)
    assert [one.key for one in found] == [f"{country.lower()}_{key}" for key in keys.split()]
    assert {one.kind for one in found} <= {*KINDS}


@pytest.mark.parametrize("one", organisations(), ids=lambda one: one.key)
def test_no_organisation_shows_a_street_or_a_person(one: Organisation) -> None:
    shown = " ".join((one.name, one.city, one.email, *one.does.values()))
    assert not re.search(r"\b(rue|street|avenue|boulevard|road|utca|Mr|Ms|Dott)\b", shown, re.IGNORECASE)
    assert not re.search(r"\d", one.name + one.city)
    assert "derosa" not in shown
    assert "eszter" not in shown


def test_a_shelter_is_reached_by_telephone_and_its_town_is_not_told() -> None:
    shelter = next(one for one in organisations() if one.key == "fr_afj")
    assert shelter.phones
    assert shelter.city == ""


HOTLINE = """
hotlines:
  - key: be_one
    state: BE
    name: "One"
    number: "+3225116464"
    as_printed: "+32 2 511 64 64"
    who: {en: "All.", es: "Todas.", it: "Tutte."}
    checked: 2013
    source: {cite: FIIT, where: "Hotlines, lines 1363"}
"""


@pytest.mark.parametrize(
    ("good", "bad", "complaint"),
    [
        ("+3225116464", "+32 2 511 64 64", "a number of BE such as"),
        ("+3225116464", "+4317969298", "a number of BE such as"),
        ("+3225116464", "hello", "a number of BE such as"),
        ("state: BE", "state: US", "one of AT, BE"),
        ('number: "+3225116464"', 'short: "99999"', "a short number of BE"),
        ('    number: "+3225116464"\n', "", "remark: expected what to do"),
    ],
)
def test_a_line_that_cannot_be_dialled_is_refused(tmp_path: Path, good: str, bad: str, complaint: str) -> None:
    read_one = catalogue._hotline
    (tmp_path / "good.yaml").write_text(HOTLINE, "utf-8")
    (tmp_path / "bad.yaml").write_text(HOTLINE.replace(good, bad), "utf-8")
    assert read_list(tmp_path / "good.yaml", "hotlines", read_one)[0].number == "+3225116464"
    with pytest.raises(CatalogueError, match=re.escape(complaint)):
        read_list(tmp_path / "bad.yaml", "hotlines", read_one)
