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
        "browser/test_accessible.py::test_axe_finds_nothing_wrong_in_any_theme",
    ),
    Check(
        "Each page with the HTML checker of the W3C.",
        "views/test_valid_html.py::test_every_page_is_valid",
    ),
    Check(
        "Headings and parts of each page: in order, and with a name.",
        "browser/test_accessible.py::test_landmarks_and_headings_are_read_in_order",
    ),
    Check(
        "The Tab key: it follows the reading order, and nothing hides where you are.",
        "browser/test_keyboard.py::"
        "test_tab_goes_through_a_page_in_reading_order_and_the_focus_is_never_hidden",
    ),
    Check(
        "A cramp, an article and a routine with a keyboard only.",
        "browser/test_keyboard.py::test_a_routine_is_followed_paused_and_stopped_when_it_hurts",
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
        "browser/test_accessible.py::test_at_400_percent_nothing_scrolls_sideways_or_is_cut_off",
    ),
    Check(
        "Letters twice as large, and more space between them: nothing is cut off.",
        "browser/test_accessible.py::test_with_text_at_200_percent_nothing_is_cut_off_or_overlaps",
    ),
    Check(
        "Buttons and links: large enough to hit.",
        "browser/test_accessible.py::test_every_target_is_large_enough_to_hit",
    ),
    Check(
        "Forced colors: things keep their edges and their contrast.",
        "browser/test_accessible.py::"
        "test_in_forced_colors_things_have_edges_and_own_colors_have_contrast",
    ),
    Check(
        "Motion: with less motion asked for, pages stay still.",
        "browser/test_accessible.py::test_nothing_moves_for_a_reader_who_asked_for_less_motion",
    ),
    Check(
        "Paper: black on white, with every word and address.",
        "browser/test_print.py::test_all_the_words_are_on_paper_and_no_page_is_blank",
    ),
    Check(
        "Pictures: each says in words how a stretch starts and where it is felt.",
        "content/test_figures.py::test_every_picture_says_where_it_is_felt_and_how_it_starts",
    ),
    Check(
        "Words: grade 6 or lower.",
        "content/test_words.py::test_the_guide_holds_to_every_rule_of_language",
    ),
    Check(
        "Sentences: 20 words at most.",
        "content/test_words.py::test_the_guide_holds_to_every_rule_of_language",
    ),
)
