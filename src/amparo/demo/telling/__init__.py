"""How each kind of happening is told: through the actions that a colleague's page would call."""

from collections.abc import Callable, Mapping

from amparo.demo.scene import Scene
from amparo.demo.unfolding import Happening, happenings

from . import agreeing, arriving, keeping_safe, planning, recording, standing, together

Teller = Callable[[Scene, Happening], None]
TELLERS: Mapping[str, Teller] = {
    **arriving.TELLERS,
    **agreeing.TELLERS,
    **keeping_safe.TELLERS,
    **planning.TELLERS,
    **recording.TELLERS,
    **standing.TELLERS,
    **together.TELLERS,
}
# After these her case is opened anew: where it stands, who her referent is or who works with her has changed.
CHANGING = frozenset({"contact", "decide", "said", "team", "handover", "close", "ended", "back"})


def tell(scene: Scene) -> None:
    """Tell a story from its first day to today."""
    for one in happenings(scene.story, scene.calendar):
        with scene.standing_on(one.day):
            TELLERS[one.verb](scene, one)
            if one.verb in CHANGING:
                scene.opened.clear()
