"""Rows in serialised form: all at once or one by one, they read the same."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guide.models import RulePointer
from guide.publishing.rows import instances_of, row_of, rows_of
from tests import make

pytestmark = pytest.mark.django_db


def test_all_rows_at_once_read_as_each_does_by_itself() -> None:
    legs = make.questionnaire()
    rule = make.rule(legs, "knot", [[make.option("feel", "knot"), make.option("feel", "other")]])
    rule.cautions.set([make.caution("a-clot"), make.caution("a-burn")])
    RulePointer.objects.create(rule=rule, section=make.section(), weight=4)
    rows = rows_of(legs)
    assert rows == [row_of(row) for row in instances_of(legs)]
    assert [["a-burn"], ["a-clot"]] in [row["fields"].get("cautions") for row in rows]


def test_they_cost_the_same_queries_however_much_they_refer_to() -> None:
    legs = make.questionnaire()

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            rows_of(legs)
        return len(seen)

    few = queries()
    everything = [option for asked in legs.questions.all() for option in asked.options.all()]
    for number in range(20):
        make.case(legs, f"c{number}", "doctor", everything)
    assert queries() == few
