"""How far a reader has come: what every page about somebody's answers begins with."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest

from guide.reading import questionnaires
from guide.reading.live import Live, stamp
from guide.triage import Answers, Assessment, Earlier, Flow, Path, assess, earlier, walk
from guide.views import answers


class Sitting(NamedTuple):
    """A reader's answers to a live questionnaire, and the path that they led along.

    `asked_anew` tells that some no longer fit the questions; `earlier` are those of them that
    are to be asked again.
    """

    live: Live
    flow: Flow
    answers: Answers
    path: Path
    asked_anew: bool
    earlier: tuple[Earlier, ...]


class Weighed(NamedTuple):
    """What answers come to, and the questions that they were given to."""

    flow: Flow
    path: Path
    found: Assessment


def sitting(request: HttpRequest, slug: str) -> Sitting:
    """Return how far a reader has come with a questionnaire. Raises NotLive."""
    now = stamp()
    _, flow = questionnaires.flow(now, slug)
    given = answers.read(request, now, slug)
    path = walk(flow, given.answers)
    before = [
        earlier(number, old, said, path)
        for number, said in given.before
        if (old := questionnaires.earlier_flow(now, slug, number))
    ]
    asked_anew = given.asked_anew or "anew" in request.GET
    return Sitting(now, flow, given.answers, path, asked_anew, tuple(filter(None, before)))


def weigh(at: Sitting) -> Weighed:
    """Return what the answers come to: as the questions are now or, if that is more urgent, as
    they were when they were answered. So no change of the questions calms before it is asked.
    """
    paths = [(at.flow, at.path), *((before.flow, before.path) for before in at.earlier)]
    weighed = [Weighed(flow, path, assess(flow, path.kept)) for flow, path in paths]
    return max(weighed, key=lambda one: one.found.level)
