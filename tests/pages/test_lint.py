"""What the guide's rules of language find in a text, and what they leave alone."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from guide.pages.lint import MOST_TOLD, Finding, lint
from guide.pages.rows import RowData
from guide.pages.wording import Severity

HARD = "Physiotherapists recommend individualized rehabilitation programs."


def row(model: str, **fields: Any) -> RowData:
    return RowData(model=f"guide.{model}", fields=fields)


def body(text: str) -> list[Finding]:
    """What is found in the text of a section."""
    return lint([row("section", body=text)])


@pytest.mark.parametrize(
    ("text", "words", "wrong"),
    [
        ("You should rest.", "should", "It scolds."),
        ("It is simply a cramp.", "simply", "It belittles what may be hard."),
        ("Don’t worry.", "Don’t worry", "It calms where nobody can know."),
        ("Rest. It is safe.", "It is safe", "It calms where nobody can know."),
        ("Heat will prevent a cramp.", "will prevent", "It promises."),
        ("It is a proven way.", "proven", "It promises."),
        ("Say goodbye to cramps for good.", "for good", "It promises."),
        ("You have restless legs.", "You have restless", "It sounds like a diagnosis."),
        ("It aches. You have a clot.", "You have a", "It sounds like a diagnosis."),
        ("This is probably a cramp.", "This is probably", "It sounds like a diagnosis."),
        ("It is most likely a [cramp](/x/).", "is most likely a", "It sounds like a diagn"),
        ("The secret is salt.", "secret", "It sells."),
        ("Your body sends a sign.", "body sends", "It is a picture that some readers take at"),
        ("Rest — then walk.", "—", "A dash makes a long sentence."),
        ("Call 911.", "911", "It is wrong for most countries."),
        ("Ask your GP.", "GP", "It is wrong for most countries."),
        ("### Is it a cramp?\n\nIt may be.", "Is it a cramp?", "A heading asks."),
        ("See [here](/help/).", "here", "The link does not say where it leads."),
        ("[Click here](/help/) now.", "Click here", "The link does not say where it leads."),
        ("Rest.\n\n- Don't rub it.", "Don't", "“Don't” is easily read as “do” in a list."),
        ("![](/leg.png)", "![](/leg.png)", "The picture has no text for readers who do not see"),
        ("The calf is red.", "red", "Redness is hard to see on brown or black skin."),
        ("Pull for 30 seconds.", "30 seconds", "A dose is typed in prose."),
        ("Hold it for ten.", "Hold it for ten", "A dose is typed in prose."),
        ("Call {emergncy}.", "{emergncy}", "No country fills these braces."),
    ],
)
def test_each_rule_quotes_the_words_and_says_what_is_wrong(
    text: str, words: str, wrong: str
) -> None:
    (found,) = body(text)
    assert found.words == words
    assert found.wrong.startswith(wrong)
    assert found.instead


@pytest.mark.parametrize(
    "text",
    [
        "You have kidney disease? Ask first.",
        "Ask if it is safe for you.",
        "A sore that will not heal needs care.",
        "It is good for you.",
        "Call {emergency}, or ask a {doctor}.",
        "Read [how to rest](/help/), and more.",
        "You don't have to move.",
        "The skin is redder or darker.",
        "The calf is red. On brown or black skin, feel for heat.",
        "Your pee is red.",
        "Read the red flags.",
        "Hold on to a chair.",
        "Rest for 5 minutes.",
    ],
)
def test_what_only_looks_like_a_fault_is_left_alone(text: str) -> None:
    assert body(text) == []


def test_only_what_would_mislead_is_refused() -> None:
    """A tool is a sense check: style and tone are the editor's to judge."""
    found = body("You should hold it for 20 seconds. Call {911}. Redness will stop.")
    refused = {finding.words for finding in found if finding.severity is Severity.REFUSE}
    assert refused == {"hold it for 20", "{911}"}
    assert {"should", "will stop"} <= {finding.words for finding in found}


def test_a_long_sentence_is_quoted_with_its_length_and_line() -> None:
    long = "It is one of the " + "big old " * 9 + "dogs."
    (found,) = body(f"Rest a bit.\n\nThen walk. {long}")
    assert (found.words, found.line) == (long, 3)
    assert found.wrong == "The sentence has 24 words."


def test_a_sentence_of_twenty_words_is_short_enough() -> None:
    assert body("go " * 19 + "on.") == []


def test_a_hard_text_is_named_by_its_hardest_sentence() -> None:
    (found,) = body(f"Rest a bit.\n\nWalk a bit.\n\n{HARD}")
    assert (found.words, found.line) == (HARD, 5)
    assert "and 6 is the most" in found.wrong


def test_fields_that_are_read_in_one_go_are_graded_as_one_text() -> None:
    easy = "Rest a bit. " * 30
    assert lint([row("tip", action="Individualize", detail=easy)]) == []
    (found,) = lint([row("tip", action=HARD, detail="Rest a bit.")])
    assert found.field == "action"


def test_words_that_are_exempt_do_not_count_for_the_grade() -> None:
    text = "Quinine, metformin and simvastatin are medicines. Ask a nurse."
    assert body(text)
    names = {"quinine", "metformin", "simvastatin", "medicine"}
    assert lint([row("section", body=text)], names) == []


def test_one_sentence_alone_has_no_grade() -> None:
    assert body(HARD) == []
    assert lint([row("section", in_short=f"Rest. {HARD}")]) == []


def test_the_steps_of_a_stretch_are_graded_together_and_named_apart() -> None:
    steps = [row("stretchstep", text="Stand up."), row("stretchstep", text=HARD)]
    (found,) = lint(steps)
    assert (found.row, found.field) == (1, "text")


def test_the_line_is_found_behind_links_and_marks() -> None:
    text = "One.\n\nSee [the\nlong page](/help/).\n\n**Rest** and you *should* be fine."
    (found,) = body(text)
    assert (found.words, found.line) == ("should", 6)


def test_the_address_of_a_link_is_not_read() -> None:
    assert body("Read [how to rest](/guide/should-i-just-rest/#red).") == []


def test_a_list_of_signs_may_say_you_have() -> None:
    card = row("carecard", heading="Call now if:", lines="You have a fever\nYou fell", after="")
    assert lint([card]) == []


def test_each_line_of_a_list_is_a_sentence() -> None:
    lines = "\n".join(["a calf that is sore"] * 6)
    assert lint([row("carecard", heading="Call if:", lines=lines, after="")]) == []


def test_do_not_is_asked_for_in_the_lines_of_a_card() -> None:
    card = row("carecard", heading="Ask first if:", lines="You fell\nDon't rub it", after="")
    (found,) = lint([card])
    assert (found.field, found.line, found.words) == ("lines", 2, "Don't")


def test_a_title_must_not_ask_but_the_questions_of_readers_may() -> None:
    (found,) = lint([row("section", title="Is it a cramp?")])
    assert found.wrong == "A heading asks."
    assert lint([row("faq", question="Should I just rest?", answer="Yes.")]) == []
    assert lint([row("question", text="Is it sore?")]) == []


def test_a_stretch_may_speak_of_its_own_dose_and_a_trial_of_its_own() -> None:
    assert lint([row("stretch", make_easier="Hold it for 5 seconds.")]) == []
    assert lint([row("tip", studied="One trial: 10 seconds each night.")]) == []
    assert lint([row("stretch", helper="Hold the foot for 5 seconds.")])


def test_what_dark_skin_shows_may_stand_anywhere_in_the_unit() -> None:
    card = row("carecard", heading="Call if:", lines="The calf is red", after="")
    assert lint([row("section", body="Look at it."), card])[0].row == 1
    assert lint([row("section", body="On black skin, feel for heat."), card]) == []


def test_a_drawing_needs_a_text_in_its_place() -> None:
    (found,) = lint([row("stretch", figure={"title": " ", "pose": {}})])
    assert found.field == "figure"
    assert lint([row("stretch", figure={"title": "Standing.", "pose": {}})]) == []
    assert lint([row("stretch", figure={})]) == []


def test_findings_come_in_the_order_of_the_rows() -> None:
    rows = [
        row("section", body="You should rest."),
        row("tip", action="Just rest"),
        row("source", title="You should just read it"),
    ]
    assert [(found.row, found.words) for found in lint(rows)] == [(0, "should"), (1, "Just")]


def test_of_very_many_findings_of_a_sort_the_first_are_told_and_none_hides_a_refusal() -> None:
    found = body("You should rest. " * 1000 + "Hold for 20 seconds. " + "Word " * 21)
    told = Counter(one.wrong for one in found)
    assert told["It scolds."] == MOST_TOLD
    assert told["A dose is typed in prose."] == told["The sentence has 21 words."] == 1


@pytest.mark.parametrize(
    "piece",
    ["[", "![", "[](", "[here](b) ", "[![a](b)](c)", "\n", "\n ", "# ", "# ?", "- ", "1", "{"],
)
def test_what_somebody_pastes_by_the_hundred_kilobytes_is_read_to_its_end(piece: str) -> None:
    """A pattern that reads it again for each letter is not done with it in many minutes."""
    size = 200_000
    found = body((piece * size)[:size] + "\n\nYou should rest.")
    assert "It scolds." in {one.wrong for one in found}
