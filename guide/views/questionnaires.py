"""The pages around the questions: whom they are for, the answers so far, and clearing them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypedDict

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guide.reading import questionnaires
from guide.reading.live import NotLive, live
from guide.triage import Flow, Path, Question
from guide.views import answers
from guide.views.page import SeeOther, page, read_only
from guide.views.sitting import sitting

P = ParamSpec("P")


class AnswerRow(TypedDict):
    """A question with the answers given to it; `said` is empty where there are none."""

    question: Question
    said: list[str]
    address: str


def if_live(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Answer 404 where a questionnaire is not published, and kindly where it was withdrawn."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotLive as error:
            now = live()
            why = questionnaires.why_withdrawn(now, str(kwargs["slug"]))
            if why is None:
                raise Http404 from error
            return page(request, "guide/questionnaires/withdrawn.html", now, {"why": why}, 410)

    return wrapped


@read_only
def index(request: HttpRequest) -> HttpResponse:
    now = live()
    context = {"starts": questionnaires.starts(now)}
    return page(request, "guide/questionnaires/index.html", now, context)


@if_live
@read_only
def start(request: HttpRequest, slug: str) -> HttpResponse:
    at = sitting(request, slug)
    context = {
        "flow": at.flow,
        "intro_html": questionnaires.intro_html(at.live, slug),
        "standing": questionnaires.standing(at.live, slug),
        "asked_anew": at.asked_anew,
        "first_address": question_address(slug, at.flow.questions[0]),
        "next_address": next_address(slug, at.path) if at.path.kept else "",
        "others": [start for start in questionnaires.starts(at.live) if start["slug"] != slug],
    }
    return page(request, "guide/questionnaires/start.html", at.live, context)


@if_live
@read_only
def check_answers(request: HttpRequest, slug: str) -> HttpResponse:
    at = sitting(request, slug)
    if not at.path.kept:
        return HttpResponseRedirect(address("check", slug))
    context = {
        "flow": at.flow,
        "rows": answer_rows(at.flow, at.path),
        "asked_anew": at.asked_anew,
        "changed_elsewhere": "elsewhere" in request.GET,
        "next_address": next_address(slug, at.path) if at.path.next else "",
    }
    return page(request, "guide/questionnaires/answers.html", at.live, context)


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
            address=question_address(flow.slug, asked, change=1),
        )
        for asked in path.asked
    ]


def next_address(slug: str, path: Path, **query: int) -> str:
    if path.next is None:
        return address("check_answers", slug, **query)
    return question_address(slug, path.next, **query)


def question_address(slug: str, asked: Question, **query: int) -> str:
    return reverse("check_question", args=[slug, asked.slug], query=query or None)


def address(name: str, slug: str, **query: int) -> str:
    return reverse(name, args=[slug], query=query or None)
