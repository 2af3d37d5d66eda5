"""Where her case stands: closing with her, asking how she is, coming back."""

from amparo.areas.cases import standing
from amparo.areas.cases.catalogue import closing
from amparo.areas.cases.standing import Ending
from amparo.demo.scene import Scene
from amparo.demo.unfolding import Happening


def close(scene: Scene, one: Happening) -> None:
    """It ends for now: with her, or without where contact was lost."""
    by, more = scene.viewer(), one.more
    ending = Ending(
        reason=one.value,
        outcome={reason.key: reason.outcome for reason in closing().closing_reasons}[one.value],
        on=one.day,
        with_her="words" in more,
        ratings=more.get("ratings", {}),
        words={key: scene.words(texts) for key, texts in more.get("words", {}).items()},
        ask_on=[scene.day(day) for day in more.get("ask", [])],
    )
    standing.close_case(scene.case(by), by=by, ending=ending)


def ask(scene: Scene, one: Happening) -> None:
    """She is asked how she is, as agreed."""
    by = scene.viewer()
    standing.note_follow_up(scene.case(by), one.value, by=by)


def end(scene: Scene, one: Happening) -> None:
    """Nothing more is agreed; the door stays open."""
    by = scene.viewer()
    standing.end_follow_up(scene.case(by), by=by)


def come_back(scene: Scene, one: Happening) -> None:
    """She comes back, and nobody asks why."""
    if scene.person is not None:
        standing.welcome_back(scene.person, by=scene.viewer())


TELLERS = {"close": close, "asked": ask, "ended": end, "back": come_back}
