"""Her children, her family and others who matter, written and read within her case (C&H-B area 14)."""

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Kin
from amparo.areas.people.queries import RelativeFile, relatives_of
from amparo.kernel.decision import NotThere, require

from .acting import acting
from .files import CaseFile

__all__ = ("Kin", "RelativeFile", "family_of", "relative_of", "remove_relative", "write_relative")


def write_relative(case: CaseFile, *, by: Viewer, kin: Kin, relative: int | None = None, version: int = 0) -> int:
    """Add someone around her, or change what is known; gives the row's number. Raises Conflict if it changed."""
    verb = "family added" if relative is None else "family changed"
    with acting(case, by=by, part=Part.FAMILY, verb=verb) as act:
        act.subject = people.write_relative(case.person, by=by, kin=kin, relative=relative, version=version)
        act.words = [kin.kinship]
    return act.subject


def remove_relative(case: CaseFile, relative: int, *, by: Viewer) -> None:
    """Take out someone who was written down by mistake or at her wish."""
    with acting(case, by=by, part=Part.FAMILY, verb="family removed") as act:
        people.remove_relative(case.person, relative, by=by)
        act.subject, act.quiet = relative, True


def family_of(viewer: Viewer, case: CaseFile) -> list[RelativeFile]:
    """Those around her, with names and notes opened; raises Refused where the part is closed."""
    require(case.readable(viewer, Part.FAMILY))
    return relatives_of(viewer, case.person)


def relative_of(viewer: Viewer, case: CaseFile, number: int) -> RelativeFile:
    """One of them; raises NotThere otherwise."""
    for one in family_of(viewer, case):
        if one.id == number:
            return one
    raise NotThere
