"""One question a page. GET asks, POST answers and sends on; no address holds an answer."""

from __future__ import annotations

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from guide.reading import questionnaires
from guide.reading.live import Live, live
from guide.triage import Answers, Flow, Level, Path, Question, assess, walk
from guide.views import answers
from guide.views.page import page
from guide.views.problems import problem
from guide.views.questionnaires import SeeOther, address, if_live, next_address, question_address

#: From this question on a reader may look at what there is so far.
SO_FAR_FROM = 4


class Step(NamedTuple):
    """A question of the live flow, and the path that led to it.

    `changing` tells that the reader came from the list of answers and goes back there;
    `asked_anew`, that some answers no longer fit the questions.
    """

    live: Live
    flow: Flow
    path: Path
    question: Question
    changing: bool
    asked_anew: bool


@if_live
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    now = live()
    _, flow = questionnaires.flow(now, slug)
    given = answers.read(request, now, slug)
    path = walk(flow, given.answers)
    asked = next((found for found in flow.questions if found.slug == name), None)
    if asked is None:
        if path.kept or request.method == "POST":  # half-way, and the question is gone
            return SeeOther(next_address(slug, path, anew=1))
        raise Http404
    step = Step(now, flow, path, asked, "change" in request.GET, given.asked_anew)
    if request.method == "POST":
        return _post(request, step, given.answers)
    if not _may_be_asked(step):
        return HttpResponseRedirect(next_address(slug, path))
    asked_anew = step.asked_anew or "anew" in request.GET
    return _ask(request, step, path.kept, {"asked_anew": asked_anew})


def _may_be_asked(step: Step) -> bool:
    """A question on the path is asked when all before it have an answer, or to change one."""
    asked, todo = step.path.asked, step.path.next
    if step.question not in asked:
        return False
    return step.changing or todo is None or asked.index(step.question) <= asked.index(todo)


def _post(request: HttpRequest, step: Step, given: Answers) -> HttpResponse:
    asked = step.question
    sent = answers.sent(request, step.live, step.flow.slug)
    if sent.asked_anew:
        return _ask(request, step, step.path.kept, {"asked_anew": True}, status=422)
    if sent.answers <= asked.codes and asked.accepts(sent.answers):
        return _answered(step, (given - asked.codes) | sent.answers)
    picked = sent.answers & asked.codes
    context = {"problem": problem(asked, picked), "again": "again" in request.POST}
    return _ask(request, step, picked, context, status=422)


def _answered(step: Step, given: Answers) -> HttpResponse:
    """Keep the answers and send on: to the result at once if they raise the level high."""
    slug, after = step.flow.slug, walk(step.flow, given)
    level = assess(step.flow, after.kept).level
    raised = level >= Level.URGENT and level > assess(step.flow, step.path.kept).level
    response = SeeOther(address("check_result", slug) if raised else _onward(step, after))
    answers.write(response, step.live, slug, after.kept)
    return response


def _onward(step: Step, after: Path) -> str:
    """Return where an answer leads: a changed one back to the list of answers.

    Asked first is what the change opened; and warning signs, for who has not been asked them.
    """
    slug = step.flow.slug
    if step.asked_anew:
        return next_address(slug, after, anew=1)
    opened = [asked for asked in after.unanswered if asked not in step.path.asked]
    if step.changing and opened:
        return question_address(slug, opened[0], change=1)
    if step.changing and not (after.next and after.next.warning):
        return address("check_answers", slug)
    return next_address(slug, after)


def _ask(
    request: HttpRequest,
    step: Step,
    chosen: Answers,
    context: dict[str, object],
    status: int = 200,
) -> HttpResponse:
    flow, slug = step.flow, step.flow.slug
    upto = flow.questions.index(step.question) + 1
    so_far = [found for found in flow.questions[:upto] if found in step.path.asked]
    number = len([found for found in so_far if found not in flow.follow_ups])
    back = [found for found in so_far if found is not step.question]
    before = question_address(slug, back[-1]) if back else address("check", slug)
    answers_address = address("check_answers", slug)
    shared = {
        "flow": flow,
        "edition": questionnaires.flow(step.live, slug)[0],
        "question": step.question,
        "help_html": questionnaires.help_html(step.live, slug, step.question.slug),
        "chosen": chosen,
        "follow_up": step.question in flow.follow_ups,
        "number": number,
        "total": questionnaires.most_questions(step.live, slug),
        "changing": step.changing,
        "back_address": answers_address if step.changing else before,
        "skip_address": answers_address if step.path.kept else "",
        "show_so_far": number >= SO_FAR_FROM,
    }
    template = "guide/questionnaires/question.html"
    return page(request, template, step.live, {**shared, **context}, status=status)
