"""A reader's answers: in a signed cookie on the reader's own device and nowhere else."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from guide.reading import questionnaires
from guide.reading.live import Live
from guide.triage import Answers, decode, encode

#: The word TOKEN makes Django's error reports blank the cookie.
COOKIE = "check_token_"
PATH = "/check/"
DAY = 24 * 60 * 60
#: Names that we could have set: another cannot even be written to delete it.
_OURS = re.compile(rf"{COOKIE}[-\w]+", re.ASCII)


class Given(NamedTuple):
    """The answers given so far, and whether some are asked again as the questions changed."""

    answers: Answers
    asked_anew: bool


def read(request: HttpRequest, live: Live, slug: str) -> Given:
    """Return the answers out of the cookie; none if it is missing, too old or broken."""
    salt = questionnaires.voice_key(live, slug)
    text = request.get_signed_cookie(COOKIE + slug, default="", salt=salt, max_age=DAY)
    return _as_of_now(live, slug, text or "")


def sent(request: HttpRequest, live: Live, slug: str) -> Given:
    """Return the answer in a form. It names the edition whose words the reader saw."""
    number, _ = questionnaires.flow(live, slug)
    codes = sorted(set(request.POST.getlist("answer")))
    return _as_of_now(live, slug, ".".join([request.POST.get("edition", str(number)), *codes]))


def _as_of_now(live: Live, slug: str, text: str) -> Given:
    written = decode(text)
    if written is None:
        return Given(frozenset(), asked_anew=False)
    number, answers = written
    carried = questionnaires.carried(live, slug, number, answers)
    return Given(carried, asked_anew=carried != answers)


def write(response: HttpResponse, live: Live, slug: str, answers: Answers) -> None:
    """Put the answers into the cookie, for a day."""
    number, _ = questionnaires.flow(live, slug)
    response.set_signed_cookie(
        COOKIE + slug,
        encode(number, answers),
        salt=questionnaires.voice_key(live, slug),
        max_age=DAY,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def names(request: HttpRequest) -> list[str]:
    """Return the cookies on this device that hold answers."""
    return [name for name, value in request.COOKIES.items() if _OURS.fullmatch(name) and value]


def clear(request: HttpRequest, response: HttpResponse) -> None:
    """Delete the answers to every questionnaire from the reader's device."""
    for name in names(request):
        response.delete_cookie(name, path=PATH, samesite="Lax")
