"""Whom or where she keeps away from in sessions (R4): noted in her safety, sealed with her key, told to no facilitator.

That two women must not meet stands once, in the file of the one for whom it was noted; both files show it. Who the
other is, is shown by her code alone, and only to whoever may know of the other's case.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import acting
from amparo.areas.cases.files import CaseFile, files_numbered
from amparo.areas.cases.models import Case
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.codes import read_code
from amparo.kernel.decision import NotThere, refused, require

from .models import Avoidance
from .sealed import seal, unseal

WHOM, WHY = "avoidance.whom", "avoidance.why"


class Avoids(StrEnum):
    """What she keeps away from."""

    WOMAN = "woman"
    EVERYBODY = "everybody"
    SITE = "site"


@dataclass(frozen=True)
class AvoidanceFile:
    """One of them, as the safety of a case shows it.

    `code` is the other woman's, empty where the viewer may not know of her. `hers` is false where it was noted in the
    other's file: then neither why nor ending it is for this one.
    """

    id: int
    kind: Avoids
    code: str
    site: int
    why: str
    noted_on: date
    member_name: str
    hers: bool


@dataclass
class Avoided:
    """Everything that keeps sessions apart in one house, by the numbers of the cases."""

    pairs: set[tuple[int, int]] = field(default_factory=set)
    nobody: set[int] = field(default_factory=set)
    sites: dict[int, set[int]] = field(default_factory=dict)


def avoidances_of(viewer: Viewer, case: CaseFile) -> list[AvoidanceFile]:
    """What holds now for her, noted in her file or in the other's; three queries, however many there are."""
    require(case.readable(viewer, Part.SAFETY))
    rows = [row for row in _standing(case.organisation) if case.id in (row.case_id, _woman(row))]
    others = {_woman(row) if row.case_id == case.id else row.case_id for row in rows if row.kind == Avoids.WOMAN}
    codes = {one.id: one.code for one in files_numbered(viewer, sorted(others))}
    return [_file(case, row, codes) for row in rows]


def avoid_woman(case: CaseFile, *, by: Viewer, code: str, why: str) -> int:
    """She and the woman with this code must not meet; gives the number. Raises Refused where there is no such woman."""
    other = Case.objects.filter(organisation=case.organisation, person__code=read_code(code) or "", erased_on=None)
    number = other.values_list("pk", flat=True).first()
    if number is None:
        require(refused("There is no woman with this code here. Look at the code again."))
    if number == case.id:
        require(refused("This is her own code."))
    if number in {_woman(row) if row.case_id == case.id else row.case_id for row in _between(case)}:
        require(refused("This is noted already."))
    return _note(case, by, Avoids.WOMAN, number, why)


def avoid_everybody(case: CaseFile, *, by: Viewer, why: str) -> int:
    """She meets no other woman of the house; gives the number."""
    if Avoidance.objects.filter(case=case.id, kind=Avoids.EVERYBODY, ended_on=None).exists():
        require(refused("This is noted already."))
    return _note(case, by, Avoids.EVERYBODY, 0, why)


def avoid_site(case: CaseFile, *, by: Viewer, site: int, why: str) -> int:
    """She does not go to this place of the house; gives the number. Whether there is such a place, the caller knows."""
    return _note(case, by, Avoids.SITE, site, why)


def end_avoidance(case: CaseFile, number: int, *, by: Viewer) -> None:
    """It need not be kept apart any more. Only where it was noted in her own file; raises NotThere otherwise."""
    with acting(case, by=by, part=Part.SAFETY, verb="avoidance ended") as act:
        row = Avoidance.objects.select_for_update(no_key=True).filter(pk=number, case=case.id, ended_on=None).first()
        if row is None:
            raise NotThere
        row.ended_on, row.ended_by_id = clock.today(by.time_zone), by.member
        row.save(update_fields=("ended_on", "ended_by"))
        act.subject, act.words = number, [row.kind]


def avoided_in(organisation: int) -> Avoided:
    """Everything that holds now in one house, opened, for planning and checking. Kept in memory only."""
    found = Avoided()
    for row in _standing(organisation):
        if row.kind == Avoids.EVERYBODY:
            found.nobody.add(row.case_id)
        elif row.kind == Avoids.SITE:
            found.sites.setdefault(row.case_id, set()).add(_number(row))
        elif number := _woman(row):
            found.pairs.add((min(row.case_id, number), max(row.case_id, number)))
    return found


def _note(case: CaseFile, by: Viewer, kind: Avoids, whom: int | None, why: str) -> int:
    with acting(case, by=by, part=Part.SAFETY, verb="avoidance noted") as act:
        row = Avoidance.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            kind=kind,
            whom=seal(case, f"{whom or 0:012d}", WHOM),  # as long for everybody: its length tells nothing
            why=seal(case, why, WHY),
            member_id=by.member,
            noted_on=clock.today(by.time_zone),
            noted_at=clock.now(),
        )
        act.subject, act.words = row.pk, [kind]
    return row.pk


def _standing(organisation: int) -> list[Avoidance]:
    """Every one of the house that holds now: whom each is about only its key tells."""
    rows = Avoidance.objects.filter(organisation=organisation, ended_on=None, case__erased_on=None)
    found = list(rows.select_related("member", "case").order_by("pk"))
    sealing.load_keys(row.case.person_id for row in found)
    return found


def _between(case: CaseFile) -> Iterable[Avoidance]:
    women = (row for row in _standing(case.organisation) if row.kind == Avoids.WOMAN)
    return (row for row in women if case.id in (row.case_id, _woman(row)))


def _woman(row: Avoidance) -> int:
    """The number of the other woman's case; 0 where it is about something else, or was erased."""
    return _number(row) if row.kind == Avoids.WOMAN else 0


def _number(row: Avoidance) -> int:
    written = sealing.open_text(row.case.person_id, row.whom, f"safety.{WHOM}")
    return int(written) if written else 0


def _file(case: CaseFile, row: Avoidance, codes: dict[int, str]) -> AvoidanceFile:
    hers = row.case_id == case.id
    other = _woman(row) if hers else row.case_id
    return AvoidanceFile(
        id=row.pk,
        kind=Avoids(row.kind),
        code=codes.get(other, ""),
        site=_number(row) if row.kind == Avoids.SITE else 0,
        why=unseal(case, row.why, WHY) if hers else "",
        noted_on=row.noted_on,
        member_name=row.member.name,
        hers=hers,
    )
