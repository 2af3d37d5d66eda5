"""How long a plan is computed before it is shown (pure)."""

from .instance import Instance

#: Seconds for a small house and for a large one, and from and up to how many requests it is more with each.
_SMALL, _LARGE, _FROM, _TO = 20.0, 120.0, 200, 600


def seconds_for(instance: Instance) -> float:
    """Seconds in which a plan for so many requests is good: 20 for sixty women, 120 for two hundred."""
    requests = sum(len(one.asked_by) for one in instance.activities)
    share = (requests - _FROM) / (_TO - _FROM)
    return _SMALL + (_LARGE - _SMALL) * min(1.0, max(0.0, share))
