"""Queries that are worded once: the same answers as the ORM's, and no value may hide in their wording."""

from datetime import UTC, date, datetime

import pytest
from django.db import DataError, connection, transaction
from django.db.models import CharField, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.test.utils import CaptureQueriesContext

from amparo.areas.cases.models import Case, Due
from amparo.kernel import clock
from amparo.storage import prepared as asking
from amparo.storage.prepared import in_few_lengths, prepared
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_each_value_is_asked_anew(world: World) -> None:
    codes = dict(Case.objects.values_list("pk", "person__code"))

    @prepared
    def code_of(case: int) -> QuerySet[Case, tuple[str]]:
        return Case.objects.filter(pk=case).values_list("person__code")

    assert len(codes) > 1
    assert [code_of(number) for number in codes] == [[(code,)] for code in codes.values()]


def test_each_shape_is_worded_by_itself(world: World) -> None:
    @prepared
    def numbers(organisation: int, *, closed: bool) -> QuerySet[Case, tuple[int]]:
        rows = Case.objects.filter(organisation=organisation).exclude(closed_on=None)
        return (rows if closed else Case.objects.filter(organisation=organisation)).order_by("pk").values_list("pk")

    mine = Case.objects.order_by("pk").values_list("organisation", flat=True)[0]
    assert numbers(mine, closed=False) == list(Case.objects.filter(organisation=mine).order_by("pk").values_list("pk"))
    assert len(numbers(mine, closed=True)) < len(numbers(mine, closed=False))


def test_days_moments_words_and_identifiers_are_values(world: World) -> None:
    case = Case.objects.select_related("person").order_by("pk")[0]

    @prepared
    def found(code: str, person: object, on: date, at: datetime) -> QuerySet[Case, tuple[int]]:
        rows = Case.objects.filter(person__code=code, person=person, opened_on__gte=on)
        return rows.filter(person__created_at__lte=at).values_list("pk")

    late = datetime(2100, 1, 1, tzinfo=UTC)
    assert found(case.person.code, case.person_id, case.opened_on, late) == [(case.pk,)]
    assert found(case.person.code, case.person_id, date(2100, 1, 1), late) == []


def test_the_time_cannot_stand_still_in_a_wording() -> None:
    @prepared
    def due(organisation: int) -> QuerySet[Due, tuple[int]]:
        return Due.objects.filter(organisation=organisation, on__lte=clock.today("Europe/Madrid")).values_list("pk")

    with pytest.raises(RuntimeError, match="given the time"):
        due(1)


def test_a_value_that_the_query_works_with_is_refused() -> None:
    @prepared
    def next_one(number: int) -> QuerySet[Case, tuple[int]]:
        return Case.objects.filter(pk=number + 1).values_list("pk")

    with pytest.raises(TypeError, match="as it was given"):
        next_one(1)


@pytest.mark.parametrize("value", [True, None, 1.5])
def test_what_cannot_be_asked_with_is_refused(value: object) -> None:
    @prepared
    def found(number: object) -> QuerySet[Case, tuple[int]]:
        return Case.objects.filter(pk=number).values_list("pk")

    with pytest.raises(TypeError):
        found(value)


def test_who_may_see_nothing_asks_nothing(django_assert_num_queries: type[CaptureQueriesContext]) -> None:
    @prepared
    def nothing(organisation: int) -> QuerySet[Case, tuple[int]]:
        return Case.objects.filter(organisation=organisation).none().values_list("pk")

    with django_assert_num_queries(0):
        assert nothing(1) == []


def test_lists_are_asked_for_in_few_lengths() -> None:
    assert in_few_lengths([]) == []
    assert in_few_lengths([4, 5]) == [4, 5, 4, 4, 4, 4]
    assert {len(in_few_lengths(list(range(count)))) for count in range(1, 31)} == {6, 12, 18, 24, 30}


def test_what_is_planned_outlives_a_transaction_that_is_taken_back(world: World) -> None:
    @prepared
    def version_of(code: str, case: int) -> QuerySet[Case, tuple[int]]:
        return Case.objects.filter(pk=case, person__code=code).values_list("version")

    number, code, version = Case.objects.values_list("pk", "person__code", "version")[0]
    asked = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as seen, transaction.atomic():
            assert version_of(code, number) == [(version,)]
            transaction.set_rollback(True)
        asked += [one["sql"].split()[0] for one in seen if "amparo_" in one["sql"]]
    asked = [one for one in asked if one != "DEALLOCATE"]  # another test may have filled this connection with plans
    assert asked == ["PREPARE", "EXECUTE", "EXECUTE", "EXECUTE"]


def test_what_fails_once_can_be_asked_again(world: World) -> None:
    @prepared
    def share(number: int) -> QuerySet[Case, tuple[int]]:
        return Case.objects.annotate(one=RawSQL("1 / %s", [number])).values_list("one")[:1]

    with pytest.raises(DataError), transaction.atomic():
        share(0)
    assert share(1) == [(1,)]


def test_a_connection_keeps_no_more_plans_than_it_may(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    @prepared
    def echoed(*, fixed: str) -> QuerySet[Case, tuple[str]]:
        return Case.objects.annotate(one=Value(fixed, CharField())).values_list("one")[:1]

    def kept() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'amparo%'")
            return int(cursor.fetchone()[0])

    before = kept()
    monkeypatch.setattr(asking, "MOST_PLANS", before + 2)
    assert [echoed(fixed=one) for one in "abcab"] == [[(one,)] for one in "abcab"]
    assert kept() == before + 2


def test_signs_that_mean_something_to_the_database_stay_what_they_are(world: World) -> None:
    @prepared
    def echoed(typed: str, *, fixed: str) -> QuerySet[Case, tuple[str, str]]:
        rows = Case.objects.annotate(one=Value(typed, CharField()), two=Value(fixed, CharField()))
        return rows.values_list("one", "two")[:1]

    for text in ("100 %", "%s", "$1", "'; SELECT 1; --", "a\\b", '"'):
        assert echoed(text, fixed=text) == [(text, text)]
