"""Every kind of page of the guide in each of its states, for what must hold for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from typing import NamedTuple

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from guide.reading.live import forget, live
from guide.triage import Answers, Level
from tests.browser.checks import HELPER, codes, flow, give

CALF = "wall-calf-straight-knee"
ROUTINE = "/routines/trial-style/"
RESULT = "/check/legs/result/"
LEG_TO_TAP = "/check/legs/q/where/?change=1"


def as_it_comes(page: Page) -> None:
    """Do nothing more: most pages have one state."""


class Kind(NamedTuple):
    """A kind of page: its address, the answers given before, and what is done once it is open.

    To come to a level, the answers are those of the first safety case of that level.
    """

    address: str
    said: Mapping[str, str] = {}
    level: Level | None = None
    then: Callable[[Page], None] = as_it_comes


def press(name: str) -> Callable[[Page], None]:
    def pressed(page: Page) -> None:
        page.get_by_role("button", name=name, exact=True).locator("visible=true").click()

    return pressed


def unfold(page: Page) -> None:
    """Open all that is folded."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def cramp(page: Page) -> None:
    page.locator("main a[data-cramp]").click()
    expect(page.get_by_role("dialog", name="Cramp now")).to_be_visible()


def count(page: Page) -> None:
    page.get_by_label("Someone is helping me").check()
    page.get_by_role("button", name="Count with me").click()


def mistake(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert", name="There is a problem")).to_be_focused()


def without_cookies(page: Page) -> None:
    page.context.clear_cookies()
    page.evaluate("document.querySelector('main form').submit()")
    expect(page.get_by_role("heading", level=1)).to_have_text("We could not keep your answers")


def timer(shows: str) -> Callable[[Page], None]:
    """Start the timer and bring it to one of its panels."""
    ways = {
        "run": [],
        "sore": ["Too sore"],
        "done": ["Too sore", "Stop for tonight"],
        "deaf": ["Eyes shut"],
        "shut": ["Eyes shut", "Buzz"],
    }

    def started(page: Page) -> None:
        for button in ("Start", *ways.get(shows, [])):
            press(button)(page)
        if shows == "away":
            page.evaluate("(now => Date.now = () => now() + 60000)(Date.now)")
        expect(page.locator(f".player[data-shows={shows}]")).to_be_visible()

    return started


def withdrawn(page: Page) -> None:
    """Take the child's questions down, which no other kind needs after this one."""
    edition = copy(Edition.objects.live(live().now).get(kind="questionnaire", slug="child"))
    edition.pk, edition.number, edition.withdrawn = None, edition.number + 1, True
    edition.note = "A sign was missing."
    Edition.objects.bulk_create([edition])
    forget()  # it came in behind the server's back, which asks at most twice a second
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("These questions are closed")


KINDS = {
    "home": Kind("/"),
    "home, cramp open": Kind("/", then=cramp),
    "guide": Kind("/guide/"),
    "guide, one part": Kind("/guide/?part=calf"),
    "whole guide": Kind("/guide/all/"),
    "article": Kind("/guide/ease-a-cramp/", then=unfold),
    "article with pictures": Kind("/guide/food-and-drink/"),
    "article of signs": Kind("/guide/when-to-get-help/"),
    "stretches": Kind("/stretches/"),
    "stretches, none left": Kind("/stretches/?muscle=foot&position=standing&moment=bedtime"),
    "stretch": Kind(f"/stretches/{CALF}/", then=unfold),
    "stretch for a cramp": Kind("/stretches/cramp-toe-pull/"),
    "routines": Kind("/routines/"),
    "routine": Kind(ROUTINE),
    **{
        f"timer, {shows}": Kind(ROUTINE, then=timer(shows))
        for shows in ("run", "sore", "away", "done", "deaf", "shut")
    },
    "no routine of one's own": Kind("/routine/"),
    "own routine": Kind(f"/routine/?s={CALF}~ankle-pumps~nowhere"),
    "stretch sheets": Kind(f"/routine/stretches/?s={CALF}~ankle-pumps"),
    "cramp": Kind("/cramp/", then=count),
    "back to sleep": Kind("/cramp/rest/"),
    "bedside card": Kind(f"/cramp/card/?s={CALF}"),
    "answers to questions": Kind("/faq/", then=unfold),
    "search": Kind("/search/"),
    "search, found": Kind("/search/?q=swollen+calf"),
    "search, nothing": Kind("/search/?q=zzzzxq"),
    "help": Kind("/help/"),
    "choice of questions": Kind("/check/"),
    "rules": Kind("/check/rules/"),
    "start": Kind("/check/legs/"),
    "start for another": Kind(f"/check/{HELPER}/"),
    "start for a child": Kind("/check/child/"),
    "start half-way": Kind("/check/legs/", {"now": "none"}),
    "question with many answers": Kind("/check/legs/q/now/", then=unfold),
    "question with a leg": Kind(LEG_TO_TAP),
    "question to check together": Kind("/check/legs/q/now-check/", {"now": "unsure"}),
    "question with a mistake": Kind("/check/legs/q/now/", then=mistake),
    "answers": Kind("/check/legs/answers/", {"now": "none"}),
    **{f"result, {level.slug}": Kind(RESULT, level=level, then=unfold) for level in Level},
    "summary": Kind("/check/legs/summary/", level=Level.DOCTOR),
    "clear": Kind("/check/clear/", {"now": "none"}),
    "cleared": Kind("/check/clear/"),
    "about": Kind("/about/"),
    "how we write": Kind("/about/how-we-write/"),
    "sources": Kind("/about/sources/"),
    "source": Kind("/about/sources/s01/"),
    "claims": Kind("/about/claims/"),
    "claim": Kind("/about/claims/c001/"),
    "changes": Kind("/about/changes/"),
    "thanks": Kind("/useful/?page=/faq/"),
    "privacy": Kind("/about/privacy/"),
    "accessibility": Kind("/about/accessibility/"),
    "offline": Kind("/offline/"),
    "not found": Kind("/no-such-page/"),
    "bad request": Kind("/?%00"),
    "cookies blocked": Kind("/check/legs/q/now/", then=without_cookies),
    "withdrawn": Kind("/check/child/", then=withdrawn),
}
#: Those with the header of a phone opened, which a wide screen does not have.
OPENED = {
    "menu": Kind("/guide/", then=press("Menu")),
    "light": Kind("/guide/", then=press("Light")),
}


def given(kind: Kind) -> Answers:
    legs = flow("legs")
    if kind.level is None:
        return codes(legs, kind.said)
    return next(case.answers for case in legs.cases if case.level == kind.level)


def visit(page: Page, live_server: LiveServer, kind: Kind) -> None:
    """Open a page in its state, for a reader who has not been here before."""
    page.context.clear_cookies()
    if answers := given(kind):
        give(page, live_server, "legs", answers)
    page.goto(live_server.url + kind.address)
    page.evaluate("localStorage.clear()")
    assert page.url == live_server.url + kind.address
    kind.then(page)


def visited(
    page: Page, live_server: LiveServer, kinds: Mapping[str, Kind] = KINDS
) -> Iterator[str]:
    """Open every kind of page, one after the other, and name it."""
    for name, kind in kinds.items():
        visit(page, live_server, kind)
        yield name
