"""Every plan keeps every rule; on tiny instances it is the best there is."""

from hypothesis import HealthCheck, given, settings

from amparo.areas.activities.rules.checking import broken_rules
from amparo.areas.activities.rules.instance import Instance
from amparo.areas.activities.scheduling.planning import solve
from tests.scheduling.tiny import DAYS, best_worth, instances

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@given(instances())
@settings(max_examples=60, deadline=None, suppress_health_check=SLOW, derandomize=True)
def test_every_plan_keeps_every_rule_and_is_shown_to_be_the_best(instance: Instance) -> None:
    plan = solve(instance, seconds=20)
    assert broken_rules(instance, plan) == []
    assert plan.status in {"optimal", "infeasible"}


@given(instances(women=3, activities=2, days=DAYS[:2]))
@settings(max_examples=60, deadline=None, suppress_health_check=SLOW, derandomize=True)
def test_no_plan_is_better_than_the_one_made(instance: Instance) -> None:
    plan = solve(instance, seconds=20)
    assert broken_rules(instance, plan) == []
    assert plan.objective == best_worth(instance)
    assert plan.status == ("optimal" if plan.groups or not plan.objective else "infeasible") or not plan.groups
