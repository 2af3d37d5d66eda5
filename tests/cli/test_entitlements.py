"""`amparo entitlements` as the contract words it."""

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest

from amparo.areas.entitlements import catalogue
from amparo.areas.entitlements.rules.facts import FACTS as FACT_KEYS
from amparo.areas.entitlements.rules.scheme import PermitKind, Right, ServiceKind
from amparo.cli import parser
from tests.cli.command import Amparo
from tests.content.rule_files import changed, write

FACTS = {
    "possible_victim": True,
    "no_contact_with_offenders": True,
    "with_specialised_centre": True,
    "reflection_started_on": "2013-06-01",
    "adult": None,
}
BELGIUM = ["evaluate", "--country", "BE", "--as-of", "2013-06-01"]
PERMIT = {"id", "kind", "title", "status", "failed", "ask", "duration", "renewable", "opens"}
PERMIT |= {"starts_on", "ends_on", "source"}
SERVICE = {"id", "kind", "status", "failed", "ask", "free_of_charge", "provider", "source"}
EVERYWHERE = ["evaluate", "--country", "ALL", "--as-of", "2013-06-01"]


@dataclass(frozen=True)
class Told:
    """What a command answered in this process."""

    code: int
    output: str
    complaint: str

    @property
    def answer(self) -> Any:
        assert (self.code, self.complaint) == (0, "")
        return json.loads(self.output)


Ask = Callable[..., Told]


@pytest.fixture
def ask(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Ask]:
    """Runs the command with a home of its own; `typed` comes from standard input."""
    monkeypatch.setenv("AMPARO_HOME", str(tmp_path / "home"))
    catalogue.look_again()

    def run(*arguments: str, typed: bytes = b"") -> Told:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed), "utf-8"))
        code = parser.run(["entitlements", *arguments])
        captured = capsysbinary.readouterr()
        return Told(code, captured.out.decode(), captured.err.decode())

    yield run
    catalogue.look_again()


def typed(facts: object) -> bytes:
    return json.dumps(facts).encode()


def test_an_answer_has_the_keys_of_the_contract(ask: Ask) -> None:
    answer = ask(*BELGIUM, "--facts", "-", "--json", typed=typed(FACTS)).answer
    assert (answer["country"], answer["as_of"], answer["rules_outdated"]) == ("BE", "2013-06-01", False)
    for permit in answer["permits"]:
        assert permit.keys() >= PERMIT
        assert permit["kind"] in get_args(PermitKind)
        assert set(permit["opens"]) <= set(get_args(Right))
    for service in answer["services"]:
        assert service.keys() >= SERVICE
        assert service["kind"] in get_args(ServiceKind)
    for judged in (*answer["permits"], *answer["services"]):
        assert judged["status"] in {"eligible", "not_eligible", "undetermined"}
        assert judged["source"].keys() == {"cite", "where"}
        assert set(judged["failed"]) | set(judged["ask"]) <= set(FACT_KEYS)


def test_the_example_of_the_contract_comes_out(ask: Ask) -> None:
    answer = ask(*BELGIUM, "--facts", "-", "--json", typed=typed(FACTS)).answer
    permits = {permit["id"]: permit for permit in answer["permits"]}
    reflection = permits["be.reflection_period"]
    assert (reflection["status"], reflection["ask"], reflection["failed"]) == ("eligible", [], [])
    assert (reflection["duration"], reflection["renewable"]) == ({"days": 45}, False)
    assert (reflection["starts_on"], reflection["ends_on"]) == ("2013-06-01", "2013-07-15")
    legal = next(service for service in answer["services"] if service["id"] == "be.legal_assistance")
    assert (legal["status"], legal["ask"]) == ("undetermined", ["holds_residence_permit", "lacks_means"])
    assert (legal["free_of_charge"], legal["provider"]) == (True, "mainstream")


def test_a_deadline_counts_working_days(ask: Ask) -> None:
    britain = ["evaluate", "--country", "GB", "--as-of", "2013-06-01", "--facts", "-", "--json"]
    answer = ask(*britain, typed=typed({"referral_received_on": "2013-03-04"})).answer
    due = {"id": "gb.reasonable_grounds_decision", "due_on": "2013-03-11", "who": "competent authority"}
    assert {**due, "counts": "working_days"} in answer["deadlines"]


def test_facts_are_read_from_a_file(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_bytes(typed(FACTS))
    from_file = ask(*BELGIUM, "--facts", str(file), "--json").answer
    assert from_file == ask(*BELGIUM, "--facts", "-", "--json", typed=typed(FACTS)).answer


def test_today_the_rules_of_2013_are_outdated_and_say_so(ask: Ask) -> None:
    assert ask("evaluate", "--country", "BE", "--facts", "-", "--json", typed=b"{}").answer["rules_outdated"] is True
    words = ask("evaluate", "--country", "BE", "--facts", "-", typed=b"{}").output
    assert "These rules do not cover the day; they are the newest from before. Last checked on" in words


def test_all_countries_stand_in_one_document_in_the_order_of_their_codes(ask: Ask) -> None:
    answers = ask(*EVERYWHERE, "--facts", "-", "--json", typed=b"{}").answer["countries"]
    codes = [answer["country"] for answer in answers]
    assert codes == sorted(codes) == list(catalogue.countries())
    assert {"BE", "FR", "GB", "HU", "IT"} <= set(codes)


def test_each_line_is_answered_with_its_number_in_order(ask: Ask, tmp_path: Path) -> None:
    persons = [FACTS, {}, {"threat_to_public_order": True}]
    file = tmp_path / "facts.jsonl"
    file.write_bytes(b"\n".join(map(typed, persons)))
    answered = ask(*EVERYWHERE, "--facts-lines", str(file), "--json-lines")
    lines = [json.loads(line) for line in answered.output.splitlines()]
    assert [line["line"] for line in lines] == [1, 2, 3]
    for line, person in zip(lines, persons, strict=True):
        one = ask(*EVERYWHERE, "--facts", "-", "--json", typed=typed(person)).answer
        assert line["countries"] == one["countries"]


def test_with_one_country_each_line_is_its_answer(ask: Ask) -> None:
    told = ask(*BELGIUM, "--facts-lines", "-", typed=typed(FACTS) + b"\n{}\n")
    first, second = map(json.loads, told.output.splitlines())
    assert first == ask(*BELGIUM, "--facts", "-", "--json", typed=typed(FACTS)).answer
    assert second == ask(*BELGIUM, "--facts", "-", "--json", typed=b"{}").answer


def test_a_wrong_line_is_named_and_those_before_it_are_answered(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "facts.jsonl"
    file.write_bytes(b'{}\n{"adult": true}\n{"adult": "yes"}\n{}\n')
    told = ask(*EVERYWHERE, "--facts-lines", str(file), "--json-lines")
    assert told.code == 2
    assert told.complaint == f'amparo: {file}, line 3: adult: expected true or false, found "yes".\n'
    assert told.output.count("\n") == 2


def test_a_line_without_end_is_not_read_to_its_end(ask: Ask) -> None:
    told = ask(*EVERYWHERE, "--facts-lines", "-", "--json-lines", typed=b"{}\n" + b" " * 1_000_000)
    assert (told.code, told.complaint) == (
        2,
        "amparo: standard input, line 2: expected at most 64 kB for one person.\n",
    )


def test_titles_come_in_the_language_asked_for(ask: Ask) -> None:
    told = ask(*BELGIUM, "--language", "es", "--facts", "-", "--json", typed=b"{}").answer
    assert told["permits"][0]["title"] == catalogue.sets_of("BE")[0].permits[0].title["es"]


def test_words_say_what_she_may_get_why_not_and_what_to_ask(ask: Ask) -> None:
    words = ask(*BELGIUM, "--facts", "-", typed=typed({**FACTS, "lacks_means": False})).output
    assert "eligible      Reflection period (be.reflection_period)" in words
    assert "lasts 45 days" in words
    assert "from 2013-06-01 to 2013-07-15" in words
    assert "ask statement_to_police" in words
    assert "because of lacks_means" in words
    assert "due 2013-07-15" in words


@pytest.mark.parametrize(
    ("arguments", "facts", "told"),
    [
        (BELGIUM, b'{"adlt": true}', "standard input: adlt: expected a fact that is known here, perhaps adult."),
        (BELGIUM, b'{"adult": 1}', "standard input: adult: expected true or false, found 1."),
        (BELGIUM, b"", "standard input: expected one JSON object with facts, found nothing."),
        (BELGIUM, b"\xff", "standard input: expected text in UTF-8."),
        (BELGIUM, b"[" * 90_000, "standard input: expected at most 64 kB for one person."),
        (
            BELGIUM,
            b'{"reflection_started_on": "0013-06-01"}',
            "standard input: 0013-06-01 cannot be counted with: days lie between 1900 and 2199.",
        ),
        (["evaluate", "--country", "UK"], b"{}", "The United Kingdom is GB."),
        (["evaluate", "--country", "be"], b"{}", "--country be: There are no rules for 'be', only for BE, "),
        (["evaluate", "--country", "XX"], b"{}", "--country XX: There are no rules for 'XX', only for BE, "),
        ([*BELGIUM[:3], "--as-of", "2013-02-30"], b"{}", "--as-of 2013-02-30: expected a day that exists, as YYYY-MM-"),
        ([*BELGIUM[:3], "--as-of", "20130601"], b"{}", "--as-of 20130601: expected a day that exists, as YYYY-MM-DD."),
        ([*BELGIUM[:3], "--as-of", "1950-01-01"], b"{}", "There are no rules for BE on 1950-01-01; the earliest hold"),
        (["evaluate", "--country", "ALL", "--as-of", "1950-01-01"], b"{}", "No country has rules for 1950-01-01."),
    ],
)
def test_what_is_wrong_is_told_in_one_line_and_nothing_is_printed(
    ask: Ask, arguments: list[str], facts: bytes, told: str
) -> None:
    answered = ask(*arguments, "--facts", "-", "--json", typed=facts)
    assert (answered.code, answered.output) == (2, "")
    assert told in answered.complaint
    assert answered.complaint.count("\n") == 1


@pytest.mark.parametrize("name", ["none.json", "."])
def test_a_file_that_cannot_be_read_is_named(ask: Ask, tmp_path: Path, name: str) -> None:
    for given in ("--facts", "--facts-lines"):
        told = ask(*BELGIUM, given, str(tmp_path / name))
        assert (told.code, told.output) == (2, "")
        assert f"amparo: {given} {tmp_path / name}: expected a file that can be read (" in told.complaint


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--facts-lines", "-", "--json"], "--facts-lines prints a document on each line: use --json-lines."),
        (["--facts", "-", "--json-lines"], "--json-lines needs --facts-lines: use --json for one person."),
    ],
)
def test_arguments_that_do_not_go_together_are_told(ask: Ask, arguments: list[str], told: str) -> None:
    assert ask(*BELGIUM, *arguments) == Told(2, "", f"amparo: {told}\n")


def test_countries_without_rules_for_the_day_are_named(ask: Ask, tmp_path: Path) -> None:
    later = changed(("valid_from: 2012-01-01", "valid_from: 2020-01-01"), ("valid_to: 2013-12-31", "valid_to: null"))
    later = later.replace("country: BE", "country: SE").replace("be.", "se.").replace("    region: BE-VLG\n", "")
    write(tmp_path / "home" / "entitlements", later, country="se", name="2020.yaml")
    told = ask(*EVERYWHERE, "--facts", "-", "--json", typed=b"{}")
    assert told.complaint == "amparo: there are no rules for 2013-06-01 of SE.\n"
    assert "SE" not in {answer["country"] for answer in json.loads(told.output)["countries"]}
    assert ask("evaluate", "--country", "SE", "--facts", "-", "--json", typed=b"{}").answer["country"] == "SE"


def test_a_broken_file_of_the_node_is_told_and_our_rules_answer(ask: Ask, tmp_path: Path) -> None:
    write(tmp_path / "home" / "entitlements", changed(("days: 45", "days: x")))
    told = ask(*BELGIUM, "--facts", "-", "--json", typed=b"{}")
    where = "entitlements/be/2013.yaml, line 12: permits[1].lasts.days: expected a whole number, found 'x'"
    assert (told.code, told.complaint) == (0, f"amparo: the rules from before stay in force: {where}.\n")
    assert json.loads(told.output)["permits"][0]["id"] == "be.reflection_period"


def test_our_files_hold(ask: Ask) -> None:
    told = ask("lint")
    assert (told.code, told.complaint) == (0, "")
    assert "files of rules hold, and their" in told.output
    assert ask("lint", "--json").answer["problems"] == []


def test_each_mistake_of_a_file_is_told_with_its_line(ask: Ask, tmp_path: Path) -> None:
    file = write(tmp_path, changed(("days: 45", "days: x"), ("renewable: false", "renewable: no")))
    told = ask("lint", str(tmp_path))
    days = f"amparo: {file}, line 12: permits[1].lasts.days: expected a whole number, found 'x'."
    renewable = f"amparo: {file}, line 13: permits[1].renewable: expected true or false, found 'no'."
    assert told == Told(2, "", f"{days}\n{renewable}\n")
    document = json.loads(ask("lint", "--json", str(file)).output)
    assert (document["files"], document["examples"]) == (1, 0)
    assert document["problems"][0] == {
        "file": str(file),
        "line": 12,
        "field": "permits[1].lasts.days",
        "expected": "a whole number, found 'x'",
    }


def test_files_are_checked_against_each_other(ask: Ask, tmp_path: Path) -> None:
    files = [str(write(tmp_path, name="a.yaml")), str(write(tmp_path, name="b.yaml"))]
    assert "a day that no other rules cover" in ask("lint", *files).complaint
    assert ask("lint", files[0]).code == 0


@pytest.mark.parametrize("name", ["none.yaml", ""])
def test_a_path_without_rules_is_told(ask: Ask, tmp_path: Path, name: str) -> None:
    told = ask("lint", str(tmp_path / name))
    assert told.code == 2
    assert f"amparo: {tmp_path / name}, line 1: the file: expected a file that can be read (" in told.complaint


def test_rules_checked_tomorrow_are_a_mistake(ask: Ask, tmp_path: Path) -> None:
    file = write(tmp_path, changed(("on: 2013-06-01, by", "on: 2199-06-01, by")))
    assert "checked.on: expected a day that has come already" in ask("lint", str(file)).complaint


def test_the_schema_names_every_field(ask: Ask) -> None:
    schema = ask("schema").answer
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert {"country", "permits", "services", "examples"} <= schema["$defs"]["RuleSet"]["properties"].keys()
    assert schema["$defs"]["Permit"]["additionalProperties"] is False


def test_neither_django_nor_a_database_is_needed(amparo: Amparo) -> None:
    """A home that does not exist stays so, and nothing of Django is loaded."""
    told = amparo(*("entitlements", *BELGIUM, "--facts", "-", "--json"), typed="{}")
    assert json.loads(told.output)["country"] == "BE"
    assert not amparo.home.exists()
    arguments = ["entitlements", *BELGIUM, "--facts", "-", "--json"]
    amparo.python(
        "import io, sys; from amparo.cli import parser; sys.stdin = io.TextIOWrapper(io.BytesIO(b'{}'));"
        f"parser.run({arguments!r}); sys.exit('django' in sys.modules)"
    )


def test_a_reader_that_goes_away_is_no_error(amparo: Amparo, tmp_path: Path) -> None:
    file = tmp_path / "facts.jsonl"
    file.write_bytes(b"{}\n" * 5000)
    command = [sys.executable, "-m", "amparo.cli.main", "entitlements", *EVERYWHERE]
    line = f"{' '.join(command)} --facts-lines {file} --json-lines | head -c 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, check=False, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "{", "")
