"""What tests check of accessibility: the statement says this, and nothing that no test holds."""

from __future__ import annotations

from typing import NamedTuple


class Check(NamedTuple):
    """What a reader is told is checked, and the test that does it: `file::function`."""

    words: str
    test: str


CHECKS = (
    Check(
        "Each kind of page with the axe checker, in the Night, Dim and Day themes.",
        "browser/test_reading.py::test_axe_finds_nothing_wrong",
    ),
    Check(
        "The questions, from the first to the result, with a keyboard only.",
        "browser/test_questionnaire.py::test_the_questions_are_answered_with_the_keyboard_only",
    ),
    Check(
        "The questions, the lists and the timer with JavaScript turned off.",
        "browser/test_questionnaire.py::test_an_ordinary_cramp_is_answered_without_javascript",
    ),
    Check(
        "The timer: what a screen reader hears, and that the keyboard stays inside it.",
        "browser/test_player.py::"
        "test_a_screen_reader_hears_each_change_and_three_seconds_left_and_nothing_else",
    ),
    Check(
        "The leg drawing: each part is a link in a list too.",
        "browser/test_places.py::test_the_keyboard_reaches_each_part_once_and_none_in_the_drawing",
    ),
    Check(
        "Pages at four times the usual size: they scroll one way only.",
        "browser/test_reading.py::test_no_page_writes_to_the_console_or_scrolls_sideways",
    ),
    Check(
        "Forced colors: a chosen position can still be seen.",
        "browser/test_position.py::test_in_forced_colors_the_choice_is_seen",
    ),
    Check(
        "Motion: with less motion asked for, pages stay still.",
        "browser/test_cramp.py::test_with_less_motion_the_page_stays_dim_and_still",
    ),
    Check(
        "Pictures: each says in words how a stretch starts and where it is felt.",
        "content/test_figures.py::test_every_picture_says_where_it_is_felt_and_how_it_starts",
    ),
    Check(
        "Words: grade 6 or lower.",
        "content/test_words.py::test_every_text_reads_at_grade_6_or_lower",
    ),
    Check(
        "Sentences: 20 words at most.",
        "content/test_words.py::test_no_sentence_has_more_than_20_words",
    ),
)
