"""The programme to start from: every kind of activity of the source, complete, neutral, and as the rules want it."""

from amparo.areas.activities.catalogue import neutral_name, start_of, starting_catalogue
from amparo.areas.activities.rules.offering import Offer, betrays, is_of_advised_size, may_offer
from amparo.areas.activities.rules.states import Kind
from amparo.kernel.language import LANGUAGES


def test_every_kind_of_activity_of_the_source_is_there_once_or_in_its_modules() -> None:
    sections = [one.source.where.split(",")[0] for one in starting_catalogue()]
    assert sorted(set(sections), key=lambda one: int(one[2:])) == [f"4.{number}" for number in range(1, 16)]
    assert sections.count("4.1") == 3
    assert {one.source.cite for one in starting_catalogue()} == {"C&H-L"}


def test_each_may_be_offered_as_it_stands_in_every_language() -> None:
    for one in starting_catalogue():
        for language in LANGUAGES:
            offer = Offer(
                name=one.name[language],
                neutral_name=one.neutral[language],
                kind=one.kind,
                sessions=one.sessions,
                minutes=one.minutes,
                min_women=one.min_women,
                max_women=one.max_women,
            )
            assert may_offer(offer, house="Casa Lavanda"), one.key
            assert is_of_advised_size(offer), one.key


def test_each_says_what_room_it_needs_and_counts_tickets_there_and_back() -> None:
    for one in starting_catalogue():
        assert all(one.room[language].strip() for language in LANGUAGES), one.key
        assert one.tickets == 2, one.key


def test_no_neutral_name_betrays_anybody() -> None:
    assert not [one.key for one in starting_catalogue() for text in one.neutral.values() if betrays(text, house="")]


def test_what_heals_is_marked_and_support_for_one_is_for_one() -> None:
    therapeutic = {one.key for one in starting_catalogue() if one.therapeutic}
    assert {
        "photography",
        "coaching",
        "body_and_movement",
        "art_mothers_children",
        "psychological_support",
    } <= therapeutic
    assert "language_course" not in therapeutic
    alone = {one.key for one in starting_catalogue() if one.kind is Kind.INDIVIDUAL}
    assert alone == {"work_guidance", "coaching", "psychological_support"}


def test_support_without_an_end_goes_on_until_she_says_otherwise() -> None:
    found = {one.key for one in starting_catalogue() if one.goes_on}
    assert found == {"coaching", "psychological_support", "womens_circles"}


def test_the_neutral_name_stands_on_a_paper_in_its_language_unless_the_house_chose_another() -> None:
    assert neutral_name("sewing", "Sewing course", "es") == "Curso de costura"
    assert neutral_name("sewing", "Curso de costura", "ca") == "Curs de costura"
    assert neutral_name("sewing", "Sewing course", "xx") == "Sewing course"
    assert neutral_name("sewing", "Tailoring", "es") == "Tailoring"
    assert neutral_name("", "Curso de costura", "en") == "Curso de costura"


def test_an_activity_of_the_houses_own_has_no_start() -> None:
    assert start_of("") is None
    sewing = start_of("sewing")
    assert sewing is not None
    assert sewing.needs_no_language
