"""The sheet for her holds what she can have and what hangs on one question, and nothing else."""

from datetime import date

from amparo.areas.entitlements.rules.facts import Facts
from amparo.areas.entitlements.rules.her_sheet import SheetLine, sheet_lines
from amparo.areas.entitlements.rules.judging import judge
from amparo.areas.entitlements.rules.scheme import Checked, Condition, Length, Permit, RuleSet, Service, Source, Test
from amparo.areas.entitlements.sheet_words import sheet_languages, sheet_words

SOURCE = Source(cite="field practice", where="a test")
BOTH = Test(all=("adult", "cooperates"))


def _permit(name: str, conditions: Condition, *, renewable: bool | None = None) -> Permit:
    return Permit(
        id=name,
        kind="temporary_stay",
        title={"en": name},
        conditions=conditions,
        lasts=Length(months=3),
        renewable=renewable,
        opens=("work",),
        starts="permit_started_on",
        source=SOURCE,
    )


def _service(name: str, conditions: Condition, *, provider: str = "mainstream", free: bool | None = None) -> Service:
    return Service(
        id=name,
        kind="health",
        title={"en": name},
        conditions=conditions,
        provider=provider,  # type: ignore[arg-type]
        free_of_charge=free,
        source=SOURCE,
    )


def _sheet(facts: Facts, *, permits: tuple[Permit, ...] = (), services: tuple[Service, ...] = ()) -> list[SheetLine]:
    rules = RuleSet(
        country="AA",
        title={"en": "AA"},
        valid_from=date(2020, 1, 1),
        valid_to=None,
        checked=Checked(on=date(2020, 1, 1), by="a test"),
        source=SOURCE,
        permits=permits,
        services=services,
    )
    return list(sheet_lines(judge(rules, facts, as_of=date(2026, 1, 1))))


def test_what_she_can_have_stands_there_with_time_and_rights() -> None:
    facts = Facts(adult=True, permit_started_on=date(2026, 1, 1))
    line = _sheet(facts, permits=(_permit("one", "adult", renewable=True),))[0]
    assert (line.kind, line.sure, line.rights, line.renewable) == ("temporary_stay", True, ("work",), True)
    assert (line.lasts, line.ends_on) == (Length(months=3), date(2026, 3, 31))


def test_what_hangs_on_one_question_stands_there_as_open() -> None:
    assert [one.sure for one in _sheet(Facts(adult=True), permits=(_permit("one", BOTH),))] == [False]


def test_what_is_wide_open_or_cannot_be_had_does_not() -> None:
    permits = (_permit("open", BOTH), _permit("no", "asylum_claim"))
    assert _sheet(Facts(asylum_claim=False), permits=permits) == []


def test_a_service_that_nobody_gives_does_not_stand_there() -> None:
    services = (_service("none", Test(all=()), provider="none"), _service("some", Test(all=()), free=True))
    assert [(one.kind, one.free) for one in _sheet(Facts(), services=services)] == [("health", True)]


def test_the_same_line_stands_there_once() -> None:
    services = (_service("one", Test(all=())), _service("two", Test(all=())))
    assert len(_sheet(Facts(), services=services)) == 1


def test_what_the_source_does_not_say_is_not_promised() -> None:
    assert not _sheet(Facts(adult=True), permits=(_permit("one", "adult"),))[0].renewable
    assert not _sheet(Facts(), services=(_service("one", Test(all=())),))[0].free


def test_every_word_of_the_sheet_is_there_in_six_languages() -> None:
    assert sheet_languages() == ("en", "es", "fr", "it", "pt", "ro")


def test_no_word_of_the_sheet_betrays_her() -> None:
    betraying = ("traffick", "trata", "tratta", "traite", "trafic", "victim", "víctima", "vittima", "exploit", "explot")
    betraying += ("sfrutt", "police", "polic", "poliz", "court", "tribunal", "convict", "amparo")
    texts = [text.lower() for words in sheet_words().values() for text in words.values()]
    assert [text for text in texts if any(word in text for word in betraying)] == []
