"""One question a page. GET asks, POST answers and sends on; no address holds an answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, NamedTuple, ParamSpec, TypedDict

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guide.reading import questionnaires
from guide.reading.live import Live, NotLive, live
from guide.triage import Answers, Flow, Level, Path, Question, assess, walk
from guide.views import answers
from guide.views.page import page, read_only
from guide.views.problems import problem

P = ParamSpec("P")

#: From this question on a reader may look at what there is so far.
SO_FAR_FROM = 4


class SeeOther(HttpResponseRedirect):
    """After a POST: fetch the next page with GET, so that Reload never sends twice."""

    status_code = 303


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


class AnswerRow(TypedDict):
    """A question with the answers given to it; `said` is empty where there are none."""

    question: Question
    said: list[str]
    address: str


def if_live(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Answer 404 where a questionnaire is not published."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotLive as error:
            raise Http404 from error

    return wrapped


@read_only
def index(request: HttpRequest) -> HttpResponse:
    now = live()
    context = {"starts": questionnaires.starts(now)}
    return page(request, "guide/questionnaires/index.html", now, context)


@if_live
@read_only
def start(request: HttpRequest, slug: str) -> HttpResponse:
    now = live()
    _, flow = questionnaires.flow(now, slug)
    path = walk(flow, answers.read(request, now, slug).answers)
    context = {
        "flow": flow,
        "intro_html": questionnaires.intro_html(now, slug),
        "first_address": _question_address(slug, flow.questions[0]),
        "next_address": _next_address(slug, path) if path.kept else "",
        "others": [start for start in questionnaires.starts(now) if start["slug"] != slug],
    }
    return page(request, "guide/questionnaires/start.html", now, context)


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
            return SeeOther(_next_address(slug, path, anew=1))
        raise Http404
    step = Step(now, flow, path, asked, "change" in request.GET, given.asked_anew)
    if request.method == "POST":
        return _post(request, step, given.answers)
    if not _may_be_asked(step):
        return HttpResponseRedirect(_next_address(slug, path))
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
    response = SeeOther(_address("check_result", slug) if raised else _onward(step, after))
    answers.write(response, step.live, slug, after.kept)
    return response


def _onward(step: Step, after: Path) -> str:
    """Return where an answer leads: a changed one back to the list of answers.

    Asked first is what the change opened; and warning signs, for who has not been asked them.
    """
    slug = step.flow.slug
    if step.asked_anew:
        return _next_address(slug, after, anew=1)
    opened = [asked for asked in after.unanswered if asked not in step.path.asked]
    if step.changing and opened:
        return _question_address(slug, opened[0], change=1)
    if step.changing and not (after.next and after.next.warning):
        return _address("check_answers", slug)
    return _next_address(slug, after)


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
    before = _question_address(slug, back[-1]) if back else _address("check", slug)
    answers_address = _address("check_answers", slug)
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


@if_live
@read_only
def check_answers(request: HttpRequest, slug: str) -> HttpResponse:
    now = live()
    _, flow = questionnaires.flow(now, slug)
    given = answers.read(request, now, slug)
    path = walk(flow, given.answers)
    if not path.kept:
        return HttpResponseRedirect(_address("check", slug))
    context = {
        "flow": flow,
        "rows": answer_rows(flow, path),
        "asked_anew": given.asked_anew,
        "next_address": _next_address(slug, path) if path.next else "",
    }
    return page(request, "guide/questionnaires/answers.html", now, context)


@require_http_methods(["GET", "HEAD", "POST"])
def clear(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        response = SeeOther(reverse("check_clear"))
        answers.clear(request, response)
        return response
    context = {"cleared": not answers.names(request)}
    return page(request, "guide/questionnaires/clear.html", live(), context)


def answer_rows(flow: Flow, path: Path) -> list[AnswerRow]:
    """Return the questions of the path with what was answered, as the reader chose it."""
    return [
        AnswerRow(
            question=asked,
            said=[option.text for option in asked.options if option.code in path.kept],
            address=_question_address(flow.slug, asked, change=1),
        )
        for asked in path.asked
    ]


def _next_address(slug: str, path: Path, **query: int) -> str:
    if path.next is None:
        return _address("check_answers", slug)
    return _question_address(slug, path.next, **query)


def _question_address(slug: str, asked: Question, **query: int) -> str:
    return reverse("check_question", args=[slug, asked.slug], query=query or None)


def _address(name: str, slug: str) -> str:
    return reverse(name, args=[slug])
