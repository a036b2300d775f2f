from __future__ import annotations

import random
from typing import Any

import pytest

from guide.triage import Case, Flow, Level, Option, Question, Rule, flow_from_rows
from tests.triage.makers import codes


def row(model: str, slug: str, **fields: Any) -> dict[str, Any]:
    return {"model": f"guide.{model}", "fields": {"slug": slug, **fields}}


ROWS = [
    row("questionnaire", "legs", title="Legs", summary="For adults.", intro="A few."),
    row("question", "where", questionnaire=["legs"], text="Where?", label="Where", order=20,
        asked_when=[["legs", "signs", "none"]]),
    row("question", "signs", questionnaire=["legs"], text="Signs?", label="Signs", order=10,
        hint="All.", why="Safety.", help="Look.", many=True, warning=True),
    row("option", "none", question=["legs", "signs"], code="s0", text="No",
        exclusive="none", order=20),
    row("option", "chest", question=["legs", "signs"], code="sc", text="Chest",
        said="chest pain", order=10),
    row("option", "calf", question=["legs", "where"], code="wc", text="Calf"),
    row("rule", "later", questionnaire=["legs"], order=20),
    row("rulegroup", "g", rule=["legs", "later"], options=[["legs", "where", "calf"]]),
    row("rulepointer", "", rule=["legs", "later"], section=["calves"], weight=5),
    row("rule", "chest", questionnaire=["legs"], order=10, level="emergency", soon=True,
        because="It can be a clot.", implements="E01", cautions=[["possible-clot"]],
        sources=[["s25"]]),
    row("rulegroup", "g", rule=["legs", "chest"], options=[["legs", "signs", "chest"]]),
    row("safetycase", "ann", questionnaire=["legs"], story="It aches.", level="self_care",
        answers=[["legs", "signs", "none"], ["legs", "where", "calf"]],
        must_show=[["calves"]], must_not_show=[["red-flags"]]),
]  # fmt: skip

SIGNS = Question(
    "signs", "Signs?", "Signs",
    (Option("sc", "chest", "Chest", "chest pain"), Option("s0", "none", "No", exclusive="none")),
    "All.", "Safety.", "Look.", many=True, warning=True,
)  # fmt: skip
WHERE = Question(
    "where", "Where?", "Where", (Option("wc", "calf", "Calf"),), asked_when=codes("s0")
)
FLOW = Flow(
    "legs", "Legs", (SIGNS, WHERE),
    (
        Rule("chest", (codes("sc"),), Level.EMERGENCY, soon=True, because="It can be a clot.",
             implements="E01", cautions=("possible-clot",), sources=("s25",)),
        Rule("later", (codes("wc"),), pointers={"calves": 5}),
    ),
    (Case("ann", "It aches.", codes("s0 wc"), Level.SELF_CARE, codes("calves"),
          codes("red-flags")),),
    "For adults.", "A few.",
)  # fmt: skip


def test_rows_become_a_flow_in_its_order_with_defaults_filled_in() -> None:
    assert flow_from_rows(ROWS) == FLOW


def test_the_order_of_the_rows_does_not_matter() -> None:
    for seed in range(20):
        assert flow_from_rows(random.Random(seed).sample(ROWS, len(ROWS))) == FLOW


def test_a_helper_is_asked_in_words_of_their_own_where_there_are_any() -> None:
    others = {"questionnaire": {"other_slug": "someone-else", "other_title": "Their legs"},
              "question": {"other_text": "Do they have signs?", "other_hint": ""},
              "option": {"other_text": "Chest, they say"}}  # fmt: skip
    rows = [
        {**one, "fields": {**one["fields"], **others.get(one["model"].removeprefix("guide."), {})}}
        for one in ROWS
    ]
    asked = flow_from_rows(rows, for_other=True)
    assert (asked.slug, asked.title, asked.summary) == ("someone-else", "Their legs", "For adults.")
    assert (asked.questions[0].text, asked.questions[0].hint) == ("Do they have signs?", "All.")
    assert asked.option_of["sc"].text == "Chest, they say"
    assert asked.option_of["sc"].said == "chest pain"
    assert (asked.rules, asked.cases) == (FLOW.rules, FLOW.cases)
    assert flow_from_rows(rows) == FLOW


def test_rows_of_something_else_are_refused() -> None:
    with pytest.raises(ValueError, match="no questionnaire"):
        flow_from_rows([row("section", "calves")])


def test_a_reference_that_leads_nowhere_is_named() -> None:
    lost = row("rulegroup", "h", rule=["legs", "chest"], options=[["legs", "signs", "gone"]])
    with pytest.raises(ValueError, match="no answer signs/gone, which the rule “chest” names"):
        flow_from_rows([*ROWS, lost])
