"""Coordinates of the small trend lines: steps of 1 to 5 over equally spaced reviews."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 160
HEIGHT = 48
MARGIN = 6
STEPS = 5
SQUARE = 3

Rating = int | None
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Trend:
    """What the picture of one domain is drawn from."""

    width: int
    height: int
    grid: str
    her_line: str
    her_points: list[tuple[str, str]]
    team_line: str
    team_points: str


def draw_trend(her: Sequence[Rating], team: Sequence[Rating]) -> Trend:
    """Lines and points for her ratings and the professional's, oldest first; ``None`` leaves a gap out."""
    columns = max(len(her), len(team), 1)
    hers, teams = _points(her, columns), _points(team, columns)
    return Trend(
        width=WIDTH,
        height=HEIGHT,
        grid="".join(f"M0 {_y(step):g}H{WIDTH}" for step in range(1, STEPS + 1)),
        her_line=_line(hers),
        her_points=[(f"{x:g}", f"{y:g}") for x, y in hers],
        team_line=_line(teams),
        team_points="".join(_square(point) for point in teams),
    )


def _points(ratings: Sequence[Rating], columns: int) -> list[Point]:
    gap = (WIDTH - 2 * MARGIN) / max(columns - 1, 1)
    return [(round(MARGIN + place * gap, 1), _y(rating)) for place, rating in enumerate(ratings) if rating is not None]


def _y(rating: int) -> float:
    """Height of a step: 5 on top."""
    return round(MARGIN + (STEPS - rating) * (HEIGHT - 2 * MARGIN) / (STEPS - 1), 1)


def _line(points: Sequence[Point]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points) if len(points) > 1 else ""


def _square(point: Point) -> str:
    x, y = point
    return f"M{x - SQUARE:g} {y - SQUARE:g}h{2 * SQUARE}v{2 * SQUARE}h-{2 * SQUARE}z"
