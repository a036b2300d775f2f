"""A reader's answers: in a signed cookie on the reader's own device and nowhere else."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from guide.reading import questionnaires
from guide.reading.live import Live
from guide.triage import Answers, Written, decode, edition_number, encode

#: The word TOKEN makes Django's error reports blank the cookie.
COOKIE = "check_token_"
PATH = "/check/"
DAY = 24 * 60 * 60
#: Between the answers to the live edition and those to earlier ones.
_THEN = "~"
#: Names that we could have set: another cannot even be written to delete it.
_OURS = re.compile(rf"{COOKIE}[-\w]+", re.ASCII)


class Given(NamedTuple):
    """The answers given so far, and whether some are asked again as the questions changed.

    `before` are those to earlier editions, as they were given.
    """

    answers: Answers
    asked_anew: bool
    before: tuple[Written, ...] = ()


def read(request: HttpRequest, live: Live, slug: str) -> Given:
    """Return the answers out of the cookie; none if it is missing, too old or broken."""
    salt = questionnaires.voice_key(live, slug)
    text = request.get_signed_cookie(COOKIE + slug, default="", salt=salt, max_age=DAY)
    return _as_of_now(live, slug, text or "")


def sent(request: HttpRequest, live: Live, slug: str) -> Given:
    """Return the answer in a form. It names the edition whose words the reader saw."""
    current, _ = questionnaires.flow(live, slug)
    number = edition_number(request.POST.get("edition", str(current)))
    codes = frozenset(request.POST.getlist("answer")) if number else frozenset[str]()
    carried = questionnaires.carried(live, slug, number or current, codes)
    return Given(carried, asked_anew=carried != codes)


def _as_of_now(live: Live, slug: str, text: str) -> Given:
    current, _ = questionnaires.flow(live, slug)
    written = [found for part in text.split(_THEN) if (found := decode(part))]
    carried = [questionnaires.carried(live, slug, *one) for one in written]
    return Given(
        answers=frozenset().union(*carried),
        asked_anew=carried != [answers for _, answers in written],
        before=tuple(one for one in written if one[0] != current),
    )


def write(
    response: HttpResponse, live: Live, slug: str, answers: Answers, *before: Written
) -> None:
    """Put the answers into the cookie, for a day; after them those to earlier editions."""
    number, _ = questionnaires.flow(live, slug)
    response.set_signed_cookie(
        COOKIE + slug,
        _THEN.join(encode(*one) for one in [(number, answers), *before]),
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
