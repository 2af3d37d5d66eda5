"""When papers may be taken: only after her yes."""

import pytest

from amparo.areas.cases.rules import Status, papers_may_be_taken


@pytest.mark.parametrize("status", list(Status))
def test_papers_are_taken_at_any_time_but_before_her_yes(status: Status) -> None:
    decision = papers_may_be_taken(status)
    assert decision.allowed is (status is not Status.MEETING)


def test_the_no_names_its_source() -> None:
    assert papers_may_be_taken(Status.MEETING).source == "C&H-L, 5.1.1, lines 496-499"
