"""Many persons are judged exactly as one is, only faster."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from amparo.areas.entitlements import batch, catalogue
from amparo.areas.entitlements.batch import Lines, WrongLineError
from amparo.areas.entitlements.catalogue import InForce
from amparo.areas.entitlements.files import check
from amparo.areas.entitlements.json_answers import answer_json
from amparo.areas.entitlements.rules.facts import DATES, VALUES, Facts
from amparo.areas.entitlements.rules.judging import judge
from tests.content.rule_files import changed

AS_OF = date(2013, 6, 1)
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
FACTS = st.builds(
    Facts,
    **{fact: st.none() | st.sampled_from(values) for fact, values in VALUES.items()},
    **dict.fromkeys(DATES, st.none() | DAYS),
)


def two_dates() -> InForce:
    """Stages that run from different dates, a permit without a date, and one that lasts no fixed time."""
    text = changed(
        ("after: [be.stage_one]", "starts: identified_on"),
        ("    lasts: {days: 45}\n", "    lasts: null\n    region: BE-VLG\n"),
        ("ends_on: 2013-07-15, ", ""),
        (
            "services:\n",
            """\
  - id: be.stay
    kind: temporary_stay
    title: {en: Stay, es: Estancia, it: Soggiorno}
    conditions: {any: [{fact: gender, in: [female]}, offenders_convicted]}
    lasts: {months: 6}
    lasts_up_to: {months: 12}
    renewable: null
    opens: [work]
    source: {cite: FIIT, where: "Belgium, line 76"}
services:
""",
        ),
        ("be.health: eligible", "be.stay: eligible"),
        ("{possible_victim: true,", "{offenders_convicted: true, possible_victim: true,"),
        ("facts: {threat_to", "facts: {gender: male, offenders_convicted: false, threat_to"),
        ("be.reflection: {status: not", "be.stay: not_eligible\n      be.reflection: {status: not"),
    )
    loaded = check(text, "be/2013.yaml", today=AS_OF)
    if loaded.rule_set is None:
        raise AssertionError(loaded.problems)
    return InForce(loaded.rule_set, outdated=True)


CHOSEN = [*(catalogue.in_force(code, AS_OF) for code in catalogue.countries()), two_dates()]


def one_by_one(facts: Facts, chosen: Iterable[InForce], language: str) -> list[object]:
    """The same answers, judged and written the plain way."""
    answers = (judge(one.rule_set, facts, as_of=AS_OF, outdated=one.outdated) for one in chosen)
    return [msgspec.json.decode(msgspec.json.encode(answer_json(answer, language))) for answer in answers]


def read(lines: Lines, persons: Iterable[Facts]) -> list[dict[str, object]]:
    text = b"".join(lines.answered(map(msgspec.json.encode, persons)))
    return [msgspec.json.decode(line) for line in text.splitlines()]


@pytest.mark.parametrize("language", ["en", "es"])
@settings(deadline=None)  # every country at once, on a machine that may be busy
@given(persons=st.lists(FACTS, max_size=5))
@example(persons=[Facts()] * 70)
def test_every_line_says_what_a_single_answer_says(language: str, persons: list[Facts]) -> None:
    lines = Lines(CHOSEN, as_of=AS_OF, language=language, numbered=True)
    assert read(lines, persons) == [
        {"line": number, "countries": one_by_one(facts, CHOSEN, language)} for number, facts in enumerate(persons, 1)
    ]


@given(facts=FACTS)
def test_with_one_country_a_line_is_its_answer(facts: Facts) -> None:
    lines = Lines(CHOSEN[-1:], as_of=AS_OF, numbered=False)
    assert read(lines, [facts]) == one_by_one(facts, CHOSEN[-1:], "en")


def test_an_answer_is_the_same_however_many_were_asked_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_KEPT", 2)
    persons = [Facts(reflection_started_on=AS_OF + timedelta(days)) for days in (0, 1, 2, 3, 0, 1)]
    lines = Lines(CHOSEN, as_of=AS_OF, numbered=False)
    assert read(lines, persons) == [one_by_one(facts, CHOSEN[:1], "en")[0] for facts in persons]


@pytest.mark.parametrize("before", [0, 1, 40])
def test_lines_before_a_wrong_one_are_answered(before: int) -> None:
    lines = Lines(CHOSEN, as_of=AS_OF, numbered=True)
    given = [b"{}\n"] * before + [b'{"adult": 1}\n', b"{}\n"]
    written: list[bytes] = []
    with pytest.raises(WrongLineError, match=r"^adult: expected true or false, found 1$") as wrong:
        written.extend(lines.answered(given))
    assert wrong.value.number == before + 1
    assert len(b"".join(written).splitlines()) == before


def test_a_line_with_a_day_that_cannot_be_counted_with_is_not_written_in_part() -> None:
    lines = Lines(CHOSEN, as_of=AS_OF, numbered=True)
    written: list[bytes] = []
    with pytest.raises(WrongLineError, match="0013-06-01 cannot be counted with") as wrong:
        written.extend(lines.answered([b"{}", b'{"reflection_started_on": "0013-06-01"}']))
    assert wrong.value.number == 2
    assert b"".join(written).count(b"\n") == 1


def test_nobody_asked_nothing_said() -> None:
    assert b"".join(Lines(CHOSEN, as_of=AS_OF, numbered=True).answered([])) == b""


def test_the_made_up_rules_run_from_two_dates() -> None:
    assert len({stage.starts for stage in two_dates().rule_set.pathways[0].stages}) == 2
