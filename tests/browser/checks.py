"""The real questionnaires for browser tests: by short names, as words change more often."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.http import HttpResponse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from guide.reading import questionnaires
from guide.reading.live import live
from guide.triage import Answers, Flow
from guide.views import answers

#: An ordinary night cramp, by question; every other question is answered with "none".
CRAMP = {"where": "calf", "feel": "cramp", "pattern": "wakes"}
#: The address for somebody who answers for another adult.
HELPER = "someone-else"


def flow(slug: str) -> Flow:
    _, found = questionnaires.flow(live(), slug)
    return found


def codes(of: Flow, said: Mapping[str, str]) -> Answers:
    """Return the codes of answers named by question and option."""
    return frozenset(
        option.code
        for question in of.questions
        for option in question.options
        if said.get(question.slug) == option.slug
    )


def give(page: Page, live_server: LiveServer, slug: str, given: Answers) -> None:
    """Put answers on the reader's device, as if they had been given page by page."""
    response = HttpResponse()
    answers.write(response, live(), slug, given)
    name, cookie = next(iter(response.cookies.items()))
    host = urlsplit(live_server.url).hostname or ""
    page.context.add_cookies(
        [{"name": name, "value": cookie.value, "domain": host, "path": cookie["path"]}]
    )


def asked(page: Page) -> str:
    """Return the short name of the question that the page asks."""
    return urlsplit(page.url).path.rstrip("/").rpartition("/")[2]


def answer(page: Page, option: str) -> None:
    """Select an answer, continue, and wait for the page that it leads to."""
    before = page.url
    page.locator(f"#option-{option}").check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(lambda url: url != before)


def answer_all(page: Page, said: Mapping[str, str]) -> None:
    """Answer from the question that is asked to the list of answers."""
    while asked(page) != "answers":
        answer(page, said.get(asked(page), "none"))
