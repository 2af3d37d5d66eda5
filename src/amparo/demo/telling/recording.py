"""What is written about ordinary days: notes, services, papers, her family."""

from amparo.areas.access.rules import Audience
from amparo.areas.cases import actions as cases
from amparo.areas.cases.papers import add_paper
from amparo.areas.cases.rules import PaperKind
from amparo.areas.cases.services import Delivered, note_service
from amparo.demo.drawing import page, picture
from amparo.demo.scene import Scene
from amparo.demo.unfolding import Happening


def note(scene: Scene, one: Happening) -> None:
    """Somebody writes a note for an audience."""
    by = scene.viewer(one.more.get("by", ""))
    audience = Audience(one.more.get("for", Audience.TEAM))
    case = scene.case(by)
    cases.write_note(case, by=by, text=scene.words(one.value), audience=audience, happened_on=one.day)


def diary(scene: Scene, one: Happening) -> None:
    """An ordinary day: what was done, and the note of it."""
    entry = one.value
    by = scene.viewer(entry.get("by", ""))
    case = scene.case(by)
    what = Delivered(entry["service"], one.day, entry["minutes"], entry.get("cents"))
    note_service(case, by=by, what=what)
    if one.more["note"]:
        text = scene.words(entry["text"])
        cases.write_note(case, by=by, text=text, audience=Audience.TEAM, happened_on=one.day)


def service(scene: Scene, one: Happening) -> None:
    """Something is done with or for her."""
    by = scene.viewer(one.more.get("by", ""))
    what = Delivered(one.value, one.day, one.more.get("minutes"), one.more.get("cents"))
    note_service(scene.case(by), by=by, what=what)


def keep_paper(scene: Scene, one: Happening) -> None:
    """A paper of hers is kept."""
    by, title = scene.viewer(one.more.get("by", "")), scene.words(one.more["title"])
    content = picture() if one.more["form"] == "png" else page(title)
    add_paper(scene.case(by), by=by, kind=PaperKind(one.value), title=title, content=content)


TELLERS = {"note": note, "diary": diary, "service": service, "paper": keep_paper}
