"""The page of changes: every edition that readers have seen, in words that are of use."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guide.models import Edition, Unit
from guide.publishing.press import keep, publish, publish_again, withdraw
from guide.reading import changes as reading
from guide.reading.live import forget, live
from tests import make
from tests.admin.desk import UNITS, print_beside

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def on(day: int) -> time_machine.travel:
    """So many days after the guide began."""
    return time_machine.travel(START + timedelta(days=day), tick=False)


def pressed(unit: Unit, note: str = "") -> Edition:
    unit.refresh_from_db()
    return publish(unit, note=note, who="paula")


def shown(client: Client, address: str = "/about/changes/") -> str:
    return client.get(address).content.decode()


def told(number: int = 1) -> list[tuple[str, str]]:
    """What a page says: each title with what is said of it."""
    page = reading.changes(live(), number)
    return [(change["title"], change["said"]) for day in page["days"] for change in day["changes"]]


def test_each_edition_is_told_by_its_note_the_newest_first(client: Client) -> None:
    section = make.section()
    with on(0):
        pressed(section.article, "The first page")
    with on(1):
        pressed(section, "Heat as well as cold")
    with on(2):
        assert told() == [
            ("Heat and cold", "Heat as well as cold"),
            ("Ease a cramp", "The first page"),
        ]
        page = shown(client)
    assert 'href="/guide/ease-a-cramp/#heat-cold"' in page
    days = re.findall("<h2[^>]*>(.*?)</h2>", page)
    assert days[:2] == ["March 2, 2026", "March 1, 2026"]


def test_a_change_without_a_note_still_says_what_was_done() -> None:
    article = make.article()
    with on(0):
        pressed(article)
    with on(1):
        pressed(article)
        assert [said for _, said in told()] == ["Published again.", "Published for the first time."]


def test_what_was_withdrawn_says_why_and_leads_nowhere(client: Client) -> None:
    stretch = make.stretch()
    with on(0):
        pressed(stretch, "New")
    with on(1):
        withdraw(stretch, message="A trial found harm.", who="paula")
        assert told()[0] == ("Calf stretch at a wall", "Withdrawn. A trial found harm.")
        assert "/stretches/wall-calf/" not in shown(client)


@pytest.mark.parametrize("kind", sorted(set(UNITS) - {"synonym", "warningword"}))
def test_a_change_of_any_kind_is_told_and_leads_to_where_readers_meet_it(
    client: Client, kind: str
) -> None:
    note = f"A better {kind}"
    unit = UNITS[kind]()
    print_beside(unit)
    publish_again(make.published(unit), note=note)
    for address in ("/about/changes/", "/about/changes/feed/"):
        assert note in shown(client, address)
    (address,) = {change["address"] for change in reading.newest(live()) if change["said"] == note}
    assert (address == "") == (kind == "caution")


def test_a_feed_reader_that_takes_a_note_for_html_shows_it_as_it_was_written(
    client: Client,
) -> None:
    publish_again(make.published(make.stretch()), note="For <b>calves</b> & feet")
    feed = ElementTree.fromstring(shown(client, "/about/changes/feed/"))
    said = [one.text or "" for one in feed.iter("{http://www.w3.org/2005/Atom}summary")]
    assert "For &lt;b&gt;calves&lt;/b&gt; &amp; feet" in said


def test_who_changed_it_is_not_told(client: Client) -> None:
    pressed(make.article(), "A note")
    assert "paula" not in shown(client)


def test_drafts_and_what_is_to_come_are_not_told() -> None:
    article = make.article()
    with on(0):
        keep(article, note="A proof")
        publish(article, note="For tomorrow", live_from=START + timedelta(days=1))
        assert told() == []
    with on(1):
        assert [said for _, said in told()] == ["For tomorrow"]


def test_an_edition_that_was_overtaken_before_its_day_is_never_told() -> None:
    article = make.article()
    with on(0):
        publish(article, note="For tomorrow", live_from=START + timedelta(days=1))
        publish(article, note="Today, after all")
    with on(2):
        assert [said for _, said in told()] == ["Today, after all"]


def test_a_source_that_nobody_has_read_is_not_told() -> None:
    pressed(make.source(confirmed="C"))
    pressed(make.source("s02", title="Read"))
    assert [title for title, _ in told()] == ["Read"]


def test_the_words_of_a_search_are_no_page_and_are_not_told(client: Client) -> None:
    with on(0):
        pressed(make.article(), "The beginning")
    with on(1):
        pressed(make.warning(), "One more sign")
    with on(2):
        for number in range(reading.TOLD_APART + 1):
            pressed(make.synonym(f"s-{number}"), "More words of people")
        assert told() == [("Ease a cramp", "The beginning")]
        assert client.get("/about/changes/").status_code == 200
        assert client.get("/about/changes/feed/").status_code == 200


def test_the_first_load_of_the_guide_is_one_line(client: Client, guide: list[Edition]) -> None:
    ((title, said),) = told()
    assert title == "The first edition of the guide"
    assert said.startswith("9 articles, 30 sections, 17 stretches, ")
    assert len(client.get("/about/changes/").content) < 60_000


def test_many_that_say_the_same_on_a_later_day_are_one_line_too() -> None:
    stretches = [make.stretch(f"s-{number}") for number in range(8)]
    with on(0):
        pressed(make.article(), "The beginning")
    with on(1):
        for stretch in stretches:
            pressed(stretch)
    with on(2):
        for stretch in stretches[:7]:
            pressed(stretch, "Shorter rests")
        pressed(stretches[7], "A gentler start")
        assert told() == [
            ("Calf stretch at a wall", "A gentler start"),
            ("7 stretches", "Shorter rests"),
            ("8 stretches", "Published for the first time."),
            ("Ease a cramp", "The beginning"),
        ]


def test_a_page_holds_whole_days_and_leads_to_older_ones(client: Client) -> None:
    article = make.article()
    for day in range(1, reading.ON_A_PAGE + 6):
        with on(day):
            pressed(article, f"Day {day}.")
    with on(day + 1):
        first, second = told(1), told(2)
        assert (len(first), len(second)) == (reading.ON_A_PAGE, 5)
        assert second[-1] == ("Ease a cramp", "Day 1.")
        page = shown(client)
        assert 'href="/about/changes/?page=2"' in page
        assert "Day 1." not in page
        assert "Day 1." in shown(client, "/about/changes/?page=2")
        assert told(99) == second


@pytest.mark.parametrize("asked", ["0", "-1", "x", "²", "1e9", "9" * 40, ""])
def test_a_page_of_no_sensible_number_is_a_page_all_the_same(client: Client, asked: str) -> None:
    pressed(make.article(), "A note")
    assert "A note" in shown(client, f"/about/changes/?page={asked}")


def test_a_guide_without_editions_says_so(client: Client) -> None:
    assert "Nothing is published yet." in shown(client)


def test_thousands_of_editions_cost_no_more_than_one(client: Client) -> None:
    article = make.article()
    first = pressed(article, "A note")

    def cost() -> int:
        forget()
        with CaptureQueriesContext(connection) as asked:
            shown(client)
        return len(asked)

    one = cost()
    assert one <= 6
    Edition.objects.bulk_create(
        Edition(
            kind="article",
            slug=f"more-{number}",
            number=1,
            live_from=(first.live_from or START) - timedelta(hours=number),
            title="More",
            digest="",
            version=1,
            note=f"Note {number}",
        )
        for number in range(3000)
    )
    pressed(article, "Another note")
    assert cost() == one
    assert len(client.get("/about/changes/").content) < 60_000
