"""Facts are taken exactly as the contract words them; everything else is refused with its reason."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.areas.entitlements.json_facts import LONGEST, WrongFactsError, facts_of_json
from amparo.areas.entitlements.rules.facts import DATES, FACTS, VALUES, Facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("{}", Facts()),
        (' {"adult": true}\r\n', Facts(adult=True)),
        ('{"adult": null, "consents": false}', Facts(consents=False)),
        (
            '{"gender": "female", "identified_on": "2012-02-29"}',
            Facts(gender="female", identified_on=date(2012, 2, 29)),
        ),
        ('{"\\u0061dult": true}', Facts(adult=True)),
    ],
)
def test_facts_are_read(text: str, facts: Facts) -> None:
    assert facts_of_json(text.encode()) == facts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "expected one JSON object with facts, found nothing"),
        (" \n", "expected one JSON object with facts, found nothing"),
        ("[]", "expected one JSON object with facts, found []"),
        ('"adult"', 'expected one JSON object with facts, found "adult"'),
        ("null", "expected one JSON object with facts, found null"),
        ("{", "expected JSON: Expecting property name enclosed in double quotes at line 1, column 2"),
        ('{"adult": true}\n{}', "expected JSON: Extra data at line 2, column 1"),
        ('{"adult": true,}', "expected JSON: Illegal trailing comma"),
        ('{"adult": tru}', "expected JSON: Expecting value at line 1, column 11"),
        ('{"adult": NaN}', "expected JSON, found NaN"),
        ('{"adult": -Infinity}', "expected JSON, found -Infinity"),
        ('{"adults": true}', "adults: expected a fact that is known here, perhaps adult"),
        ('{"zzz": null}', "zzz: expected a fact that is known here"),
        ('{"adult": "true"}', 'adult: expected true or false, found "true"'),
        ('{"adult": 1}', "adult: expected true or false, found 1"),
        ('{"adult": 0}', "adult: expected true or false, found 0"),
        ('{"adult": []}', "adult: expected true or false, found []"),
        ('{"adult": {"adult": true}}', 'adult: expected true or false, found {"adult": true}'),
        ('{"gender": "woman"}', 'gender: expected one of female, male, other, found "woman"'),
        ('{"gender": true}', "gender: expected one of female, male, other, found true"),
        ('{"gender": ["female"]}', 'gender: expected one of female, male, other, found ["female"]'),
        ('{"nationality_group": "EU"}', 'expected one of national, eu, third_country, found "EU"'),
        ('{"identified_on": "2013-02-30"}', 'expected a day that exists, as YYYY-MM-DD, found "2013-02-30"'),
        ('{"identified_on": "2013-02-01T00:00:00"}', "identified_on: expected a day that exists"),
        ('{"identified_on": "20130201"}', "identified_on: expected a day that exists"),
        ('{"identified_on": "2013-W05-5"}', "identified_on: expected a day that exists"),
        ('{"identified_on": "１２34-01-01"}', "identified_on: expected a day that exists"),
        ('{"identified_on": 20130201}', "identified_on: expected a day that exists, as YYYY-MM-DD, found 20130201"),
        ('{"adult": true, "adult": true}', '"adult": expected every fact once, found it twice'),
        ('{"adult": null, "adult": true}', '"adult": expected every fact once, found it twice'),
        ('{"adult": true, "\\u0061dult": null}', '"adult": expected every fact once, found it twice'),
        ('{"adult": 1, "gender": 2, "zzz": 3}', "adult: expected true or false, found 1 (2 more mistakes)"),
        ('{"adult": ' + "1" * 5000 + "}", "adult: expected true or false, found 11111111111111111111"),
        ('{"adult": "' + "x" * 100 + '"}', f'found "{"x" * 39}…'),
        ("[" * 20_000, "expected one flat JSON object with facts, found many levels inside each other"),
        ("\ufeff{}", "expected UTF-8 without a byte order mark at the beginning"),
        (" " * LONGEST + "{}", "expected at most 64 kB for one person"),
    ],
)
def test_what_is_wrong_is_told(text: str, told: str) -> None:
    with pytest.raises(WrongFactsError) as wrong:
        facts_of_json(text.encode())
    assert told.replace("Illegal trailing comma", "") in str(wrong.value)
    assert len(str(wrong.value)) < 150


def test_another_encoding_is_told() -> None:
    with pytest.raises(WrongFactsError, match="expected text in UTF-8"):
        facts_of_json('{"gender": "é"}'.encode("latin-1"))


def test_what_only_one_of_the_two_readers_refuses_is_refused() -> None:
    with pytest.raises(WrongFactsError):
        facts_of_json(b'{"gender": "\\ud800"}')


_ANY = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.sampled_from(["female", "eu", "2013-06-01"])


@given(content=st.dictionaries(st.sampled_from(FACTS) | st.text(max_size=3), _ANY, max_size=6))
def test_nothing_is_taken_but_what_the_contract_allows(content: dict[str, object]) -> None:
    def allowed(key: str, value: object) -> bool:
        if key in DATES:
            return value in (None, "2013-06-01")
        return key in VALUES and (
            value is None or any(type(value) is type(one) and value == one for one in VALUES[key])
        )

    right = all(allowed(key, value) for key, value in content.items())
    try:
        facts = facts_of_json(json.dumps(content).encode())
    except WrongFactsError:
        assert not right
    else:
        assert right
        assert sum(value is not None for value in content.values()) == sum(
            getattr(facts, fact) is not None for fact in FACTS
        )
