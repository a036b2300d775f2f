"""What was said before the questions changed, for as long as it has not been asked again.

A new edition may leave a sign without its answer. That must not make a result calmer before
the reader has been asked anew, so until then the earlier edition is weighed as well.
"""

from __future__ import annotations

from typing import NamedTuple

from guide.triage.flow import Answers, Flow, Question
from guide.triage.path import Path, walk


class Earlier(NamedTuple):
    """Answers to an earlier edition that were not given anew, and the questions that ask again.

    `path` is that of the earlier edition: it leads along them and all that was said since.
    """

    number: int
    flow: Flow
    answers: Answers
    path: Path
    again: tuple[Question, ...]


def earlier(number: int, old: Flow, said: Answers, today: Path) -> Earlier | None:
    """Return what is left of answers to an earlier edition; None if nothing asks for it again.

    A question asks again if it is open on the path of today and was not open before: its words
    changed, or it took the place of another.
    """
    done = {asked.slug for asked in today.asked if asked not in today.unanswered}
    left = frozenset(
        code for code in said & old.question_of.keys() if old.question_of[code].slug not in done
    )
    path = walk(old, left | today.kept)
    open_before = {asked.slug for asked in path.unanswered}
    again = tuple(asked for asked in today.unanswered if asked.slug not in open_before)
    return Earlier(number, old, left, path, again) if left and again else None
