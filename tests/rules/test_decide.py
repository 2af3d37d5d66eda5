"""The one decision about a case, over every state that it can look at."""

import ast
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from importlib import import_module
from itertools import chain, product
from pathlib import Path

import pytest

import amparo
from amparo.areas.access import at_need, rules
from amparo.areas.access.rules import Asked, Audience, Part, Purpose, Ties, Viewer, decide
from amparo.areas.orgs.rules import Role, needs_second_factor
from amparo.kernel.decision import Decision
from amparo.kernel.labels import Label

HERE, THERE = 1, 2
FLAGS = tuple(one.name for one in fields(Ties) if one.name not in ("organisation", "held"))
NEVER = (Role.HOTLINE_OPERATOR, Role.ANALYST, Role.ADMINISTRATOR)
DANGER_PARTS = {"head", "contact", "identity", "safety", "services", "family", "notes", "team"}


@cache
def viewer(role: Role, *, cleared: bool = True) -> Viewer:
    return Viewer(member=7, organisation=HERE, role=role, cleared=cleared)


@cache
def every_tie(organisation: int = HERE) -> tuple[Ties, ...]:
    """All 64 ways in which somebody can stand to a case."""
    ways = product((False, True), repeat=len(FLAGS))
    return tuple(Ties(organisation, **dict(zip(FLAGS, flags, strict=True))) for flags in ways)


@cache
def every_question() -> tuple[Asked, ...]:
    """Each part, to read and to write, with each label; and each audience of a note."""
    parts = (Asked(part, write, None, label) for part, write, label in product(Part, (False, True), Label))
    notes = product(Audience, (False, True))
    return (*parts, *(Asked(Part.NOTES, write, audience, Label.PERSONAL) for audience, write in notes))


@cache
def answers(role: Role) -> dict[Asked, tuple[Decision, ...]]:
    """What is answered to the role: to each question, with each of the ties in their order."""
    who = viewer(role)
    return {asked: tuple(decide(who, asked, ties) for ties in every_tie()) for asked in every_question()}


@pytest.mark.parametrize("role", Role)
def test_whatever_the_ties_nothing_opens_to_the_untrained_or_to_another_house(role: Role) -> None:
    for asked, ties in product(every_question(), every_tie()):
        assert not decide(viewer(role, cleared=False), asked, ties)
    for asked, ties in product(every_question(), every_tie(THERE)):
        assert not decide(viewer(role), asked, ties)


@pytest.mark.parametrize("role", NEVER)
def test_no_tie_opens_anything_to_a_role_without_cases(role: Role) -> None:
    assert not any(chain.from_iterable(answers(role).values()))


def test_a_facilitator_sees_who_is_in_todays_group_after_her_yes_and_nothing_else() -> None:
    facilitator = viewer(Role.FACILITATOR)
    for asked, found in answers(Role.FACILITATOR).items():
        near = asked.part is Part.ACTIVITIES and asked.label not in (Label.IDENTIFYING, Label.SAFETY_CRITICAL)
        for ties, answer in zip(every_tie(), found, strict=True):
            assert answer.allowed == (near and ties.in_group and ties.agreed_to_groups), (asked, ties)
    assert "not said yes" in decide(facilitator, Asked(Part.ACTIVITIES), Ties(HERE, in_group=True)).reason


@pytest.mark.parametrize("role", Role)
def test_every_answer_says_why_and_a_refusal_never_leaves_the_reader_without_words(role: Role) -> None:
    given = set(chain.from_iterable(answers(role).values()))
    assert all(one.reason and one.source for one in given), given


@pytest.mark.parametrize("role", Role)
def test_a_yes_comes_from_the_purposes_that_hold_and_from_no_other(role: Role) -> None:
    who = viewer(role)
    hold = {place: rules.purposes(who, ties) for place, ties in enumerate(every_tie())}
    for asked, found in answers(role).items():
        table = rules.WRITES if asked.write else rules.READS
        for (place, ties), answer in zip(enumerate(every_tie()), found, strict=True):
            purpose = rules.purpose_of(who, asked, ties)
            assert answer.allowed == (purpose is not None)
            assert purpose is None or (purpose in hold[place] and asked.part in table[purpose][role])


@pytest.mark.parametrize("role", Role)
def test_being_nearer_to_her_never_closes_anything(role: Role) -> None:
    for asked, found in answers(role).items():
        opened = {place for place, answer in enumerate(found) if answer}
        nearer = {
            place | 1 << flag for place, flag in product(opened, range(len(FLAGS)))
        }  # a place is its ties in bits
        assert nearer <= opened, asked


@pytest.mark.parametrize("role", Role)
def test_a_less_sensitive_word_opens_wherever_a_more_sensitive_one_does(role: Role) -> None:
    for part in Part:
        for found in zip(*(answers(role)[Asked(part, label=label)] for label in Label), strict=True):
            opened = [one.allowed for one in found]
            assert opened == sorted(opened, reverse=True)


# What danger to life opens, and what it does not.


@pytest.mark.parametrize("role", Role)
def test_danger_to_life_opens_what_saves_her_to_those_who_may_break_the_glass(role: Role) -> None:
    breaks = at_need.may_break_glass(viewer(role), Ties(HERE))
    opened = {part.value for part in Part if decide(viewer(role), Asked(part), Ties(HERE, in_danger=True))}
    before = {part.value for part in Part if decide(viewer(role), Asked(part), Ties(HERE))}
    assert opened - before <= (DANGER_PARTS if breaks else set())
    assert not breaks or opened >= DANGER_PARTS
    assert not breaks or needs_second_factor(role)


def test_in_danger_notes_for_one_profession_stay_closed_and_her_words_and_places_open() -> None:
    lawyer, ties = viewer(Role.LAWYER), Ties(HERE, in_danger=True)
    assert rules.audiences_of(lawyer, ties) == {Audience.TEAM}
    assert decide(lawyer, Asked(Part.SAFETY, label=Label.SAFETY_CRITICAL), ties)
    assert decide(lawyer, Asked(Part.CONTACT, label=Label.IDENTIFYING), ties)
    closed = (Part.PLAN, Part.PAPERS, Part.CONSENTS, Part.REFERRAL, Part.LEGAL, Part.HISTORY)
    assert not any(decide(lawyer, Asked(part), ties) for part in closed)


def test_in_danger_one_writes_down_what_happened_and_nothing_else() -> None:
    written = {part for part in Part if decide(viewer(Role.LAWYER), Asked(part, True), Ties(HERE, in_danger=True))}
    assert written == {Part.NOTES, Part.SAFETY}


@pytest.mark.parametrize(
    ("role", "in_team", "allowed"),
    [
        (Role.CASEWORKER, False, True),
        (Role.CASEWORKER, True, False),
        (Role.COORDINATOR, False, True),
        (Role.COORDINATOR, True, False),
        (Role.PSYCHOLOGIST, True, True),
        (Role.LAWYER, True, True),
        (Role.MEDIATOR, False, False),
        (Role.HOTLINE_OPERATOR, False, False),
        (Role.FACILITATOR, False, False),
        (Role.DATA_PROTECTION_OFFICER, False, False),
        (Role.ADMINISTRATOR, False, False),
    ],
)
def test_the_glass_is_broken_by_whoever_accompanies_and_lacks_something(
    role: Role, in_team: bool, allowed: bool
) -> None:
    decision = at_need.may_break_glass(viewer(role), Ties(HERE, in_team))
    assert decision.allowed == allowed
    assert decision.allowed or decision.reason


def test_the_glass_is_broken_by_whoever_lacks_only_the_most_sensitive_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rules.CEILINGS, (Purpose.ACCOMPANY, Part.SAFETY), Label.PERSONAL)
    assert at_need.may_break_glass(viewer(Role.CASEWORKER), Ties(HERE, in_team=True))


def test_the_glass_stays_whole_for_the_untrained_and_for_other_houses() -> None:
    assert not at_need.may_break_glass(viewer(Role.CASEWORKER, cleared=False), Ties(HERE))
    assert not at_need.may_break_glass(viewer(Role.CASEWORKER), Ties(THERE))


# What a second person's yes opens.


@pytest.mark.parametrize("role", Role)
def test_a_second_persons_yes_opens_the_identity_and_the_head_alone(role: Role) -> None:
    before = {part for part in Part if decide(viewer(role), Asked(part), Ties(HERE))}
    opened = {part for part in Part if decide(viewer(role), Asked(part), Ties(HERE, approved=True))}
    asks = bool(at_need.may_ask_for_identity(viewer(role), Ties(HERE)))
    assert opened - before <= ({Part.HEAD, Part.IDENTITY} if asks else set())
    assert not asks or {Part.HEAD, Part.IDENTITY} <= opened
    assert not asks or needs_second_factor(role)


@pytest.mark.parametrize(
    ("who", "ties", "part_of_reason"),
    [
        (viewer(Role.CASEWORKER, cleared=False), Ties(HERE), "Training"),
        (viewer(Role.CASEWORKER), Ties(THERE), "not here"),
        (viewer(Role.MEDIATOR), Ties(HERE, in_team=True), "role"),
        (viewer(Role.CASEWORKER), Ties(HERE, in_team=True), "without asking"),
    ],
)
def test_who_may_not_ask_or_need_not_is_told_so(who: Viewer, ties: Ties, part_of_reason: str) -> None:
    decision = at_need.may_ask_for_identity(who, ties)
    assert not decision
    assert part_of_reason in decision.reason


@pytest.mark.parametrize(("role", "in_team"), list(product(Role, (True, False))))
def test_nobody_answers_the_own_question_and_only_those_answer_who_stand_near_enough(role: Role, in_team: bool) -> None:
    who, ties = viewer(role), Ties(HERE, in_team)
    assert not at_need.may_answer_ask(who, asker=who.member, ties=ties)
    near = role is Role.COORDINATOR or (in_team and role in (Role.CASEWORKER, Role.LAWYER))
    assert at_need.may_answer_ask(who, asker=99, ties=ties).allowed == near
    assert not at_need.may_answer_ask(who, asker=99, ties=Ties(THERE, in_team))
    assert not at_need.may_answer_ask(replace(who, cleared=False), asker=99, ties=ties)


def test_a_yes_or_an_emergency_does_not_let_one_say_yes_to_the_next() -> None:
    borrowed = Ties(HERE, in_danger=True, approved=True)
    assert not at_need.may_answer_ask(viewer(Role.CASEWORKER), asker=99, ties=borrowed)


@pytest.mark.parametrize("role", Role)
def test_only_the_officer_looks_afterwards_and_only_who_opened_or_watches_ends_it(role: Role) -> None:
    who = viewer(role)
    officer, watches = Role.DATA_PROTECTION_OFFICER, (Role.DATA_PROTECTION_OFFICER, Role.COORDINATOR)
    assert at_need.may_look_at_glass(who, organisation=HERE).allowed == (role is officer)
    assert not at_need.may_look_at_glass(who, organisation=THERE)
    assert at_need.may_end_glass(who, opened_by=99, ties=Ties(HERE)).allowed == (role in watches)
    assert at_need.may_end_glass(who, opened_by=who.member, ties=Ties(HERE))
    assert not at_need.may_end_glass(replace(who, cleared=False), opened_by=who.member, ties=Ties(HERE))


# R1.

FORBIDDEN = (
    "cooperat",
    "identif",
    "legal_status",
    "legalstatus",
    "residence",
    "permit",
    "testif",
    "police",
    "prosecut",
)
AREAS = Path(amparo.__file__).parent / "areas"
PURE = ("rules.py", "rules/*.py", "at_need.py", "tasks.py")
RULES = sorted(path for names in PURE for path in AREAS.rglob(names))
# Naming a label, a document's kind or a part is not asking a fact about her.
NAMES_OF_OTHER_THINGS = {"IDENTIFYING", "IDENTIFICATION"}


def _facts(path: Path) -> set[str]:
    """What a module takes in: arguments of its functions, fields of its classes, attributes that it reads."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


@pytest.mark.parametrize(
    "path",
    [AREAS / "access" / "rules.py", AREAS / "access" / "members.py", AREAS / "cases" / "files.py"],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_no_decision_about_access_takes_in_cooperation_identification_or_legal_status(path: Path) -> None:
    facts = _facts(path) - NAMES_OF_OTHER_THINGS
    assert "organisation" in facts
    assert [fact for fact in facts if any(word in fact.lower() for word in FORBIDDEN)] == []


def _deciding() -> Iterator[tuple[str, set[str]]]:
    """Every rule of every area that answers with a decision, and the names of what it takes in."""
    texts = ((path, path.read_text(encoding="utf-8")) for path in RULES)
    for path, text in texts:
        for node in ast.walk(ast.parse(text)) if "Decision" in text else ():
            if isinstance(node, ast.FunctionDef) and "Decision" in ast.dump(node.returns or ast.Constant(None)):
                arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                yield f"{path.parent.name}.{node.name}", {one.arg for one in arguments}


def test_no_rule_of_any_area_asks_for_them_to_grant_or_refuse() -> None:
    deciding = dict(_deciding())
    assert {"access.decide", "access.may_break_glass", "cases.may_move"} <= set(deciding)
    asking = {
        name for name, taken in deciding.items() if any(word in one.lower() for one in taken for word in FORBIDDEN)
    }
    assert asking == set()


@pytest.mark.parametrize("path", RULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_module_of_rules_says_that_it_is_pure(path: Path) -> None:
    """Loading each here also lets the report of branches know of one that no other test has come to."""
    name = ".".join(path.relative_to(AREAS).with_suffix("").parts).removesuffix(".__init__")
    assert "pure" in str(import_module(f"amparo.areas.{name}").__doc__)


def test_the_decision_takes_in_these_facts_and_no_others() -> None:
    assert {one.name for one in fields(Ties)} == {"organisation", "held", *FLAGS}
    assert set(FLAGS) == {"in_team", "is_referent", "in_danger", "approved", "in_group", "agreed_to_groups"}
    assert {one.name for one in fields(Asked)} == {"part", "write", "audience", "label"}
    assert {one.value for one in Purpose} == {"accompany", "group", "coordinate", "oversee", "danger", "approved"}
