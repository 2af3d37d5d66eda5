"""Her plan: needs in her words, goals, steps, what she agrees to, reviews, the job plan."""

from amparo.areas.plans import actions
from amparo.areas.plans.actions import StepWords
from amparo.areas.plans.agreeing import record_agreement
from amparo.areas.plans.catalogue import job_prompts
from amparo.areas.plans.job import answer_prompts
from amparo.areas.plans.queries import plan_of
from amparo.areas.plans.reviewing import RatingFile, begin_review, finish_review, rate_domain
from amparo.areas.plans.rules import Agreement, Answer, GoalStatus, NeedStatus, Who
from amparo.demo.reading import bank, threads
from amparo.demo.scene import Scene
from amparo.demo.unfolding import Happening

_WHO = {"she": Who.SHE, "both": Who.SHE, "referent": Who.MEMBER, "other": Who.OTHER}
_SAID = {"?": Answer.UNKNOWN.value, "x": Answer.UNSAID.value}


def note_need(scene: Scene, one: Happening) -> None:
    """She names something that she lacks or wants."""
    by, thread = scene.viewer(), threads()[one.value]
    hers = scene.words(scene.stage.next_of(f"hers {one.value}", thread["hers"]))
    scene.numbers["need", one.value] = actions.note_need(
        scene.case(by),
        by=by,
        domain=thread["domain"],
        basic_need=thread.get("basic", ""),
        her_words=hers,
        our_view=scene.words(thread["ours"]),
    )


def set_goal(scene: Scene, one: Happening) -> None:
    """A goal for that need."""
    by, thread = scene.viewer(), threads()[one.value]
    scene.numbers["goal", one.value] = actions.set_goal(
        scene.case(by),
        by=by,
        domain=thread["domain"],
        words=scene.words(thread["goal"]),
        need=scene.numbers["need", one.value],
    )


def add_step(scene: Scene, one: Happening) -> None:
    """A small step on the way."""
    by, (name, number) = scene.viewer(), one.value
    written = threads()[name]["steps"][number]
    who = _WHO[written["who"]]
    step = StepWords(
        kind=written["kind"],
        words=scene.words(written["words"]),
        who=who,
        member=by.member if who is Who.MEMBER else None,
        other=scene.words(written.get("other")),
        weeks=written.get("weeks"),
        due_on=one.more["due"],
    )
    case = scene.case(by)
    scene.numbers["step", name, number] = actions.add_step(case, scene.numbers["goal", name], by=by, step=step)


def move_step(scene: Scene, one: Happening) -> None:
    """It is not the day for it; another one is found."""
    by, number = scene.viewer(), scene.numbers["step", *one.value]
    actions.move_step(scene.case(by), number, by=by, to=one.more["to"])


def finish_step(scene: Scene, one: Happening) -> None:
    """Done."""
    by, number = scene.viewer(), scene.numbers["step", *one.value]
    actions.finish_step(scene.case(by), number, by=by)


def meet_need(scene: Scene, one: Happening) -> None:
    """The goal is reached and the need met."""
    by = scene.viewer()
    case = scene.case(by)
    actions.mark_goal(case, scene.numbers["goal", one.value], by=by, status=GoalStatus.REACHED)
    actions.mark_need(case, scene.numbers["need", one.value], by=by, status=NeedStatus.MET)


def set_aside(scene: Scene, one: Happening) -> None:
    """It does not matter to her any more, or not now."""
    by = scene.viewer()
    case = scene.case(by)
    actions.mark_goal(case, scene.numbers["goal", one.value], by=by, status=GoalStatus.ASIDE)
    actions.mark_need(case, scene.numbers["need", one.value], by=by, status=NeedStatus.ASIDE)


def agree(scene: Scene, one: Happening) -> None:
    """She is asked about the plan as it stands."""
    by = scene.viewer()
    case = scene.case(by)
    agreement = Agreement(one.value)
    record_agreement(
        case,
        by=by,
        agreement=agreement,
        her_words=scene.stage.phrase("agreed" if agreement is Agreement.YES else "agreed_partly"),
        asked_on=one.day,
        mark=plan_of(by, case).mark,
        review_on=scene.day(one.more["review"]) if "review" in one.more else None,
    )


def review(scene: Scene, one: Happening) -> None:
    """They look at her life together, area by area."""
    by = scene.viewer()
    case = scene.case(by)
    number = begin_review(case, by=by, on=one.day)
    for domain, both in one.value.items():
        hers, ours = (_SAID.get(said, said) for said in both.split("/"))
        rate_domain(case, number, domain, by=by, rating=RatingFile(hers, ours, "", 0))
    finish_review(
        case,
        number,
        by=by,
        her_words=scene.stage.phrase("review_hers"),
        our_view=scene.stage.phrase("review_ours"),
        next_on=scene.day(one.more["next"]) if "next" in one.more else None,
    )


def plan_work(scene: Scene, one: Happening) -> None:
    """They talk about work, section by section."""
    by, told = scene.viewer(), scene.stage.next_of("job plan", bank("job_plans"))
    case = scene.case(by)
    areas = dict.fromkeys(prompt.area for prompt in job_prompts())
    for version, area in enumerate(areas):
        answers = {one.key: scene.words(told.get(one.key)) for one in job_prompts() if one.area == area}
        answer_prompts(case, by=by, area=area, answers=answers, version=version)


TELLERS = {
    "job_plan": plan_work,
    "need": note_need,
    "goal": set_goal,
    "step": add_step,
    "move": move_step,
    "done": finish_step,
    "met": meet_need,
    "aside": set_aside,
    "agree": agree,
    "review": review,
}
