"""One question a page. GET asks, POST answers and sends on; no address holds an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from guide.reading import questionnaires
from guide.triage import Answers, Level, Path, Question, assess, earlier, led_to, walk
from guide.views import answers
from guide.views.page import SeeOther, page
from guide.views.problems import problem
from guide.views.questionnaires import address, if_live, next_address, question_address
from guide.views.sitting import Sitting, sitting

#: From this question on a reader may look at what there is so far.
SO_FAR_FROM = 4


class Step(NamedTuple):
    """A question of the live flow, and how far the reader has come.

    `changing` tells that the reader came from the list of answers and goes back there.
    """

    at: Sitting
    question: Question
    changing: bool


@if_live
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    at = sitting(request, slug)
    asked = next((found for found in at.flow.questions if found.slug == name), None)
    if asked is None:
        if at.path.kept or at.earlier or request.method == "POST":  # the question is gone
            return SeeOther(next_address(slug, at.path, anew=1))
        raise Http404
    step = Step(at, asked, "change" in request.GET)
    if request.method == "POST":
        return _post(request, step)
    if not _may_be_asked(step):
        return HttpResponseRedirect(next_address(slug, at.path))
    context = {"asked_anew": at.asked_anew, "changed_elsewhere": "elsewhere" in request.GET}
    return _ask(request, step, at.path.kept, context)


def _may_be_asked(step: Step) -> bool:
    """A question on the path is asked when all before it have an answer, or to change one."""
    asked, todo = step.at.path.asked, step.at.path.next
    if step.question not in asked:
        return False
    return step.changing or todo is None or asked.index(step.question) <= asked.index(todo)


def _post(request: HttpRequest, step: Step) -> HttpResponse:
    asked, at = step.question, step.at
    sent = answers.sent(request, at.live, at.flow.slug)
    if sent.asked_anew:
        return _ask(request, step, at.path.kept, {"asked_anew": True}, status=422)
    if sent.answers <= asked.codes and asked.accepts(sent.answers):
        return _answered(step, sent.answers)
    picked = sent.answers & asked.codes
    context = {"problem": problem(asked, picked), "again": "again" in request.POST}
    return _ask(request, step, picked, context, status=422)


def _answered(step: Step, sent: Answers) -> HttpResponse:
    """Keep an answer and send on."""
    at = step.at
    given = (at.answers - step.question.codes) | sent
    after = walk(at.flow, given)
    if sent <= after.kept:
        onward = _onward(step, after)
    elif max(at.flow.floor_of[code] for code in sent) >= Level.URGENT:
        after = _with_sign(step, after, given)
        onward = address("check_result", at.flow.slug)
    else:
        onward = next_address(at.flow.slug, after, elsewhere=1)
    response = SeeOther(onward)
    left = [earlier(one.number, one.flow, one.answers, after) for one in at.earlier]
    before = [(one.number, one.answers) for one in left if one]
    answers.write(response, at.live, at.flow.slug, after.kept, *before)
    return response


def _with_sign(step: Step, after: Path, given: Answers) -> Path:
    """Return the path with a sign that is off it, as what led there was changed or cleared.

    It was said just now, so what led to it is put back, unless that would take the place of
    something at least as urgent.
    """
    flow = step.at.flow
    put_back = walk(flow, led_to(flow, step.question, given))
    return max(after, put_back, key=lambda path: assess(flow, path.kept).level)


def _onward(step: Step, after: Path) -> str:
    """Return where an answer leads: to the result at once if it raises the level high.

    A changed one leads back to the list of answers. Asked first is what the change opened; and
    warning signs, for who has not been asked them.
    """
    flow, slug, before = step.at.flow, step.at.flow.slug, step.at.path
    level = assess(flow, after.kept).level
    if level >= Level.URGENT and level > assess(flow, before.kept).level:
        return address("check_result", slug)
    if step.at.asked_anew:
        return next_address(slug, after, anew=1)
    opened = [asked for asked in after.unanswered if asked not in before.asked]
    if step.changing and opened:
        return question_address(slug, opened[0], change=1)
    if step.changing and not (after.next and after.next.warning):
        return address("check_answers", slug)
    return next_address(slug, after)


def _ask(
    request: HttpRequest,
    step: Step,
    chosen: Answers,
    context: Mapping[str, object],
    status: int = 200,
) -> HttpResponse:
    now, flow, path, slug = step.at.live, step.at.flow, step.at.path, step.at.flow.slug
    upto = flow.questions.index(step.question) + 1
    so_far = [found for found in flow.questions[:upto] if found in path.asked]
    number = len([found for found in so_far if found not in flow.follow_ups])
    back = [found for found in so_far if found is not step.question]
    before = question_address(slug, back[-1]) if back else address("check", slug)
    answers_address = address("check_answers", slug)
    shared = {
        "flow": flow,
        "edition": questionnaires.flow(now, slug)[0],
        "question": step.question,
        "help_html": questionnaires.help_html(now, slug, step.question.slug),
        "chosen": chosen,
        "follow_up": step.question in flow.follow_ups,
        "number": number,
        "total": questionnaires.most_questions(now, slug),
        "changing": step.changing,
        "back_address": answers_address if step.changing else before,
        "skip_address": answers_address if path.kept else "",
        "show_so_far": number >= SO_FAR_FROM,
    }
    template = "guide/questionnaires/question.html"
    return page(request, template, now, {**shared, **context}, status=status)
