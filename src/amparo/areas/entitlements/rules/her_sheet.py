"""What stands on the sheet for her: what she can have, and what hangs on one question alone (pure).

What she cannot have is not on it, nor what is wide open: a paper with a dozen "perhaps" helps nobody.
"""

from dataclasses import dataclass
from datetime import date

from .judging import Answer, JudgedPermit, JudgedService
from .scheme import Length, Right


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One kind of permit or service for her; `sure`: nothing is open any more."""

    kind: str
    sure: bool
    lasts: Length | None = None
    lasts_up_to: Length | None = None
    renewable: bool = False
    ends_on: date | None = None
    rights: tuple[Right, ...] = ()
    free: bool = False


def sheet_lines(answer: Answer) -> tuple[SheetLine, ...]:
    """Permits, then services, each line once."""
    permits = [_permit(one) for one in answer.permits if _belongs(one)]
    services = [_service(one) for one in answer.services if _belongs(one) and one.item.provider != "none"]
    return tuple(dict.fromkeys((*permits, *services)))


def _belongs(one: JudgedPermit | JudgedService) -> bool:
    return one.judgement.status == "eligible" or len(one.judgement.ask) == 1


def _permit(one: JudgedPermit) -> SheetLine:
    return SheetLine(
        kind=one.item.kind,
        sure=one.judgement.status == "eligible",
        lasts=one.item.lasts,
        lasts_up_to=one.item.lasts_up_to,
        renewable=one.item.renewable is True,
        ends_on=one.ends_on,
        rights=one.opens,
    )


def _service(one: JudgedService) -> SheetLine:
    sure = one.judgement.status == "eligible"
    return SheetLine(kind=one.item.kind, sure=sure, free=one.item.free_of_charge is True)
