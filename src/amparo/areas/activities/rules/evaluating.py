"""What an evaluation may hold, and when what was said without a name is shown (pure)."""

from collections.abc import Collection, Mapping, Sequence

from amparo.kernel.decision import ALLOWED, Decision, refused

UNSAID = "unsaid"
LOWEST, HIGHEST = 1, 5
#: Fewer answers than this are shown to nobody: who said what could be guessed in a small group (R19).
FEWEST = 3


def are_answers(answers: Mapping[str, int | str], *, asked: Collection[str]) -> Decision:
    """Whether these are answers to questions that were asked; she may leave out what she likes."""
    if not set(answers) <= set(asked):
        return refused("This was not asked.")
    if all(one == UNSAID or (isinstance(one, int) and LOWEST <= one <= HIGHEST) for one in answers.values()):
        return ALLOWED
    return refused("Choose one of the faces, or leave it out.")


def mean_answer(said: Sequence[float], *, fewest: int = FEWEST) -> float | None:
    """The mean of what each of several women said, to one decimal; None where they are too few."""
    return round(sum(said) / len(said), 1) if len(said) >= fewest else None
