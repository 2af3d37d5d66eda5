"""`amparo entitlements`: what the schemes of countries come to for some facts, and whether files of rules hold.

Neither Django nor the database is needed: rules are files, and facts are handed in.
"""

import argparse
import json
import sys
from pathlib import Path

from amparo.node.errors import NodeError

_LANGUAGES = ("en", "es", "it")
_EVALUATE_EPILOG = """\
Facts are one JSON object; a fact that is absent or null is not known. With --facts-lines each line holds the facts of
one person, and each line of the answer is about the same line: with one country its answer, with ALL
{"line": 1, "countries": [answer, ...]}. Lines are answered as they are read: where one of them is wrong, those before
it are answered already; the exit code is 2, and the message names the line."""


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("entitlements", help="judge facts by the schemes of countries; check files of rules")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_evaluate(actions)
    lint = actions.add_parser("lint", help="check files of rules and run their examples; exit 2 where one is wrong")
    lint.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders (default: all in force)")
    lint.add_argument("--json", action="store_true", help="print one JSON document")
    lint.set_defaults(run=_lint)
    schema = actions.add_parser("schema", help="print the JSON Schema of a file of rules, for an editor")
    schema.set_defaults(run=_schema)


def _add_evaluate(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = actions.add_parser("evaluate", help="judge facts about persons", epilog=_EVALUATE_EPILOG)
    parser.add_argument(
        "--country", required=True, metavar="CC", help="two letters of ISO 3166 (GB, not UK), EU, or ALL"
    )
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("--facts", metavar="FILE", help="a JSON object with the facts; - for standard input")
    given.add_argument("--facts-lines", metavar="FILE", help="a JSON object on each line; - for standard input")
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="by the rules of that day (default: today)")
    parser.add_argument("--language", choices=_LANGUAGES, default="en", help="of titles (default: %(default)s)")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print one JSON document")
    shape.add_argument("--json-lines", action="store_true", help="print a JSON document on each line")
    parser.set_defaults(run=_evaluate)


def _evaluate(arguments: argparse.Namespace) -> int:
    """Judge one person, or one after another."""
    from amparo.cli import evaluating

    if arguments.facts_lines and arguments.json:
        raise NodeError("--facts-lines prints a document on each line: use --json-lines.", exit_code=2)
    if arguments.facts and arguments.json_lines:
        raise NodeError("--json-lines needs --facts-lines: use --json for one person.", exit_code=2)
    asked = evaluating.asked(arguments.country, as_of=arguments.as_of, language=arguments.language)
    if arguments.facts_lines:
        return evaluating.print_lines(asked, arguments.facts_lines)
    return evaluating.print_one(asked, arguments.facts, as_json=arguments.json)


def _lint(arguments: argparse.Namespace) -> int:
    """Tell every mistake; 2 where there is one."""
    from amparo.areas.entitlements import reviewing
    from amparo.kernel import clock

    today = clock.today("UTC")
    found = reviewing.review(arguments.paths, today=today) if arguments.paths else reviewing.review_all(today=today)
    examples = sum(len(rules.examples) for rules in found.rules)
    if arguments.json:
        problems = [{"file": p.file, "line": p.line, "field": p.field, "expected": p.expected} for p in found.problems]
        print(json.dumps({"files": found.files, "examples": examples, "problems": problems}, ensure_ascii=False))
    elif not found.problems:
        print(f"{found.files} files of rules hold, and their {examples} examples come out as they say.")
    for problem in found.problems:
        print(f"amparo: {problem}.", file=sys.stderr)
    return 2 if found.problems else 0


def _schema(arguments: argparse.Namespace) -> int:
    """Print what an editor needs to complete and check a file while it is written."""
    import msgspec

    from amparo.areas.entitlements.rules.scheme import RuleSet

    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(RuleSet)}
    print(json.dumps(schema, indent=2))
    return 0
