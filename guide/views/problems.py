"""What to say when an answer is missing or cannot be: kind words, and where they lead."""

from __future__ import annotations

from typing import NamedTuple

from guide.triage import Answers, Option, Question


class Problem(NamedTuple):
    """What is wrong with an answer, and the option at which the reader can put it right."""

    words: str
    option: Option


def problem(asked: Question, chosen: Answers) -> Problem:
    """Return what is wrong. "None" with something else is never resolved by guessing."""
    ways_out = [option for option in asked.options if option.exclusive]
    picked = next((option for option in ways_out if option.code in chosen), None)
    if asked.many and picked:
        words = f"You selected “{picked.text}” and something else. Select one or the other."
        return Problem(words, picked)
    if asked.many and ways_out:
        words = f"Select what fits, or select “{ways_out[0].text}”."
    elif ways_out:
        words = f"Select the one that is closest. “{ways_out[-1].text}” is fine too."
    else:
        words = "Select the one that is closest. Any answer is fine."
    return Problem(words, asked.options[0])
