"""The guide without a network: what a device saves, shows, replaces, and never saves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Response, Route, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition, Stretch, StretchStep
from guide.publishing.press import withdraw
from tests import make
from tests.browser.checks import CRAMP, answer_all
from tests.browser.conftest import axe_violations
from tests.browser.test_reading import PHONE, THEMES
from tests.served import served

pytestmark = pytest.mark.browser

BANNER = re.compile(r"Saved copy from \w+ \d+, 20\d\d\. Phone numbers still work\.")
#: Until the worker of this page is the newest there is, and has saved what it saves.
SETTLED = """async () => {
  const worker = await navigator.serviceWorker.ready;
  for (let left = 1000; left; left -= 1) {
    if (!worker.installing && !worker.waiting && worker.active.state === "activated") return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("The worker does not settle");
}"""
#: Whatever any cache holds: addresses and texts.
HELD = """async () => {
  const held = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      held[request.url] = await (await cache.match(request)).text();
    }
  }
  return held;
}"""
#: Until the newest saved copy of a page holds these words, or no longer does.
SAYS = """async ([path, words, wanted]) => {
  for (let left = 1000; left; left -= 1) {
    const cacheName = (await caches.keys()).pop();
    const copy = cacheName && (await caches.match(path, { cacheName }));
    if (Boolean(copy && (await copy.text()).includes(words)) === wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${path} with ${words}: ${!wanted}`);
}"""


class Phone:
    """A browser with a service worker, whose console stays silent while there is a network."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.context, self.origin = context, origin
        self.page: Page = context.new_page()

    def open(self, path: str) -> Page:
        self.page.goto(self.origin + path)
        return self.page

    def visit(self, *paths: str) -> None:
        """Open pages, and wait until all is saved that they save."""
        for path in paths:
            self.open(path)
            self.page.evaluate(SETTLED)
            self.until_saved(self.page.url.removeprefix(self.origin), "<main")

    def until_saved(self, path: str, words: str, *, wanted: bool = True) -> None:
        self.page.evaluate(SAYS, [path, words, wanted])

    def held(self) -> dict[str, str]:
        """Whatever it has saved: texts by path."""
        found: dict[str, str] = self.page.evaluate(HELD)
        return {address.removeprefix(self.origin): text for address, text in found.items()}

    def pages(self) -> list[str]:
        return [path for path in self.held() if not path.startswith("/static/")]

    def listen(self) -> list[Response]:
        """Whatever its page is answered from now on."""
        heard: list[Response] = []

        def hear(response: Response) -> None:
            heard.append(response)

        self.page.on("response", hear)
        return heard

    def wait(self) -> None:
        """Let the seconds pass in which a browser asks nobody, but opens what it just had."""
        self.context.new_cdp_session(self.page).send("Network.clearBrowserCache")

    def cut(self) -> None:
        self.wait()
        self.context.set_offline(True)


@pytest.fixture
def phone(context: BrowserContext, live_server: LiveServer) -> Iterator[Phone]:
    made = Phone(context, live_server.url)
    said: list[str] = []
    made.page.on("pageerror", lambda error: said.append(str(error)))
    yield made
    assert said == []


def expect_copy(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.locator(".saved")).to_have_text(BANNER)


def expect_offline(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("No connection")


def test_after_one_visit_help_opens_without_a_network_and_says_that_it_is_a_copy(
    phone: Phone, guide: list[Edition]
) -> None:
    phone.visit("/")
    expect(phone.page.locator(".saved")).to_have_count(0)
    phone.cut()
    expect_copy(phone.open("/help/#numbers"), "When to get help")
    expect(phone.page.get_by_role("link", name="Call 911").first).to_be_visible()
    phone.page.locator("[data-choose-country]").first.select_option("gb")
    expect(phone.page.get_by_role("link", name="Call 999").first).to_be_visible()


def test_a_cramp_is_seen_through_to_its_end_without_a_network(
    phone: Phone, guide: list[Edition]
) -> None:
    phone.visit("/")
    phone.cut()
    expect_copy(phone.open("/cramp/"), "Cramp now")
    phone.page.locator("label", has_text="Foot and ankle").click()
    phone.page.get_by_role("button", name="Count with me").click()
    expect(phone.page.locator(".number")).to_have_text("2")
    phone.page.get_by_role("link", name="It has let go: back to sleep").click()
    expect(phone.page.locator(".saved")).to_have_text(BANNER)


def test_a_routine_opened_once_is_timed_without_a_network(
    phone: Phone, guide: list[Edition]
) -> None:
    phone.visit("/routines/trial-style/")
    phone.cut()
    phone.open("/routines/trial-style/")
    phone.page.get_by_role("button", name="Start").first.click()
    timer = phone.page.get_by_role("dialog", name="Stretch timer")
    expect(timer.get_by_text("1 of 2")).to_be_visible()
    timer.get_by_role("button", name="End").click()
    expect(timer).to_be_hidden()


def test_with_a_network_again_the_page_is_no_copy(phone: Phone, guide: list[Edition]) -> None:
    phone.visit("/")
    phone.cut()
    expect_copy(phone.open("/cramp/"), "Cramp now")
    phone.context.set_offline(False)
    phone.page.reload()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Cramp now")
    expect(phone.page.locator(".saved")).to_have_count(0)


def test_a_routine_opened_once_is_all_there_without_a_network(
    phone: Phone, guide: list[Edition]
) -> None:
    phone.visit("/routines/trial-style/")
    steps = phone.page.locator("main li").count()
    figures = phone.page.locator("main svg.figure").count()
    assert min(steps, figures) >= 2
    phone.cut()
    failed: list[str] = []
    phone.page.on("requestfailed", lambda request: failed.append(request.url))
    expect_copy(phone.open("/routines/trial-style/"), "The short routine from a trial")
    expect(phone.page.locator("main li")).to_have_count(steps)
    expect(phone.page.locator("main svg.figure")).to_have_count(figures)
    assert failed == []


def test_of_routines_the_last_is_saved_and_of_other_pages_the_last_few(
    phone: Phone, guide: list[Edition]
) -> None:
    first, last = [one for one in guide if one.kind == "routine"][:2]
    routines = [f"/routines/{one.slug}/" for one in (first, last)]
    others = [f"/stretches/{one.slug}/" for one in guide if one.kind == "stretch"][:9]
    phone.visit("/", *routines, *others)
    always = ["/cramp/", "/cramp/rest/", "/help/", "/offline/"]
    assert phone.pages() == [*always, routines[1], *others[1:]]
    phone.cut()
    expect_copy(phone.open(routines[1]), last.title)
    expect_offline(phone.open(routines[0]))


def test_a_readers_own_routine_is_followed_to_its_end_without_a_network(
    phone: Phone, guide: list[Edition]
) -> None:
    """It is the one that was kept here, whatever other routine was looked at after it."""
    phone.visit("/stretches/ankle-pumps/")
    phone.page.get_by_role("link", name="Add to my routine").click()
    phone.page.get_by_label("Times").select_option("1")
    phone.page.get_by_role("button", name="Use these holds").click()
    phone.page.wait_for_url("**/routine/?s=ankle-pumps.x1*")
    own = "/routine/?s=ankle-pumps.x1"
    phone.until_saved(own, "<main")
    phone.visit("/routine/", "/routine/?s=knee-to-chest", "/routines/trial-style/", "/")
    phone.cut()
    phone.page.clock.install()
    phone.page.get_by_role("link", name="My routine").locator("visible=true").click()
    expect_copy(phone.page, "My routine")
    phone.page.get_by_role("button", name="Start").click()
    timer = phone.page.get_by_role("dialog", name="Stretch timer")
    expect(timer).to_be_visible()
    phone.page.clock.run_for(120_000)
    expect(timer).to_contain_text("You can put the phone down now.")


def test_a_page_that_is_not_saved_becomes_one_with_help_and_a_list_of_what_is(
    phone: Phone, guide: list[Edition]
) -> None:
    phone.visit("/guide/ease-a-cramp/")
    phone.cut()
    expect_offline(phone.open("/guide/food-and-drink/"))
    expect(phone.page.locator(".saved")).to_have_count(0)
    expect(phone.page.locator("main > .steps li")).to_have_count(3)
    expect(phone.page.locator("main .care.emergency a[href='tel:911']")).to_be_visible()
    listed = phone.page.locator("#saved a")
    expect(listed).to_have_text(["Cramp now", "When to get help", "Ease a cramp", "Back to sleep"])
    listed.nth(2).click()
    expect_copy(phone.page, "Ease a cramp")


def test_who_only_opens_the_questionnaire_gets_no_worker(
    phone: Phone, guide: list[Edition]
) -> None:
    """Whoever came for the questions alone keeps nothing of this guide on the device."""
    workers = "async () => (await navigator.serviceWorker.getRegistrations()).length"
    for path in ("/check/", "/check/legs/", "/check/legs/q/now/", "/check/clear/", "/check/none/"):
        phone.open(path).wait_for_load_state("load")
        assert phone.page.evaluate(workers) == 0, path
    phone.visit("/")
    assert phone.page.evaluate(workers) == 1


def test_no_page_of_a_whole_questionnaire_is_saved_or_passes_through_the_worker(
    phone: Phone, guide: list[Edition]
) -> None:
    answered = phone.listen()
    phone.visit("/")
    page = phone.open("/check/legs/")
    page.get_by_role("link", name="Start now").click()
    answer_all(page, CRAMP)
    page.get_by_role("link", name="See what to do").click()
    expect(page).to_have_title("Your results – LegRelief")
    phone.visit("/")

    private = [one for one in answered if "/check/" in one.url]
    assert len(private) > 10
    assert [one.url for one in private if one.from_service_worker] == []
    helped = [one for one in answered if one.from_service_worker and "/check/" not in one.url]
    assert [one.url for one in helped if "/static/" in one.url], "the worker was at work"
    held = phone.held()
    assert [path for path in held if "check" in path] == []
    pages = [text for path, text in held.items() if not path.startswith("/static/")]
    assert len(pages) >= 4
    for told in ("csrfmiddlewaretoken", "Your results", "Your answers", "option-"):
        assert not [text for text in pages if told in text], told


def test_a_visit_that_begins_at_a_question_saves_nothing_of_it(
    phone: Phone, guide: list[Edition]
) -> None:
    phone.open("/check/legs/q/now/")
    phone.context.new_page().goto(phone.origin + "/")
    phone.page.evaluate(SETTLED)
    assert phone.pages() == ["/cramp/", "/cramp/rest/", "/help/", "/offline/", "/"]
    phone.cut()
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        phone.open("/check/legs/q/now/")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Vary": "Accept-Encoding, Cookie"}, 200),
        ({"Cache-Control": "no-store"}, 200),
        ({"Cache-Control": "private"}, 200),
        ({"Content-Type": "application/json"}, 200),
        ({}, 404),
        ({}, 503),
    ],
)
def test_what_is_for_one_reader_or_went_wrong_is_not_saved(
    phone: Phone, guide: list[Edition], headers: dict[str, str], status: int
) -> None:
    phone.visit("/")
    before = phone.pages()
    headers = {"Content-Type": "text/html", **headers}
    phone.context.route(
        "**/odd/", lambda route: route.fulfill(status=status, headers=headers, body="<main>Odd")
    )
    phone.open("/odd/")
    phone.visit("/")
    assert phone.pages() == before


def test_a_page_like_these_is_saved_when_nothing_is_odd_but_never_a_search(
    phone: Phone, guide: list[Edition]
) -> None:
    """Otherwise the test above would prove nothing."""
    phone.visit("/")
    for path in ("**/odd/", "**/search/**"):
        phone.context.route(
            path, lambda route: route.fulfill(content_type="text/html", body="<main>Odd")
        )
    phone.open("/search/?q=clot")
    phone.visit("/odd/")
    assert phone.pages()[-1] == "/odd/"
    assert [path for path in phone.pages() if "search" in path] == []


@pytest.mark.parametrize("trouble", ["slow", "broken"])
def test_when_the_server_is_slow_or_broken_the_copy_comes(
    phone: Phone, guide: list[Edition], trouble: str
) -> None:
    phone.visit("/")
    held: list[Route] = []

    def answer(route: Route) -> None:
        if trouble == "slow":
            held.append(route)
        else:
            route.fulfill(status=502)

    phone.context.route("**/cramp/", answer)
    expect_copy(phone.open("/cramp/"), "Cramp now")
    for route in held:
        route.abort()


@pytest.fixture
def stretch(phone: Phone) -> Stretch:
    made = make.stretch(name="Wall stretch", moments=["cramp"])
    make.published(made)
    return made


def test_an_updated_guide_replaces_the_copy_of_a_page_that_was_not_opened_again(
    phone: Phone, stretch: Stretch
) -> None:
    phone.visit(f"/stretches/{stretch.slug}/")
    StretchStep.objects.update(text="Stand at a door.")
    make.published(stretch)
    phone.open("/")
    for path in ("/cramp/", f"/stretches/{stretch.slug}/"):
        phone.until_saved(path, "Stand at a door.")
    phone.page.evaluate(SETTLED)
    phone.cut()
    expect_copy(phone.open("/cramp/"), "Cramp now")
    expect(phone.page.get_by_text("Stand at a door.").first).to_be_visible()
    expect(phone.page.get_by_text("Stand at a wall.")).to_have_count(0)


def test_a_withdrawn_page_goes_from_the_device_with_the_next_visit(
    phone: Phone, stretch: Stretch
) -> None:
    phone.visit("/", f"/stretches/{stretch.slug}/")
    withdraw(stretch, message="Not safe")
    phone.open("/about/")
    phone.until_saved("/cramp/", "Stand at a wall.", wanted=False)
    phone.page.evaluate(SETTLED)
    assert f"/stretches/{stretch.slug}/" not in phone.pages()
    phone.cut()
    expect_offline(phone.open(f"/stretches/{stretch.slug}/"))


def test_an_update_that_breaks_off_leaves_the_copies_that_were_there(
    phone: Phone, stretch: Stretch
) -> None:
    phone.visit("/")
    make.published(make.stretch("other", name="Other stretch", moments=["cramp"]))
    with phone.context.expect_event("response", lambda one: one.url.endswith("/offline/")):
        phone.context.route("**/offline/", lambda route: route.fulfill(status=503))
        phone.open("/about/")
    phone.page.evaluate(SETTLED)
    phone.cut()
    expect_copy(phone.open("/cramp/"), "Cramp now")
    expect(phone.page.get_by_text("Stand at a wall.").first).to_be_visible()
    expect_offline(phone.open("/faq/"))


def test_with_the_server_gone_the_real_files_come_from_the_device(
    context: BrowserContext, tmp_path: Path
) -> None:
    with served(tmp_path) as server:
        phone = Phone(context, server.origin)
        phone.visit("/")
        files = [path for path in phone.held() if path.startswith("/static/")]
        assert [path for path in files if not re.search(r"\.[0-9a-f]{12}\.\w+$", path)] == []
    phone.wait()
    answered = phone.listen()
    expect_copy(phone.open("/cramp/"), "Cramp now")
    assert len(answered) > 4
    assert {one.from_service_worker for one in answered} == {True}
    assert phone.page.evaluate("document.fonts.ready.then((all) => [...all][0].status)") == "loaded"
    expect_offline(phone.open("/faq/"))


def test_a_browser_that_lost_or_refuses_the_worker_has_the_guide_as_before(
    phone: Phone, quiet: Page, stretch: Stretch
) -> None:
    phone.visit("/")
    phone.page.evaluate("navigator.serviceWorker.ready.then((found) => found.unregister())")
    phone.open("/cramp/")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Cramp now")
    phone.page.evaluate(SETTLED)
    quiet.add_init_script(
        "Navigator.prototype.serviceWorker = { register: () => Promise.reject(new Error()) }"
    )
    quiet.goto(phone.origin + "/cramp/")
    expect(quiet.get_by_role("heading", level=1)).to_have_text("Cramp now")


def test_a_copy_and_the_page_without_a_connection_offend_axe_in_no_theme(
    phone: Phone, guide: list[Edition]
) -> None:
    phone.page.set_viewport_size(PHONE)
    phone.visit("/")
    phone.cut()
    for path in ("/cramp/", "/faq/"):
        phone.open(path)
        for theme in THEMES:
            phone.page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
            assert axe_violations(phone.page) == [], (path, theme)
        assert not phone.page.evaluate("document.documentElement.scrollWidth > innerWidth")
